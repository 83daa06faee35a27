"""Days on which people are received, and stories with a place on one."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from app.services import appointments
from app.services.appointments import PlannedDay, ReceptionDay
from permits.deadlines import legal_day, start_of
from permits.people import SYSTEM
from tests.builders import Story

EIGHT, HALF_PAST = time(8), time(8, 30)


def planned(day: date, **changes: Any) -> PlannedDay:  # noqa: ANN401
    """A morning in Copán Ruinas: two half hours with two places each."""
    wanted = PlannedDay(
        *("HN-CP", "0404", "Salón comunal", day, EIGHT, time(9), 2),
        ("spa", "caa"),
    )
    return replace(wanted, **changes)


def hold(story: Story, days: int = 3, **changes: Any) -> ReceptionDay:  # noqa: ANN401
    """SETRASS's supervisor tells of such a day, some days ahead."""
    story.supervise()
    day = legal_day(story.now) + timedelta(days=days)
    return appointments.plan_day(story.work(story.supervisor), planned(day, **changes))


def called_off(story: Story) -> Story:
    """A place is taken, reminded of in the morning before, and called off."""
    day = hold(story)
    appointments.take_place(story.work(story.worker), story.id, day.id, EIGHT)
    remind(story, day)
    appointments.cancel_day(story.work(story.supervisor), day.id)
    return story


def remind(story: Story, day: ReceptionDay, hour: int = 8) -> int:
    """The worker process at an hour of the day before; how many were reminded."""
    before = start_of(day.day - timedelta(days=1)) + timedelta(hours=hour)
    return appointments.remind_of_tomorrow(replace(story.work(SYSTEM), now=before))
