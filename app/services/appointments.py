"""Days on which people are received: planned, offered, taken, given back, called off."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import time, timedelta
from uuid import UUID

from app.services import notices
from app.services.case import programme_of
from app.services.reaching import writing
from app.services.work import Work
from app.storage import applications, audit, drafts, reception_days
from app.storage import appointments as kept
from app.storage.appointments import Expected
from permits.applications import Application, ApplicationId, Status
from permits.appointments import (
    RECEIVED,
    SHOWN,
    Appointment,
    Ending,
    OfferedDay,
    PlannedDay,
    ReceptionDay,
    check_cancel,
    check_held,
    check_hold,
    check_plan,
    check_receivable,
    choose_seat,
    day_to_remind_of,
    holds,
    nearest,
    offered,
)
from permits.audit import Act, Fact
from permits.deadlines import legal_day, start_of
from permits.errors import Conflict, Hidden, NotFound
from permits.notices import NoticeKind
from permits.orientation import PlannedSession
from permits.people import Permission, PersonId
from permits.policies import check_own, check_permission
from permits.prints import PrintedDay, PrintedVisitor
from permits.programmes import Programme
from permits.reach import EVERYTHING

__all__ = ["Appointment", "Expected", "OfferedDay", "PlannedDay", "ReceptionDay"]

LISTED = 500
"""So many coming days are looked at; ninety days of every office hold fewer."""

BATCH = 100
"""So many are reminded in one transaction; the next minute goes on."""


@dataclass(frozen=True)
class Offer:
    """What a worker may choose from: the own place, the nearest days, and what to bring.

    `can_take`: something of the application is left to be done at an office.
    """

    application: ApplicationId
    own: Appointment | None
    days: Sequence[OfferedDay]
    programme: Programme
    can_take: bool


@dataclass(frozen=True)
class ShownAppointment:
    """A place with the name of its town."""

    place: Appointment
    town: str


@dataclass(frozen=True)
class HeldDay:
    """A day with who comes."""

    day: ReceptionDay
    expected: Sequence[Expected]


def list_offered(work: Work) -> list[OfferedDay]:
    """The coming days with what is free, the next first; it tells of nobody who comes."""
    days = reception_days.list_days(work.session, legal_day(work.now), LISTED)
    taken = kept.count_taken(work.session, [day.id for day in days])
    return [offered(day, taken.get(day.id, {}), work.now) for day in days]


def read_offer(work: Work, application: ApplicationId) -> Offer:
    """The own place, and the days nearest to where the worker lives.

    Hidden for everybody but the worker.
    """
    own, draft = drafts.read_whole(work.session, work.ports.vault, application, reach=writing(work))
    if work.actor.person != own.worker or not work.actor.can(Permission.APPLICATION_READ_OWN):
        raise Hidden("no-such-application")
    town = str(draft.answers.get("municipality") or "")
    home = str(draft.answers.get("nationality") or "")
    programme = programme_of(work, own.programme)
    department = _department(work, home or programme.nationalities[0], town)
    days = nearest(list_offered(work), department, town)[:SHOWN]
    return Offer(application, find_own(work, own.worker), days, programme, own.status in RECEIVED)


def find_own(work: Work, worker: PersonId) -> Appointment | None:
    """The place to come of a worker, None where there is none or its hour has passed."""
    found = kept.find_standing(work.session, worker)
    return None if found is None or found.is_past(work.now) else found


def show_own(work: Work, worker: PersonId) -> ShownAppointment | None:
    """The same with the name of the town."""
    found = find_own(work, worker)
    return None if found is None else ShownAppointment(found, town_of(work, found.day))


def take_place(work: Work, application: ApplicationId, day: UUID, slot: time) -> Appointment:
    """Give the worker a place in a half hour; the one that they had before is free again.

    1. the own application, of which something is left to be done; 2. the day, held: places are
    given one by one; 3. the place of before ends; 4. the seat, which the database guards once
    more; 5. a message with place, day and hour.
    """
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    own = applications.lock(work.session, application, reach=writing(work))  # 1
    check_own(work.actor, own)
    check_receivable(own)
    held = _find_day(work, day, hold=True)  # 2
    before = kept.find_standing(work.session, own.worker, hold=True)
    if before and (before.day.id, before.slot) == (held.id, slot) and not before.is_past(work.now):
        return before
    seat = choose_seat(held, slot, kept.list_seats(work.session, held, slot), work.now)
    if before:  # 3
        _end(work, before, Ending.PAST if before.is_past(work.now) else Ending.CHANGED)
    taken = Appointment(work.new_id(), held, slot, seat, application, own.worker, work.now)
    event = work.event(Act.APPOINTMENT_TAKEN, application, {"day": str(held.id)})
    if not kept.add_appointment(work.session, taken, event=event):  # 4
        raise Conflict("half-hour-full")
    _tell(work, NoticeKind.APPOINTMENT_TAKEN, taken, own)  # 5
    return taken


def give_back(work: Work, application: ApplicationId) -> None:
    """Give the own place back; Conflict where there is none to come."""
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    own = applications.get_application(work.session, application, reach=writing(work))
    check_own(work.actor, own)
    found = kept.find_standing(work.session, own.worker, hold=True)
    if found is None or found.is_past(work.now):
        raise Conflict("no-appointment")
    _end(work, found, Ending.GIVEN_BACK)


def list_held(work: Work) -> list[OfferedDay]:
    """The coming days that the actor holds, with what is free, the next first."""
    check_permission(work.actor, Permission.RECEPTION_HOLD)
    return [one for one in list_offered(work) if holds(work.actor, one.day)]


def plan_day(work: Work, planned: PlannedDay) -> ReceptionDay:
    """Hold a day for the own agency, or with the own brigade; Invalid with every fault."""
    agency = check_hold(work.actor)
    known = {(iso, town) for (_, town), iso in work.ports.reference.town_departments.items()}
    check_plan(work.actor, planned, known, work.now)
    given = {each.name: getattr(planned, each.name) for each in fields(PlannedDay)}
    day = ReceptionDay(**given, id=work.new_id(), agency=agency, host=work.actor.person)
    places = day.places * len(day.slots)
    facts: dict[str, Fact] = {"department": day.department, "places": places}
    event = work.event(Act.RECEPTION_PLANNED, day.id, facts)
    reception_days.add_day(work.session, day, event=event)
    return day


def read_day(work: Work, day: UUID) -> HeldDay:
    """A day with who comes; each of them can read who looked (N8)."""
    check_permission(work.actor, Permission.RECEPTION_HOLD)
    found = _find_day(work, day)
    check_held(work.actor, found)
    expected = kept.list_expected(work.session, day)
    note_look(work, expected)
    return HeldDay(found, expected)


def note_look(work: Work, expected: Sequence[Expected]) -> None:
    """Each of these people can read who looked at their appointment."""
    looked = [
        work.event(Act.APPLICATION_READ, one.application, {"purpose": "list"}) for one in expected
    ]
    audit.append_all(work.session, looked)


def print_day(work: Work, day: UUID, language: str) -> bytes:
    """The day's list on paper."""
    held = read_day(work, day)
    places, found = work.ports.reference, held.day
    visitors = tuple(PrintedVisitor(one.slot, one.name, one.receipt) for one in held.expected)
    town = town_of(work, found)
    department = places.departments.get(found.department, found.department)
    printed = PrintedDay(found, department, town, visitors, work.now)
    return work.ports.prints.reception(printed, language)


def cancel_day(work: Work, day: UUID) -> int:
    """Call a day off; everybody who had a place is told, and chooses another. How many."""
    check_permission(work.actor, Permission.RECEPTION_HOLD)
    found = _find_day(work, day, hold=True)
    check_cancel(work.actor, found, work.now)
    standing = kept.list_of_day(work.session, day)
    event = work.event(Act.RECEPTION_CANCELLED, day, {"places": len(standing)})
    reception_days.save_cancelled(work.session, found, work.actor.person, work.now, event=event)
    for one in standing:
        _end(work, one, Ending.CANCELLED)
        if not one.is_past(work.now):
            _tell(work, NoticeKind.APPOINTMENT_CANCELLED, one)
    return len(standing)


def remind_of_tomorrow(work: Work, limit: int = BATCH) -> int:
    """The task of the minute, by day: remind of tomorrow's places, once; how many.

    Who took the place today was told today.
    """
    tomorrow = day_to_remind_of(work.now)
    if tomorrow is None:
        return 0
    first, today = start_of(tomorrow), start_of(tomorrow - timedelta(days=1))
    end = first + timedelta(days=1)
    found = kept.lock_unreminded(work.session, first, end, today, limit)
    for one in found:
        event = work.event(Act.APPOINTMENT_REMINDED, one.application, {"day": str(one.day.id)})
        kept.save_reminded(work.session, one, work.now, event=event)
        _tell(work, NoticeKind.APPOINTMENT_TOMORROW, one)
    return len(found)


def free_closed(work: Work, limit: int = BATCH) -> int:
    """The task of the minute: free the places of applications with nothing left to be done."""
    found = kept.lock_of_closed(work.session, work.now, set(Status) - RECEIVED, limit)
    for one in found:
        _end(work, one, Ending.GIVEN_BACK)
    return len(found)


def _end(work: Work, appointment: Appointment, ending: Ending) -> None:
    facts = {"day": str(appointment.day.id)}
    event = work.event(Act.APPOINTMENT_GIVEN_BACK, appointment.application, facts)
    kept.save_ended(work.session, appointment, ending, work.now, event=event)


def _tell(
    work: Work, kind: NoticeKind, appointment: Appointment, known: Application | None = None
) -> None:
    own = known or applications.get_application(
        work.session, appointment.application, reach=EVERYTHING
    )
    day = appointment.day
    told = {
        "day": day.day.isoformat(),
        "hour": f"{appointment.slot:%H:%M}",
        "place": day.place,
        "town": town_of(work, day),
    }
    notices.tell_worker(work, kind, own, told, once=str(appointment.id))


def _find_day(work: Work, day: UUID, *, hold: bool = False) -> ReceptionDay:
    found = reception_days.find_day(work.session, day, hold=hold)
    if found is None:
        raise NotFound("no-such-reception-day")
    return found


def town_of(work: Work, day: PlannedDay | PlannedSession) -> str:
    """The name of the municipality of a day, or of a session."""
    names = work.ports.reference.municipalities
    for (country, code), iso in work.ports.reference.town_departments.items():
        if (iso, code) == (day.department, day.municipality):
            return names[country][code]
    return day.municipality


def _department(work: Work, country: str, town: str) -> str:
    return work.ports.reference.town_departments.get((country, town), "")
