"""A farm of a verified employer changes by SETRASS's word: judged again, and everything kept."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.services import (
    farm_change_desk,
    farm_changes,
    housing,
)
from app.services.farm_changes import Wanted
from app.storage import audit
from app.storage.housing_inspections import list_of_farm
from app.storage.judging_runs import judging_runs
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Forbidden, Invalid, NotFound, Stale
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.farm_changes import Call, FarmChange, FarmChangeOutcome, decide_farm_change
from tests.builders import Story, add_official
from tests.farmed import add_farm, another_employer, owner_of
from tests.hirers import inspect
from tests.registered import verified


@pytest.mark.feature("E1", "E8")
def test_an_approved_change_is_judged_again_and_keeps_what_was_inspected(story: Story) -> None:
    employer = another_employer(story)
    farm = add_farm(story.work(SYSTEM), employer, housed=0)
    look = inspect(story.work(SYSTEM), farm)
    owner, officer = (
        owner_of(employer),
        add_official(story.session, story.ports, Role.SETRASS_OFFICER),
    )
    own = farm_changes.get_own(story.work(owner))
    wider = replace(own.begin(farm), housed=20, name="La Ancha")
    elsewhere = replace(wider, municipality="0401")  # where nobody looked; no test knows it either
    with pytest.raises(Invalid) as refused:
        farm_changes.ask_change(story.work(owner), Wanted(uuid4(), elsewhere, 0))
    assert [one.code for one in refused.value.faults] == [
        "municipality-unknown",
        "farm-inspected-there",
    ]
    asked = farm_changes.ask_change(story.work(owner), Wanted(uuid4(), wider, 0))
    assert housing.read_own(story.work(owner), farm).farm.housed == 0
    with pytest.raises(Forbidden):
        farm_change_desk.decide_change(story.work(owner), asked.id, "", approved=True)
    for _ in range(2):
        farm_change_desk.decide_change(story.work(officer), asked.id, "", approved=True)
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
    own = farm_changes.get_own(story.work(owner_of(employer)))
    officer: Actor = add_official(story.session, story.ports, Role.SETRASS_OFFICER)
    asked, person = FarmChangeOutcome.ASKED, officer.person
    change = FarmChange(uuid4(), own.registration.id, 1, own.begin(farm), asked, person, story.now)
    with pytest.raises(Forbidden, match="farm-change-own"):
        decide_farm_change(officer, change, "", story.now, approved=True)


@pytest.mark.feature("E1")
def test_what_a_caller_asked_is_written_down_by_one_official_and_decided_by_another(
    story: Story,
) -> None:
    mine, _ = verified(story.session, story.ports)
    writer, decider = (
        story.work(add_official(story.session, story.ports, Role.SETRASS_OFFICER)) for _ in range(2)
    )
    registration = mine.registration.id
    (farm,) = farm_changes.get_by_phone(mine.work, mine.token).farms.values()
    call = Call("Ana Ficticia", legal_day(story.now))
    wanted = Wanted(uuid4(), replace(farm, housed=20), 0, call)
    early = Call(" ", call.called_on + timedelta(days=1))
    with pytest.raises(Invalid) as wrong:
        farm_changes.ask_for_caller(writer, registration, replace(wanted, call=early))
    assert {one.code for one in wrong.value.faults} == {"missing", "call-to-come"}
    with pytest.raises(Forbidden):
        farm_changes.ask_for_caller(story.work(owner_of(uuid4())), registration, wanted)
    asked = farm_changes.ask_for_caller(writer, registration, wanted)
    assert farm_change_desk.read_change(decider, asked.id).change.call == call
    with pytest.raises(Forbidden, match="farm-change-own"):
        farm_change_desk.decide_change(writer, asked.id, "", approved=True)
    with pytest.raises(NotFound):
        farm_changes.withdraw_own(story.work(_other(story)), asked.id)
    for _ in range(2):
        farm_changes.withdraw_by_phone(mine.work, mine.token, asked.id)
    with pytest.raises(Stale, match="farm-change-withdrawn"):
        farm_change_desk.decide_change(decider, asked.id, "", approved=True)
    again = Wanted(uuid4(), replace(farm, housed=21), 1)
    second = farm_changes.ask_by_phone(mine.work, mine.token, again)
    assert (second.asked_by, second.call) == (PersonId(registration), None)
    farm_change_desk.decide_change(writer, second.id, "", approved=True)
    assert farm_changes.get_by_phone(mine.work, mine.token).farms[farm.id].housed == 21
    logged = [one.act for one in audit.list_events(story.session, asked.id)]
    assert logged == [Act.FARM_CHANGE_ASKED, Act.FARM_CHANGE_WITHDRAWN]


def _other(story: Story) -> Actor:
    employer = another_employer(story)
    add_farm(story.work(SYSTEM), employer)
    return owner_of(employer)
