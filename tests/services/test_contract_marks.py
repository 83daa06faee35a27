"""In which language a contract was heard, who may witness its mark, and the time to think."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.services import (
    captures,
    case_rejudging,
    contract_checks,
    contract_marks,
    contracts,
    journeys,
)
from app.services.captures import Captured
from app.services.contract_checks import reader_of
from app.services.ports import Ports
from app.storage.database import Session
from permits.approvals import Opinion
from permits.deadlines import legal_day
from permits.errors import Forbidden, Invalid
from permits.journeys import JourneyStep
from permits.people import SYSTEM, Actor, PersonId, Role
from tests.builders import ANSWERS, PHONE, Story, add_official, add_vacancy, work_of
from tests.services.test_contracts import accept, offer_anew, own, tell_rule

pytestmark = pytest.mark.feature("W9")


def judge_again(story: Story) -> None:
    """What the worker process does after a fact changed elsewhere."""
    case_rejudging.judge_case(story.work(SYSTEM), {"application": str(story.id)})


@pytest.mark.feature("W4")
def test_who_filled_it_in_witnesses_its_mark_only_where_nobody_else_could(
    session: Session, ports: Ports
) -> None:
    helper, elsewhere = (
        add_official(session, ports, Role.FACILITATOR, department=one) for one in ("HN-CP", "HN-OL")
    )
    work, vacancy = work_of(session, helper, ports), add_vacancy(session, ports)
    answers = {**ANSWERS, "vacancy": str(vacancy), "phone": PHONE}
    del answers["consent"]  # given by a mark
    receipt = captures.register(
        work, Captured(uuid4(), "coffee-hn-gt", "es", answers, {}, b"0" * 32)
    ).receipt
    marking = contract_marks.read_for_witness(work, receipt)  # alone in their department
    colleague = add_official(session, ports, Role.SETRASS_ANALYST, department="HN-CP")
    for act in (
        lambda: contract_marks.read_for_witness(work, receipt),
        lambda: contract_marks.witness_acceptance(work, receipt, marking.contract.digest, "spa"),
    ):
        with pytest.raises(Forbidden) as refusal:
            act()
        assert refusal.value.code == "own-assisted"
    for other in (elsewhere, colleague):
        seen = contract_marks.read_for_witness(work_of(session, other, ports), receipt)
        assert seen.contract.digest == marking.contract.digest


def test_an_old_mark_whose_language_nobody_noted_is_read_out_again_and_never_passes(
    story: Story,
) -> None:
    story.start().hand_in()
    witness = story.work(Actor(PersonId(uuid4()), Role.FACILITATOR, "Ana"))
    receipt, digest = story.application.receipt or "", own(story).newest.digest
    contract_marks.witness_acceptance(witness, receipt, digest, "spa")
    story.session.execute(text("UPDATE contract_agreements SET heard_in = NULL"))
    judge_again(story)
    assert [(*tell_rule(one), one.missing) for one in own(story).findings] == [
        ("R17", "unknown", ("heard_in",))
    ]
    with pytest.raises(Invalid) as refusal:
        story.decide(story.setrass, Opinion.APPROVE)
    assert [fault.code for fault in refusal.value.faults] == ["contract-not-understood"]
    assert not contract_marks.read_for_witness(witness, receipt).heard
    contract_marks.witness_acceptance(witness, receipt, digest, "caa")
    contract_marks.witness_acceptance(witness, receipt, digest, "spa")  # what is noted stands
    assert contract_marks.read_for_witness(witness, receipt).heard
    seen = own(story)
    assert (seen.heard_in, seen.findings) == ("Ch'orti'", ())
    case, agreed = seen.case, seen.worker
    assert agreed is not None
    other = replace(case, answers=replace(case.answers, languages_spoken=("miq",)))
    assert not contract_checks.understood(witness, reader_of(other), agreed)
    assert contract_checks.understood(witness, reader_of(case), agreed)


def test_who_heard_it_alone_tells_in_which_language_and_the_only_one_need_not_be_told(
    story: Story,
) -> None:
    story.start().hand_in()
    worker, digest = story.work(story.worker), own(story).newest.digest
    with pytest.raises(Invalid) as refusal:
        contracts.accept_own(worker, story.id, digest, heard=True, heard_in="eng")
    assert [(one.code, one.field) for one in refusal.value.faults] == [
        ("not-understood", "heard_in")
    ]
    seen = accept(story)
    assert (seen.heard_in, seen.findings) == ("Español", ())
    story.session.execute(text("UPDATE contract_agreements SET heard_in = NULL"))
    seen = own(story)  # of an old yes only one language of the contract can be meant
    assert (seen.heard_in, seen.findings) == ("", ())


@pytest.mark.feature("W9")
def test_there_is_time_to_think_before_the_first_step_of_the_journey_that_is_known(
    story: Story,
) -> None:
    """R18 counts from the first yes to the departure, to the crossing, else to the first day."""
    story.start().hand_in()
    accept(story)
    story.approve().sign()
    assert own(story).findings == ()
    today = legal_day(story.now)
    story.later(days=2)
    worker = story.work(story.worker)
    journeys.note_step(worker, story.id, JourneyStep.DEPARTED, today + timedelta(days=1))
    judge_again(story)
    assert [tell_rule(one) for one in own(story).findings] == [("R18", "too-late")]
    offer_anew(story, wage=Decimal("380.00"))
    accept(story)  # a better version, days after: the first yes counts
    assert [tell_rule(one) for one in own(story).findings] == [
        ("R16", "altered"),
        ("R18", "too-late"),
    ]
    [note] = journeys.read_journey(worker, story.id).notes
    journeys.remove_step(worker, story.id, note.id)
    journeys.note_step(worker, story.id, JourneyStep.DEPARTED, today + timedelta(days=2))
    judge_again(story)
    assert [tell_rule(one) for one in own(story).findings] == [("R16", "altered")]
