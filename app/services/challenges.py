"""What is to be signed and proves itself: made for anybody, written down once it counts, if ever.

So asking for many fills no table and counts against nobody.
"""

import hmac
from datetime import UTC, datetime, timedelta

from app.services.work import Work

_TAG = 16
_LENGTH = 8 + 16 + _TAG


def make(work: Work, what: bytes, holds: timedelta) -> bytes:
    """Forty bytes: when it ends, 128 bits of chance, and our mark on both for `what` alone."""
    ends = int((work.now + holds).timestamp())
    body = ends.to_bytes(8) + work.ports.chance.token(16)
    return body + _mark(work, what, body)


def end_of(work: Work, what: bytes, challenge: bytes) -> datetime | None:
    """When a challenge is over; None where it is none of ours, or was made for something else."""
    body, mark = challenge[:-_TAG], challenge[-_TAG:]
    if len(challenge) != _LENGTH or not hmac.compare_digest(mark, _mark(work, what, body)):
        return None
    return datetime.fromtimestamp(int.from_bytes(body[:8]), UTC)


def _mark(work: Work, what: bytes, body: bytes) -> bytes:
    return hmac.digest(work.ports.throttle_key, what + b"\0" + body, "sha256")[:_TAG]
