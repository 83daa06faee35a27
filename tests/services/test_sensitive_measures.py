"""An employer learns of a finding neither when nor how many, and of a marked case nothing."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.services import complaint_rejudging, complaint_terms, employer_profiles, hirers, standings
from app.services.complaint_acts import Judgement
from permits.people import NOBODY, Actor, PersonId, Role
from recruitment.complaints.moves import Action
from recruitment.complaints.words import Category, Flag, Severity
from recruitment.standings import Standing, StandingOf, count_complaints
from tests.barred import employer_of
from tests.builders import Story
from tests.complained import Office, complain
from tests.complaint_desk import Desk

FARMER = Actor(PersonId(UUID(int=71)), Role.EMPLOYER, "Dueña")


def found(story: Story, *flags: Flag, times: int = 1) -> tuple[Desk, UUID]:
    """So many findings against the employer of the story's work."""
    story.start().submit()
    employer = employer_of(story)
    desk = Desk(Office(story.session, story.ports)).begin()
    for number in range(times):
        if number:
            filed = complain(desk.office.work(now=desk.now))
            desk.complaint, desk.digits = filed.id, filed.digits
            complaint_terms.begin_clocks(desk.system)
        desk.take().act(Action.SCREEN)
        desk.accept(employer=employer, flags=frozenset(flags))
        desk.find()
    return desk, employer


def told(story: Story, employer: UUID, actor: Actor) -> StandingOf:
    return standings.of_employer(story.work(actor), employer)


@pytest.mark.feature("N12", "D4")
def test_an_employer_is_told_neither_since_when_nor_how_many(story: Story) -> None:
    _, employer = found(story, times=2)
    for reader in (replace(FARMER, employer=employer), NOBODY, story.worker):
        (reason,) = told(story, employer, reader).reasons
        assert (reason.code, reason.since, dict(reason.facts)) == ("serious-complaint", None, {})
    official = told(story, employer, story.setrass).reasons
    assert [one.since is not None for one in official] == [True, True]
    profile = employer_profiles.read_profile(story.work(NOBODY), employer)
    assert [one.since for one in profile.standing.reasons] == [None]


@pytest.mark.feature("N12", "D4")
def test_of_a_marked_case_the_employer_reads_nothing_while_the_mark_stands(story: Story) -> None:
    desk, employer = found(story, Flag.EMPLOYER_SENSITIVE)
    farmer = replace(FARMER, employer=employer)
    assert told(story, employer, farmer) == StandingOf(Standing.GOOD)
    assert told(story, employer, story.setrass).standing is Standing.WATCHED
    assert judged(story, employer) == 0
    said = Judgement(Severity.S2, (Category.WAGE_UNPAID,), frozenset(), employer)
    complaint_rejudging.rejudge(
        desk.by(), desk.token(), desk.complaint, said, "Ya no hay peligro.", seen=desk.seen
    )
    assert told(story, employer, farmer).standing is Standing.WATCHED
    assert judged(story, employer) == 1


def judged(story: Story, employer: UUID) -> int:
    """The upheld complaints that the rules on the employer's vacancies count."""
    hirer = hirers.look_up(story.work(story.setrass), [employer])[employer]
    return count_complaints(hirer.record.measures, story.now.date())
