"""Hiring from the pool of a department: an employer asks the next in the queue, who say yes or no.

The employer reads no list and chooses nobody: it says how many, and those who have waited longest
with an approved permit are asked (IRIS: no selection by who somebody is; nothing to fish in). A
name is told once its worker has said yes. SETRASS then attaches the employer (decision 38).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault, refuse_if
from permits.people import PersonId

ANSWERED_WITHIN = timedelta(days=3)
"""So long a question waits, its last day included; the harvest does not wait longer (not law)."""

MOST_AT_ONCE = 3
"""So many employers may wait for the answer of one worker (not law)."""

MOST_A_DAY = 50
"""So many people a vacancy asks in a day (not law): nobody runs through a queue."""

STEP = 5
"""How many wait is told in steps of five (as decision 52): nobody is counted one by one."""


class AskStatus(StrEnum):
    """How a question stands; one that nobody answered in time has `expired` by its day alone.

    `ended`: its worker said yes, and the change to this employer was not made.
    """

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True)
class PoolAsk:
    """One question to one worker; `until` is the last day for the answer."""

    id: UUID
    vacancy: UUID
    application: UUID
    worker: PersonId
    asked_at: datetime
    until: date
    status: AskStatus = AskStatus.ASKED
    answered_at: datetime | None = None

    def waits(self, today: date) -> bool:
        """Whether an answer may still come."""
        return self.status is AskStatus.ASKED and today <= self.until


@dataclass(frozen=True)
class Counted:
    """How the questions of a vacancy stand; nobody is named in it."""

    waiting: int = 0
    accepted: int = 0
    declined: int = 0
    unanswered: int = 0
    ended: int = 0


def count(asks: Collection[PoolAsk], today: date) -> Counted:
    """What became of them."""
    waiting = sum(one.waits(today) for one in asks)
    accepted = sum(one.status is AskStatus.ACCEPTED for one in asks)
    declined = sum(one.status is AskStatus.DECLINED for one in asks)
    ended = sum(one.status is AskStatus.ENDED for one in asks)
    unanswered = len(asks) - waiting - accepted - declined - ended
    return Counted(waiting, accepted, declined, unanswered, ended)


def told_waiting(people: int) -> int:
    """How many wait in the pool, as an employer is told: rounded down to a step."""
    return people // STEP * STEP


def free_places(places: int, named: int, counted: Counted) -> int:
    """Places that nobody was promised: a question that waits is a promise, too."""
    return max(0, places - named - counted.waiting)


def check_number(number: int, free: int, asked_today: int) -> None:
    """Invalid where fewer than one are asked, or more than may be."""
    most = min(free, MOST_A_DAY - asked_today)
    if most < 1:
        raise Conflict("no-place-to-ask")
    refuse_if(
        [Fault("out-of-range", "number", {"least": 1, "limit": most})]
        if not 1 <= number <= most
        else []
    )


def check_answer(ask: PoolAsk, today: date) -> None:
    """Conflict("ask-answered") or ("ask-over") where no answer may come any more."""
    if ask.status is not AskStatus.ASKED:
        raise Conflict("ask-answered")
    if not ask.waits(today):
        raise Conflict("ask-over")
