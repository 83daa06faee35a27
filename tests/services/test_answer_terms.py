"""A silent worker is reminded once, may come back once, and then has the whole time again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.services import answer_terms, applications, queues
from app.services.progress import read_progress
from app.storage import outbox
from app.storage.audit import audit_events
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, Hidden, NotFound
from permits.people import SYSTEM
from tests.builders import Story

FIRST, AGAIN = "2026-12-07", "2026-12-22"


def told(story: Story, kind: str) -> list[dict[str, str]]:
    rows = story.session.scalars(select(outbox.outbox.c.payload).order_by(outbox.outbox.c.id))
    return [row["facts"] for row in rows if row.get("kind") == kind]


def remind(story: Story) -> int:
    return answer_terms.remind_returned(story.work(SYSTEM))


def lapse(story: Story) -> int:
    return answer_terms.lapse_returned(story.work(SYSTEM))


def take_up(story: Story) -> Status:
    return answer_terms.reinstate_application(story.work(story.worker), story.id).status


@pytest.mark.feature("W11", "W12")
def test_who_was_asked_is_reminded_once_three_working_days_before_the_last(story: Story) -> None:
    story.start().submit().decide(story.setrass, Opinion.RETURN)  # Monday 23 November
    assert remind(story.later(days=8)) == 0  # Tuesday: four days left
    story.later(days=1, hours=-3)
    assert remind(story) == 0  # six in the morning: nobody is woken
    assert remind(story.later(hours=3)) == 1
    assert remind(story.later(hours=1)) == remind(story.later(days=1)) == 0
    assert [facts["day"] for facts in told(story, "answer-due")] == [FIRST]
    events = select(audit_events.c.facts).where(
        audit_events.c.act == Act.APPLICATION_TOLD.value, audit_events.c.subject == story.id
    )
    assert story.session.scalars(events).all() == [{"notice": "answer-due", "to": "worker"}]


@pytest.mark.feature("W12", "O1")
def test_a_lapsed_case_is_taken_up_again_once_with_the_whole_time_to_answer(story: Story) -> None:
    story.start().submit().decide(story.setrass, Opinion.RETURN)
    due_at = story.application.due_at
    assert lapse(story.later(days=15)) == 1  # Tuesday 8 December
    assert [facts["until"] for facts in told(story, "application-lapsed")] == ["2027-01-07"]
    assert take_up(story) is Status.RETURNED
    assert story.application.due_at == due_at
    assert [facts["day"] for facts in told(story, "application-reinstated")] == [AGAIN]
    answered = read_progress(story.work(story.worker), story.id)
    assert answered.answer_by is not None
    assert answered.answer_by.isoformat() == AGAIN
    (row,) = queues.list_queue(story.work(story.setrass), queues.QueueFilter()).rows
    assert row.answer_from == story.now
    assert lapse(story.later(days=14)) == 0  # the last day
    assert [remind(story), remind(story.later(hours=1))] == [1, 0]  # of the new term, too
    assert lapse(story.later(days=1)) == 1
    assert told(story, "application-lapsed")[1]["until"] == ""
    with pytest.raises(Conflict) as refused:
        take_up(story)
    assert refused.value.code == "reinstated-before"


def test_the_clock_of_the_agencies_stood_still_until_the_answer(story: Story) -> None:
    story.start().submit().decide(story.setrass, Opinion.RETURN)
    before = story.application.due_at
    lapse(story.later(days=15))
    take_up(story)
    story.later(days=6).submit()
    calendar, after = story.ports.reference.calendar, story.application.due_at
    assert before is not None
    assert after is not None
    stood = calendar.working_days_between(legal_day(before), legal_day(after))
    assert stood == calendar.working_days_between(
        legal_day(story.now - timedelta(days=21)), legal_day(story.now)
    )


def test_nobody_else_takes_a_case_up_again_and_nobody_too_late(story: Story) -> None:
    story.start().submit().decide(story.setrass, Opinion.RETURN)
    lapse(story.later(days=15))
    mine, other = story.id, story.worker
    with pytest.raises((Forbidden, Hidden, NotFound)):
        answer_terms.reinstate_application(story.work(story.setrass), mine)
    story.start()
    with pytest.raises(NotFound):
        answer_terms.reinstate_application(story.work(story.worker), mine)
    story.worker, story.id = other, mine
    case = applications.read_own(story.work(other), mine)
    assert answer_terms.reinstate_until(story.work(other), case) is not None
    story.later(days=31)
    assert answer_terms.reinstate_until(story.work(other), case) is None
    with pytest.raises(Conflict) as refused:
        take_up(story)
    assert refused.value.code == "reinstate-too-late"
    assert story.application.status is Status.LAPSED
