"""One recommends and another decides: in the service, in the lists and in the database itself."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services import approvals, dossiers, own_data, prints, queues
from app.services.approvals import Ruling
from app.services.case import load_case
from app.services.ports import Ports
from app.services.queues import Wanted
from app.services.recommendations import recommend_application
from app.storage.audit import list_events
from app.storage.database import Session
from app.storage.queues import list_queue
from app.storage.turns import Order
from permits.applications import Status
from permits.approvals import Ground, Opinion
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Invalid, Stale
from permits.next_actions import NextAction
from permits.people import Actor, Agency, Role
from permits.programmes import Hiring
from permits.reach import EVERYTHING
from permits.recommendations import Step
from tests import outside
from tests.builders import Story, add_official
from tests.recommended import with_recommendation
from tests.storage.statements import decide as decide_by_sql

NOTE = "El contrato y el DPI coinciden."


@pytest.fixture
def ports() -> Ports:
    return with_recommendation(outside.ports())


@pytest.fixture
def analyst(session: Session, ports: Ports) -> Actor:
    return add_official(session, ports, Role.SETRASS_ANALYST, "Delia Ramos")


def recommend(story: Story, who: Actor, ruling: Ruling | None = None) -> None:
    seen = story.application.version
    ruling = ruling or Ruling(Opinion.APPROVE, (), NOTE)
    recommend_application(story.work(who), story.id, ruling, seen_version=seen)


@pytest.mark.feature("O1")
@pytest.mark.promise("P3")
def test_an_analyst_recommends_and_an_officer_decides(story: Story, analyst: Actor) -> None:
    story.start().submit()
    with pytest.raises(Conflict, match="recommendation-missing"):
        story.decide(story.setrass, Opinion.APPROVE)
    held = story.application.version
    approvals.hold_application(story.work(analyst), story.id, seen_version=held)
    recommend(story, analyst)
    assert story.application.held_by is None  # who decides takes it up
    (event,) = [
        one
        for one in list_events(story.session, story.id)
        if one.act is Act.APPLICATION_RECOMMENDED
    ]
    assert (event.person, event.facts["opinion"]) == (analyst.person, "approve")
    assert NOTE not in json.dumps(dict(event.facts))
    assert own_data.read_own_data(story.work(story.worker), "json").tables["recommendations"] == []
    story.approve().sign()
    assert story.application.status is Status.APPROVED
    (told,) = own_data.read_own_data(story.work(story.worker), "json").tables["recommendations"]
    assert told["note"] == NOTE


@pytest.mark.feature("O1")
def test_who_may_not_decide_yet_sees_no_letter_of_it(story: Story, analyst: Actor) -> None:
    story.start().submit()
    planned = Ruling(Opinion.REFUSE, (Ground.DUPLICATE,), "Ya tiene otra solicitud.")

    def preview() -> bytes:
        return prints.preview_letter(story.work(story.setrass), story.id, planned, "es")

    with pytest.raises(Conflict, match="recommendation-missing"):
        preview()
    recommend(story, analyst)
    assert preview().startswith(b"%PDF")


@pytest.mark.feature("O1")
def test_nobody_decides_on_the_own_recommendation(story: Story) -> None:
    story.start().submit()
    recommend(story, story.setrass, Ruling(Opinion.REFUSE, (Ground.DUPLICATE,)))
    for opinion in Opinion:
        with pytest.raises(Forbidden, match="own-recommendation"):
            story.decide(story.setrass, opinion)
    with pytest.raises(Conflict, match="already-recommended"):
        recommend(story, story.setrass)
    colleague = add_official(story.session, story.ports, Role.SETRASS_OFFICER)
    story.decide(colleague, Opinion.APPROVE)  # it binds nobody
    assert [d.opinion for d in load_case(story.work(colleague), story.id).decisions] == [
        Opinion.APPROVE
    ]


def test_a_return_needs_none_and_the_next_round_wants_one_of_its_own(
    story: Story, analyst: Actor
) -> None:
    story.start().submit()
    recommend(story, analyst)
    story.decide(story.setrass, Opinion.RETURN).submit()
    with pytest.raises(Conflict, match="recommendation-missing"):
        story.decide(story.setrass, Opinion.APPROVE)
    seen = dossiers.read_dossier(story.work(story.setrass), story.id)
    assert [(one.given.round, one.outdated) for one in seen.advised] == [(1, None)]
    assert seen.names[analyst.person] == "Delia Ramos"
    assert NextAction.RETURN in seen.actions
    assert NextAction.APPROVE not in seen.actions


def test_what_the_checks_find_now_is_held_against_what_they_found_then(
    story: Story, analyst: Actor
) -> None:
    story.start().submit()
    recommend(story, analyst)

    def outdated() -> list[bool | None]:
        seen = dossiers.read_dossier(story.work(story.setrass), story.id)
        return [one.outdated for one in seen.advised]

    assert outdated() == [False]
    Story(story.session, story.ports, story.now).start().submit()  # the same document again
    assert outdated() == [True]


def test_a_recommendation_is_checked_as_a_decision_is(story: Story, analyst: Actor) -> None:
    story.start(Hiring.ON_ACCEPTANCE).submit()
    for wrong in (
        Ruling(Opinion.APPROVE),  # the employer has not answered
        Ruling(Opinion.REFUSE),
        Ruling(Opinion.REFUSE, (Ground.ALERT,)),
        Ruling(Opinion.RETURN, (), "¿Qué?"),
    ):
        with pytest.raises(Invalid):
            recommend(story, analyst, wrong)
    with pytest.raises(Stale):
        recommend_application(
            story.work(analyst), story.id, Ruling(Opinion.APPROVE), seen_version=1
        )
    with pytest.raises(Forbidden, match="not-permitted"):
        recommend(story, story.supervise().supervisor)


@pytest.mark.feature("O3")
def test_the_list_tells_what_the_agency_does_next(story: Story, analyst: Actor) -> None:
    story.start().submit()

    def found(who: Actor, step: Step | None) -> list[bool]:
        work = story.work(who)
        wanted = queues.filter_of(work, Wanted(mine=True, step=step))
        return [row.advised for row in queues.list_queue(work, wanted).rows]

    assert (found(analyst, Step.RECOMMEND), found(analyst, Step.DECIDE)) == ([False], [])
    assert queues.find_next(story.work(analyst)) is not None
    assert queues.find_next(story.work(story.setrass)) is None
    recommend(story, analyst)
    assert (found(analyst, Step.RECOMMEND), found(analyst, Step.DECIDE)) == ([], [True])
    assert found(analyst, None) == [True]
    assert queues.find_next(story.work(story.setrass)) is not None
    story.decide(story.setrass, Opinion.APPROVE)
    assert found(story.inm, Step.DECIDE) == [True]  # INM wants none


@pytest.mark.feature("O3")
@pytest.mark.promise("P16")
def test_under_seal_no_list_tells_that_another_agency_was_advised(
    story: Story, analyst: Actor
) -> None:
    story.start().submit()
    work = story.work(story.inm)
    orders = queues.orders_of(work)
    hidden = [replace(one, hidden=frozenset({Agency.SETRASS})) for one in orders]

    def found(told: list[Order], step: Step) -> int:
        wanted = queues.QueueFilter(waiting_for=Agency.SETRASS, step=step)
        rows = list_queue(story.session, wanted, told, reach=EVERYTHING, limit=9)
        return len(rows)

    def looks(told: list[Order]) -> list[int]:
        return [found(told, step) for step in (Step.RECOMMEND, Step.DECIDE)]

    before = looks(orders), looks(hidden)
    recommend(story, analyst)
    assert (before, (looks(orders), looks(hidden))) == (([1, 0], [0, 1]), ([0, 1], [0, 1]))
    # What is to be done, and not by whom, is asked of the own agency: it is not INM's turn.
    asked = queues.filter_of(work, Wanted(step=Step.DECIDE))
    assert (asked.waiting_for, queues.list_queue(work, asked).rows) == (Agency.INM, ())


@pytest.mark.promise("P2", "P3")
def test_the_database_refuses_the_decision_of_who_recommended(
    story: Story, session: Session
) -> None:
    story.start().submit()
    recommend(story, story.setrass)
    values = {
        "case": story.id,
        "worker": story.worker.person,
        "digest": story.application.digest,
        "setrass": story.setrass.person,
        "inm": story.inm.person,
    }
    own = text(decide_by_sql(agency="'setrass'", official=":setrass"))
    with pytest.raises(IntegrityError, match="who recommended"), session.begin_nested():
        session.execute(own, values)
    session.execute(text(decide_by_sql()), values)  # INM's decision is another matter


def test_a_programme_without_one_refuses_it(story: Story, analyst: Actor) -> None:
    story.start().submit()
    other = replace(analyst, role=Role.INM_ANALYST)
    with pytest.raises(Conflict):
        recommend(story, other)
    assert story.ports.reference.programmes["twap-canada"].recommended == (Agency.SETRASS,)
