"""What is done to a right reaches the renewal that was granted: no measure is outlived."""

import pytest

from app.services import appeals, authorisations
from app.services.case import load_case
from app.services.rights_before import list_going_on
from app.storage.database import Session
from app.storage.own_applications import list_of_worker
from permits.appeals import Ruling
from permits.applications import ApplicationId, Status
from permits.authorisations import AuthorisationStatus, status_on
from permits.deadlines import legal_day
from permits.people import SYSTEM
from permits.status_list import Status as Listed
from tests.agreed import agree
from tests.builders import Story
from tests.rights import RightStory, listed, signed, told, work_off
from tests.services.test_quotas import held
from tests.services.test_renewals import ending, renewed, right_of


class Stay:
    """A right in its last days, and its renewal, granted and signed."""

    def __init__(self, story: Story) -> None:
        self.story = ending(story)
        self.first = story.id
        self.lived = RightStory(story)
        renewed(story).approve().sign()
        self.renewal, story.id = story.id, self.first

    def status(self, of: ApplicationId) -> AuthorisationStatus:
        """Where one of the two stands today."""
        self.story.id = of
        found = right_of(self.story)
        self.story.id = self.first
        return status_on(found, legal_day(self.story.now))

    def listed(self, of: ApplicationId) -> Listed:
        """What the border reads of its card."""
        work_off(self.lived)
        self.story.id = of
        place = self.lived.permit.credential.status_index
        self.story.id = self.first
        return listed(self.lived, place)


@pytest.fixture
def stay(story: Story) -> Stay:
    return Stay(story)


@pytest.mark.promise("P2")
@pytest.mark.feature("O16", "W22")
def test_who_loses_a_right_loses_the_renewal_of_it(stay: Stay, session: Session) -> None:
    stay.lived.propose()
    assert stay.status(stay.renewal) is AuthorisationStatus.GRANTED  # nothing changes until then
    stay.lived.confirm()
    for one in (stay.first, stay.renewal):
        assert stay.status(one) is AuthorisationStatus.REVOKED
        assert stay.listed(one) is Listed.INVALID
    assert told(stay.lived).count("right-revoked") == 2
    stay.story.later(days=12)
    assert stay.status(stay.renewal) is AuthorisationStatus.REVOKED
    assert stay.renewal not in {of for _, _, of in held(session)}


@pytest.mark.promise("P2")
@pytest.mark.feature("O10", "O16")
def test_one_recourse_is_against_all_of_it_and_each_is_decided_anew(stay: Stay) -> None:
    """Asked in the case of either and judged once; what is left of each has a case of its own."""
    stay.lived.propose().confirm()
    story = stay.story
    work = story.work(story.worker)
    appeals.file_appeal(work, stay.renewal, "Ese documento sí es mío.")
    for one in (stay.first, stay.renewal):
        (asked,) = appeals.recourse_of(work, load_case(work, one)).appeals
        assert asked.application == stay.first
    before, later = right_of(story), stay.renewal
    stay.lived.judge(Ruling.OVERTURNED)
    assert (story.application.status, story.application.restores) == (
        Status.UNDER_REVIEW,
        before.id,
    )
    own = list_of_worker(story.session, story.worker.person)
    anew = [one.id for one in own if one.restores not in {None, before.id}]
    assert len(anew) == 1
    story.approve().sign()
    story.id = anew[0]
    agree(story).approve().sign()
    given = right_of(story)
    story.id = later
    lost = right_of(story)
    assert (given.valid_from, given.valid_until) == (lost.valid_from, lost.valid_until)
    assert lost.stored is AuthorisationStatus.REVOKED


@pytest.mark.feature("O10", "O16")
def test_upheld_both_stay_lost(stay: Stay) -> None:
    stay.lived.propose().confirm().contest().judge(Ruling.UPHELD)
    assert stay.status(stay.renewal) is AuthorisationStatus.REVOKED
    work = stay.story.work(stay.story.worker)
    chance = appeals.recourse_of(work, load_case(work, stay.renewal)).chance
    assert chance is not None  # the appeal, asked from the page of either


@pytest.mark.promise("P2")
@pytest.mark.feature("O16", "W22")
def test_a_suspension_over_the_end_holds_the_renewal_back_for_what_is_left_of_it(
    stay: Stay,
) -> None:
    stay.lived.suspend(days=14)
    assert stay.listed(stay.renewal) is Listed.SUSPENDED
    stay.story.later(days=13)
    authorisations.end_suspensions(stay.story.work(SYSTEM))
    assert stay.status(stay.renewal) is AuthorisationStatus.SUSPENDED
    stay.story.later(days=1)
    authorisations.end_suspensions(stay.story.work(SYSTEM))
    assert stay.status(stay.renewal) is AuthorisationStatus.ACTIVE
    assert stay.listed(stay.renewal) is Listed.VALID


@pytest.mark.feature("O16", "W22")
def test_a_suspension_within_the_days_leaves_the_renewal_alone(stay: Stay) -> None:
    stay.lived.suspend(days=3)
    assert stay.status(stay.renewal) is AuthorisationStatus.GRANTED
    assert stay.listed(stay.renewal) is Listed.VALID


@pytest.mark.feature("O16", "W22")
def test_who_gives_the_right_back_gives_back_the_renewal(stay: Stay) -> None:
    stay.lived.suspend(days=14).reinstate()
    assert stay.status(stay.renewal) is AuthorisationStatus.GRANTED
    assert stay.listed(stay.renewal) is Listed.VALID


@pytest.mark.feature("O16", "W22")
def test_a_suspended_stay_is_lost_as_a_whole(stay: Stay) -> None:
    stay.lived.suspend(days=14).propose().confirm()
    assert stay.status(stay.renewal) is AuthorisationStatus.REVOKED
    assert stay.listed(stay.renewal) is Listed.INVALID


@pytest.mark.feature("O16")
def test_another_stay_is_another_matter(stay: Stay) -> None:
    """A right that was asked for by itself goes on from nothing."""
    other = signed(Story(stay.story.session, stay.story.ports, stay.story.now))
    work = stay.story.work(stay.story.setrass)
    assert [one.application for one in list_going_on(work, right_of(stay.story))] == [stay.renewal]
    assert list_going_on(work, other.right.authorisation) == []
