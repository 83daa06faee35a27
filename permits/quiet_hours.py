"""When phones are let sleep: what is not urgent waits for the morning, a code never does."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from permits.deadlines import LEGAL_ZONE
from permits.notices import (
    ABOUT_ACCESS,
    ABOUT_ACCOUNTS,
    ABOUT_CHILDREN,
    ABOUT_COMPLAINTS,
    CARRIES_A_CODE,
    SHORT_LIVED,
    NoticeKind,
)

ASKED_FOR = frozenset(
    {
        NoticeKind.APPEAL_FILED,
        NoticeKind.APPLICATION_REINSTATED,
        NoticeKind.APPLICATION_SUBMITTED,
        NoticeKind.APPLICATION_WITHDRAWN,
        NoticeKind.APPOINTMENT_TAKEN,
        NoticeKind.ORIENTATION_SEAT,
        NoticeKind.QUESTIONS_ANSWERED,
        NoticeKind.RIGHT_ENDED,
    }
)
"""The receipt of what somebody does this very minute: they are awake, and wait for it."""

DO_NOT_TRAVEL = frozenset(
    {
        NoticeKind.CREDENTIAL_REPLACED,
        NoticeKind.CREDENTIAL_REVOKED,
        NoticeKind.RIGHT_LAPSED,
        NoticeKind.RIGHT_REVOKED,
        NoticeKind.RIGHT_SUSPENDED,
    }
)
"""Who leaves for the border before dawn must know it before."""

URGENT = (
    SHORT_LIVED
    | (CARRIES_A_CODE - {NoticeKind.CHECK_IN})
    | ABOUT_ACCESS
    | ABOUT_ACCOUNTS
    | ABOUT_CHILDREN
    | ABOUT_COMPLAINTS
    | ASKED_FOR
    | DO_NOT_TRAVEL
)
"""What goes out at any hour; everything else waits."""

_WRITTEN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class QuietHours:
    """From one hour of the day to another, at Honduran time; over midnight where it ends earlier.

    The first minute is quiet, the last one is not. Both alike would be a whole day: ValueError.
    """

    begins: time
    ends: time

    def __post_init__(self) -> None:
        """Refuse hours that would never end."""
        if self.begins == self.ends:
            raise ValueError("quiet hours must end")

    def holds(self, at: datetime) -> bool:
        """Whether phones are let sleep at an instant."""
        hour = at.astimezone(LEGAL_ZONE).time()
        if self.begins < self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends

    def send_at(self, kind: NoticeKind, at: datetime) -> datetime:
        """When a message that is left at an instant goes out: now, or when the hours end (UTC)."""
        if kind in URGENT or not self.holds(at):
            return at
        local = at.astimezone(LEGAL_ZONE)
        day = local.date() if local.time() < self.ends else local.date() + timedelta(days=1)
        return datetime.combine(day, self.ends, LEGAL_ZONE).astimezone(UTC)


def read_hours(written: str) -> QuietHours:
    """Hours as `20:00-06:00`; ValueError for anything else."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise ValueError("must be hours as 20:00-06:00, or off")
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    return QuietHours(time(from_hour, from_minute), time(to_hour, to_minute))
