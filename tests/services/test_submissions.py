"""Handing in again and again: lapsing, employers who were silent, and answers of no shape."""

from datetime import date

import pytest
from sqlalchemy import select

from app.services import acceptances, answer_terms, applications, approvals
from app.storage import audit
from app.storage.outbox import outbox
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.errors import Conflict, Fault, Invalid, NotFound
from permits.people import NOBODY, SYSTEM
from permits.programmes import Hiring
from tests import outside
from tests.agreed import agree
from tests.builders import Story
from tests.databases import Database


@pytest.mark.feature("W12")
def test_a_returned_application_lapses_after_the_last_day_to_answer_and_not_on_it(
    story: Story,
) -> None:
    story.start().submit().decide(story.setrass, Opinion.RETURN)  # Monday 23 November
    story.later(days=14)  # the tenth working day
    assert answer_terms.lapse_returned(story.work(SYSTEM)) == 0
    story.later(days=1)
    assert answer_terms.lapse_returned(story.work(SYSTEM)) == 1
    assert story.application.status is Status.LAPSED
    assert answer_terms.lapse_returned(story.work(SYSTEM)) == 0


def test_who_answers_while_the_clock_strikes_is_left_alone(database: Database) -> None:
    with database.sessions.begin() as session:
        story = Story(session, outside.ports())
        story.start().submit().decide(story.setrass, Opinion.RETURN).later(days=40)
    with database.sessions.begin() as answering, database.sessions.begin() as striking:
        story.session = answering
        story.submit()  # and not yet committed
        story.session = striking
        assert answer_terms.lapse_returned(story.work(SYSTEM)) == 0
    with database.sessions.begin() as session:
        story.session = session
        assert story.application.status is Status.UNDER_REVIEW
        assert answer_terms.lapse_returned(story.work(SYSTEM)) == 0


def links(story: Story) -> list[str]:
    """The tokens of the links that were sent to the employer, the newest last."""
    rows = story.session.execute(
        select(outbox.c.payload)
        .where(outbox.c.key.startswith("employer-asked"))
        .order_by(outbox.c.id)
    )
    return [row.payload["facts"]["link"].rsplit("/", 1)[1] for row in rows]


def hand_in_again(story: Story) -> None:
    story.decide(story.setrass, Opinion.RETURN).submit()


@pytest.mark.feature("E6")
def test_a_question_that_nobody_answered_in_time_is_asked_again(story: Story) -> None:
    story.start(Hiring.ON_ACCEPTANCE).submit()
    hand_in_again(story)
    assert len(links(story)) == 1  # the first link still lives
    story.later(days=22)
    hand_in_again(story)
    dead, alive = links(story)
    with pytest.raises(NotFound):
        acceptances.answer_question(story.work(NOBODY), dead, accepted=True)
    acceptances.answer_question(story.work(NOBODY), alive, accepted=True)
    agree(story).approve()
    assert story.application.status is Status.APPROVED


@pytest.mark.feature("E6")
def test_an_answer_stands_for_good(story: Story) -> None:
    story.start(Hiring.ON_ACCEPTANCE).submit()
    acceptances.answer_question(story.work(NOBODY), links(story)[0], accepted=False)
    with pytest.raises(Conflict) as refused:
        acceptances.answer_question(story.work(NOBODY), links(story)[0], accepted=True)
    assert refused.value.code == "already-answered"
    story.later(days=22)
    hand_in_again(story)
    assert len(links(story)) == 1
    with pytest.raises(Invalid) as blocked:
        story.decide(story.setrass, Opinion.APPROVE)
    assert [fault.code for fault in blocked.value.faults] == ["employer-refused"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("sex", "x"), ("date_of_birth", "ayer"), ("date_of_birth", ""), ("vacancy", "no-uuid")],
)
def test_an_answer_without_shape_is_a_fault_and_saves_nothing(
    story: Story, field: str, value: str
) -> None:
    story.start()
    before = story.application
    with pytest.raises(Invalid) as refused:
        applications.save_answers(story.work(story.worker), story.id, {field: value})
    assert refused.value.faults == (Fault("unknown-value", field),)
    assert story.application == before


def test_a_name_that_no_permit_can_carry_is_refused_before_it_is_decided_on(story: Story) -> None:
    with pytest.raises(Invalid) as refused:
        story.start(given_names="x" * 70, surnames="y" * 70)
    assert [fault.code for fault in refused.value.faults] == ["too-long"]
    story.start(given_names="ꬰ" * 59, surnames="𐌰" * 60, date_of_birth=date(1990, 1, 1))
    story.submit().approve().sign()  # the longest that is accepted fits a symbol
    assert story.application.status is Status.APPROVED


def test_handing_in_is_one_act_in_the_log(story: Story) -> None:
    story.start().submit()
    acts = [event.act for event in audit.list_events(story.session, story.id)]
    assert acts.count(Act.APPLICATION_SUBMITTED) == 1


def test_a_case_that_is_withdrawn_is_in_nobodys_hands(story: Story) -> None:
    story.start().submit()
    version = story.application.version
    approvals.hold_application(story.work(story.setrass), story.id, seen_version=version)
    applications.withdraw_application(story.work(story.worker), story.id)
    assert (story.application.status, story.application.held_by) == (Status.WITHDRAWN, None)
