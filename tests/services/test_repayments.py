"""A repayment in parts: noted by SETRASS, answered by the worker, and late by itself."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text

from app.services import cost_claims, costs, erasing, owed_back, own_data, repayments
from app.services.repayments import Shown
from app.storage import audit, erasures
from app.storage.cost_parts import cost_parts
from app.storage.outbox import outbox
from permits.audit import Act
from permits.deadlines import legal_day
from permits.erasure import Cause
from permits.errors import Conflict, Forbidden, Hidden, Invalid, NotFound, Stale
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.cost_cases import CostReason
from recruitment.costs import Asker, ClaimAction, ClaimStatus
from recruitment.exchange_rates import Rate, Rates
from recruitment.repayments import Every, PartStatus, divide
from tests.builders import NOW, Story, add_vacancy
from tests.costs import ask_back, note_fee, shown
from tests.farmed import another_employer, employer_of, owner_of

SUM = Decimal("777.77")


def claimed(story: Story) -> UUID:
    """A fee of 777.77 that a worker asked back."""
    return UUID(ask_back(story.supervise().start()))


def status_of(story: Story, cost: UUID) -> ClaimStatus:
    diary = costs.read_own_diary(story.work(story.worker), story.id)
    return next(one.status for one in diary.entries if one.id == cost)


def agreed(story: Story, cost: UUID, parts: int = 2, days: int = 40) -> None:
    """A plan of weeks to which the worker agreed; the claim was at version 2."""
    first = legal_day(story.now) + timedelta(days=days)
    plan = divide(SUM, parts, first, Every.WEEK)
    repayments.propose_plan(story.work(story.supervisor), cost, plan, 2)
    repayments.answer_plan(story.work(story.worker), story.id, cost, 3, agrees=True)


def messages(story: Story, kind: str) -> int:
    query = select(func.count()).where(outbox.c.key.like(f"{kind}:%"))
    return story.session.scalar(query) or 0


@pytest.mark.feature("W19", "N9")
def test_parts_come_one_by_one_and_the_sum_decides(story: Story) -> None:
    cost = claimed(story)
    chief, worker = story.work(story.supervisor), story.work(story.worker)
    first, second = shown(story, "500.00"), shown(story, "277.77")
    for _ in range(2):  # pressed twice
        repayments.note_part(chief, cost, first, 2)
    assert status_of(story, cost) is ClaimStatus.ASKED
    with pytest.raises(Conflict, match="form-used"):  # the page was gone back to
        repayments.note_part(chief, cost, replace(first, amount=Decimal(1)), 3)
    with pytest.raises(Stale):
        repayments.note_part(chief, cost, second, 2)
    for _ in range(2):
        repayments.answer_part(worker, story.id, cost, first.id, 3, came=True)
    diary = costs.read_own_diary(worker, story.id)
    assert diary.repayments[cost].remains == Decimal("277.77")
    assert diary.owed[1].amount == Decimal("277.77")
    assert diary.judged.burden is not None
    assert diary.judged.burden.paid == SUM + Decimal("277.77")
    (listed,) = [one for one in cost_claims.list_claims(chief) if one.entry.id == cost]
    assert listed.repayment.confirmed == Decimal(500)
    the_rest_is_contested_shown_again_and_confirmed(story, cost, second)


def the_rest_is_contested_shown_again_and_confirmed(
    story: Story, cost: UUID, second: Shown
) -> None:
    """The worker's word is the last one; the log tells each step."""
    chief, worker = story.work(story.supervisor), story.work(story.worker)
    repayments.note_part(chief, cost, second, 4)
    assert status_of(story, cost) is ClaimStatus.PAID
    with pytest.raises(Conflict, match="no-such-cost-move"):
        repayments.note_part(chief, cost, shown(story, "1.00"), 5)
    repayments.answer_part(worker, story.id, cost, second.id, 5, came=False)
    assert status_of(story, cost) is ClaimStatus.DISPUTED
    reasons = costs.read_own_diary(worker, story.id).reasons
    assert CostReason.OVERDUE in reasons
    again = replace(second, evidence="Recibo 13")
    repayments.note_part(chief, cost, again, 6)
    repayments.answer_part(worker, story.id, cost, second.id, 7, came=True)
    assert status_of(story, cost) is ClaimStatus.CONFIRMED
    found = cost_claims.open_claim(chief, cost).repayment
    assert sorted(one.told.evidence for one in found.payments) == ["Recibo 12", "Recibo 13"]
    assert cost not in {one.entry.id for one in cost_claims.list_claims(chief)}
    assert messages(story, "cost-paid") == 3
    log = [
        one.facts["action"]
        for one in audit.list_events(story.session, cost)
        if one.act is Act.COST_CLAIM_MOVED
    ]
    assert log == ["ask", "pay", "part-confirm", "pay", "part-contest", "pay", "part-confirm"]


@pytest.mark.feature("W19", "N9")
def test_nobody_else_notes_or_answers_a_part(story: Story) -> None:
    cost = claimed(story)
    chief, worker = story.work(story.supervisor), story.work(story.worker)
    inspector = Actor(PersonId(uuid4()), Role.LABOUR_INSPECTOR, "Ana")
    plan = divide(SUM, 1, legal_day(NOW), Every.WEEK)
    for stranger in (story.worker, story.setrass, inspector):
        with pytest.raises(Forbidden):
            repayments.note_part(story.work(stranger), cost, shown(story), 2)
        with pytest.raises(Forbidden):
            repayments.propose_plan(story.work(stranger), cost, plan, 2)
    own = Actor(story.worker.person, Role.SETRASS_SUPERVISOR, "Jefa")
    with pytest.raises(Forbidden, match="own-case"):
        repayments.note_part(story.work(own), cost, shown(story), 2)
    part = shown(story)
    repayments.note_part(chief, cost, part, 2)
    for stranger in (Actor(PersonId(uuid4()), Role.WORKER), story.supervisor, story.setrass):
        with pytest.raises((Hidden, NotFound)):
            repayments.answer_part(story.work(stranger), story.id, cost, part.id, 3, came=True)
        with pytest.raises((Hidden, NotFound)):
            repayments.answer_plan(story.work(stranger), story.id, cost, 3, agrees=True)
    with pytest.raises(NotFound):
        repayments.answer_part(worker, story.id, cost, uuid4(), 3, came=True)
    with pytest.raises(Conflict, match="repayment-begun"):
        costs.move_own_claim(worker, story.id, cost, ClaimAction.WITHDRAW, 3)
    with pytest.raises(NotFound):
        repayments.note_part(chief, uuid4(), shown(story), 2)


@pytest.mark.feature("N9")
def test_what_came_in_another_currency_counts_by_the_rate_of_its_day(story: Story) -> None:
    cost = claimed(story)
    part = shown(story, "100.00", "GTQ")
    with pytest.raises(Invalid) as refusal:
        repayments.note_part(story.work(story.supervisor), cost, part, 2)
    assert [(one.code, one.field) for one in refusal.value.faults] == [("no-rate", "currency")]
    rates = Rates({"GTQ": (Rate("GTQ", legal_day(NOW), Decimal("3.5"), "BCH"),)})
    reference = replace(story.ports.reference, exchange_rates=rates)
    chief = replace(story.work(story.supervisor), ports=replace(story.ports, reference=reference))
    repayments.note_part(chief, cost, part, 2)
    worker = story.work(story.worker)
    repayments.answer_part(worker, story.id, cost, part.id, 3, came=True)
    found = costs.read_own_diary(worker, story.id).repayments[cost]
    assert (found.confirmed, found.remains) == (Decimal(350), Decimal("427.77"))


@pytest.mark.feature("W19", "N9")
def test_days_count_once_their_worker_agrees(story: Story) -> None:
    cost = claimed(story)
    chief, worker = story.work(story.supervisor), story.work(story.worker)
    plan = divide(SUM, 2, legal_day(NOW) + timedelta(days=40), Every.WEEK)
    with pytest.raises(Invalid):
        repayments.propose_plan(chief, cost, plan[:1], 2)
    repayments.propose_plan(chief, cost, plan, 2)
    repayments.propose_plan(chief, cost, plan, 3)  # another one takes its place
    found = costs.read_own_diary(worker, story.id).repayments[cost]
    assert ([one.told.day for one in found.proposed], found.plan) == ([day for day, _ in plan], ())
    with pytest.raises(Stale):
        repayments.answer_plan(worker, story.id, cost, 3, agrees=True)
    for _ in range(2):
        repayments.answer_plan(worker, story.id, cost, 4, agrees=False)
    story.later(days=31)
    late = costs.read_own_diary(story.work(story.worker), story.id)
    assert (late.repayments[cost].in_parts, late.repayments[cost].late) == (False, SUM)
    assert CostReason.OVERDUE in late.reasons
    story.later(days=-31)
    repayments.propose_plan(chief, cost, plan, 5)
    repayments.answer_plan(worker, story.id, cost, 6, agrees=True)
    story.later(days=31)
    waits = costs.read_own_diary(story.work(story.worker), story.id)
    assert (len(waits.repayments[cost].plan), waits.repayments[cost].late) == (2, Decimal(0))
    assert CostReason.OVERDUE not in waits.reasons
    assert messages(story, "cost-plan") == 3


@pytest.mark.feature("W19", "N9")
def test_a_day_that_passes_without_its_money_is_told_once(story: Story) -> None:
    cost = claimed(story)
    agreed(story, cost)
    story.later(days=40)
    assert repayments.tell_late(story.work(SYSTEM)) == 0  # the day itself is in time
    story.later(days=1)
    assert repayments.tell_late(story.work(SYSTEM)) == 1
    assert repayments.tell_late(story.work(SYSTEM)) == 0
    assert messages(story, "cost-part-late") == 1
    assert audit.list_events(story.session, cost)[-1].facts == {"action": "part-late"}
    late = cost_claims.open_claim(story.work(story.supervisor), cost).repayment
    assert late.late == Decimal("388.88")
    assert CostReason.OVERDUE in costs.read_own_diary(story.work(story.worker), story.id).reasons
    # All came before the second day: nothing is told of it.
    part = shown(story)
    repayments.note_part(story.work(story.supervisor), cost, part, 4)
    repayments.answer_part(story.work(story.worker), story.id, cost, part.id, 5, came=True)
    story.later(days=7)
    assert repayments.tell_late(story.work(SYSTEM)) == 1
    assert messages(story, "cost-part-late") == 1
    assert audit.list_events(story.session, cost)[-1].facts == {"action": "part-in-time"}


@pytest.mark.feature("N9")
def test_parts_are_sealed_told_to_their_worker_and_go_with_the_file(story: Story) -> None:
    cost = claimed(story)
    agreed(story, cost)
    repayments.note_part(story.work(story.supervisor), cost, shown(story), 4)
    rows = story.session.scalars(select(cost_parts.c.told)).all()
    assert (len(rows), any(b"777" in one or b"Recibo" in one for one in rows)) == (3, False)
    worker = story.work(story.worker)
    told = own_data.read_own_data(worker, "json").tables["cost_parts"]
    assert {one["status"] for one in told} == {PartStatus.AGREED, PartStatus.PAID}
    assert "Recibo 12" in str(told)
    erasing.erase(worker, erasures.get_case(story.session, story.id), Cause.ASKED)
    assert story.session.scalar(text("SELECT count(*) FROM cost_parts")) == 0


@pytest.mark.feature("N9")
def test_an_employer_reads_its_own_sum_of_last_month_and_nobody_else_does(story: Story) -> None:
    vacancy = add_vacancy(story.session, story.ports)
    every = [story, *(Story(story.session, story.ports) for _ in range(4))]
    for one in every:
        one.start(vacancy=str(vacancy))
        cost = note_fee(one, Asker.EMPLOYER)
        costs.move_own_claim(one.work(one.worker), one.id, cost, ClaimAction.ASK, 1)
        ask_back(one)  # of a recruiter, who owes it itself
    owner, other = owner_of(employer_of(story, vacancy)), owner_of(another_employer(story))
    assert owed_back.read_owed(story.work(owner)) == ()  # not before the month is over
    story.later(days=30)
    (told,) = owed_back.read_owed(story.work(owner))
    assert (told.people, told.remains, told.late) == (5, Decimal(3900), None)
    assert owed_back.read_owed(story.work(other)) == ()
    for stranger in (story.worker, story.setrass, replace(owner, employer=None)):
        with pytest.raises(Forbidden):
            owed_back.read_owed(story.work(stranger))


@pytest.mark.feature("N9")
def test_a_part_of_another_claim_is_not_written_over(story: Story) -> None:
    cost = claimed(story)
    other = Story(story.session, story.ports)
    second, chief = UUID(ask_back(other.start())), story.work(story.supervisor)
    part = shown(story, "500.00")
    repayments.note_part(chief, cost, part, 2)
    with pytest.raises(Conflict, match="form-used"), story.session.begin_nested():
        repayments.note_part(chief, second, replace(part, amount=Decimal(1)), 2)
    found = cost_claims.open_claim(chief, cost).repayment
    assert [one.told.amount for one in found.payments] == [Decimal(500)]
    assert cost_claims.open_claim(chief, second).repayment.payments == ()
