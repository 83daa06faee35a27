"""A permit is followed by another without a gap: asked by its worker, decided by both agencies."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.services import (
    appeals,
    applications,
    complaint_shields,
    crossings,
    documents,
    renewals,
    stays,
    submissions,
)
from app.services.case import load_case
from app.storage import authorisations, credentials
from app.storage.database import Session
from permits import renewals as renewals_law
from permits.answer_checks import CONSENT_VERSION
from permits.appeals import Ruling
from permits.applications import ApplicationId, Status
from permits.approvals import Opinion
from permits.authorisations import Authorisation
from permits.crossings import Crossing, CrossingId, Direction
from permits.deadlines import end_of, start_of
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.findings import Severity
from permits.issuing import CredentialState
from permits.people import Role
from permits.quotas import Scope
from permits.reach import EVERYTHING
from permits.stays import Standing
from permits.submissions import DocumentKind
from permits.wages import EmployerSize, MinimumWage
from tests.builders import CUI, Story, add_official, add_vacancy
from tests.quotas import rule, with_quotas
from tests.rights import RightStory
from tests.services.test_quotas import held
from tests.services.test_retention import picture

LAST = date(2027, 2, 15)
"""The last day of the first permit."""

Steps = Callable[[Story], Story]


def right_of(story: Story) -> Authorisation:
    found = authorisations.find_of_application(story.session, story.id)
    assert found is not None
    return found


def ending(story: Story, document: str = CUI) -> Story:
    """A permit in its last days."""
    story.start(brings_photo=False, document_number=document)
    documents.attach_document(story.work(story.worker), story.id, DocumentKind.PHOTO, picture())
    story.submit().approve().sign()
    return story.later(days=80)


def begin(story: Story) -> ApplicationId:
    return renewals.begin_renewal(story.work(story.worker), right_of(story).id).id


def renewed(story: Story, ends_on: date = date(2027, 2, 25)) -> Story:
    """The story goes on with the renewal, which is handed in."""
    vacancy = add_vacancy(
        story.session, story.ports, starts_on=date(2026, 12, 1), ends_on=ends_on, now=story.now
    )
    story.id = begin(story)
    answers = {"vacancy": str(vacancy), "consent": CONSENT_VERSION}
    applications.save_answers(story.work(story.worker), story.id, answers)
    return story.submit()


@pytest.mark.feature("W22")
def test_the_new_right_begins_the_day_after_and_both_cards_are_true_on_their_days(
    story: Story,
) -> None:
    before = right_of(ending(story))
    first = story.id
    renewed(story).approve().sign()
    after = right_of(story)
    assert (before.valid_until, after.valid_from) == (LAST, LAST + timedelta(days=1))
    assert after.valid_until == date(2027, 2, 25)
    assert after.application != first
    vault = story.ports.vault
    [old] = credentials.list_of_right(story.session, vault, before.id)
    [new] = credentials.list_of_right(story.session, vault, after.id)
    assert [card.state for card in (old, new)] == [CredentialState.ISSUED] * 2
    assert old.expires == new.valid_from == end_of(LAST) == start_of(after.valid_from)
    assert old.number != new.number


@pytest.mark.feature("W22")
def test_answers_and_pictures_go_along_and_work_and_consent_are_asked_anew(story: Story) -> None:
    first = ending(story).id
    case = load_case(story.work(story.worker), begin(story))
    before = load_case(story.work(story.worker), first)
    assert case.answers.full_name == before.answers.full_name
    assert case.answers.document_number == before.answers.document_number
    assert (case.answers.vacancy, case.answers.consent) == (None, None)
    [copy], [photo] = case.documents, before.documents
    assert (copy.sha256, copy.kind) == (photo.sha256, DocumentKind.PHOTO)
    assert copy.object_key != photo.object_key
    with pytest.raises(Invalid) as refused:
        submissions.submit_application(story.work(story.worker), case.application.id)
    assert {fault.field for fault in refused.value.faults} == {"vacancy", "consent"}


@pytest.mark.feature("W22", "N12", "H6")
def test_who_lost_their_work_and_is_shielded_stays_without_an_employer_and_nobody_is_told_why(
    story: Story,
) -> None:
    sector = story.ports.reference.programmes["coffee-hn-gt"].wage_sector or ""
    decree = MinimumWage(
        sector, EmployerSize.TO_10, Decimal(9000), date(2026, 1, 1), None, "prueba", derived=False
    )
    known = replace(story.ports.reference, minimum_wages=(decree,))
    story.ports = replace(story.ports, reference=known)
    before = right_of(ending(story))
    handler = add_official(story.session, story.ports, Role.COMPLAINT_HANDLER)
    complaint_shields.open_shield(story.work(handler), before.worker)
    story.id = begin(story)
    draft = load_case(story.work(story.worker), story.id)
    assert draft.offer is not None
    assert (draft.offer.is_pool, draft.offer.department) == (True, "HN-CP")
    applications.save_answers(story.work(story.worker), story.id, {"consent": CONSENT_VERSION})
    asked = "SELECT count(*) FROM acceptances WHERE application = :one"
    story.submit()
    for official in (story.setrass, story.inm):
        case = load_case(story.work(official), story.id)
        assert [one for one in case.findings if one.severity is Severity.BLOCK] == []
        read = repr((case.findings, case.offer, case.answers))
        assert not [word for word in ("shield", "complain", "proceed") if word in read]
    story.approve().sign()
    assert story.session.execute(text(asked), {"one": story.id}).scalar_one() == 0
    after = right_of(story)
    assert after.valid_from == before.valid_until + timedelta(days=1)
    pool_ends = draft.offer.ends_on
    assert after.valid_until == max(pool_ends, before.valid_until + renewals_law.PROCEEDINGS)
    assert after.valid_until > pool_ends
    (card,) = credentials.list_of_right(story.session, story.ports.vault, after.id)
    assert card.state is CredentialState.ISSUED


@pytest.mark.feature("W22")
def test_a_renewal_is_begun_once_and_again_where_it_came_to_nothing(story: Story) -> None:
    ending(story)
    right = right_of(story)
    once = begin(story)
    assert begin(story) == once
    applications.withdraw_application(story.work(story.worker), once)
    again = begin(story)
    assert again != once
    assert renewals.find_begun(story.work(story.worker), right) is not None


def test_nobody_else_begins_it_and_not_too_early(session: Session, story: Story) -> None:
    story.start().submit().approve().sign()
    right = right_of(story)
    with pytest.raises(Conflict, match="too-early-to-renew"):
        renewals.begin_renewal(story.later(days=53).work(story.worker), right.id)
    stranger = Story(session, story.ports).start()
    with pytest.raises(NotFound):
        renewals.begin_renewal(story.work(stranger.worker), right.id)
    with pytest.raises(Forbidden):
        renewals.begin_renewal(story.work(story.setrass), right.id)
    assert renewals.may_renew(story.later(days=5).work(story.worker), right.id) is None


@pytest.mark.feature("W22", "O16")
def test_a_right_that_is_taken_back_meanwhile_is_not_renewed(story: Story) -> None:
    ending(story)
    first = story.id
    lived = RightStory(story)
    renewed(story).decide(story.setrass, Opinion.APPROVE)
    renewal, story.id = story.id, first
    lived.propose().confirm()
    story.id = renewal
    with pytest.raises(Invalid) as refused:
        story.decide(story.inm, Opinion.APPROVE)
    assert [fault.code for fault in refused.value.faults] == ["renewal-right-ended"]
    assert story.application.status is Status.UNDER_REVIEW


@pytest.mark.feature("W22", "O12")
def test_a_renewal_takes_a_place_only_where_the_person_holds_none(session: Session) -> None:
    """The season knows the person; the other employer does not."""
    ports = with_quotas(rule(Scope.SEASON, 1), rule(Scope.EMPLOYER, 5))
    story = ending(Story(session, ports))
    first = story.id
    lived = RightStory(story)
    renewed(story).approve().sign()
    assert held(session) == sorted(
        [("employer", 1, first), ("season", 1, story.id), ("employer", 1, story.id)],
        key=lambda line: (line[0], line[1], line[2]),
    )
    story.id = first
    lived.propose().confirm()  # the renewal goes with it, and every place of the stay is free
    assert held(session) == []


def enter(story: Story) -> None:
    """Come in by the card of the right, as a post records it."""
    agent = add_official(story.session, story.ports, Role.BORDER_AGENT)
    card = credentials.find_standing(story.session, story.ports.vault, right_of(story).id)
    assert card is not None
    crossing = Crossing(
        CrossingId(uuid4()),
        card.number,
        Direction.ENTRY,
        "HN-GT-1",
        "device",
        agent.person,
        story.now,
        "green",
        "ok",
        offline=False,
        list_issued_at=story.now,
    )
    crossings.record_crossings(story.work(agent), [crossing])


@pytest.mark.feature("N16", "W22")
def test_who_renewed_is_inside_by_the_right_of_now(story: Story) -> None:
    ending(story)
    enter(story)
    supervisor = add_official(story.session, story.ports, Role.SETRASS_SUPERVISOR)

    def inside(standing: Standing) -> list[object]:
        found = stays.list_stays(story.work(supervisor), standing)
        return [one.authorisation for one in found.stays]

    before = right_of(story).id
    assert inside(Standing.ENDING) == [before]
    renewed(story).approve().sign()
    assert inside(Standing.ENDING) == [right_of(story).id]  # it ends in ten days' time
    story.later(days=10)
    assert (inside(Standing.NOT_EXITED), len(inside(Standing.ENDING))) == ([], 1)
    story.later(days=10)
    assert inside(Standing.NOT_EXITED) == [right_of(story).id]
    assert authorisations.get_authorisation(story.session, before, reach=EVERYTHING)


@pytest.mark.feature("O10", "W22")
def test_a_refused_renewal_is_not_opened_again_beside_another_of_the_same_right(
    story: Story,
) -> None:
    first = ending(story).id
    renewed(story).decide(story.setrass, Opinion.REFUSE)
    appeal = appeals.file_appeal(story.work(story.worker), story.id, "Sí vino el empleador.")
    refused, story.id = story.id, first
    another = begin(story)
    assert another != refused
    chief = story.work(add_official(story.session, story.ports, Role.SETRASS_SUPERVISOR))
    with pytest.raises(Conflict, match="renewed-meanwhile"), story.session.begin_nested():
        appeals.judge_appeal(chief, appeal.id, Ruling.OVERTURNED, "Tiene razón.")
    applications.withdraw_application(story.work(story.worker), another)
    after = appeals.judge_appeal(chief, appeal.id, Ruling.OVERTURNED, "Tiene razón.")
    assert after.status is Status.UNDER_REVIEW
