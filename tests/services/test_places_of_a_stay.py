"""One stay, one place of each kind: with its renewals, its changes of employer and its end."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

import pytest

from app.services import applications, employer_changes
from app.services.case import load_case
from app.storage import vacancies
from app.storage.database import Session
from permits.answer_checks import CONSENT_VERSION
from permits.applications import ApplicationId, Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Invalid
from permits.offers import Offer
from permits.people import SYSTEM
from permits.programmes import Hiring
from permits.quotas import Quota, Scope
from tests.agreed import agree
from tests.builders import Story, add_vacancy
from tests.quotas import rule, with_quotas
from tests.rights import RightStory
from tests.services.test_employer_changes import decide, right_of
from tests.services.test_quotas import held
from tests.services.test_renewals import begin, ending
from tests.services.test_renewals import renewed as elsewhere

pytestmark = pytest.mark.feature("O12", "W21", "W22")

LAST = date(2027, 2, 25)
EACH = (rule(Scope.SEASON, 2), rule(Scope.EMPLOYER, 1))


def staying(session: Session, *rows: Quota) -> Story:
    """A permit in its last days, by quotas of so many places."""
    return ending(Story(session, with_quotas(*(rows or EACH))))


def longer(story: Story) -> UUID:
    """More work of the same employer, after the days of the permit."""
    work, other = story.work(SYSTEM), uuid4()
    now = load_case(story.work(story.setrass), story.id).offer
    assert now is not None
    known = vacancies.find_vacancy(story.session, UUID(now.vacancy))
    assert known is not None
    told = {**vars(now), "vacancy": str(other), "hiring": Hiring.OPEN, "ends_on": LAST}
    listed = {**vars(known), "id": other, "offer": Offer(**told)}
    event = work.event(Act.VACANCY_ADDED, other, {"programme": known.programme})
    vacancies.add_vacancy(story.session, type(known)(**listed), story.now, event=event)
    return other


def renewing(story: Story) -> tuple[ApplicationId, UUID]:
    """The renewal is handed in for the same employer; the case before, and its work."""
    before, vacancy = story.id, longer(story)
    story.id = begin(story)
    answers = {"vacancy": str(vacancy), "consent": CONSENT_VERSION}
    applications.save_answers(story.work(story.worker), story.id, answers)
    story.submit()
    return before, vacancy


def renewed(story: Story) -> ApplicationId:
    """Granted, and begun; the case before."""
    before, _ = renewing(story)
    story.approve().sign()
    return before


def change(story: Story) -> None:
    """To another farm, whose work is there from today on."""
    today = legal_day(story.now)
    vacancy = add_vacancy(
        story.session, story.ports, starts_on=today, ends_on=date(2027, 3, 1), now=story.now
    )
    employer_changes.ask_change(story.work(story.worker), right_of(story).id, vacancy)
    decide(story)


def places(session: Session) -> Sequence[tuple[object, object]]:
    """Whose they are, by scope."""
    return [(scope, case) for scope, _, case in held(session)]


def test_a_renewal_takes_the_places_of_its_stay_over(session: Session) -> None:
    story = staying(session)
    before, _ = renewing(story)
    assert places(session) == [("employer", before), ("season", before)]
    story.approve()
    assert places(session) == [("employer", story.id), ("season", story.id)]


@pytest.mark.parametrize("how", ["revoked", "ended"])
def test_a_renewed_right_that_is_over_gives_its_places_back(session: Session, how: str) -> None:
    story = staying(session)
    renewed(story)
    story.later(days=12)
    lived = RightStory(story)
    if how == "revoked":
        lived.propose().confirm()
    else:
        lived.end()
    assert held(session) == []


def test_who_ends_a_right_leaves_its_employers_place_though_a_renewal_elsewhere_goes_on(
    session: Session,
) -> None:
    story = staying(session)
    first = story.id
    elsewhere(story).approve().sign()
    assert places(session) == sorted(
        [("employer", first), ("employer", story.id), ("season", story.id)]
    )
    renewal, story.id = story.id, first
    RightStory(story).end()
    assert places(session) == [("employer", renewal), ("season", renewal)]


def test_a_renewal_that_is_over_before_it_began_leaves_them_to_the_right_before(
    session: Session,
) -> None:
    story = staying(session)
    before = renewed(story)
    RightStory(story).end()
    assert places(session) == [("employer", before), ("season", before)]


def test_a_renewal_whose_place_went_to_somebody_else_meanwhile_is_not_granted(
    session: Session,
) -> None:
    story = staying(session)
    before, vacancy = renewing(story)
    story.decide(story.setrass, Opinion.APPROVE)
    renewal, story.id = story.id, before
    change(story)
    rival = Story(session, story.ports, story.now)
    rival.start(vacancy=str(vacancy), document_number="1234567891333").submit()
    rival.decide(rival.setrass, Opinion.APPROVE)
    story.id = renewal
    with pytest.raises(Invalid) as refused:
        story.decide(story.inm, Opinion.APPROVE)
    assert [fault.code for fault in refused.value.faults] == ["quota-full"]
    applications.withdraw_application(rival.work(rival.worker), rival.id)
    story.decide(story.inm, Opinion.APPROVE)
    assert story.application.status is Status.APPROVED
    assert ("employer", renewal) in places(session)
    assert [scope for scope, _ in places(session)].count("season") == 1


def test_a_renewed_right_goes_to_another_employer_with_its_one_place(session: Session) -> None:
    story = staying(session)
    renewed(story)
    change(story)
    assert places(session) == [("employer", story.id), ("season", story.id)]


def test_an_employer_without_a_quota_leaves_no_place_behind(session: Session) -> None:
    story = staying(session, rule(Scope.SEASON, 2), rule(Scope.DEPARTMENT, 2, of="HN-CP"))
    assert [scope for scope, _ in places(session)] == ["department", "season"]
    today = legal_day(story.now)
    elsewhere = add_vacancy(
        session,
        story.ports,
        department="HN-OC",
        starts_on=today,
        ends_on=date(2027, 3, 1),
        now=story.now,
    )
    employer_changes.ask_change(story.work(story.worker), right_of(story).id, elsewhere)
    agree(story)
    decide(story)
    assert places(session) == [("season", story.id)]
