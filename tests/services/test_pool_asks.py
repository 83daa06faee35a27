"""From the queue of the pool to a farm: asked by turns and blind, named after a yes."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from app.services import employer_bars, employer_changes, notices, pool_asks, pool_ends
from app.services.case import load_case
from app.services.employer_bars import BarReason
from app.services.ports import Ports
from app.services.work import Work
from app.storage import authorisations
from app.storage.outbox import outbox
from app.storage.pool_asks import list_of_vacancy
from permits.errors import Conflict, Forbidden, NotFound
from permits.notices import Notice, NoticeKind
from permits.people import SYSTEM
from permits.programmes import Hiring
from tests.agreed import agree_to
from tests.builders import Story, add_vacancy
from tests.farmed import employer_of, owner_of
from tests.pools import in_pool, with_pool
from tests.rights import RightStory

pytestmark = pytest.mark.feature("E9", "W1")


@pytest.fixture
def ports() -> Ports:
    return with_pool()


def waiting(story: Story) -> Story:
    """One more worker with a permit for the pool, granted after the others."""
    story.later(minutes=1)
    return in_pool(Story(story.session, story.ports, story.now)).approve().sign()


def test_the_longest_waiting_are_asked_blind_and_a_yes_names_and_attaches(story: Story) -> None:
    first = in_pool(story).approve().sign()
    second = waiting(story)
    vacancy = add_vacancy(story.session, story.ports, hiring=Hiring.NAMED, places=2, now=story.now)
    farm = second.work(owner_of(employer_of(story, vacancy)))
    before = pool_asks.read_pool(farm, vacancy)
    assert (before.people, before.free, list(before.accepted)) == (0, 2, [])  # fewer than five
    assert pool_asks.ask_people(farm, vacancy, 1) == 1
    [job] = pool_asks.list_own(second.work(first.worker), first.id)
    assert pool_asks.list_own(second.work(second.worker), second.id) == []
    assert job.vacancy.id == vacancy
    asked = pool_asks.read_pool(farm, vacancy)
    assert (asked.counted.waiting, asked.free) == (1, 1)
    assert "Gutiérrez" not in repr(asked)
    with pytest.raises(NotFound, match="no-such-ask"):
        pool_asks.answer_own(second.work(second.worker), second.id, job.ask.id, accepts=True)

    for _ in range(2):  # pressed twice
        pool_asks.answer_own(second.work(first.worker), first.id, job.ask.id, accepts=True)
    after = pool_asks.read_pool(farm, vacancy)
    assert [("Gutiérrez" in name) for name in after.accepted] == [True]
    assert (after.counted.accepted, after.free) == (1, 1)
    right = authorisations.find_of_application(story.session, first.id)
    assert right is not None
    wish = employer_changes.find_waiting(second.work(first.worker), right.id)
    assert wish is not None
    assert wish.vacancy == vacancy
    # The employer had said yes by asking: SETRASS waits for the worker's yes to the contract alone.
    agree_to(second.work(first.worker), first.id)
    employer_changes.decide_change(second.work(first.setrass), first.id, "", granted=True)
    case = load_case(second.work(first.worker), first.id)
    assert case.offer is not None
    assert case.offer.vacancy == str(vacancy)


def test_a_no_is_final_for_this_farm_and_nobody_waits_for_ever(story: Story) -> None:
    in_pool(story).approve().sign()
    worker = story.work(story.worker)
    vacancy, other = (
        add_vacancy(story.session, story.ports, places=1, now=story.now) for _ in range(2)
    )
    farm = story.work(owner_of(employer_of(story, vacancy)))
    second = story.work(owner_of(employer_of(story, other)))
    pool_asks.ask_people(farm, vacancy, 1)
    with pytest.raises(Conflict, match="no-place-to-ask"):
        pool_asks.ask_people(farm, vacancy, 1)
    pool_asks.ask_people(second, other, 1)
    jobs = {one.vacancy.id: one.ask.id for one in pool_asks.list_own(worker, story.id)}
    pool_asks.answer_own(worker, story.id, jobs[vacancy], accepts=False)
    assert pool_asks.ask_people(farm, vacancy, 1) == 0  # nobody else waits
    story.later(days=4)
    assert pool_asks.list_own(story.work(story.worker), story.id) == []
    late = story.work(owner_of(employer_of(story, other)))
    assert pool_asks.read_pool(late, other).counted.unanswered == 1
    with pytest.raises(Conflict, match="ask-over"):
        pool_asks.answer_own(story.work(story.worker), story.id, jobs[other], accepts=True)
    assert len(list_of_vacancy(story.session, vacancy)) == 1


def test_only_the_own_vacancy_of_a_department_with_a_pool_asks(story: Story) -> None:
    vacancy = add_vacancy(story.session, story.ports, now=story.now)
    outside = add_vacancy(story.session, story.ports, department="HN-CM", now=story.now)
    with pytest.raises(NotFound):
        pool_asks.read_pool(story.work(owner_of(uuid4())), vacancy)
    with pytest.raises(Forbidden):
        pool_asks.ask_people(story.work(story.setrass), vacancy, 1)
    with pytest.raises(Conflict, match="no-pool"):
        pool_asks.read_pool(story.work(owner_of(employer_of(story, outside))), outside)
    over = story.later(days=200).work(owner_of(employer_of(story, vacancy)))
    with pytest.raises(Conflict, match="vacancy-closed"):
        pool_asks.ask_people(over, vacancy, 1)


def named(story: Story) -> tuple[UUID, Work]:
    """Who was asked by a farm and said yes; the vacancy, and the farm's own hand."""
    in_pool(story).approve().sign()
    vacancy = add_vacancy(story.session, story.ports, places=1, now=story.now)
    farm = story.work(owner_of(employer_of(story, vacancy)))
    pool_asks.ask_people(farm, vacancy, 1)
    worker = story.work(story.worker)
    [job] = pool_asks.list_own(worker, story.id)
    pool_asks.answer_own(worker, story.id, job.ask.id, accepts=True)
    assert pool_asks.read_pool(farm, vacancy).free == 0
    return vacancy, farm


def told(story: Story, kind: NoticeKind) -> list[Notice]:
    """The notices of a kind that wait."""
    rows = story.session.scalars(select(outbox.c.payload).where(outbox.c.kind == "notice"))
    found = map(notices.read, rows)
    return [one for one in found if one.kind is kind]


def asked_again(story: Story) -> bool:
    """Whether another farm may ask the worker now."""
    other = add_vacancy(story.session, story.ports, places=1, now=story.now)
    farm = story.work(owner_of(employer_of(story, other)))
    return pool_asks.ask_people(farm, other, 1) == 1


def test_a_refused_change_frees_the_place_and_the_worker_and_tells_both(story: Story) -> None:
    vacancy, farm = named(story)
    assert not asked_again(story)
    office = story.work(story.setrass)
    employer_changes.decide_change(office, story.id, "La finca no cumple.", granted=False)
    after = pool_asks.read_pool(farm, vacancy)
    assert (after.free, after.own.named, list(after.accepted)) == (1, 0, [])
    assert (after.counted.ended, after.counted.unanswered, len(after.gone)) == (1, 0, 1)
    [freed] = told(story, NoticeKind.POOL_FREED)
    assert (freed.phone, freed.worker) == ("+50499990000", "")
    assert not {"Gutiérrez", "La finca no cumple."} & set(freed.facts.values())
    assert len(told(story, NoticeKind.EMPLOYER_CHANGE_REFUSED)) == 1
    assert pool_asks.ask_people(farm, vacancy, 1) == 0  # SETRASS said no to this farm
    assert asked_again(story)


def test_who_stays_where_they_are_frees_the_place_too(story: Story) -> None:
    vacancy, farm = named(story)
    right = authorisations.find_of_application(story.session, story.id)
    assert right is not None
    employer_changes.withdraw_change(story.work(story.worker), right.id)
    assert pool_asks.read_pool(farm, vacancy).free == 1
    assert len(told(story, NoticeKind.POOL_FREED)) == 1
    assert asked_again(story)


@pytest.mark.parametrize("why", ["right", "work", "employer"])
def test_a_change_that_nobody_can_grant_any_more_ends_by_itself(story: Story, why: str) -> None:
    vacancy, farm = named(story)
    assert pool_ends.end_hopeless(story.work(SYSTEM)) == 0
    if why == "right":
        RightStory(story).end()
    elif why == "work":
        story.later(days=200)
    else:
        chief = story.supervise().work(story.supervisor)
        employer = employer_of(story, vacancy)
        employer_bars.bar_employer(chief, employer, BarReason.FEE_CHARGED)
    assert pool_ends.end_hopeless(story.work(SYSTEM)) == 1
    assert pool_ends.end_hopeless(story.work(SYSTEM)) == 0
    right = authorisations.find_of_application(story.session, story.id)
    assert right is not None
    assert employer_changes.find_waiting(story.work(story.worker), right.id) is None
    assert len(told(story, NoticeKind.EMPLOYER_CHANGE_LAPSED)) == 1
    assert len(told(story, NoticeKind.POOL_FREED)) == 1
    counted = pool_asks.read_pool(farm, vacancy).counted
    assert (counted.accepted, counted.ended) == (0, 1)
    if why == "employer":
        assert asked_again(story)
