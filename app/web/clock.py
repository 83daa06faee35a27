"""What time it is, where the door was given no other clock."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Tells an aware instant; the tests' clock stands still."""


def utc_now() -> datetime:
    """The machine's own time."""
    return datetime.now(UTC)
