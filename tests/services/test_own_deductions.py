"""What is deducted for housing and food is asked apart: the worker's own word counts (R13)."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services import contract_marks, contracts
from app.services.agreed_wages import agreed_of
from app.services.vacancy_judging import parameters_for
from app.storage import audit
from app.storage.cost_claims import find_paid_for
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Invalid
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.contracts import Party
from recruitment.ethics.words import DeductionKind
from recruitment.payslip_checks import judge
from recruitment.payslips import Taken
from tests.builders import Story
from tests.payslips import week
from tests.vacancies import tell_terms

HOUSING = {DeductionKind.HOUSING: Decimal("300.00")}


def deducted(story: Story, vacancy: UUID | None = None, **terms: object) -> Story:
    """A contract that takes 300 a month for housing, which the employer says is asked for."""
    story.start() if vacancy is None else story.start(vacancy=str(vacancy))
    vacancy = vacancy_of(story)
    told = {"housing_deducted": Decimal("300.00"), "deducted_in_writing": True, **terms}
    tell_terms(story.work(SYSTEM), vacancy, **told)
    return story.hand_in()


def vacancy_of(story: Story) -> UUID:
    found = find_paid_for(story.session, story.id).vacancy
    assert found is not None
    return found


def accept(story: Story, answer: bool | None) -> None:
    work = story.work(story.worker)
    digest = contracts.read_own_contract(work, story.id).newest.digest
    contracts.accept_own(work, story.id, digest, heard=True, deductions=answer)


def found(story: Story) -> list[str]:
    seen = contracts.read_own_contract(story.work(story.worker), story.id)
    return [one.code for one in seen.findings if getattr(one, "rule", "") == "R13"]


def on_payslip(story: Story, amount: int, *, ticked: bool) -> list[str]:
    """What R13 finds where a payslip takes so much, and the employer ticks that it was agreed."""
    work = story.work(SYSTEM)
    vacancy = vacancy_of(story)
    agreed = agreed_of(work, story.id, vacancy=vacancy)
    slip = replace(
        week(legal_day(story.now)),
        taken=(Taken(DeductionKind.HOUSING, Decimal(amount), ticked),),
    )
    rules = parameters_for(work, "coffee-hn-gt")
    every = judge(slip, agreed, rules, legal_day(story.now))
    return [one.code for one in every if getattr(one, "rule", "") == "R13"]


@pytest.mark.feature("E7", "W9")
def test_the_yes_to_a_contract_is_none_to_what_it_deducts(story: Story) -> None:
    deducted(story)
    with pytest.raises(Invalid) as refusal:
        accept(story, None)
    assert [(one.code, one.field) for one in refusal.value.faults] == [("missing", "deductions")]
    assert contracts.read_own_contract(story.work(story.worker), story.id).worker is None
    accept(story, answer=False)
    seen = contracts.read_own_contract(story.work(story.worker), story.id)
    assert seen.worker is not None
    assert (seen.worker.deductions, found(story)) == (False, [])
    told = [
        one
        for one in audit.list_events(story.session, story.id)
        if one.act is Act.CONTRACT_ACCEPTED and one.facts["party"] == "worker"
    ]
    assert [one.facts["deductions"] for one in told] == [False]
    # The employer's tick is no word of the worker.
    assert on_payslip(story, 70, ticked=True) == ["no-consent"]


@pytest.mark.feature("E7", "W9")
def test_their_own_word_counts_up_to_what_was_told(story: Story) -> None:
    deducted(story)
    accept(story, answer=True)
    assert "no-consent" not in found(story)
    assert agreed_of(story.work(SYSTEM), story.id, vacancy=vacancy_of(story)).consented == HOUSING
    assert "no-consent" not in on_payslip(story, 70, ticked=False)
    assert on_payslip(story, 301, ticked=True) == ["no-consent"]


@pytest.mark.feature("E7")
def test_of_a_yes_from_before_they_were_asked_it_is_not_known(story: Story) -> None:
    deducted(story)
    accept(story, answer=True)
    set_ = "UPDATE contract_agreements SET deductions = {} WHERE party = '{}'"
    story.session.execute(text(set_.format("NULL", "worker")))
    story.session.execute(text("DELETE FROM case_judgements"))
    assert found(story) == ["unknown"]
    assert on_payslip(story, 70, ticked=True) != ["no-consent"]  # the tick is all there is
    with pytest.raises(IntegrityError, match="deductions_of_worker"), story.session.begin_nested():
        story.session.execute(text(set_.format("true", "employer")))


def test_where_nothing_is_deducted_nothing_is_asked(story: Story) -> None:
    deducted(story, housing_deducted=Decimal(0))
    accept(story, answer=True)
    seen = contracts.read_own_contract(story.work(story.worker), story.id)
    assert seen.worker is not None
    assert (seen.worker.deductions, found(story)) == (None, [])


@pytest.mark.feature("E7", "O3")
def test_a_mark_before_a_witness_does_not_go_around_it(story: Story) -> None:
    deducted(story)
    witness = story.work(Actor(PersonId(uuid4()), Role.FACILITATOR, "Ana"))
    receipt = story.application.receipt or ""
    digest = contract_marks.read_for_witness(witness, receipt).contract.digest
    with pytest.raises(Invalid) as refusal:
        contract_marks.witness_acceptance(witness, receipt, digest, "spa")
    assert [(one.code, one.field) for one in refusal.value.faults] == [("missing", "deductions")]
    contract_marks.witness_acceptance(witness, receipt, digest, "spa", deductions=False)
    marked = contract_marks.read_for_witness(witness, receipt).contract.by(Party.WORKER)
    assert marked is not None
    assert marked.deductions is False
