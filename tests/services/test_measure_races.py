"""A measure against a right and an approval that goes on from it, at the same instant."""

from collections.abc import Callable
from functools import partial
from itertools import count

import pytest

from app.services import authorisations, employer_changes, leaving, revocations
from app.services.work import Work
from app.storage.authorisations import find_of_application
from permits.applications import ApplicationId, Status
from permits.approvals import Opinion
from permits.authorisations import Authorisation
from permits.identity_documents import cui_remainder
from permits.people import Actor, Agency
from tests import outside
from tests.builders import Story
from tests.databases import Database
from tests.rights import PAUSE, RightStory, signed
from tests.services.races import Scene, at_once, codes
from tests.services.test_employer_changes import ask
from tests.services.test_races import approve
from tests.services.test_renewals import ending, renewed

ROUNDS = 3
RENEWED = (
    "authorisations a JOIN applications p ON p.id = a.application"
    " JOIN authorisations b ON b.id = p.renews"
)
UNTOUCHED = "b.application = :case AND b.status <> 'granted' AND a.status = 'granted'"
LOST = "a.application = :case AND a.status IN ('revoked', 'ended')"
CARDS = "credentials c JOIN authorisations a ON a.id = c.authorisation"

DOCUMENTS = (
    f"{serial}{cui_remainder(serial)}2004"
    for serial in map(str, count(90_000_100))
    if cui_remainder(serial) != 10
)
"""Each stay is another person's."""

Act = Callable[[Work, Authorisation], object]


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database, outside.ports())


class Stay:
    """A right in its last days, whose renewal waits for INM; `story` goes on with the renewal."""

    def __init__(self, scene: Scene, prepare: Callable[[RightStory], object]) -> None:
        self.people: dict[str, Actor] = {}
        self.document = next(DOCUMENTS)  # one person has one right at a time
        self.first = ApplicationId(scene.lived(partial(self._live, prepare)).id)

    def _live(self, prepare: Callable[[RightStory], object], story: Story) -> Story:
        lived = RightStory(ending(story, self.document))
        prepare(lived)
        first = story.id
        self.people = {
            "confirms": lived.supervisors[Agency.INM],
            "suspends": lived.supervisors[Agency.SETRASS],
            "leaves": story.worker,
        }
        self.renewal = renewed(story).decide(story.setrass, Opinion.APPROVE).id
        self.story, story.id = story, first
        return story


def on_right(act: Act, application: ApplicationId, work: Work) -> object:
    """An act on the right of a case, as it stands for who just opened it."""
    found = find_of_application(work.session, application)
    assert found is not None
    return act(work, found)


def confirm(work: Work, right: Authorisation) -> object:
    return revocations.confirm_revocation(work, right.id, seen_version=right.version)


def suspend(work: Work, right: Authorisation) -> object:
    return authorisations.suspend_authorisation(work, right.id, PAUSE, seen_version=right.version)


def leave(work: Work, right: Authorisation) -> object:
    return leaving.end_own_right(work, right.id, seen_version=right.version)


def race(scene: Scene, stay: Stay, who: str, act: Act) -> list[object]:
    """What became of the measure and of the approval of the renewal, in this order."""
    story = stay.story
    return at_once(
        [
            partial(scene.insist, stay.people[who], partial(on_right, act, stay.first), story),
            partial(scene.insist, story.inm, partial(approve, stay.renewal), story),
        ]
    )


@pytest.mark.promise("P2", "P3")
@pytest.mark.asvs("15.4.2")
@pytest.mark.feature("O16", "W22")
@pytest.mark.parametrize(("who", "act"), [("confirms", confirm), ("suspends", suspend)])
def test_no_renewal_that_is_approved_meanwhile_outlives_a_measure(
    scene: Scene, who: str, act: Act
) -> None:
    for _ in range(ROUNDS):
        stay = Stay(scene, RightStory.propose if who == "confirms" else lambda lived: None)
        answers = race(scene, stay, who, act)
        assert codes(answers) in ([], ["invalid"])  # the approval, where the measure was first
        assert scene.count(RENEWED, UNTOUCHED, stay.story) == 0


@pytest.mark.asvs("15.4.2")
@pytest.mark.feature("O16", "W22")
def test_who_leaves_while_the_renewal_is_approved_meets_one_of_both(scene: Scene) -> None:
    """Who left first has no renewal; one that was approved first is theirs to end as well."""
    for _ in range(ROUNDS):
        stay = Stay(scene, lambda lived: None)
        _, approved = race(scene, stay, "leaves", leave)
        assert scene.count(RENEWED, "b.application = :case", stay.story) == (
            approved is Status.APPROVED
        )
        assert scene.count("authorisations a", LOST, stay.story) == 1


@pytest.mark.promise("P2", "P3")
@pytest.mark.asvs("15.4.2")
@pytest.mark.feature("O16", "W21")
def test_no_card_of_another_employer_outlives_a_revocation(scene: Scene) -> None:
    for _ in range(ROUNDS):
        people: list[Actor] = []

        def live(story: Story, people: list[Actor] = people) -> Story:
            lived = signed(story).propose()
            people.append(lived.supervisors[Agency.INM])
            ask(story)
            return story

        story = scene.lived(live)

        def grant(work: Work, story: Story = story) -> object:
            return employer_changes.decide_change(work, story.id, "", granted=True)

        at_once(
            [
                partial(scene.insist, people[0], partial(on_right, confirm, story.id), story),
                partial(scene.insist, story.setrass, grant, story),
            ]
        )
        assert scene.count("authorisations a", LOST, story) == 1
        stands = "a.application = :case AND c.state IN ('pending', 'issued')"
        assert scene.count(CARDS, stands, story) == 0
