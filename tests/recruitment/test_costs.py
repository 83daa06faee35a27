"""Who owes back what a worker paid, how far it has come, and the indicator that tells of nobody."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from uuid import UUID

import pytest

from permits.errors import Conflict
from permits.people import PersonId
from recruitment.cost_figures import Burden, Indicator, burden_of, indicate, wage_of_month
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
    loans_of,
    move,
)
from recruitment.ethics.facts import Loan
from recruitment.ethics.words import CostCode, Lender, Payer

COSTS = Costs(frozenset({"fee-placement", "bribe"}), frozenset({"medical", "admin-passport"}))
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
    assert list_owed([*quetzales, *other], COSTS) == (
        Owed(Debtor.EMPLOYER, "GTQ", Decimal("500.50")),
        Owed(Debtor.RECRUITER, "GTQ", Decimal("600.50")),
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
    assert find_faults(FEE) == []
    wrong = replace(
        FEE,
        amount=Decimal(0),
        currency="XXX",
        asker_name="a" * 81,
        words="a" * 501,
        means=Way.LOAN,
        interest_percent=Decimal(-1),
    )
    assert [(one.code, one.field) for one in find_faults(wrong)] == [
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
        assert [one.code for one in find_faults(replace(FEE, amount=Decimal(amount)))] == [code]
    loan = replace(FEE, means=Way.LOAN, lender=Lender.RECRUITER, repaid_by_wage=True)
    assert loans_of([FEE, loan]) == (Loan(Lender.RECRUITER, None, True),)


@pytest.mark.feature("A5")
def test_the_indicator_tells_of_groups_of_five_in_steps() -> None:
    assert wage_of_month(Decimal(100), 6) == Decimal("2600.00")
    paid = burden_of([FEE, replace(FEE, code=CostCode.FOOD)], COSTS, Decimal(2600), "GTQ")
    assert paid == Burden(Decimal("500.50"), Decimal(2600))
    assert burden_of([FEE], COSTS, Decimal(2600), "HNL") is None
    assert burden_of([FEE], COSTS, None, None) is None
    some = Burden(Decimal(500), Decimal(2600))
    assert indicate([some] * 4) is None
    assert indicate([some] * 5) == Indicator(5, 20)
    # The sixth is not told until the tenth has come.
    assert indicate([*[some] * 5, Burden(Decimal(99999), Decimal(1))]) == Indicator(5, 20)
    assert indicate([*[some] * 5, *[Burden(Decimal(0), Decimal(2600))] * 5]) == Indicator(10, 10)
