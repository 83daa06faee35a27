"""What holds whatever the figures: what is better for a worker never fails where worse passes."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from permits.wages import WageUnit
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.facts import CostFacts, CostItem
from recruitment.ethics.rules import RuleFinding, RuleId
from recruitment.ethics.words import CostCode, Payer
from tests.recruitment.ethics.actor_cases import HOUSED, STAFF
from tests.recruitment.ethics.contract_cases import HOURS, SAME, TERMS
from tests.recruitment.ethics.offer_cases import BY_DAY, BY_LATA
from tests.recruitment.ethics.table import ON, parameters
from tests.recruitment.ethics.worker_cases import ADULT

FEW = settings(max_examples=40, deadline=None)
money = st.decimals(Decimal("0.01"), Decimal(2000), places=2)
pairs = st.tuples(money, money).map(sorted)
hours = st.decimals(Decimal(0), Decimal(24), places=1)


def find(rule: RuleId, facts: object) -> RuleFinding | None:
    return CATALOGUE[rule](facts, parameters(), ON)


@FEW
@given(pairs, st.sampled_from([WageUnit.HOUR, WageUnit.DAY]))
def test_a_lower_wage_never_passes_where_a_higher_fails(
    wages: list[Decimal], unit: WageUnit
) -> None:
    low, high = (find(RuleId.R06, replace(BY_DAY, wage=wage, unit=unit)) for wage in wages)
    assert low or not high


@FEW
@given(pairs)
def test_a_lower_piece_rate_never_passes_where_a_higher_fails(wages: list[Decimal]) -> None:
    low, high = (find(RuleId.R07, replace(BY_LATA, wage=wage)) for wage in wages)
    assert low or not high


@FEW
@given(money, st.integers(1, 60))
def test_a_heavier_unit_never_passes_where_a_lighter_fails(wage: Decimal, kg: int) -> None:
    light = find(RuleId.R07, replace(BY_LATA, wage=wage, unit_kg=Decimal(kg)))
    heavy = find(RuleId.R07, replace(BY_LATA, wage=wage, unit_kg=Decimal(kg + 1)))
    assert heavy or not light


@FEW
@given(st.lists(hours, min_size=7, max_size=7), st.integers(0, 6))
def test_an_hour_more_never_passes_where_less_fails(days: list[Decimal], at: int) -> None:
    more = [day + (n == at) for n, day in enumerate(days)]
    for rule in (RuleId.R09, RuleId.R10):
        less = find(rule, replace(HOURS, hours_by_day=tuple(days)))
        assert find(rule, replace(HOURS, hours_by_day=tuple(more))) or not less


@FEW
@given(st.dates(date(1940, 1, 1), date(2026, 1, 1)), st.integers(1, 4000))
def test_who_is_younger_never_passes_where_who_is_older_fails(born: date, days: int) -> None:
    older = find(RuleId.R04, replace(ADULT, date_of_birth=born))
    younger = find(RuleId.R04, replace(ADULT, date_of_birth=born + timedelta(days=days)))
    assert younger or not older


@FEW
@given(pairs, pairs)
def test_a_contract_that_is_worse_in_any_way_is_a_substitution(
    wages: list[Decimal], deductions: list[Decimal]
) -> None:
    approved = replace(TERMS, wage=wages[1], deductions=deductions[0])
    delivered = replace(TERMS, wage=wages[0], deductions=deductions[1])
    found = find(
        RuleId.R16,
        replace(SAME, delivered_sha256="b" * 64, approved=approved, delivered=delivered),
    )
    assert found is not None
    worse = wages[0] < wages[1] or deductions[0] < deductions[1]
    assert found.code == ("substituted" if worse else "altered")


@FEW
@given(st.integers(0, 200), st.integers(0, 200))
def test_a_foreign_worker_or_a_guest_more_never_passes_where_less_fails(
    people: int, room: int
) -> None:
    few, more = (find(RuleId.R23, replace(STAFF, foreigners=n)) for n in (people, people + 1))
    assert more or not few
    few, more = (find(RuleId.R20, replace(HOUSED, workers_housed=n)) for n in (room, room + 1))
    assert more or not few


GRADES = ("", "repay", "large-part", "more-than-a-wage")


@FEW
@given(st.lists(st.tuples(st.sampled_from(list(CostCode)), money), max_size=6), money)
def test_another_payment_never_makes_a_diary_milder(
    paid: list[tuple[CostCode, Decimal]], more: Decimal
) -> None:
    items = tuple(CostItem(code, Payer.WORKER, amount, "HNL") for code, amount in paid)
    diary = CostFacts(items, Decimal(3000), "HNL")
    one = CostItem(CostCode.MEDICAL, Payer.WORKER, more, "HNL")
    before = find(RuleId.R31, diary)
    after = find(RuleId.R31, replace(diary, items=(*items, one)))
    assert after is not None
    assert GRADES.index(after.code) >= GRADES.index(before.code if before else "")
