"""A suspension: a right that stands still for some days, and comes back by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.approvals import find_note_faults
from permits.authorisations import Authorisation, AuthorisationId
from permits.errors import Fault
from permits.people import Agency, PersonId
from permits.retaliation import Origin

SuspensionId = NewType("SuspensionId", UUID)


class SuspensionReason(StrEnum):
    """Why a right is held back until somebody knows more."""

    ALERT = "alert"
    IDENTITY_DOUBTFUL = "identity-doubtful"
    DOCUMENT_DOUBTFUL = "document-doubtful"
    FRAUD_SUSPECTED = "fraud-suspected"


URGENT = frozenset({SuspensionReason.ALERT})
"""A court, a prosecutor or the watch list says it: it waits for no other office."""


class Ending(StrEnum):
    """How a suspension ended: by another official, by its days, or with the right itself."""

    OPEN = "open"
    REINSTATED = "reinstated"
    TIME = "time"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Ended:
    """How and when a suspension ended; `by` is who gave the right back, None for its days."""

    how: Ending
    at: datetime
    by: PersonId | None = None


@dataclass(frozen=True)
class Suspension:
    """One suspension, by `official` for `agency`, from the day `since` to `until`, both included.

    `note` is told to the worker. `follows` is that of the right before, whose days reach into this
    one.
    """

    id: SuspensionId
    authorisation: AuthorisationId
    worker: PersonId
    agency: Agency
    official: PersonId
    reason: SuspensionReason
    origin: Origin
    note: str
    since: date
    until: date
    suspended_at: datetime
    ending: Ending = Ending.OPEN
    ended_at: datetime | None = None
    ended_by: PersonId | None = None
    follows: SuspensionId | None = None

    def days_taken(self, ended_on: date | None) -> int:
        """Days on which the right stood still; a day that was begun counts."""
        last = min(ended_on or self.until, self.until)
        return (last - self.since).days + 1


def days_left(maximum: int, taken: Iterable[int]) -> int:
    """Days for which a right may still be suspended; no chain of suspensions gets around it."""
    return max(0, maximum - sum(taken))


def last_day_of(since: date, days: int, valid_until: date) -> date:
    """The last day of a suspension of so many days; a right is not suspended beyond its own end."""
    return min(since + timedelta(days=days - 1), valid_until)


def reach_into(paused: Suspension, days: int, later: Authorisation, left: int) -> date | None:
    """The last day for which a suspension of so many days holds a later right back too.

    None where it is over before that one begins; `left` are the days that one may be suspended.
    """
    last = last_day_of(paused.since, min(days, left), later.valid_until)
    return last if last >= later.valid_from else None


def find_faults(days: int, left: int, note: str) -> list[Fault]:
    """What is wrong with a suspension as handed in; all at once."""
    faults = [Fault("note-missing", "note")] if not note.strip() else []
    if not 1 <= days <= left:
        faults.append(Fault("suspension-too-long", "days", {"limit": left}))
    return faults + find_note_faults(note)
