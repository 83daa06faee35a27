"""The recruitment-cost indicator counts whom a recruiter brought, charged or not, or silent."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from app.services import applications, cost_figures, journeys, nothing_paid
from app.services.cost_figures import CostFigure, GroupKind
from app.storage.cost_entries import cost_entries
from app.storage.cost_tellers import list_tellers
from app.storage.vacancies import find_vacancy
from permits.deadlines import legal_day
from permits.journeys import JourneyStep
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.cost_figures import Indicator
from recruitment.costs import Phase
from recruitment.ethics.words import CostCode
from tests.builders import PHONE, Story, add_vacancy
from tests.costs import note_fee
from tests.hirers import name_recruiter


@pytest.mark.feature("N9", "E2")
def test_a_recruiter_s_workers_count_whether_they_were_charged_or_not(story: Story) -> None:
    """Five under one mandate: three paid 777.77 for the job, two a meal that nobody owes.

    A day is paid 350 and a week has six: a month is 350 * 6 * 52 / 12 = 9,100. The sum of five is
    2,333.31 of 45,500 (5.1 %), told as 5; of the three who were charged alone it were 8.5 %.
    """
    vacancy = add_vacancy(story.session, story.ports)
    found = find_vacancy(story.session, vacancy)
    assert found is not None
    name_recruiter(story.work(SYSTEM), UUID(found.offer.employer), "HN777")
    story.supervise()
    every = [story, *(Story(story.session, story.ports) for _ in range(4))]
    for number, one in enumerate(every):
        one.start(vacancy=str(vacancy)).submit()
        note_fee(one, code=CostCode.FEE_PLACEMENT if number < 3 else CostCode.FOOD)
    abroad = Story(story.session, story.ports).start_abroad()
    note_fee(abroad)
    figures = cost_figures.list_figures(story.work(story.supervisor))
    told = {(one.kind, one.code): one.indicator for one in figures}
    five = Indicator(workers=5, percent=5)
    assert told[GroupKind.RECRUITER, "hn-recruiters/HN777"] == five
    assert told[GroupKind.CORRIDOR, "GTM-HND"] == five
    assert told[GroupKind.CORRIDOR, "HND-CAN"] is None  # one alone


COFFEE = (GroupKind.PROGRAMME, "coffee-hn-gt")
CORRIDOR = (GroupKind.CORRIDOR, "GTM-HND")
RECRUITER = (GroupKind.RECRUITER, "hn-recruiters/HN777")


def brought(story: Story, count: int) -> list[Story]:
    """So many people with a permit for one vacancy, whose employer has named a recruiter."""
    vacancy = add_vacancy(story.session, story.ports)
    found = find_vacancy(story.session, vacancy)
    assert found is not None
    name_recruiter(story.work(SYSTEM), UUID(found.offer.employer), "HN777")
    story.supervise()
    every = [story, *(Story(story.session, story.ports) for _ in range(count - 1))]
    for one in every:
        one.start(vacancy=str(vacancy)).submit().approve()
    return every


def say(story: Story) -> None:
    nothing_paid.say_nothing(story.work(story.worker), story.id)


def figures(story: Story) -> dict[tuple[GroupKind, str], CostFigure]:
    told = cost_figures.list_figures(story.work(story.supervisor))
    return {(one.kind, one.code): one for one in told}


def silent(story: Story, keys: Sequence[tuple[GroupKind, str]]) -> list[int]:
    told = figures(story)
    return [told[key].silent if key in told else 0 for key in keys]


EVERY = (COFFEE, CORRIDOR, RECRUITER)


@pytest.mark.feature("A5", "A3", "N9")
def test_who_paid_nothing_counts_and_so_does_who_says_nothing_at_all(story: Story) -> None:
    """Of twelve five paid 777.77 of 9,100 a month (8.5 %); with five who paid nothing 4.3 %.

    Told as 10 and as 5. Of the silent twelve, ten are told, five and none.
    """
    every = brought(story, 12)
    assert silent(story, EVERY) == [10, 10, 10]
    for one in every[:5]:
        note_fee(one)
    assert silent(story, EVERY) == [5, 5, 5]
    assert figures(story)[RECRUITER].indicator == Indicator(5, 10)
    for one in every[5:9]:
        say(one.later(hours=1))
    told = figures(story)  # the tenth is still to come, and three are fewer than five
    assert [told[key].indicator for key in EVERY] == [Indicator(5, 10)] * 3
    assert [told[key].silent for key in EVERY] == [0, 0, 0]
    for _ in range(2):  # pressed twice
        say(every[9].later(hours=1))
    told = figures(story)
    assert [told[key].indicator for key in EVERY] == [Indicator(10, 5, 5)] * 3
    note_fee(every[9])  # "nothing" no more: it counts as a payment, and four are not told
    assert figures(story)[COFFEE].indicator == Indicator(10, 5, 0)


@pytest.mark.feature("A5")
def test_nobody_is_a_zero_whose_month_is_not_known(story: Story) -> None:
    story.supervise()
    for _ in range(5):
        nobody = Actor(PersonId(uuid4()), Role.ANYONE)
        begun = applications.start_application(story.work(nobody), "coffee-hn-gt", PHONE, "es")
        nothing_paid.say_nothing(story.work(begun.actor), begun.application.id)
    told = figures(story)[COFFEE]
    assert (told.indicator, told.uncounted, told.silent) == (None, 5, 0)


@pytest.mark.feature("A5")
def test_two_lists_that_are_cut_end_at_the_same_instant(story: Story) -> None:
    """Each day one pays and one has paid nothing; of the first two payments two days count."""
    for number in range(4):
        paid, free = (Story(story.session, story.ports).later(days=number) for _ in range(2))
        note_fee(paid.start())
        free.later(hours=1)
        say(free.start())
    vault, since = story.ports.vault, story.now
    assert story.session.scalar(select(func.count()).select_from(cost_entries)) == 4
    every = list_tellers(story.session, vault, since, 8)
    assert [one.said_nothing for one in every] == [False, True] * 4
    cut = list_tellers(story.session, vault, since, 2)
    assert [one.said_nothing for one in cut] == [False, True, False]
    assert [one.application for one in cut] == [one.application for one in every[:3]]


@pytest.mark.feature("A5", "N9")
def test_each_phase_counts_those_who_told_of_it(story: Story) -> None:
    """Five paid 777.77 of 9,100 before; five said then that they paid nothing, and of them four
    once more while they work, where nobody else told anything.
    """
    every = brought(story, 10)
    for one in every[:5]:
        note_fee(one)
    for one in every[5:]:
        say(one.later(hours=1))
    told = figures(story)[COFFEE]
    assert told.phases == {Phase.BEFORE: Indicator(10, 5, 5)}
    working = [say_at_work(one) for one in every[5:9]]
    assert figures(story)[COFFEE].phases == told.phases  # four are not told
    assert working == [True] * 4
    say_at_work(every[9])
    assert figures(story)[COFFEE].phases == {
        Phase.BEFORE: Indicator(10, 5, 5),
        Phase.DURING: Indicator(5, 0, 5),
    }
    # A meal at work is told of that time, and is nobody's debt: it takes the word of the fifth.
    note_fee(every[9], code=CostCode.FOOD, phase=Phase.DURING)
    assert figures(story)[COFFEE].phases == {
        Phase.BEFORE: Indicator(5, 10),
        Phase.DURING: Indicator(5, 0, 0),
    }


def say_at_work(story: Story) -> bool:
    """The same word in the second week of the work."""
    arrived = legal_day(story.sign().now)
    story.later(days=20)
    journeys.note_step(story.work(story.worker), story.id, JourneyStep.ARRIVED, arrived)
    say(story)
    said = nothing_paid.read_said(story.work(story.worker), story.id)
    return [one.phase for one in said.told] == [Phase.BEFORE, Phase.DURING]
