"""A contract is drawn with the application, agreed to by both, and never exchanged for a worse."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.services import (
    acceptances,
    complaint_list,
    contract_checks,
    contract_marks,
    contract_reports,
    contract_waits,
    contracts,
    costs,
)
from app.services.dossiers import read_dossier
from app.services.ports import Ports
from app.storage import audit, daily_jobs, vacancies, vacancy_terms
from app.storage.database import Session
from app.storage.outbox import outbox
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.findings import Finding
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.programmes import Hiring
from recruitment.contracts import Change, Party, Reported, Way
from recruitment.ethics.rules import RuleFinding
from tests.builders import NOW, Story
from tests.complained import Office
from tests.services.test_submissions import links
from tests.vacancies import FAIR

NOBODY = Actor(PersonId(uuid4()), Role.ANYONE)
pytestmark = pytest.mark.feature("W9")


def own(story: Story) -> contracts.SeenContract:
    return contracts.read_own_contract(story.work(story.worker), story.id)


def accept(story: Story, *, heard: bool = True) -> contracts.SeenContract:
    seen = own(story).newest.digest
    contracts.accept_own(story.work(story.worker), story.id, seen, heard=heard)
    return own(story)


def tell_rule(finding: Finding) -> tuple[str, str]:
    assert isinstance(finding, RuleFinding)
    return finding.rule.value, finding.code


def offer_anew(story: Story, **changes: object) -> int:
    """The employer changes the vacancy, and offers it to who has a contract."""
    vacancy = UUID(own(story).offer.vacancy)
    found = vacancies.find_vacancy(story.session, vacancy)
    assert found is not None
    offer = replace(found.offer, **changes)  # type: ignore[arg-type]
    employer = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=UUID(offer.employer))
    work = story.work(employer)
    event = work.event(Act.VACANCY_CHANGED, vacancy)
    vacancy_terms.change_offer(story.session, vacancy, offer, found.places, event=event)
    return contracts.draw_anew(work, vacancy)


def test_both_agree_to_one_digest_and_the_log_tells_that_it_was_heard(story: Story) -> None:
    story.start(Hiring.ON_ACCEPTANCE).submit()
    with pytest.raises(Conflict, match="contract-not-offered"):
        accept(story)
    acceptances.answer_question(story.work(NOBODY), links(story)[0], accepted=True)
    with pytest.raises(Invalid):  # this worker reads no language
        accept(story, heard=False)
    seen = accept(story)
    assert accept(story) == seen  # twice is once
    assert [(one.party, one.way) for one in seen.newest.agreements] == [
        (Party.EMPLOYER, Way.ANSWER),
        (Party.WORKER, Way.OWN),
    ]
    [told] = [
        event.facts
        for event in audit.list_events(story.session, story.id)
        if event.act is Act.CONTRACT_ACCEPTED and event.facts["party"] == "worker"
    ]
    assert (told["read_aloud"], told["digest"]) == (True, seen.newest.digest)
    with pytest.raises(NotFound):
        contracts.read_own_contract(story.work(NOBODY), story.id)


def test_a_worse_version_cannot_be_accepted_and_setrass_cannot_approve_on_it(story: Story) -> None:
    story.start().submit()
    accept(story)
    assert offer_anew(story, wage=Decimal("380.00")) == 1
    assert offer_anew(story, wage=Decimal("380.00")) == 0  # the same terms, the same contract
    raised = own(story)
    assert [(one.field, one.change) for one in raised.differences] == [("wage", Change.BETTER)]
    assert (raised.worker, raised.acceptable) == (None, True)  # a new version needs a new yes
    accept(story)
    offer_anew(story, wage=Decimal("379.99"), housing=False)
    with pytest.raises(Conflict, match="contract-worse"):
        accept(story)
    with pytest.raises(Invalid) as refusal:
        story.decide(story.setrass, Opinion.APPROVE)
    assert [fault.code for fault in refusal.value.faults] == ["contract-worse"]
    shown = read_dossier(story.work(story.setrass), story.id).contract
    assert shown is not None
    assert [(one.rule, one.code) for one in shown.findings] == [("R16", "substituted")]
    offer_anew(story, wage=Decimal("380.00"), housing=True)
    accept(story)
    story.approve()
    assert story.application.status is Status.APPROVED


def test_where_the_contract_comes_first_a_witnessed_mark_opens_the_approval(story: Story) -> None:
    story.start().hand_in()
    with pytest.raises(Invalid) as refusal:
        story.decide(story.setrass, Opinion.APPROVE)
    assert [fault.code for fault in refusal.value.faults] == ["contract-not-accepted"]
    witness = Actor(PersonId(uuid4()), Role.FACILITATOR, "Ana")
    receipt = story.application.receipt or ""
    marking = contract_marks.read_for_witness(story.work(witness), receipt)
    assert marking.worker_name == "María Ángela Gutiérrez Ñamendí"
    with pytest.raises(NotFound):
        contract_marks.read_for_witness(story.work(witness), "2026-0000-0000")
    digest = marking.contract.digest
    for told, fault in (("", "missing"), ("eng", "not-understood")):
        with pytest.raises(Invalid) as refusal:
            contract_marks.witness_acceptance(story.work(witness), receipt, digest, told)
        assert [one.code for one in refusal.value.faults] == [fault]
    contract_marks.witness_acceptance(story.work(witness), receipt, digest, "caa")
    agreed = own(story).worker
    assert agreed is not None
    assert (agreed.way, agreed.read_aloud, agreed.witness) == (Way.WITNESSED, True, witness.person)
    assert (agreed.heard_in, own(story).heard_in) == ("caa", "Ch'orti'")
    story.approve()
    assert story.application.status is Status.APPROVED


def test_everybody_whose_yes_is_missing_is_reminded_once_however_many_wait(
    session: Session, ports: Ports
) -> None:
    """Who was reminded yesterday stands first in the list, and takes nobody's place."""
    cases = [Story(session, ports).start().hand_in() for _ in range(3)]
    for one in cases:
        one.later(days=2)
    for _ in range(2):
        daily_jobs.mark_done(session, contract_waits.JOB, legal_day(NOW))  # as on another day
        assert contract_waits.remind(cases[0].work(SYSTEM), limit=1) == 3
    keys = session.scalars(select(outbox.c.key).where(outbox.c.key.endswith(":reminder")))
    assert {key.split(":")[1] for key in keys} == {str(one.id) for one in cases}
    accept(cases[0])
    daily_jobs.mark_done(session, contract_waits.JOB, legal_day(NOW))
    assert contract_waits.remind(cases[0].work(SYSTEM)) == 2


def test_what_a_worker_finds_on_arrival_is_shown_to_setrass_and_stops_nothing(story: Story) -> None:
    story.start().hand_in()
    fields = frozenset({Reported.WAGE, Reported.HOUSING})
    with pytest.raises(Conflict, match="contract-not-accepted"):
        contracts.report_own(story.work(story.worker), story.id, fields)
    accept(story)
    with pytest.raises(Invalid):
        contracts.report_own(story.work(story.worker), story.id, frozenset())
    contracts.report_own(story.work(story.worker), story.id, fields)
    shown = read_dossier(story.work(story.setrass), story.id).contract
    assert shown is not None
    assert [(one.code, one.facts) for one in shown.findings] == [
        ("reported", {"fields": "housing, wage"})
    ]
    story.approve()
    assert story.application.status is Status.APPROVED


@pytest.mark.feature("W9", "N9")
def test_what_is_other_on_arrival_is_listed_and_a_case_with_the_worker_s_word(
    story: Story,
) -> None:
    story.supervise().start().hand_in()
    accept(story)
    office = Office(story.session, story.ports).ready()
    worker, fields = story.work(story.worker), frozenset({Reported.WAGE})

    def cases() -> list[tuple[object, ...]]:
        rows = complaint_list.list_desk(office.work(office.handlers[0], story.now)).rows
        return [
            (one.filed.gravity.value, *(o.value for o in one.filed.categories), bool(one.clocks))
            for one in rows
        ]

    contract_reports.report_own(worker, story.id, fields, act=False)
    assert cases() == []
    for _ in range(2):  # told twice, one case
        contract_reports.report_own(worker, story.id, fields | {Reported.HOUSING}, act=True)
    assert cases() == [("s2", "contract-changed", True)]
    assert costs.read_own_diary(worker, story.id).asked == ()  # no payment is a reason for it
    listed = contract_reports.list_reported(story.work(story.supervisor))
    mine = [one.fields for one in listed if one.application == story.id]
    assert sorted(map(len, mine)) == [1, 2, 2]
    for other in (story.worker, story.inm):
        with pytest.raises(Forbidden):
            contract_reports.list_reported(story.work(other))


def test_the_database_keeps_no_other_text_under_a_digest_and_no_yes_to_another(
    story: Story,
) -> None:
    story.start().submit()
    copied = (
        "INSERT INTO contracts SELECT application, 9, worker, vacancy, digest, {}, drawn_at"
        " FROM contracts"
    )
    agreed = (
        "INSERT INTO contract_agreements SELECT application, version, 'worker', '{}', 'own',"
        " false, NULL, drawn_at FROM contracts"
    )
    for forged in (copied.format("content || ' '"), agreed.format("0" * 64)):
        with pytest.raises(IntegrityError), story.session.begin_nested():
            story.session.execute(text(forged + f" WHERE application = '{story.id}'"))


@pytest.mark.feature("E4")
def test_a_version_that_binds_the_worker_is_kept_and_nobody_can_agree_to_it(story: Story) -> None:
    story.start().submit()
    accept(story)
    vacancy = UUID(own(story).offer.vacancy)
    work = story.work(SYSTEM)
    vacancy_terms.save_terms(
        story.session,
        vacancy,
        replace(FAIR, tasks_es="Cortar café. Quien se va paga multa."),
        event=work.event(Act.VACANCY_CHANGED, vacancy),
    )
    assert offer_anew(story, hours_per_day=Decimal(13)) == 1
    assert offer_anew(story, hours_per_day=Decimal(13)) == 0
    seen = own(story)
    assert [tell_rule(one) for one in seen.newest.findings if one.severity == "block"] == [
        ("R09", "day-too-long"),
        ("R14", "words-unread"),
    ]
    assert (seen.newest.blocked, seen.employer, seen.acceptable) == (True, None, False)
    with pytest.raises(Conflict, match="contract-blocked"):
        accept(story)
    with pytest.raises(Invalid) as refusal:
        story.decide(story.setrass, Opinion.APPROVE)
    assert [fault.code for fault in refusal.value.faults] == ["contract-blocked"]
    employer = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=UUID(seen.offer.employer))
    [told] = contract_checks.list_blocked(story.work(employer), vacancy)
    assert told.findings == seen.newest.findings
    vacancy_terms.save_terms(
        story.session, vacancy, FAIR, event=work.event(Act.VACANCY_CHANGED, vacancy)
    )
    offer_anew(story, hours_per_day=Decimal(8))
    assert contract_checks.list_blocked(story.work(employer), vacancy) == []
