"""Kinds of values that requests share: text without control characters, days and instants."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    StringConstraints,
    WithJsonSchema,
)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# A device whose clock was lost says 1970: the law refuses that one crossing, not its batch.
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)

# The database keeps no NUL, and nobody types the other control characters.
_LINE = r"^[^\x00-\x1f\x7f]*$"
_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

Line = Annotated[str, StringConstraints(max_length=200, pattern=_LINE)]
"""One line."""

Code = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9+._-]*$")]
"""A code of the reference data, or a number in letters and digits."""

Text = Annotated[str, StringConstraints(max_length=10_000, pattern=_TEXT)]
"""Several lines; the law knows the tighter limit of each."""


def _written(value: object) -> object:
    # pydantic would also take seconds since 1970 and instants for days; a date has one form here.
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("not a date as YYYY-MM-DD")
    return value


def _instant(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("not an instant as text")
    return value


def _near(value: datetime) -> datetime:
    if not _EARLIEST <= value < _LATEST:
        raise ValueError("outside of 1900 to 2199")
    return value.astimezone(UTC)


Day = Annotated[
    date, BeforeValidator(_written), WithJsonSchema({"type": "string", "format": "date"})
]
"""A day as YYYY-MM-DD."""

Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_instant),
    AfterValidator(_near),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An instant with its offset (RFC 3339), of 1900 to 2199."""
