"""Sessions of orientation, people who came to one, and a certificate to print."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.services import orientation, orientation_sessions
from app.services.orientation_sessions import OrientationSession, PlannedSession
from permits.deadlines import legal_day
from permits.orientation import QUESTIONS, Seat, SessionKind, TestResult
from permits.people import PersonId
from permits.prints import PrintedOrientation
from tests.builders import Story

NINE = time(9)
RIGHT = {one.topic: one.right for one in QUESTIONS}
WRONG = {one.topic: next(o for o in one.options if o != one.right) for one in QUESTIONS}
KEPT_AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def planned(day: date, **changes: Any) -> PlannedSession:  # noqa: ANN401
    """A morning in Copán Ruinas in Spanish for whoever comes to the harvest, two seats."""
    wanted = PlannedSession(
        SessionKind.ARRIVAL, "HN-CP", "0404", "Salón comunal", day, NINE, "spa", 2
    )
    return replace(wanted, **changes)


def hold(story: Story, days: int = 3, **changes: Any) -> OrientationSession:  # noqa: ANN401
    """SETRASS's supervisor tells of such a session, some days ahead."""
    story.supervise()
    day = legal_day(story.now) + timedelta(days=days)
    return orientation_sessions.plan_session(story.work(story.supervisor), planned(day, **changes))


def invited(story: Story, held: OrientationSession) -> int:
    """The supervisor invites whoever is approved; how many."""
    return orientation_sessions.invite_approved(story.work(story.supervisor), held.id)


def at_hour(story: Story, held: OrientationSession) -> Story:
    """The hour of a session has come."""
    story.now = held.starts_at
    return story


def came(story: Story, held: OrientationSession) -> bool:
    """The supervisor writes down that the story's worker came."""
    number = story.application.worker_number or ""
    return orientation_sessions.attend(story.work(story.supervisor), held.id, number)


def oriented(story: Story) -> Story:
    """Somebody takes a seat, comes and understands; another session was called off."""
    gone, held = hold(story, 2), hold(story)
    invited(story, gone)
    orientation_sessions.cancel_session(story.work(story.supervisor), gone.id)
    orientation.take_seat(story.work(story.worker), story.id, held.id)
    came(at_hour(story, held), held)
    orientation.take_test(story.work(story.worker), story.id, RIGHT)
    return story


def certificate() -> PrintedOrientation:
    """A certificate of somebody who came in November 2026."""
    held = OrientationSession(
        **{name: getattr(planned(KEPT_AT.date()), name) for name in PlannedSession.__annotations__},
        id=UUID(int=1),
        host=PersonId(UUID(int=2)),
    )
    seat = Seat(held, UUID(int=3), PersonId(UUID(int=4)), 1, False, KEPT_AT, KEPT_AT)
    result = TestResult(5, 6, True, KEPT_AT)
    return PrintedOrientation(
        "María Ángela Gutiérrez Ñamendí",
        "T-482-139-0759",
        "Trabajo temporal en Canadá",
        "Temporary work in Canada",
        seat,
        "Copán Ruinas",
        result,
        KEPT_AT,
    )
