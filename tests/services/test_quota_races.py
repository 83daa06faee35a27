"""Many approvals at the same instant never give out more places than a quota has."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

import pytest

from app.services import applications, approvals, employer_changes
from app.services.approvals import Ruling
from app.services.work import Work
from app.storage.applications import get_application
from app.storage.authorisations import find_of_application
from permits.applications import Status
from permits.approvals import Opinion
from permits.employer_changes import ChangeOutcome
from permits.errors import Invalid
from permits.quotas import Scope
from permits.reach import EVERYTHING
from tests.agreed import agree_to
from tests.builders import Story, add_vacancy
from tests.databases import Database
from tests.proofs import record, times
from tests.quotas import rule, with_quotas
from tests.services.races import Scene, at_once

PLACES = times(5, 50)
ROUNDS = times(4, 100)
RACERS = 10
"""As many as the tests' pool has connections, and two to spare."""

SEEN: dict[str, int] = {}


@pytest.fixture(scope="module", autouse=True)
def _figures() -> Iterator[None]:
    yield
    what = "approvals at the same instant for fewer places: each taken once, none too many"
    record("quota-races", what, sum(SEEN.values()), **SEEN)


def approve(scene: Scene, story: Story) -> object:
    """SETRASS approves, as a request does; the codes of the faults where it may not."""

    def decide(work: Work) -> Status:
        seen = get_application(work.session, story.id, reach=EVERYTHING).version
        ruling = Ruling(Opinion.APPROVE)
        return approvals.decide_application(work, story.id, ruling, seen_version=seen).status

    try:
        return scene.do(story.setrass, decide, story)
    except Invalid as refused:
        return [fault.code for fault in refused.faults]


def withdraw(scene: Scene, story: Story) -> object:
    """The worker takes the application back."""

    def leave(work: Work) -> Status:
        return applications.withdraw_application(work, story.id).status

    return scene.do(story.worker, leave, story)


@pytest.mark.asvs("2.3.4", "15.4.2")
@pytest.mark.feature("O12")
def test_of_four_times_as_many_approvals_as_places_each_place_is_taken_once(
    database: Database,
) -> None:
    scene = Scene(database, with_quotas(rule(Scope.SEASON, PLACES), rule(Scope.DEPARTMENT, 999)))
    stories = [scene.lived(lambda story: story.start().submit()) for _ in range(4 * PLACES)]
    said: list[object] = []

    def decide_some(some: list[Story]) -> None:
        said.extend(approve(scene, story) for story in some)

    at_once([partial(decide_some, stories[n::RACERS]) for n in range(RACERS)])
    assert said.count(Status.UNDER_REVIEW) == PLACES
    assert said.count(["quota-full"]) == 3 * PLACES
    one_each = "scope = 'season' AND place BETWEEN 1 AND total"
    assert scene.count("quota_places", one_each, stories[0]) == PLACES
    assert scene.count("decisions", "opinion = 'approve'", stories[0]) == PLACES
    SEEN.update(places=PLACES, approvals=len(stories))


def change(scene: Scene, story: Story) -> object:
    """SETRASS grants the change of employer that waits; the codes where it may not."""

    def decide(work: Work) -> object:
        return employer_changes.decide_change(work, story.id, "", granted=True).outcome

    try:
        return scene.do(story.setrass, decide, story)
    except Invalid as refused:
        return [fault.code for fault in refused.faults]


@pytest.mark.asvs("2.3.4", "15.4.2")
@pytest.mark.feature("O12", "W21")
def test_changes_of_employer_and_approvals_at_one_instant_share_the_places_of_the_other(
    database: Database,
) -> None:
    """Whoever finds a place takes it: nobody meets one that another took at the same instant."""
    scene = Scene(database, with_quotas(rule(Scope.EMPLOYER, 3)))
    asked = [scene.lived(lambda one: one.start().submit().approve().sign()) for _ in range(4)]
    with database.sessions.begin() as session:
        vacancy = str(add_vacancy(session, scene.ports))
    new = [scene.lived(lambda one: one.start(vacancy=vacancy).submit()) for _ in range(2)]
    for story in asked:
        scene.do(story.worker, partial(ask_for, story=story, vacancy=vacancy), story)
    acts = [partial(change, scene, one) for one in asked]
    answers = at_once([*acts, *(partial(approve, scene, one) for one in new)])
    assert answers.count(["quota-full"]) == 3, answers
    given = [answers.count(one) for one in (ChangeOutcome.GRANTED, Status.UNDER_REVIEW)]
    assert sum(given) == 3, answers


@pytest.mark.asvs("2.3.4", "15.4.2")
@pytest.mark.feature("O12", "E4")
def test_the_places_of_a_vacancy_are_given_to_no_more_people_at_one_instant(
    database: Database,
) -> None:
    scene = Scene(database, with_quotas())
    with database.sessions.begin() as session:
        vacancy = str(add_vacancy(session, scene.ports, places=2))
    new = [scene.lived(lambda one: one.start(vacancy=vacancy).submit()) for _ in range(5)]
    answers = at_once([partial(approve, scene, one) for one in new])
    assert answers.count(Status.UNDER_REVIEW) == 2, answers
    assert answers.count(["vacancy-full"]) == 3, answers


def ask_for(work: Work, story: Story, vacancy: str) -> None:
    """The worker of a permit asks for this work, and agrees to its contract."""
    right = find_of_application(work.session, story.id)
    assert right is not None
    employer_changes.ask_change(work, right.id, UUID(vacancy))
    agree_to(work, story.id)


@pytest.mark.asvs("15.4.2")
@pytest.mark.feature("O12")
def test_a_place_given_back_while_others_ask_is_taken_once_at_most(database: Database) -> None:
    scene = Scene(database, with_quotas(rule(Scope.SEASON, 1)))
    for _ in range(ROUNDS):
        holder, *asking = [scene.lived(lambda story: story.start().submit()) for _ in range(4)]
        assert approve(scene, holder) is Status.UNDER_REVIEW
        acts = [partial(approve, scene, story) for story in asking]
        left, *answers = at_once([partial(withdraw, scene, holder), *acts])
        assert left is Status.WITHDRAWN
        taken = answers.count(Status.UNDER_REVIEW)
        assert (taken <= 1, answers.count(["quota-full"])) == (True, 3 - taken)
        assert scene.count("quota_places", "true", holder) == taken
        for story in asking:  # the next round begins with every place free
            withdraw(scene, story)
    SEEN["given_back"] = ROUNDS
