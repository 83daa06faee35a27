"""An employer is to mend something on a farm, and hears of it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from app.services import improvement_notices
from app.storage import improvement_points
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import SYSTEM
from recruitment.complaints.words import Category
from recruitment.improvements import CheckedBy, Point, due_days, first_of_next
from tests.builders import Story
from tests.farmed import add_farm, another_employer

WEEK = timedelta(days=6)
"""After the first of a month comes its first Monday."""


def asked_to_mend(story: Story) -> None:
    """A point is written, its month comes, and its employer is told."""
    work, today = story.work(SYSTEM), legal_day(story.now)
    farm, told = add_farm(work, another_employer(story)), first_of_next(today)
    asked = (Category.WAGE_UNPAID, "pagar", CheckedBy.PAYSLIPS, told, due_days(told)[0])
    point = Point(uuid4(), farm, None, *asked)
    event = work.event(Act.IMPROVEMENT_ASKED, point.id, {"farm": str(farm)})
    improvement_points.add_point(story.session, point, work.actor.person, event=event)
    improvement_notices.tell_week(replace(work, now=story.now + (told - today) + WEEK))
