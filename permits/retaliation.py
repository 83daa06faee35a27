"""Nobody loses a permit for having complained (domain 3.6-5): who asks, and what is open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from permits.errors import Conflict

PROTECTED_FOR = timedelta(days=90)
"""After a complaint is closed (domain 3.6-5, proposed; to be confirmed by counsel)."""


class Origin(StrEnum):
    """Who asked for a right to be suspended or taken back."""

    OWN = "own"
    AUTHORITY = "authority"
    EMPLOYER = "employer"


@dataclass(frozen=True)
class ComplaintStanding:
    """All that this check may know of a worker's complaint: no content, no accused.

    `closed_at` is None while it is open; `handler_agrees` once who handles it has agreed to this.
    """

    closed_at: datetime | None = None
    handler_agrees: bool = False

    def protects(self, now: datetime) -> bool:
        """Whether it still shields its worker."""
        recent = self.closed_at is None or now <= self.closed_at + PROTECTED_FOR
        return recent and not self.handler_agrees


def check_no_retaliation(
    origin: Origin, complaints: Collection[ComplaintStanding], now: datetime
) -> None:
    """Conflict("second-office-needed") where an employer asks and a complaint shields the worker.

    The refusal does not say that there is a complaint.
    """
    if origin is Origin.EMPLOYER and any(one.protects(now) for one in complaints):
        raise Conflict("second-office-needed")
