"""A farm of a verified employer changes by SETRASS's word: judged again, and everything kept."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.services import farm_changes, housing
from app.storage import audit
from app.storage.housing_inspections import list_of_farm
from app.storage.judging_runs import judging_runs
from permits.audit import Act
from permits.errors import Forbidden, Invalid
from permits.people import SYSTEM, Actor, Role
from recruitment.farm_changes import FarmChange, FarmChangeOutcome, decide_farm_change
from tests.builders import Story, add_official
from tests.farmed import add_farm, another_employer, owner_of
from tests.hirers import inspect


@pytest.mark.feature("E1", "E8")
def test_an_approved_change_is_judged_again_and_keeps_what_was_inspected(story: Story) -> None:
    employer = another_employer(story)
    farm = add_farm(story.work(SYSTEM), employer, housed=0)
    look = inspect(story.work(SYSTEM), farm)
    owner, officer = (
        owner_of(employer),
        add_official(story.session, story.ports, Role.SETRASS_OFFICER),
    )
    own, stands = farm_changes.get_own_farm(story.work(owner), farm)
    wider = replace(stands, housed=20, name="La Ancha")
    elsewhere = replace(wider, municipality="0401")  # where nobody looked; no test knows it either
    with pytest.raises(Invalid) as refused:
        farm_changes.ask_change(story.work(owner), uuid4(), elsewhere, own.last_of(farm))
    assert [one.code for one in refused.value.faults] == [
        "municipality-unknown",
        "farm-inspected-there",
    ]
    asked = farm_changes.ask_change(story.work(owner), uuid4(), wider, own.last_of(farm))
    assert housing.read_own(story.work(owner), farm).farm.housed == 0
    with pytest.raises(Forbidden):
        farm_changes.decide_change(story.work(owner), asked.id, "", approved=True)
    for _ in range(2):
        farm_changes.decide_change(story.work(officer), asked.id, "", approved=True)
    found = housing.read_own(story.work(owner), farm).farm
    assert (found.housed, found.name) == (20, "La Ancha")
    assert [one.id for one in list_of_farm(story.session, farm)] == [look]
    runs = select(judging_runs.c.cause).where(judging_runs.c.employer == employer)
    assert story.session.execute(runs).scalars().all() == ["farm"]
    logged = [one.act for one in audit.list_events(story.session, asked.id)]
    assert logged == [Act.FARM_CHANGE_ASKED, Act.FARM_CHANGE_DECIDED]
    saved = [one.act for one in audit.list_events(story.session, own.registration.id)]
    assert saved.count(Act.FARM_SAVED) == 2


@pytest.mark.feature("E1")
def test_nobody_approves_what_they_asked_for(story: Story) -> None:
    employer = another_employer(story)
    farm = add_farm(story.work(SYSTEM), employer)
    own, stands = farm_changes.get_own_farm(story.work(owner_of(employer)), farm)
    officer: Actor = add_official(story.session, story.ports, Role.SETRASS_OFFICER)
    asked, person = FarmChangeOutcome.ASKED, officer.person
    change = FarmChange(uuid4(), own.registration.id, 1, stands, asked, person, story.now)
    with pytest.raises(Forbidden, match="farm-change-own"):
        decide_farm_change(officer, change, "", story.now, approved=True)
