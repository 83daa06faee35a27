"""How many answer by farm: one that is silent is a sign, and its employer's other farm is none."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from app.services import answer_rates, check_in_desk, check_ins, farm_register, inspection_plan
from app.services.farm_register import Sent
from app.storage.farm_hands import find_farm
from permits.people import Role
from recruitment.farm_register import Direction
from recruitment.inspection_plan import Sign
from tests.builders import Story, add_official, add_vacancy
from tests.farmed import add_farm, employer_of, owner_of
from tests.working import answer, ask_all, at_work


def work_there(story: Story, count: int) -> tuple[list[Story], UUID]:
    """So many workers of one employer, all at work; whose they are."""
    vacancy = add_vacancy(story.session, story.ports)
    every = [story.supervise(), *(Story(story.session, story.ports) for _ in range(count - 1))]
    for one in every:
        at_work(one, vacancy=str(vacancy))
    return every, employer_of(story, vacancy)


def pass_gate(
    story: Story, farm: UUID, workers: Sequence[Story], direction: Direction = Direction.ENTRY
) -> None:
    """The farm's gate notes them now."""
    found = find_farm(story.session, farm)
    assert found is not None
    work = story.work(owner_of(found.employer))
    sent = [Sent(uuid4(), direction, story.now, application=one.id) for one in workers]
    noted = farm_register.record(work, farm, sent)
    assert [one.faults for one in noted] == [()] * len(workers)


Told = tuple[str, int, int, int, bool]


def told(story: Story, farm: UUID) -> list[Told]:
    """The rows on the desk of whose this farm is: its name, weeks, asked, answered, if silent."""
    found = find_farm(story.session, farm)
    assert found is not None
    desk = check_in_desk.read_desk(story.work(story.supervisor))
    return [
        (one.farm, len(one.weeks), one.asked, one.answered, one.silent)
        for one in desk.farms
        if one.employer == found.employer_name
    ]


def signed(story: Story, farms: Sequence[UUID]) -> list[UUID]:
    """For which of these farms silence speaks in the plan of inspections."""
    inspector = add_official(story.session, story.ports, Role.LABOUR_INSPECTOR)
    planned = inspection_plan.plan(story.work(inspector))
    parts = {one.farm.id: {sign for sign, _ in one.score.parts} for one in planned}
    return [farm for farm in farms if Sign.SILENT in parts.get(farm, ())]


@pytest.mark.feature("N4", "E10")
def test_of_two_farms_of_one_employer_only_the_silent_one_is_a_sign(story: Story) -> None:
    every, employer = work_there(story, 15)
    work = story.work(story.setrass)
    above, below, small = (add_farm(work, employer, one) for one in ("Arriba", "Bajo", "Chica"))
    story.later(days=14)
    pass_gate(story, above, every[:6])
    story.later(hours=1)
    pass_gate(story, above, every[5:6], Direction.EXIT)  # gone before they were asked
    assert ask_all(story, 1) == 15
    # The gate of two farms is late, and of the last two nobody knows where they are.
    pass_gate(story, below, every[6:11])
    pass_gate(story, small, every[11:14])
    for one in every[6:10]:
        one.now = story.now
        answer(one)
    assert told(story, above) == []  # four are too few, wherever they are
    story.later(days=10)
    assert told(story, above) == [
        ("", 1, 5, 0, True),
        ("Arriba", 1, 5, 0, True),
        ("Bajo", 1, 5, 4, False),
    ]
    # The small farm is not told of by itself: its people are silent with those of no farm.
    assert signed(story, [above, below, small]) == [above, small]


@pytest.mark.feature("N4", "E10")
def test_nobody_is_silent_to_the_last_moment_in_which_they_may_answer(story: Story) -> None:
    every, employer = work_there(story, 6)
    farm = add_farm(story.work(story.setrass), employer, "Arriba")
    story.later(days=14)
    pass_gate(story, farm, every)
    ask_all(story, 1)
    every[0].now = story.now
    answer(every[0])  # one who answers at once makes no row of those who still may
    closes = check_ins.list_own(every[1].work(every[1].worker), every[1].id)[-1].closes_at
    story.now = closes - timedelta(seconds=1)
    assert told(story, farm) == []
    assert signed(story, [farm]) == []
    story.now = closes
    assert told(story, farm) == [("Arriba", 1, 6, 1, True)]
    assert signed(story, [farm]) == [farm]


@pytest.mark.feature("N4", "E10")
def test_a_farm_that_leaves_too_few_for_its_employer_is_signed_alone(story: Story) -> None:
    every, employer = work_there(story, 9)
    work = story.work(story.setrass)
    above, below = (add_farm(work, employer, name) for name in ("Arriba", "Bajo"))
    story.later(days=14)
    pass_gate(story, above, every[:5])
    ask_all(story, 1)
    story.later(days=10)
    assert told(story, above) == [("Arriba", 1, 5, 0, True)]
    assert signed(story, [above, below]) == [above]
    # Those of the other four are told with nobody, and nothing tells all nine of the employer.
    silence = answer_rates.find_silence(story.work(story.supervisor))
    assert employer not in silence.employers
