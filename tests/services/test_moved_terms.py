"""A day on which the offices are closed moves the terms that run, and calling it off moves them
back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services import moved_terms
from app.storage import audit
from permits.approvals import Opinion
from permits.audit import Act
from permits.deadlines import end_of, last_day, legal_day, start_clock
from permits.people import SYSTEM
from tests.builders import Story

pytestmark = pytest.mark.feature("O5")


def closing(story: Story, days: Collection[date]) -> None:
    """The offices are closed on these days more, as the worker process learns it."""
    reference = story.ports.reference
    calendar = replace(reference.calendar, closures=frozenset(days))
    story.ports = replace(story.ports, reference=replace(reference, calendar=calendar))


def move(story: Story) -> int:
    return moved_terms.move_terms(story.work(SYSTEM))


def fortnight(story: Story) -> frozenset[date]:
    """The two weeks that come."""
    return frozenset(legal_day(story.now) + timedelta(days=n) for n in range(1, 15))


@pytest.mark.parametrize("with_worker", [False, True])
def test_closed_days_move_running_terms_as_if_they_had_been_known(
    story: Story, with_worker: bool
) -> None:
    story.start().submit()
    if with_worker:
        story.decide(story.setrass, Opinion.RETURN)
    begun = story.application
    assert begun.submitted_at is not None
    assert move(story) == 0  # the first time: there is nothing to compare with
    days = fortnight(story.later(days=3))
    closing(story, days)
    assert (move(story), move(story)) == (1, 0)
    moved = story.application
    term = start_clock(begun.submitted_at, 40, story.ports.reference.calendar)
    assert (moved.due_at, moved.version) == (term.due_at, begun.version)
    [told] = [
        one for one in audit.list_events(story.session, story.id) if one.act is Act.TERM_MOVED
    ]
    assert told.facts == {"until": last_day(term.due_at).isoformat()}
    closing(story, ())
    assert move(story) == 1
    assert story.application.due_at == begun.due_at


def test_what_is_over_stays_over_and_what_is_decided_has_no_term(story: Story) -> None:
    late = story.start().submit()
    due_at = late.application.due_at
    assert due_at is not None
    done = Story(story.session, story.ports).start().submit()
    decided = done.decide(done.setrass, Opinion.REFUSE).application.due_at
    move(story)
    story.now = end_of(last_day(due_at))
    closing(story, fortnight(late) | {last_day(due_at)})
    assert move(story) == 0
    assert (late.application.due_at, done.application.due_at) == (due_at, decided)
