"""Another employer under the same right: labour decides, the right stands, the card is another."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from app.services import acceptances, employer_changes, replacements
from app.services.case import load_case
from app.services.credentials import find_permit_of
from app.services.dossiers import read_dossier
from app.services.work import Work
from app.storage import authorisations, contracts, credentials, vacancies
from app.storage.database import Session
from app.storage.outbox import outbox
from permits.applications import ApplicationId
from permits.approvals import Opinion
from permits.audit import Act
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.employer_changes import ChangeOutcome
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.issuing import CredentialState, RevocationReason
from permits.offers import Offer
from permits.people import NOBODY, Actor
from permits.permit_claims import read_claims
from permits.programmes import Hiring
from permits.quotas import Scope
from tests.agreed import agree
from tests.builders import CUI, Story, add_vacancy
from tests.quotas import rule, with_quotas
from tests.rights import RightStory
from tests.services.test_quotas import held
from tests.services.test_ties import holder_of


def right_of(story: Story) -> Authorisation:
    found = authorisations.find_of_application(story.session, story.id)
    assert found is not None
    return found


def ask(story: Story, hiring: Hiring = Hiring.OPEN) -> UUID:
    """The worker asks for the work of another farm; its vacancy."""
    vacancy = add_vacancy(story.session, story.ports, hiring=hiring, now=story.now)
    employer_changes.ask_change(story.work(story.worker), right_of(story).id, vacancy)
    return vacancy


def decide(story: Story, granted: bool = True, by: Actor | None = None, note: str = "") -> None:
    """With the worker's yes to the contract, where it is to be granted."""
    if granted:
        agree(story)
    note = note or ("" if granted else "La finca no tiene plazas.")
    work = story.work(by or story.setrass)
    employer_changes.decide_change(work, story.id, note, granted=granted)


def change(story: Story, granted: bool = True) -> UUID:
    """Asked and decided; the vacancy."""
    vacancy = ask(story)
    decide(story, granted)
    return vacancy


def refused_for(story: Story) -> list[str]:
    """SETRASS grants what waits, and why it may not."""
    with pytest.raises(Invalid) as refused:
        employer_changes.decide_change(story.work(story.setrass), story.id, "", granted=True)
    return [fault.code for fault in refused.value.faults]


def another_farm(work: Work, application: ApplicationId) -> tuple[Offer, UUID]:
    """The work of now, and a vacancy of its employer in another municipality."""
    now = load_case(work, application).offer
    assert now is not None
    known = vacancies.find_vacancy(work.session, UUID(now.vacancy))
    assert known is not None
    other = uuid4()
    offer = replace(now, vacancy=str(other), municipality="0401", hiring=Hiring.OPEN)
    event = work.event(Act.VACANCY_ADDED, other, {"programme": known.programme})
    listed = replace(known, id=other, offer=offer)
    vacancies.add_vacancy(work.session, listed, work.now, event=event)
    return now, other


@pytest.fixture
def permitted(story: Story) -> Story:
    """A right with its card, before its first day."""
    return story.start().submit().approve().sign()


def cards(story: Story) -> list[tuple[CredentialState, RevocationReason | None]]:
    listed = credentials.list_of_right(story.session, story.ports.vault, right_of(story).id)
    return [(card.state, card.replacement_reason) for card in listed]


@pytest.mark.feature("W21", "O15")
def test_the_right_stands_and_the_next_card_names_the_other_employer(permitted: Story) -> None:
    before = right_of(permitted)
    vacancy = change(permitted)
    permitted.sign()
    after = right_of(permitted)
    assert (after.valid_from, after.valid_until, after.digest, after.round) == (
        before.valid_from,
        before.valid_until,
        before.digest,
        before.round,
    )
    assert cards(permitted) == [
        (CredentialState.ISSUED, RevocationReason.EMPLOYER_CHANGED),
        (CredentialState.REPLACED, None),
    ]
    case = load_case(permitted.work(permitted.worker), permitted.id)
    assert case.offer is not None
    assert case.offer.vacancy == str(vacancy)
    assert contracts.list_versions(permitted.session, permitted.id)[-1].vacancy == vacancy
    new, old = credentials.list_of_right(permitted.session, permitted.ports.vault, after.id)
    employer = case.offer.employer.replace("-", "")[:12]
    assert read_claims(new.payload).employer_id == employer
    assert read_claims(old.payload).employer_id != employer


@pytest.mark.feature("O15")
def test_another_farm_of_the_same_employer_is_asked_for_alike(permitted: Story) -> None:
    worker = permitted.work(permitted.worker)
    now, other = another_farm(worker, permitted.id)
    employer_changes.ask_change(worker, right_of(permitted).id, other)
    decide(permitted)
    moved = load_case(worker, permitted.id).offer
    assert moved is not None
    assert (moved.vacancy, moved.employer) == (str(other), now.employer)


@pytest.mark.feature("W21")
def test_a_card_lost_afterwards_names_the_employer_of_now_and_is_replaced_alone(
    permitted: Story,
) -> None:
    change(permitted)
    permitted.sign()
    permit = find_permit_of(permitted.work(permitted.worker), permitted.id)
    assert permit is not None
    before = permit.credential
    lost = replacements.replace_credential(
        permitted.work(permitted.worker),
        before.id,
        RevocationReason.LOST,
        seen_version=before.version,
    )
    assert read_claims(lost.credential.payload).employer_id == (
        read_claims(before.payload).employer_id
    )


@pytest.mark.feature("W21", "O15")
def test_inm_is_told_and_decides_nothing(permitted: Story) -> None:
    ask(permitted)
    with pytest.raises(Forbidden, match="agency-not-required"):
        decide(permitted, by=permitted.inm)
    listed = employer_changes.list_changes(permitted.work(permitted.inm), ChangeOutcome.ASKED)
    assert [one.application for one in listed] == [permitted.id]
    decide(permitted)
    listed = employer_changes.list_changes(permitted.work(permitted.inm), ChangeOutcome.GRANTED)
    assert [one.application for one in listed] == [permitted.id]
    query = select(outbox.c.payload).where(outbox.c.key.startswith("employer-change-told"))
    [told] = permitted.session.execute(query).scalars()
    assert told["email"] == f"{permitted.inm.person.hex}@demo.example"
    with pytest.raises(Conflict, match="no-change-asked"):
        decide(permitted)


@pytest.mark.feature("W21")
def test_the_other_employer_is_asked_and_its_answer_awaited(permitted: Story) -> None:
    vacancy = ask(permitted, Hiring.ON_ACCEPTANCE)
    assert "employer-acceptance-pending" in refused_for(permitted)
    query = select(outbox.c.payload).where(
        outbox.c.key.startswith(f"employer-asked:{permitted.id}:{vacancy}")
    )
    link = permitted.session.execute(query).scalar_one()["facts"]["link"]
    acceptances.answer_question(permitted.work(NOBODY), link.rsplit("/", 1)[1], accepted=True)
    decide(permitted)
    assert len(cards(permitted)) == 2


@pytest.mark.promise("P3")
@pytest.mark.feature("W21")
def test_who_is_the_worker_by_document_decides_on_no_wish(permitted: Story) -> None:
    ask(permitted)
    applicant, other = (holder_of(permitted, number) for number in (CUI, "9999999999999"))
    for granted in (True, False):
        with pytest.raises(Forbidden, match="own-case"):
            decide(permitted, granted, by=applicant)
    seen = [read_dossier(permitted.work(one), permitted.id) for one in (applicant, other)]
    told = [str(one.employer_change and one.employer_change.obstacle) for one in seen]
    assert told == ["own-case", "None"]


@pytest.mark.feature("W21")
def test_a_refusal_says_why_and_leaves_everything(permitted: Story) -> None:
    ask(permitted)
    with pytest.raises(Invalid):
        employer_changes.decide_change(
            permitted.work(permitted.setrass), permitted.id, " ", granted=False
        )
    decide(permitted, granted=False)
    assert cards(permitted) == [(CredentialState.ISSUED, None)]
    ask(permitted)
    employer_changes.withdraw_change(permitted.work(permitted.worker), right_of(permitted).id)
    assert (
        employer_changes.find_waiting(permitted.work(permitted.worker), right_of(permitted).id)
        is None
    )


def test_what_cannot_be_asked(permitted: Story, session: Session) -> None:
    right, worker = right_of(permitted), permitted.work(permitted.worker)
    offer = load_case(worker, permitted.id).offer
    assert offer is not None
    later = right.valid_until + timedelta(days=1)
    after = add_vacancy(session, permitted.ports, starts_on=later, ends_on=later)
    for vacancy, code in ((UUID(offer.vacancy), "same-vacancy"), (after, "work-outside-permit")):
        with pytest.raises(Invalid) as refused:
            employer_changes.ask_change(worker, right.id, vacancy)
        assert [fault.code for fault in refused.value.faults] == [code]
    over = legal_day(permitted.now) - timedelta(days=1)
    closed = add_vacancy(session, permitted.ports, starts_on=over, ends_on=over)
    with pytest.raises(Invalid):
        employer_changes.ask_change(worker, right.id, closed)
    ask(permitted)
    with pytest.raises(Conflict, match="change-already-asked"):
        ask(permitted)
    stranger = Story(session, permitted.ports).start()
    with pytest.raises(NotFound):
        employer_changes.withdraw_change(permitted.work(stranger.worker), right.id)


@pytest.mark.feature("W21", "O16")
def test_a_right_that_does_not_stand_gets_no_other_employer(permitted: Story) -> None:
    ask(permitted)
    RightStory(permitted).suspend()
    with pytest.raises(Conflict, match="right-not-active"):
        decide(permitted)
    with pytest.raises(Conflict, match="right-not-active"):
        ask(permitted)


@pytest.mark.feature("W21", "O12")
def test_the_places_move_along_and_a_full_quota_keeps_everything(session: Session) -> None:
    ports = with_quotas(rule(Scope.SEASON, 9), rule(Scope.EMPLOYER, 1))
    story = Story(session, ports).start().submit().approve().sign()
    vacancy = add_vacancy(session, ports)
    rival = Story(session, ports)
    rival.start(vacancy=str(vacancy)).submit().decide(rival.setrass, Opinion.APPROVE)
    employer_changes.ask_change(story.work(story.worker), right_of(story).id, vacancy)
    with pytest.raises(Invalid) as refused:
        decide(story)
    assert [(f.code, f.facts["quota"]) for f in refused.value.faults] == [
        ("quota-full", "employer")
    ]
    employer_changes.withdraw_change(story.work(story.worker), right_of(story).id)
    change(story)
    mine = sorted((scope, place) for scope, place, case in held(session) if case == story.id)
    assert mine == [("employer", 1), ("season", 1)]


def test_officials_read_what_waits_with_what_the_checks_see(permitted: Story) -> None:
    ask(permitted, Hiring.ON_ACCEPTANCE)
    seen = read_dossier(permitted.work(permitted.setrass), permitted.id).employer_change
    assert seen is not None
    assert (seen.accepts, seen.obstacle) == (None, None)
    assert seen.findings[0].code == "employer-acceptance-pending"
    seen = read_dossier(permitted.work(permitted.inm), permitted.id).employer_change
    assert seen is not None
    assert seen.obstacle is not None
