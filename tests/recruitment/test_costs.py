"""Who owes back what a worker paid, how far it has come, and the indicator that tells of nobody."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from uuid import UUID

import pytest

from permits.errors import Conflict
from permits.findings import Severity
from permits.people import PersonId
from recruitment.complaints.words import Category
from recruitment.cost_cases import CostReason, CostWish, categories_of, new_reasons
from recruitment.cost_figures import (
    Burden,
    Indicator,
    burden_of,
    in_groups,
    indicate,
    wage_of_month,
)
from recruitment.cost_values import find_reasons, is_overdue, loans_of
from recruitment.costs import (
    MOVES,
    Asker,
    ClaimAction,
    ClaimStatus,
    CostEntry,
    Costs,
    Debtor,
    Owed,
    Payment,
    Phase,
    Way,
    check_private,
    debtor_of,
    find_faults,
    is_fee,
    list_owed,
    move,
)
from recruitment.ethics.facts import Loan
from recruitment.ethics.rules import UNKNOWN, Effect, RuleFinding, RuleId
from recruitment.ethics.words import CostCode, Lender, Payer
from recruitment.exchange_rates import Rate, Rates
from recruitment.wanted_cases import Ground

COSTS = Costs(
    frozenset({"fee-placement", "bribe"}), frozenset({"medical", "admin-passport"}), 7, 30
)
DAY = date(2026, 11, 1)
FEE = Payment(
    CostCode.FEE_PLACEMENT,
    Decimal("500.50"),
    "GTQ",
    Phase.BEFORE,
    Payer.WORKER,
    Asker.RECRUITER,
    Way.CASH,
)
PASSPORT = replace(FEE, code=CostCode.ADMIN_PASSPORT, asker=Asker.NOBODY)
ENTRY = CostEntry(
    UUID(int=1), UUID(int=2), PersonId(UUID(int=3)), FEE, datetime(2026, 11, 1, tzinfo=UTC)
)


@pytest.mark.feature("N9")
@pytest.mark.parametrize(
    ("changes", "debtor"),
    [
        ({}, Debtor.RECRUITER),
        ({"asker": Asker.EMPLOYER}, Debtor.EMPLOYER),
        ({"asker": Asker.OTHER}, Debtor.EMPLOYER),
        ({"code": CostCode.BRIBE, "asker": Asker.OFFICIAL}, Debtor.AUTHORITY),
        ({"code": CostCode.ADMIN_PASSPORT, "asker": Asker.NOBODY}, Debtor.EMPLOYER),
        ({"payer": Payer.FAMILY}, Debtor.RECRUITER),
        ({"payer": Payer.EMPLOYER}, None),
        ({"code": CostCode.FOOD}, None),
        ({"code": CostCode.OTHER}, None),
    ],
)
def test_who_owes_it_back(changes: dict[str, object], debtor: Debtor | None) -> None:
    assert debtor_of(replace(FEE, **changes), COSTS) is debtor  # type: ignore[arg-type]


@pytest.mark.feature("N9")
def test_sums_stand_by_currency_without_what_was_received() -> None:
    quetzales = [ENTRY, replace(ENTRY, payment=replace(FEE, amount=Decimal(100)))]
    other = [
        replace(ENTRY, payment=replace(FEE, currency="HNL")),
        replace(ENTRY, payment=PASSPORT, status=ClaimStatus.PAID),
        replace(ENTRY, payment=PASSPORT, status=ClaimStatus.CONFIRMED),
    ]
    quetzales[0] = replace(quetzales[0], id=UUID(int=7))
    assert list_owed([*quetzales, *other], COSTS, {UUID(int=7): Decimal("0.50")}) == (
        Owed(Debtor.EMPLOYER, "GTQ", Decimal("500.50")),
        Owed(Debtor.RECRUITER, "GTQ", Decimal(600)),
        Owed(Debtor.RECRUITER, "HNL", Decimal("500.50")),
    )
    assert [is_fee(one, COSTS) for one in (FEE, PASSPORT)] == [True, False]
    assert not is_fee(replace(FEE, payer=Payer.STATE), COSTS)


@pytest.mark.feature("W19")
def test_every_move_of_a_claim_and_no_other() -> None:
    for status, action in product(ClaimStatus, ClaimAction):
        entry = replace(ENTRY, status=status)
        if (status, action) in MOVES:
            assert move(entry, action) is MOVES[status, action]
        else:
            with pytest.raises(Conflict, match="no-such-cost-move"):
                move(entry, action)
    confirmed = replace(ENTRY, status=ClaimStatus.ASKED, fee_confirmed_at=ENTRY.noted_at)
    with pytest.raises(Conflict, match="no-such-cost-move"):
        move(confirmed, ClaimAction.WITHDRAW)
    check_private(ENTRY)
    with pytest.raises(Conflict, match="cost-asked-back"):
        check_private(confirmed)


@pytest.mark.feature("W19")
def test_all_faults_of_a_payment_at_once() -> None:
    assert find_faults(FEE, DAY) == []
    wrong = replace(
        FEE,
        amount=Decimal(0),
        currency="XXX",
        asker_name="a" * 81,
        words="a" * 501,
        means=Way.LOAN,
        interest_percent=Decimal(-1),
    )
    assert [(one.code, one.field) for one in find_faults(wrong, DAY)] == [
        ("amount-not-positive", "amount"),
        ("not-an-option", "currency"),
        ("too-long", "asker_name"),
        ("too-long", "words"),
        ("lender-with-loan", "lender"),
        ("interest-impossible", "interest_percent"),
    ]
    amounts = {
        "0.001": "too-many-decimals",
        "10000000.01": "too-large",
        "NaN": "amount-not-positive",
    }
    for amount, code in amounts.items():
        found = find_faults(replace(FEE, amount=Decimal(amount)), DAY)
        assert [one.code for one in found] == [code]
    days = {DAY: "", DAY + timedelta(days=1): "date-in-future", date(2016, 1, 1): "date-too-old"}
    for day, code in days.items():
        found = find_faults(replace(FEE, paid_on=day), DAY)
        assert "".join(one.code for one in found) == code
    loan = replace(FEE, means=Way.LOAN, lender=Lender.RECRUITER, repaid_by_wage=True)
    assert loans_of([FEE, loan]) == (Loan(Lender.RECRUITER, None, True),)


@pytest.mark.feature("A5")
def test_the_indicator_tells_of_groups_of_five_in_steps() -> None:
    assert wage_of_month(Decimal(100), 6) == Decimal("2600.00")
    food = replace(ENTRY, payment=replace(FEE, code=CostCode.FOOD, currency="EUR"))
    paid = burden_of([ENTRY, food], COSTS, Decimal(2600), "GTQ", Rates())
    assert paid == Burden(Decimal("500.50"), Decimal(2600))
    assert paid.percent == 19
    assert burden_of([ENTRY], COSTS, Decimal(2600), "HNL", Rates()) is None
    assert burden_of([ENTRY], COSTS, None, None, Rates()) is None
    rate = Rates({"GTQ": (Rate("GTQ", date(2026, 10, 30), Decimal("3.4"), "BCH"),)})
    assert burden_of([ENTRY, food], COSTS, Decimal(2600), "HNL", rate) == Burden(
        Decimal("1701.70"), Decimal(2600)
    )
    euros = replace(ENTRY, payment=replace(FEE, currency="EUR"))
    assert burden_of([ENTRY, euros], COSTS, Decimal(2600), "HNL", rate) is None
    some = Burden(Decimal(500), Decimal(2600))
    assert indicate([some] * 4) is None
    assert indicate([some] * 5) == Indicator(5, 20)
    assert [in_groups(count) for count in (0, 4, 5, 9, 10)] == [0, 0, 5, 5, 10]
    # The sixth is not told until the tenth has come.
    assert indicate([*[some] * 5, Burden(Decimal(99999), Decimal(1))]) == Indicator(5, 20)
    assert indicate([*[some] * 5, *[Burden(Decimal(0), Decimal(2600))] * 5]) == Indicator(10, 10)


ASKED = replace(
    ENTRY,
    payment=PASSPORT,
    status=ClaimStatus.ASKED,
    asked_at=datetime(2026, 11, 1, 12, tzinfo=UTC),
)
LAST = date(2026, 12, 1)


@pytest.mark.feature("W19", "N9")
@pytest.mark.parametrize(
    ("changes", "day", "late"),
    [
        ({}, LAST, False),
        ({}, LAST + timedelta(days=1), True),
        ({"status": ClaimStatus.DISPUTED}, DAY, True),
        ({"status": ClaimStatus.PAID}, LAST + timedelta(days=99), False),
        ({"status": ClaimStatus.CONFIRMED}, LAST + timedelta(days=99), False),
        ({"status": ClaimStatus.NOTED, "asked_at": None}, LAST + timedelta(days=99), False),
        ({"payment": replace(FEE, code=CostCode.FOOD)}, LAST + timedelta(days=1), False),
        # Asked at nine in the evening of the first: in Greenwich it is the second.
        ({"asked_at": datetime(2026, 11, 2, 3, tzinfo=UTC)}, LAST + timedelta(days=1), True),
    ],
)
def test_when_a_repayment_is_late(changes: dict[str, object], day: date, late: bool) -> None:
    entry = replace(ASKED, **changes)  # type: ignore[arg-type]
    assert is_overdue(entry, COSTS, day) is late
    found = find_reasons([entry], (), COSTS, day, {})
    assert found == ((CostReason.OVERDUE,) if late else ())


def finding(rule: RuleId, code: str, *effects: Effect) -> RuleFinding:
    return RuleFinding(code, Severity.WARN, "", confirmed=False, rule=rule, effects=effects)


@pytest.mark.feature("N9")
def test_a_case_is_about_what_was_found_and_never_about_what_is_not_known() -> None:
    case = Effect.OPEN_CASE_S2
    findings = [
        finding(RuleId.R32, "repaid-by-wage", case),
        finding(RuleId.R31, "large-part", Effect.REPAY),
        finding(RuleId.R30, UNKNOWN, case),
    ]
    assert find_reasons([], findings, COSTS, DAY, {}) == (CostReason.LOAN,)
    findings.append(finding(RuleId.R31, "more-than-a-wage", Effect.REPAY, case))
    found = find_reasons([], findings, COSTS, DAY, {})
    assert found == (CostReason.BURDEN, CostReason.LOAN)
    assert new_reasons(found, [CostReason.BURDEN]) == (CostReason.LOAN,)
    assert new_reasons(found, found) == ()
    assert new_reasons([CostReason.CHARGED], [CostReason.FEE]) == ()
    assert new_reasons([CostReason.CHARGED], [CostReason.LOAN]) == (CostReason.CHARGED,)
    wish = CostWish(Ground.CONSENT, (CostReason.LOAN, CostReason.OVERDUE), "")
    assert categories_of(wish) == (Category.DEBT, Category.FEE_CHARGED)
    assert Category.OFFICIAL_MISCONDUCT in categories_of(replace(wish, official=True))
