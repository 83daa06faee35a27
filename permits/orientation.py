"""Orientation before leaving or on arrival: sessions, seats, who came, and what was understood.

A session is a group in one language at one hour (W17). Who came is written down by whoever holds it
(W18). A short test asks what protects a person; it may be taken again and again, and shuts nobody
out: whoever did not understand is owed another session (IOM's guidance for pre-departure courses).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from permits.applications import Application, Status
from permits.deadlines import LEGAL_ZONE, legal_day
from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.people import Actor, Permission, PersonId, Role
from permits.policies import check_permission
from permits.programmes import Programme, in_force

HOME = "HND"
FARTHEST = timedelta(days=90)
MOST_SEATS = 200
LONGEST_PLACE = 30
"""Letters of the words for where, so that an SMS holds them in one part."""

EARLY, LATE = timedelta(hours=1), timedelta(days=7)
"""From when before it begins until when after it somebody's coming is written down."""

SEATED = frozenset({Status.UNDER_REVIEW, Status.ASKED, Status.RETURNED, Status.APPROVED})
"""Whose application is on its way, or led to a permit."""


class SessionKind(StrEnum):
    """Before leaving for work abroad, or on arrival for work here."""

    PRE_DEPARTURE = "pre-departure"
    ARRIVAL = "arrival"


class Topic(StrEnum):
    """What everybody must know before they set out; one lesson and one question each."""

    PAPERS = "papers"
    FREE = "free"
    CONTRACT = "contract"
    WAGE = "wage"
    DANGER = "danger"
    HELP = "help"


@dataclass(frozen=True)
class Question:
    """One question with its drawing; `right` is one of the options."""

    topic: Topic
    picture: str
    options: tuple[str, ...]
    right: str


QUESTIONS = (
    Question(Topic.PAPERS, "id-card", ("employer", "myself", "recruiter"), "myself"),
    Question(Topic.FREE, "money", ("worker", "family", "employer"), "employer"),
    Question(Topic.CONTRACT, "sign", ("sign", "ask-help", "wait"), "ask-help"),
    Question(Topic.WAGE, "paper", ("each-pay", "at-the-end", "never"), "each-pay"),
    Question(Topic.DANGER, "hand", ("go-on", "stop-and-tell", "pay"), "stop-and-tell"),
    Question(Topic.HELP, "call", ("nobody", "employer-only", "free-line"), "free-line"),
)
"""Six at most: a test of a sheet is for school."""


@dataclass(frozen=True)
class PlannedSession:
    """A session as somebody wants to hold it; `language` is ISO 639-3, `begins` Honduran time."""

    kind: SessionKind
    department: str
    municipality: str
    place: str
    day: date
    begins: time
    language: str
    seats: int

    @property
    def starts_at(self) -> datetime:
        """The instant at which it begins."""
        return datetime.combine(self.day, self.begins, LEGAL_ZONE)


@dataclass(frozen=True, kw_only=True)
class OrientationSession(PlannedSession):
    """A session that is held."""

    id: UUID
    host: PersonId
    cancelled_at: datetime | None = None


@dataclass(frozen=True)
class Seat:
    """One person's seat. `invited`: whoever holds the session gave it; else they took it."""

    session: OrientationSession
    application: UUID
    worker: PersonId
    seat: int
    invited: bool
    taken_at: datetime
    attended_at: datetime | None = None


@dataclass(frozen=True)
class TestResult:
    """How one test went."""

    right: int
    of: int
    passed: bool
    taken_at: datetime = field(compare=False)


@dataclass(frozen=True)
class Attendance:
    """What is known of a person's orientation: where they came last, and their last test."""

    attended: Seat | None = None
    result: TestResult | None = None

    @property
    def is_done(self) -> bool:
        """Whether they came and understood."""
        return self.attended is not None and self.result is not None and self.result.passed


def kind_of(programme: Programme) -> SessionKind:
    """The kind of session of a programme."""
    return SessionKind.ARRIVAL if programme.destination == HOME else SessionKind.PRE_DEPARTURE


def pass_percent(programme: Programme, day: date) -> int | None:
    """From how many percent of right answers on it was understood; None where none is asked."""
    versions = programme.versions.thresholds.get("orientation_pass_percent")
    return in_force(versions, day).value if versions else None


def score(answers: Mapping[Topic, str], percent: int, now: datetime) -> TestResult:
    """How a test went; Invalid with every question that has no answer, or one of no option."""
    faults = []
    for one in QUESTIONS:
        given = answers.get(one.topic)
        if given is None:
            faults.append(Fault("missing", one.topic.value))
        elif given not in one.options:
            faults.append(Fault("not-an-option", one.topic.value))
    refuse_if(faults)
    right = sum(answers[one.topic] == one.right for one in QUESTIONS)
    return TestResult(right, len(QUESTIONS), 100 * right >= percent * len(QUESTIONS), now)


def holds(actor: Actor, session: OrientationSession) -> bool:
    """Whoever told of a session holds it; SETRASS's supervisors answer for each of them."""
    mine = actor.person == session.host or actor.role is Role.SETRASS_SUPERVISOR
    near = actor.department in {None, session.department}
    return mine and near and actor.can(Permission.RECEPTION_HOLD)


def check_held(actor: Actor, session: OrientationSession) -> None:
    """NotFound for who holds other sessions, Forbidden for who holds none."""
    check_permission(actor, Permission.RECEPTION_HOLD)
    if not holds(actor, session):
        raise NotFound("no-such-orientation")


def check_plan(
    actor: Actor,
    planned: PlannedSession,
    towns: Collection[tuple[str, str]],
    languages: Collection[str],
    now: datetime,
) -> None:
    """Invalid with every fault; `towns` are departments, each with one of its municipalities."""
    check_permission(actor, Permission.RECEPTION_HOLD)
    refuse_if([*_where(actor, planned, towns), *_when(planned, languages, now)])


def _where(
    actor: Actor, planned: PlannedSession, towns: Collection[tuple[str, str]]
) -> Iterable[Fault]:
    if (planned.department, planned.municipality) not in towns:
        yield Fault("municipality-unknown", "town")
    elif actor.department not in {None, planned.department}:
        yield Fault("department-of-others", "town")
    if not planned.place:
        yield Fault("reception-place-missing", "place")
    elif len(planned.place) > LONGEST_PLACE or not planned.place.isprintable():
        yield Fault("reception-place-long", "place", {"letters": LONGEST_PLACE})


def _when(planned: PlannedSession, languages: Collection[str], now: datetime) -> Iterable[Fault]:
    today = legal_day(now)
    if planned.language not in languages:
        yield Fault("unknown-value", "language")
    if not today < planned.day <= today + FARTHEST:
        yield Fault("reception-day-out", "day", {"days": FARTHEST.days})
    if not 1 <= planned.seats <= MOST_SEATS:
        yield Fault("reception-places-out", "seats", {"places": MOST_SEATS})


def check_seatable(application: Application) -> None:
    """Conflict where an application is not handed in yet, or over."""
    if application.status not in SEATED:
        raise Conflict("orientation-not-yet")


def choose_seat(session: OrientationSession, taken: Collection[int], now: datetime) -> int:
    """The next free seat, from 1; Conflict where none is left, or it is too late."""
    if session.cancelled_at is not None:
        raise Conflict("session-cancelled")
    if legal_day(now) > session.day:
        raise Conflict("session-past")
    free = next((one for one in range(1, session.seats + 1) if one not in taken), None)
    if free is None:
        raise Conflict("session-full")
    return free


def check_attend(actor: Actor, session: OrientationSession, now: datetime) -> None:
    """Who came is written down from an hour before it begins until a week after."""
    check_held(actor, session)
    if session.cancelled_at is not None:
        raise Conflict("session-cancelled")
    if not session.starts_at - EARLY <= now <= session.starts_at + LATE:
        raise Conflict("session-not-now")


def check_test(attendance: Attendance) -> Seat:
    """The test is of what one heard: Conflict("orientation-first") before."""
    if attendance.attended is None:
        raise Conflict("orientation-first")
    return attendance.attended


def check_certificate(attendance: Attendance) -> tuple[Seat, TestResult]:
    """What a certificate says; Conflict("orientation-not-done") before."""
    if attendance.attended is None or attendance.result is None or not attendance.result.passed:
        raise Conflict("orientation-not-done")
    return attendance.attended, attendance.result
