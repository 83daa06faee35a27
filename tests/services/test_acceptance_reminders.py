"""An employer that says nothing is asked again, and a yes is for the wish that it was given to."""

import pytest

from app.services import acceptance_reminders, acceptances, employer_changes
from app.services.case import load_case
from app.storage import daily_jobs
from permits.approvals import Opinion
from permits.deadlines import legal_day
from permits.errors import Invalid, NotFound
from permits.people import NOBODY, SYSTEM
from permits.programmes import Hiring
from tests.agreed import agree
from tests.builders import NOW, Story
from tests.services.test_employer_changes import ask, change, refused_for, right_of
from tests.services.test_submissions import links

pytestmark = pytest.mark.feature("W3", "W21")


def remind(story: Story) -> int:
    """As on another day."""
    daily_jobs.mark_done(story.session, acceptance_reminders.JOB, legal_day(NOW))
    return acceptance_reminders.remind(story.work(SYSTEM))


def say_yes(story: Story) -> None:
    acceptances.answer_question(story.work(NOBODY), links(story)[-1], accepted=True)


def test_the_link_lives_as_long_as_the_case_is_under_review(story: Story) -> None:
    story.start(Hiring.ON_ACCEPTANCE).hand_in()
    [first] = links(story)
    story.later(days=10)
    assert remind(story) == 0
    story.later(days=4)
    assert (remind(story), remind(story)) == (1, 0)
    with pytest.raises(NotFound):  # the newest alone
        acceptances.answer_question(story.work(NOBODY), first, accepted=True)
    story.later(days=15)
    assert remind(story) == 1
    assert len(links(story)) == 3
    say_yes(story)
    story.later(days=20)
    assert remind(story) == 0
    agree(story).decide(story.setrass, Opinion.APPROVE)


def test_nobody_is_asked_about_a_case_that_is_over(story: Story) -> None:
    story.start(Hiring.ON_ACCEPTANCE).hand_in().decide(story.setrass, Opinion.REFUSE)
    story.later(days=20)
    assert remind(story) == 0


def test_of_a_change_that_waits_the_employer_is_asked_again_too(story: Story) -> None:
    story.start().submit().approve().sign()
    ask(story, Hiring.ON_ACCEPTANCE)
    story.later(days=15)
    assert remind(story) == 1
    say_yes(story)
    assert refused_for(story) == ["contract-not-accepted"]


def test_who_comes_back_is_taken_by_a_yes_of_now(story: Story) -> None:
    story.start(Hiring.ON_ACCEPTANCE)
    first = load_case(story.work(story.worker), story.id).vacancy
    assert first is not None
    story.hand_in()
    say_yes(story)
    agree(story).approve().sign()
    change(story)
    story.sign().later(days=3)
    employer_changes.ask_change(story.work(story.worker), right_of(story).id, first.id)
    assert refused_for(story) == ["employer-acceptance-pending"]
    assert len(links(story)) == 2
    say_yes(story)
    employer_changes.decide_change(story.work(story.setrass), story.id, "", granted=True)
    with pytest.raises(Invalid, match="invalid"):  # it is the work of now
        employer_changes.ask_change(story.work(story.worker), right_of(story).id, first.id)
