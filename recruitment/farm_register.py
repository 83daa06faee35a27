"""The register of a farm: who came in and who went out, and whether they belong there (E7, R39)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from permits.deadlines import end_of, legal_day
from permits.errors import Conflict, Fault
from permits.people import PersonId
from recruitment.ethics.facts import FarmFacts
from recruitment.ethics.farms import OTHER_FARM
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import RuleFinding

BATCH_LIMIT = 200
"""So many movements are sent at once at most (a number of the service, not law)."""

OLDEST = timedelta(days=45)
"""A device without a network is heard so long: longer than any farm is out of reach."""

CLOCKS_DIFFER = timedelta(minutes=10)
"""So far ahead a device's clock may be."""

AT_ONCE = timedelta(minutes=2)
"""What arrives later than this after it happened waited on a phone."""

LONGEST_LINK = timedelta(days=120)
"""A foreman's link is good for a harvest at most."""

LATE_NOTES = timedelta(days=7)
"""So long after a link's end a phone may hand in what it noted before."""


class Direction(StrEnum):
    """Into the farm, or out of it."""

    ENTRY = "entry"
    EXIT = "exit"


class How(StrEnum):
    """How the worker was found: by the permit (its symbol or number), the number for life, a list.

    No document is looked at, and no photo is kept.
    """

    PERMIT = "permit"
    NUMBER = "number"
    LIST = "list"


class Belonging(StrEnum):
    """Whether the worker may work there: for this employer, or not (R39), or with a right at all.

    `change-asked`: they wait for SETRASS's answer about this employer. `no-right`: the right has
    not begun, is suspended or over.
    """

    AUTHORISED = "authorised"
    CHANGE_ASKED = "change-asked"
    OTHER_FARM = "other-farm"
    NO_RIGHT = "no-right"


class Said(StrEnum):
    """What a worker says of an entry on another farm, before anybody else is asked."""

    OWN_CHOICE = "own-choice"
    WAS_SENT = "was-sent"
    NOT_ME = "not-me"


@dataclass(frozen=True)
class Movement:
    """One entry or exit. `recorded_by` is who acted for the employer, the foreman's link or both.

    `said` is what the worker told of it, None while nobody knows. `told_at` is what the clock of
    the phone said, where it was wrong and `happened_at` is reckoned.
    """

    id: UUID
    farm: UUID
    application: UUID
    worker: PersonId
    direction: Direction
    how: How
    belonging: Belonging
    happened_at: datetime
    recorded_at: datetime
    recorded_by: UUID
    offline: bool = False
    said: Said | None = None
    said_at: datetime | None = None
    told_at: datetime | None = None

    @property
    def by_its_clock(self) -> datetime:
        """When it happened by the clock of the device that noted it."""
        return self.told_at or self.happened_at

    @property
    def asks_worker(self) -> bool:
        """Whether its worker is asked about it first (R39)."""
        strange = self.belonging is Belonging.OTHER_FARM and self.direction is Direction.ENTRY
        return strange and self.said is None


@dataclass(frozen=True)
class ForemanLink:
    """A link by which somebody at a gate records movements of one farm, until a day.

    `lost`: its phone is in nobody's hands, so that nothing is heard from it any more.
    """

    id: UUID
    farm: UUID
    ends_on: date
    made_at: datetime
    ended_at: datetime | None = None
    lost: bool = False

    def stands(self, day: date) -> bool:
        """Whether it opens on this day; the last day still counts."""
        return self.ended_at is None and day <= self.ends_on

    @property
    def over_at(self) -> datetime:
        """From when on it opens nothing."""
        last = end_of(self.ends_on)
        return last if self.ended_at is None else min(self.ended_at, last)

    def takes_late(self, now: datetime) -> bool:
        """Whether it is over, and still hands in what was noted before."""
        return not self.lost and self.over_at <= now < self.takes_until

    @property
    def takes_until(self) -> datetime:
        """From when on nothing is taken any more."""
        return self.over_at + LATE_NOTES

    def saw(self, told_at: datetime, sent_at: datetime | None, now: datetime) -> bool:
        """Whether it was not over yet when a phone noted something, to the minute.

        A clock that is off is set right by what it says as it sends, however little it is off.
        """
        return _set_right(told_at, sent_at, now) < self.over_at

    def is_younger(self, told_at: datetime, sent_at: datetime | None, now: datetime) -> bool:
        """Whether there was no such link yet: nobody noted by it what happened before.

        Whoever finds or steals one writes no past with it; the employer can, under their name.
        """
        return _set_right(told_at, sent_at, now) < self.made_at - CLOCKS_DIFFER


def _set_right(told_at: datetime, sent_at: datetime | None, now: datetime) -> datetime:
    return told_at + (now - sent_at if sent_at else timedelta())


def reckon(told_at: datetime, sent_at: datetime, now: datetime) -> datetime:
    """When something happened by our clock, if a phone says when, and what it is as it sends.

    A clock that is off as it sends was off as it noted. One that was set right in between told an
    hour that is still to come: all that is known then is that it happened before it arrived.
    """
    off = now - sent_at
    at = told_at + off if abs(off) > CLOCKS_DIFFER else told_at
    return now if at > now + CLOCKS_DIFFER else at


def find_time_faults(happened_at: datetime, now: datetime) -> list[Fault]:
    """When it happened: not to come, and not longer ago than a device is heard."""
    if happened_at > now + CLOCKS_DIFFER:
        return [Fault("time-to-come", "happened_at")]
    if happened_at < now - OLDEST:
        return [Fault("time-too-old", "happened_at", {"limit": OLDEST.days})]
    return []


def find_link_faults(ends_on: date, today: date) -> list[Fault]:
    """Until when a foreman's link may be good."""
    if ends_on < today:
        return [Fault("link-day-over", "ends_on")]
    if ends_on > today + LONGEST_LINK:
        return [Fault("link-too-long", "ends_on", {"limit": LONGEST_LINK.days})]
    return []


Judged = tuple[Belonging, RuleFinding | None]
"""Whether a worker belongs on a farm, and what R39 finds against it."""


def judge_entry(
    entered_for: str,
    authorised_for: str | None,
    *,
    change_asked: bool,
    in_force: bool,
    parameters: Parameters,
    on: date,
) -> Judged:
    """Whether a worker belongs on a farm, and what R39 finds; ids of employers.

    `authorised_for` is None while a pool has given them none. Another farm of the same employer is
    no other farm: the right is for the employer.
    """
    facts = FarmFacts(
        entered_for=entered_for,
        authorised_for=frozenset([authorised_for] if authorised_for else []),
        change_requested=change_asked,
    )
    finding = OTHER_FARM(facts, parameters, on)
    if finding is not None:
        return Belonging.OTHER_FARM, finding
    if not in_force:
        return Belonging.NO_RIGHT, None
    return (Belonging.AUTHORISED if entered_for == authorised_for else Belonging.CHANGE_ASKED), None


def count_days(movements: Iterable[Movement], first: date, last: date) -> int:
    """On how many days from the first to the last, both included, somebody came in."""
    entries = [one for one in movements if one.direction is Direction.ENTRY]
    days = {legal_day(one.happened_at) for one in entries}
    return sum(first <= day <= last for day in days)


def check_sayable(movement: Movement) -> None:
    """A worker is asked once, and only of an entry on another farm; Conflict otherwise."""
    if not movement.asks_worker:
        raise Conflict("movement-not-asked")


def is_same(one: Movement, other: Movement) -> bool:
    """Whether two movements of one id say the same; another one's id is refused.

    What a gate sends with a network happens as it arrives: sent again, it arrives later. The hour
    of a phone is the same each time, whatever is reckoned of it.
    """
    at_once = not (one.offline or other.offline)
    return _told(one) == _told(other) and (at_once or one.by_its_clock == other.by_its_clock)


def _told(one: Movement) -> Sequence[object]:
    return (one.farm, one.application, one.direction)
