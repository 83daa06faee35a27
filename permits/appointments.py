"""Days on which a brigade or an office receives people, and the places on them (domain 7, O17).

A day is cut into half hours with the same number of places each. A place belongs to one person,
who has one at a time. Times are those of Honduras, which knows no summer time.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from permits.applications import Application, ApplicationId, Status
from permits.deadlines import LEGAL_ZONE, legal_day
from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.people import Actor, Agency, Permission, PersonId, Role
from permits.policies import check_permission

HALF_HOUR = timedelta(minutes=30)
FARTHEST = timedelta(days=90)
"""How far ahead a day may lie: weather and roads are known no longer."""

MOST_PLACES = 50
"""People per half hour; more is a slip of the hand."""

LONGEST_PLACE = 30
"""Letters of the words for where, so that an SMS holds them in one part."""

RECEIVED = frozenset(
    {Status.DRAFT, Status.UNDER_REVIEW, Status.ASKED, Status.RETURNED, Status.APPROVED}
)
"""Whose application still has something to be done at an office."""

SHOWN = 5
"""So many days are offered at once; more is nothing to choose from on a phone."""

REMIND_FROM, REMIND_UNTIL = time(8), time(19)
"""The hours of the day before between which people are reminded."""


class Ending(StrEnum):
    """How somebody's place ended, other than by being there."""

    GIVEN_BACK = "given-back"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    PAST = "past"
    """Its hour had passed when the person took another one."""


@dataclass(frozen=True)
class PlannedDay:
    """A day as somebody wants to hold it: where, when, for how many, and in which languages.

    `department` (ISO 3166-2) and `municipality` are codes of the reference data, `place` the words
    for where (at most 30 letters). `closes` is the end of the last half hour. `places` are people
    per half hour. `languages` are ISO 639-3.
    """

    department: str
    municipality: str
    place: str
    day: date
    opens: time
    closes: time
    places: int
    languages: tuple[str, ...]

    @property
    def slots(self) -> tuple[time, ...]:
        """When each half hour begins."""
        begins, end = (
            datetime.combine(self.day, self.opens),
            datetime.combine(self.day, self.closes),
        )
        return tuple(
            (begins + number * HALF_HOUR).time() for number in range((end - begins) // HALF_HOUR)
        )

    def starts(self, slot: time) -> datetime:
        """The instant at which a half hour begins."""
        return datetime.combine(self.day, slot, LEGAL_ZONE)


@dataclass(frozen=True, kw_only=True)
class ReceptionDay(PlannedDay):
    """A day that is held. `agency` receives at an office; None: the brigade of `host`."""

    id: UUID
    agency: Agency | None
    host: PersonId
    cancelled_at: datetime | None = None


@dataclass(frozen=True)
class OfferedDay:
    """A day with what is left of it: free places by the beginning of the half hour, never 0."""

    day: ReceptionDay
    free: Mapping[time, int]


@dataclass(frozen=True)
class Appointment:
    """One person's place, as long as it is theirs."""

    id: UUID
    day: ReceptionDay
    slot: time
    seat: int
    application: ApplicationId
    worker: PersonId
    taken_at: datetime = field(compare=False)

    @property
    def starts_at(self) -> datetime:
        """When the person is to be there."""
        return self.day.starts(self.slot)

    def is_past(self, now: datetime) -> bool:
        """Whether its half hour has begun."""
        return now >= self.starts_at


def check_hold(actor: Actor) -> Agency | None:
    """The agency for which the actor receives people; None: a facilitator's own brigade."""
    check_permission(actor, Permission.RECEPTION_HOLD)
    return actor.agency


def holds(actor: Actor, day: ReceptionDay) -> bool:
    """Whether the day is the actor's: of their agency, or of their own brigade.

    SETRASS answers for the brigades, so that its supervisors call off what nobody else can.
    """
    if not actor.can(Permission.RECEPTION_HOLD):
        return False
    if actor.department not in {None, day.department}:
        return False
    if day.agency is None:
        return actor.person == day.host or actor.role is Role.SETRASS_SUPERVISOR
    return actor.agency is day.agency


def check_held(actor: Actor, day: ReceptionDay) -> None:
    """NotFound for who holds other days, Forbidden for who holds none."""
    check_permission(actor, Permission.RECEPTION_HOLD)
    if not holds(actor, day):
        raise NotFound("no-such-reception-day")


def check_plan(
    actor: Actor, day: PlannedDay, known: Collection[tuple[str, str]], now: datetime
) -> None:
    """Invalid with every fault of a day that somebody wants to hold.

    `known` are the departments, each with the code of one of its municipalities.
    """
    check_hold(actor)
    refuse_if([*_where(actor, day, known), *_when(day, now)])


def _where(actor: Actor, day: PlannedDay, known: Collection[tuple[str, str]]) -> Iterable[Fault]:
    if (day.department, day.municipality) not in known:
        yield Fault("municipality-unknown", "municipality")
    elif actor.department not in {None, day.department}:
        yield Fault("department-of-others", "municipality")
    if not day.place:
        yield Fault("reception-place-missing", "place")
    elif len(day.place) > LONGEST_PLACE or not day.place.isprintable():
        yield Fault("reception-place-long", "place", {"letters": LONGEST_PLACE})
    if not day.languages:
        yield Fault("reception-language-missing", "languages")


def _when(day: PlannedDay, now: datetime) -> Iterable[Fault]:
    today = legal_day(now)
    if not today < day.day <= today + FARTHEST:
        yield Fault("reception-day-out", "day", {"days": FARTHEST.days})
    if any(at.minute % 30 or at.second for at in (day.opens, day.closes)):
        yield Fault("reception-half-hours", "opens")
    elif not day.slots:
        yield Fault("reception-closes-early", "closes")
    if not 1 <= day.places <= MOST_PLACES:
        yield Fault("reception-places-out", "places", {"places": MOST_PLACES})


def offered(day: ReceptionDay, taken: Mapping[time, int], now: datetime) -> OfferedDay:
    """What is left of a day: nothing of one that was cancelled, or of hours that have begun."""
    free = {
        slot: day.places - taken.get(slot, 0)
        for slot in day.slots
        if day.cancelled_at is None and day.starts(slot) > now
    }
    return OfferedDay(day, {slot: left for slot, left in free.items() if left > 0})


def nearest(days: Iterable[OfferedDay], department: str, municipality: str) -> list[OfferedDay]:
    """The days that still have places: the own municipality, the own department, the others.

    Within each by date. Where a person lives abroad or has not said where, by date alone.
    """

    def distance(one: OfferedDay) -> tuple[int, date, time, UUID]:
        day = one.day
        here = municipality and day.municipality == municipality
        far = 0 if here else 1 if day.department == department else 2
        return far, day.day, day.opens, day.id

    return sorted((one for one in days if one.free), key=distance)


def check_receivable(application: Application) -> None:
    """Conflict where nothing of an application is left to be done."""
    if application.status not in RECEIVED:
        raise Conflict("appointment-not-needed")


def choose_seat(day: ReceptionDay, slot: time, taken: Collection[int], now: datetime) -> int:
    """The seat that a person gets, from 1; Conflict where none is left, or it is too late."""
    if day.cancelled_at is not None:
        raise Conflict("reception-day-cancelled")
    if slot not in day.slots:
        raise Conflict("no-such-half-hour")
    if now >= day.starts(slot):
        raise Conflict("reception-day-past")
    free = (seat for seat in range(1, day.places + 1) if seat not in taken)
    seat = next(free, None)
    if seat is None:
        raise Conflict("half-hour-full")
    return seat


def check_cancel(actor: Actor, day: ReceptionDay, now: datetime) -> None:
    """Who holds a day calls it off, once, before it is over."""
    check_held(actor, day)
    if day.cancelled_at is not None:
        raise Conflict("reception-day-cancelled")
    if legal_day(now) > day.day:
        raise Conflict("reception-day-past")


def day_to_remind_of(now: datetime) -> date | None:
    """The day of whose places people are reminded now; None at hours when nobody is."""
    local = now.astimezone(LEGAL_ZONE)
    if not REMIND_FROM <= local.time() < REMIND_UNTIL:
        return None
    return local.date() + timedelta(days=1)
