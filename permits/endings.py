"""What no longer counts, as it is told to another place and ended again after a restore."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from permits.authorisations import AuthorisationId, RightEnding
from permits.issuing import RevocationReason
from permits.revocations import Revocation
from permits.status_list import Status
from permits.suspensions import Suspension


@dataclass(frozen=True)
class EndedCard:
    """A card that does not count, by its number and its place in a status list; no name.

    `reason` and `at` where it was revoked or replaced; `until` is the last day of a suspension.
    """

    number: str
    list: int
    index: int
    status: Status
    reason: RevocationReason | None = None
    at: datetime | None = None
    until: date | None = None


@dataclass(frozen=True)
class Leaving:
    """A right that ended with nobody's taking it back, when and how; no reason is ever asked."""

    authorisation: AuthorisationId
    ended_at: datetime
    ending: RightEnding = RightEnding.WORKER


@dataclass(frozen=True)
class Ended:
    """Everything that does not count at an instant: cards, and the acts that ended their rights.

    The acts come without their notes and without what the worker said when heard.
    """

    cards: Sequence[EndedCard] = ()
    revocations: Sequence[Revocation] = ()
    suspensions: Sequence[Suspension] = ()
    leavings: Sequence[Leaving] = ()


@dataclass(frozen=True)
class Place:
    """A place of a status list whose card the database does not know; `until` as above."""

    list: int
    index: int
    status: Status
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it still does not count on a day."""
        return self.until is None or day <= self.until
