"""Orientation for a worker: sessions to choose from, the own seat, the test, the certificate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services import worker_numbers
from app.services.appointments import town_of
from app.services.case import programme_of
from app.services.orientation_sessions import find_held, tell_seat
from app.services.reaching import reading, writing
from app.services.work import Work
from app.storage import applications, drafts, orientation
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Hidden
from permits.notices import NoticeKind
from permits.orientation import (
    SEATED,
    Attendance,
    OrientationSession,
    Seat,
    TestResult,
    Topic,
    check_certificate,
    check_seatable,
    check_test,
    choose_seat,
    kind_of,
    pass_percent,
    score,
)
from permits.people import Permission
from permits.policies import check_own
from permits.prints import PrintedOrientation

__all__ = ["Attendance", "OrientationSession", "Seat"]

LISTED = 300
SHOWN = 10
DEFAULT_PERCENT = 67
"""For a programme that says nothing: four of six."""


@dataclass(frozen=True)
class Free:
    """A session with the name of its town and its free seats."""

    session: OrientationSession
    town: str
    free: int


@dataclass(frozen=True)
class OwnOrientation:
    """What a worker sees: the own seat, what may be chosen, whether they came and understood.

    `can_sit`: the application is on its way or approved.
    """

    application: Application
    seat: Seat | None
    town: str
    sessions: Sequence[Free]
    attendance: Attendance
    can_sit: bool


def read_own(work: Work, application: ApplicationId) -> OwnOrientation:
    """The own orientation; Hidden for everybody but the worker."""
    own, draft = drafts.read_whole(work.session, work.ports.vault, application, reach=reading(work))
    _check_own(work, own)
    kind = kind_of(programme_of(work, own.programme))
    listed = orientation.list_sessions(work.session, legal_day(work.now), LISTED)
    spoken = set(draft.answers.get("languages_spoken") or ())
    home = str(draft.answers.get("municipality") or "")
    found = [
        Free(one, town_of(work, one), free) for one, free in listed if one.kind is kind and free > 0
    ]

    def near(one: Free) -> tuple[bool, bool]:
        return one.session.language not in spoken, one.session.municipality != home

    seat = orientation.find_waiting_seat(work.session, application)
    if seat is not None and seat.session.day < legal_day(work.now):
        seat = None  # who missed it has no place any more
    return OwnOrientation(
        own,
        seat,
        town_of(work, seat.session) if seat else "",
        sorted(found, key=near)[:SHOWN],
        orientation.read_attendance(work.session, application),
        own.status in SEATED,
    )


def take_seat(work: Work, application: ApplicationId, session: UUID) -> Seat:
    """Take a seat; the one of before is given back with it. Twice is once.

    Conflict where the application is not handed in or over, the session full, past or called off.
    """
    own = applications.lock(work.session, application, reach=writing(work))
    _check_own(work, own)
    check_own(work.actor, own)
    check_seatable(own)
    held = find_held(work, session, hold=True)
    before = orientation.find_waiting_seat(work.session, application)
    if before is not None and before.session.id == session:
        return before
    taken = orientation.list_taken(work.session, session)
    number = choose_seat(held, taken, work.now)
    if before is not None:
        _end(work, before)
    seat = Seat(held, application, own.worker, number, False, work.now)
    event = work.event(Act.ORIENTATION_SEATED, application, {"session": str(session)})
    orientation.add_seat(work.session, seat, event=event)
    tell_seat(work, NoticeKind.ORIENTATION_SEAT, seat, own)
    return seat


def give_back(work: Work, application: ApplicationId) -> None:
    """Give the own seat back; Conflict("no-seat") where there is none."""
    own = applications.lock(work.session, application, reach=writing(work))
    _check_own(work, own)
    found = orientation.find_waiting_seat(work.session, application)
    if found is None:
        raise Conflict("no-seat")
    _end(work, found)


def take_test(work: Work, application: ApplicationId, answers: Mapping[Topic, str]) -> TestResult:
    """Answer the test, as often as one likes; Invalid with every question that is open.

    Conflict("orientation-first") for who came to no session.
    """
    own = applications.lock(work.session, application, reach=writing(work))
    _check_own(work, own)
    check_own(work.actor, own)
    check_test(orientation.read_attendance(work.session, application))
    percent = pass_percent(programme_of(work, own.programme), legal_day(work.now))
    result = score(answers, percent or DEFAULT_PERCENT, work.now)
    event = work.event(Act.ORIENTATION_TESTED, application, {"passed": result.passed})
    orientation.add_test(work.session, application, own.worker, result, event=event)
    return result


def print_certificate(work: Work, application: ApplicationId, language: str) -> bytes:
    """The certificate; Conflict("orientation-not-done") before one came and understood."""
    own, draft = drafts.read_whole(work.session, work.ports.vault, application, reach=reading(work))
    _check_own(work, own)
    attendance = orientation.read_attendance(work.session, application)
    seat, result = check_certificate(attendance)
    programme = programme_of(work, own.programme)
    printed = PrintedOrientation(
        draft.worker_name,
        worker_numbers.number_of(work, own),
        programme.name_es,
        programme.name_en,
        seat,
        town_of(work, seat.session),
        result,
        work.now,
    )
    return work.ports.prints.orientation(printed, language)


def _end(work: Work, seat: Seat) -> None:
    facts = {"session": str(seat.session.id)}
    event = work.event(Act.ORIENTATION_GIVEN_BACK, seat.application, facts)
    orientation.save_ended(work.session, seat, work.now, event=event)


def _check_own(work: Work, own: Application) -> None:
    if work.actor.person != own.worker or not work.actor.can(Permission.APPLICATION_READ_OWN):
        raise Hidden("no-such-application")
