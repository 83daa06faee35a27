"""Sessions of orientation for whoever holds them: told, invited to, written down, called off."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from app.services import notices
from app.services.appointments import town_of
from app.services.work import Work
from app.storage import applications, audit, orientation, orientation_sessions
from app.storage.orientation import Seated
from permits.applications import Application, ApplicationId
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Forbidden, NotFound, refuse_if
from permits.notices import NoticeKind
from permits.orientation import (
    LATE,
    OrientationSession,
    PlannedSession,
    Seat,
    check_attend,
    check_held,
    check_plan,
    choose_seat,
    holds,
    kind_of,
)
from permits.people import Permission, PersonId
from permits.policies import check_permission
from permits.reach import EVERYTHING
from permits.worker_numbers import read

__all__ = ["OrientationSession", "PlannedSession", "Seated"]

LISTED = 300


@dataclass(frozen=True)
class Held:
    """A session with the name of its town and its free seats."""

    session: OrientationSession
    town: str
    free: int


@dataclass(frozen=True)
class HeldSession:
    """A session with who has a seat in it."""

    session: OrientationSession
    town: str
    seated: Sequence[Seated]


def list_held(work: Work) -> list[Held]:
    """The sessions that the actor holds, from last week's on, so that late lists can be kept."""
    check_permission(work.actor, Permission.RECEPTION_HOLD)
    first = legal_day(work.now) - LATE
    listed = orientation.list_sessions(work.session, first, LISTED)
    return [Held(one, town_of(work, one), free) for one, free in listed if holds(work.actor, one)]


def list_coming(work: Work) -> list[Held]:
    """The coming sessions with their free seats, for everybody; it tells of nobody who comes."""
    listed = orientation.list_sessions(work.session, legal_day(work.now), LISTED)
    return [Held(one, town_of(work, one), free) for one, free in listed]


def plan_session(work: Work, planned: PlannedSession) -> OrientationSession:
    """Tell of a session; Invalid with every fault."""
    reference = work.ports.reference
    towns = {(iso, town) for (_, town), iso in reference.town_departments.items()}
    check_plan(work.actor, planned, towns, reference.languages, work.now)
    given = {one.name: getattr(planned, one.name) for one in fields(PlannedSession)}
    held = OrientationSession(**given, id=work.new_id(), host=work.actor.person)
    facts: dict[str, Fact] = {"kind": held.kind.value, "seats": held.seats}
    event = work.event(Act.ORIENTATION_PLANNED, held.id, facts)
    orientation_sessions.add_session(work.session, held, event=event)
    return held


def read_session(work: Work, session: UUID) -> HeldSession:
    """A session with who has a seat; each of them can read who looked (N8)."""
    check_permission(work.actor, Permission.RECEPTION_HOLD)
    held = find_held(work, session)
    check_held(work.actor, held)
    seated = orientation.list_seated(work.session, session)
    purpose = {"purpose": "orientation"}
    looked = [work.event(Act.APPLICATION_READ, one.seat.application, purpose) for one in seated]
    audit.append_all(work.session, looked)
    return HeldSession(held, town_of(work, held), seated)


def invite_approved(work: Work, session: UUID) -> int:
    """Give the free seats to approved people who came to no session yet; how many.

    Who missed one is invited again once its list is closed. Those who were handed in first go
    first; each is told, and may give the seat back.
    """
    held = _lock(work, session)
    taken = orientation.list_taken(work.session, session)
    choose_seat(held, taken, work.now)
    codes = [
        one.code for one in work.ports.reference.programmes.values() if kind_of(one) is held.kind
    ]
    since = legal_day(work.now) - LATE
    found = orientation.lock_uninvited(work.session, codes, since, held.seats - len(taken))
    for application, worker in found:
        _leave(work, application)
        seat = _seat(work, held, application, worker)
        own = applications.get_application(work.session, application, reach=EVERYTHING)
        tell_seat(work, NoticeKind.ORIENTATION_INVITED, seat, own)
    return len(found)


def attend(work: Work, session: UUID, number: str) -> bool:
    """Write down that the holder of a worker number came; False where it stood there already.

    Who has no seat gets one if any is free. Invalid for what is no worker number;
    Conflict("not-seated") where nobody who may come has it, and as `check_attend` says; Forbidden
    for the own number.
    """
    held = _lock(work, session)
    check_attend(work.actor, held, work.now)
    written = read(number)
    refuse_if([Fault("orientation-number-wrong", "number")] if written is None else [])
    found = orientation.find_by_number(work.session, written or "")
    if found is None:
        raise Conflict("not-seated")
    application, worker = found
    if worker == work.actor.person:
        raise Forbidden("own-case")
    seated = orientation.list_seated(work.session, session)
    seat = next((one.seat for one in seated if one.seat.application == application), None)
    if seat is not None and seat.attended_at is not None:
        return False
    if seat is None:
        _leave(work, application)
        seat = _seat(work, held, application, worker)
    event = work.event(Act.ORIENTATION_ATTENDED, application, {"session": str(session)})
    orientation.save_attended(work.session, seat, work.actor.person, work.now, event=event)
    return True


def cancel_session(work: Work, session: UUID) -> int:
    """Call a session off; everybody who had a seat is told. How many."""
    held = _lock(work, session)
    if held.cancelled_at is not None:
        raise Conflict("session-cancelled")
    if legal_day(work.now) > held.day:
        raise Conflict("session-past")
    seated = orientation.list_seated(work.session, session)
    event = work.event(Act.ORIENTATION_CANCELLED, session, {"seats": len(seated)})
    orientation.save_cancelled(work.session, held, work.now, event=event)
    for one in seated:
        if one.seat.attended_at is None:
            own = applications.get_application(
                work.session, ApplicationId(one.seat.application), reach=EVERYTHING
            )
            tell_seat(work, NoticeKind.ORIENTATION_CANCELLED, one.seat, own)
    return len(seated)


def find_held(work: Work, session: UUID, *, hold: bool = False) -> OrientationSession:
    """A session by id; NotFound where there is none."""
    found = orientation_sessions.find_session(work.session, session, hold=hold)
    if found is None:
        raise NotFound("no-such-orientation")
    return found


def tell_seat(work: Work, kind: NoticeKind, seat: Seat, own: Application) -> None:
    """Tell somebody of their seat, or of its end."""
    held = seat.session
    told = {
        "day": held.day.isoformat(),
        "hour": f"{held.begins:%H:%M}",
        "place": held.place,
        "town": town_of(work, held),
    }
    notices.tell_worker(work, kind, own, told, once=f"{held.id}:{seat.taken_at.timestamp():.0f}")


def _leave(work: Work, application: ApplicationId) -> None:
    """End the seat in another session that somebody did not use."""
    before = orientation.find_waiting_seat(work.session, application)
    if before is not None:
        facts = {"session": str(before.session.id)}
        event = work.event(Act.ORIENTATION_GIVEN_BACK, application, facts)
        orientation.save_ended(work.session, before, work.now, event=event)


def _seat(
    work: Work, held: OrientationSession, application: ApplicationId, worker: PersonId
) -> Seat:
    taken = orientation.list_taken(work.session, held.id)
    seat = Seat(held, application, worker, choose_seat(held, taken, work.now), True, work.now)
    event = work.event(Act.ORIENTATION_SEATED, application, {"session": str(held.id)})
    orientation.add_seat(work.session, seat, event=event)
    return seat


def _lock(work: Work, session: UUID) -> OrientationSession:
    """A session that the actor holds, its row held until the end."""
    check_permission(work.actor, Permission.RECEPTION_HOLD)
    held = find_held(work, session, hold=True)
    check_held(work.actor, held)
    return held
