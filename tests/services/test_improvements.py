"""A plan of improvements tells an employer what to change, and nothing of who spoke."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from app.services import improvement_notices, improvements, inspection_plan
from app.services.improvements import Asked
from app.storage import audit, wanted_cases
from app.storage.wanted_cases import WantedCase
from permits.audit import Act
from permits.deadlines import LEGAL_ZONE, legal_day
from permits.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from permits.people import SYSTEM, Role
from recruitment.complaints.words import Category
from recruitment.ethics.words import HousingItem
from recruitment.housing import Shortcoming
from recruitment.improvements import CheckedBy, PointAction, PointStatus
from recruitment.inspection_plan import Sign
from recruitment.wanted_cases import Grade, Ground, Wanted
from tests.builders import Story, add_official
from tests.farmed import add_farm, another_employer, owner_of
from tests.hirers import FIT, inspect

FAILED = replace(
    FIT, shortcomings=(Shortcoming(HousingItem.COOKING),), mend_by=FIT.on + timedelta(days=90)
)


def asking(due: date, words: str = "pagar completo cada semana") -> Asked:
    return Asked(uuid4(), Category.WAGE_UNPAID, words, CheckedBy.PAYSLIPS, due)


@pytest.mark.feature("N4", "E10")
@pytest.mark.promise("P12")
def test_a_point_rests_on_a_visit_waits_for_its_month_and_is_verified(story: Story) -> None:
    employer = another_employer(story)
    farm = add_farm(story.work(SYSTEM), employer)
    inspect(story.work(SYSTEM), farm)  # a look that found nothing explains nothing
    inspector = add_official(story.session, story.ports, Role.LABOUR_INSPECTOR)
    work, own = story.work(inspector), story.work(owner_of(employer))
    due = improvements.read_plan(work, farm).due[0]
    with pytest.raises(Conflict, match="nothing-explains-it"):
        improvements.ask_point(work, farm, asking(due))
    look = inspect(story.work(SYSTEM), farm, replace(FAILED, on=FAILED.on + timedelta(days=1)))
    wanted = asking(due)
    for _ in range(2):
        point = improvements.ask_point(work, farm, wanted)
    with pytest.raises(Conflict, match="point-differs"):  # gone back to, for another way to see it
        improvements.ask_point(work, farm, replace(wanted, checked_by=CheckedBy.PAPERS))
    assert (point.inspection, point.told_from.day) == (look, 1)
    named = asking(due, "que el capataz Juan devuelva el dinero")
    with pytest.raises(Invalid):
        improvements.ask_point(work, farm, named)
    improvements.ask_point(work, farm, replace(named, sure=True))
    assert improvements.list_own(own) == []
    with pytest.raises(NotFound):
        improvements.get_own(own, point.id)
    later = replace(own, now=story.now + timedelta(days=32))
    assert len(improvements.list_own(later)) == 2
    _told_on_mondays(story, point.told_from, due)
    for _ in range(2):
        improvements.say_done(later, point.id, "Ya se paga.", 0)
    with pytest.raises(Stale):
        improvements.judge_point(work, farm, point.id, PointAction.VERIFY, "", 0, sure=False)
    again = improvements.judge_point(
        work, farm, point.id, PointAction.REOPEN, "falta una semana", 1, sure=False
    )
    assert (again.status, again.note) == (PointStatus.OPEN, "falta una semana")
    assert Sign.PLAN_OVERDUE in _signs(story, farm, due + timedelta(days=1))
    improvements.judge_point(work, farm, point.id, PointAction.VERIFY, "", 2, sure=False)
    logged = [one.act for one in audit.list_events(story.session, point.id)]
    assert logged.count(Act.IMPROVEMENT_MOVED) == 3


def _told_on_mondays(story: Story, told_from: date, due: date) -> None:
    """Once when the plan is new and once before its day, whatever the day of the week."""
    on = [told_from + timedelta(days=days) for days in range(-1, 40)]
    at = [datetime.combine(one, time(9), LEGAL_ZONE) for one in on]
    asked = [replace(story.work(SYSTEM), now=one) for one in at for _ in range(2)]  # the same hour
    heard = [one.now.date() for one in asked if improvement_notices.tell_week(one)]
    new, near = heard
    assert (new.weekday(), near.weekday()) == (0, 0)
    assert timedelta(0) <= new - told_from < timedelta(days=7)
    assert timedelta(days=7) <= due - near < timedelta(days=14)


def _signs(story: Story, farm: UUID, day: date) -> set[Sign]:
    inspector = add_official(story.session, story.ports, Role.LABOUR_INSPECTOR)
    on = story.now + (day - legal_day(story.now))
    planned = inspection_plan.plan(replace(story.work(inspector), now=on))
    return {sign for one in planned if one.farm.id == farm for sign, _ in one.score.parts}


@pytest.mark.feature("N4")
def test_what_several_told_explains_a_point_and_officers_write_none(story: Story) -> None:
    employer = another_employer(story)
    farm = add_farm(story.work(SYSTEM), employer)
    inspector = add_official(story.session, story.ports, Role.LABOUR_INSPECTOR)
    officer = add_official(story.session, story.ports, Role.SETRASS_OFFICER)
    work = story.work(inspector)
    due = improvements.read_plan(work, farm).due[0]
    wanted = Wanted(Grade.S1, Ground.EX_OFFICIO)
    case = WantedCase(uuid4(), "coffee-hn-gt", wanted, (), story.now, employer)
    event = work.event(Act.CASE_WANTED, case.id, {"grade": "s1", "ground": "ex-officio"})
    wanted_cases.add_wanted(story.session, story.ports.vault, case, event=event)
    point = improvements.ask_point(work, farm, asking(due))
    assert point.inspection is None
    later = replace(
        story.work(owner_of(another_employer(story))), now=story.now + timedelta(days=32)
    )
    with pytest.raises(NotFound):
        improvements.say_done(later, point.id, "No es mi finca.", 0)
    with pytest.raises(Forbidden):
        improvements.read_plan(story.work(officer), farm)
