"""A repayment in parts: the sum decides, agreed days count, and what never came is late at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from uuid import UUID

import pytest

from permits.errors import Conflict
from permits.people import PersonId
from recruitment.costs import Asker, ClaimStatus, CostEntry, Payment, Phase, Way
from recruitment.ethics.words import CostCode, Payer
from recruitment.owed_back import OwedBack, counted_from, tell_owed
from recruitment.repayments import (
    EVIDENCE_LIMIT,
    MOVES,
    Every,
    Handing,
    Part,
    PartAction,
    PartStatus,
    PartTold,
    Repayment,
    divide,
    find_part_faults,
    find_plan_faults,
    move_part,
    reckon,
    rest_of,
    status_of,
)

ASKED_ON, TERM = date(2026, 11, 1), 30
AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
FEE = Payment(
    CostCode.FEE_PLACEMENT,
    Decimal(900),
    "HNL",
    Phase.BEFORE,
    Payer.WORKER,
    Asker.EMPLOYER,
    Way.CASH,
)
CLAIM = CostEntry(
    *(UUID(int=1), UUID(int=2), PersonId(UUID(int=3)), FEE, AT),
    status=ClaimStatus.ASKED,
    asked_at=AT,
)


def part(status: str, worth: int, days: int = 0) -> Part:
    told = PartTold(
        ASKED_ON + timedelta(days=days), Decimal(worth), "HNL", Decimal(worth), Handing.CASH, "x"
    )
    return Part(UUID(int=days * 10 + worth), CLAIM.id, told, PartStatus(status), AT)


def late(parts: list[Part], days: int, entry: CostEntry = CLAIM) -> Decimal:
    return reckon(entry, parts, TERM, ASKED_ON + timedelta(days=days)).late


PLAN = [part("agreed", 300, 60), part("agreed", 600, 90)]


@pytest.mark.feature("W19", "N9")
@pytest.mark.parametrize(
    ("parts", "days", "missing"),
    [
        ([], 30, 0),
        ([], 31, 900),
        ([part("confirmed", 400)], 31, 500),
        # Whether what was shown came, its worker has still to say.
        ([part("paid", 400)], 31, 500),
        ([part("contested", 400)], 1, 400),
        ([part("contested", 400), part("paid", 600, 1)], 1, 300),
        ([part("contested", 400), part("confirmed", 900, 1)], 99, 0),
        # Days that nobody agreed to move no term.
        ([part("proposed", 900, 60)], 31, 900),
        (PLAN, 60, 0),
        (PLAN, 61, 300),
        ([*PLAN, part("paid", 300)], 61, 0),
        ([*PLAN, part("confirmed", 200)], 61, 100),
        # Paid before the days were agreed: they divide the rest.
        ([part("confirmed", 300), part("agreed", 600, 60)], 60, 0),
        ([part("confirmed", 300), part("agreed", 600, 60)], 61, 600),
        ([*PLAN, part("contested", 300)], 10, 300),
        ([*PLAN, part("confirmed", 900)], 91, 0),
    ],
)
def test_what_is_late_on_a_day(parts: list[Part], days: int, missing: int) -> None:
    assert late(parts, days) == missing


def test_what_was_paid_as_a_whole_before_parts_were_kept() -> None:
    for status, days, missing in (
        (ClaimStatus.PAID, 99, 0),
        (ClaimStatus.CONFIRMED, 99, 0),
        (ClaimStatus.DISPUTED, 1, 900),
    ):
        assert late([], days, replace(CLAIM, status=status)) == missing
    confirmed = reckon(replace(CLAIM, status=ClaimStatus.CONFIRMED), [], TERM, ASKED_ON)
    assert {confirmed.remains, confirmed.unpaid} == {Decimal(0)}
    private = replace(CLAIM, status=ClaimStatus.NOTED, asked_at=None)
    assert late([], 99, private) == 0


@pytest.mark.feature("W19", "N9")
def test_the_sum_decides_when_it_is_repaid() -> None:
    cases = {
        (): ClaimStatus.ASKED,
        (("agreed", 900),): ClaimStatus.ASKED,
        (("paid", 899),): ClaimStatus.ASKED,
        (("paid", 900),): ClaimStatus.PAID,
        (("confirmed", 500), ("paid", 400)): ClaimStatus.PAID,
        (("confirmed", 500), ("contested", 400)): ClaimStatus.DISPUTED,
        (("confirmed", 500), ("confirmed", 399)): ClaimStatus.ASKED,
        (("confirmed", 500), ("confirmed", 400)): ClaimStatus.CONFIRMED,
        (("confirmed", 1000),): ClaimStatus.CONFIRMED,
    }
    for told, status in cases.items():
        assert status_of(CLAIM, [part(*one) for one in told]) is status, told
    some = [part("confirmed", 500), part("paid", 600, 1)]
    found = reckon(CLAIM, some, TERM, ASKED_ON)
    assert [found.confirmed, found.shown, found.remains, found.unpaid] == list(
        map(Decimal, (500, 400, 400, 0))
    )
    assert rest_of(CLAIM, some).payment.amount == 400
    assert rest_of(CLAIM, []) is CLAIM


def test_every_move_of_a_part_and_no_other() -> None:
    for status, action in product(PartStatus, PartAction):
        one = part(status, 1)
        if (status, action) in MOVES:
            assert move_part(one, action) is MOVES[status, action]
        else:
            with pytest.raises(Conflict, match="no-such-cost-move"):
                move_part(one, action)


def test_a_plan_divides_what_nobody_paid_to_the_cent() -> None:
    last = date(2026, 1, 31)
    assert divide(Decimal(100), 3, last, Every.MONTH) == (
        (last, Decimal("33.33")),
        (date(2026, 2, 28), Decimal("33.33")),
        (date(2026, 3, 31), Decimal("33.34")),
    )
    assert divide(Decimal(100), 2, last, Every.WEEK)[1] == (date(2026, 2, 7), Decimal(50))
    assert divide(Decimal(9), 2, date(2026, 12, 1), Every.MONTH)[1][0] == date(2027, 1, 1)
    assert divide(Decimal(9), 2, last, Every.FORTNIGHT)[1][0] == date(2026, 2, 14)
    assert (divide(Decimal(9), 0, last, Every.WEEK), divide(Decimal(9), 25, last, Every.WEEK)) == (
        (),
        (),
    )


def test_all_faults_of_a_plan() -> None:
    day, two = ASKED_ON, Decimal(450)
    good = [(day, two), (day + timedelta(days=1), two)]
    for plan, codes in (
        (good, []),
        ([], ["too-many-plan-parts"]),
        (good * 13, ["too-many-plan-parts"]),
        ([good[1], good[0]], ["days-not-rising"]),
        ([(day - timedelta(days=1), two), (day, two)], ["day-passed"]),
        ([(day, Decimal("899.999"))], ["too-many-decimals"]),
        ([(day, Decimal(-1)), (day + timedelta(days=1), Decimal(901))], ["amount-not-positive"]),
        ([(day, Decimal(899))], ["plan-sum"]),
    ):
        assert [one.code for one in find_plan_faults(plan, Decimal(900), day)] == codes


def test_all_faults_of_money_that_was_shown_at_once() -> None:
    good = part("paid", 5).told
    assert find_part_faults(good, ASKED_ON, ASKED_ON) == []
    bad = PartTold(ASKED_ON - timedelta(days=1), Decimal(0), "XXX", Decimal(0), None, " ")
    codes = [one.code for one in find_part_faults(bad, ASKED_ON, ASKED_ON)]
    assert codes == ["amount-not-positive", "not-an-option", "day-before-asked", *["missing"] * 2]
    late_one = replace(good, day=ASKED_ON + timedelta(days=1), evidence="x" * (EVIDENCE_LIMIT + 1))
    codes = [one.code for one in find_part_faults(late_one, ASKED_ON, ASKED_ON)]
    assert codes == ["date-in-future", "too-long"]
    for amount, code in (("10000000.01", "too-large"), ("0.001", "too-many-decimals")):
        odd = replace(good, amount=Decimal(amount))
        assert [one.code for one in find_part_faults(odd, ASKED_ON, ASKED_ON)] == [code]


def of(
    count: int, amount: int, currency: str = "HNL", days: int = 31
) -> list[tuple[PersonId, Repayment]]:
    """So many people who each asked the same back, so many days ago."""
    payment = replace(FEE, amount=Decimal(amount), currency=currency)
    entry = replace(CLAIM, payment=payment)
    found = reckon(entry, [], TERM, ASKED_ON + timedelta(days=days))
    return [(PersonId(UUID(int=100 + one)), found) for one in range(count)]


@pytest.mark.feature("N9")
def test_an_employer_reads_sums_of_five_people_and_nothing_less() -> None:
    assert tell_owed(of(4, 111)) == ()
    assert tell_owed([*of(4, 111), *of(4, 222)]) == ()  # the same four people, twice
    assert tell_owed(of(7, 111)) == (OwedBack("HNL", 5, Decimal(800), Decimal(800)),)
    in_time = of(5, 111, days=1)
    assert tell_owed(in_time) == (OwedBack("HNL", 5, Decimal(600), None),)
    assert tell_owed([*in_time[:3], *of(4, 111)[2:]]) == ()
    mixed = [*of(5, 100)[:4], *of(5, 100, days=1)[4:]]
    assert tell_owed(mixed) == (OwedBack("HNL", 5, Decimal(500), None),)
    assert tell_owed([*of(5, 1), *of(4, 1, "GTQ")]) == (
        OwedBack("HNL", 5, Decimal(100), Decimal(100)),
    )
    repaid = reckon(replace(CLAIM, status=ClaimStatus.CONFIRMED), [], TERM, ASKED_ON)
    assert tell_owed([(who, repaid) for who, _ in of(5, 1)]) == ()
    assert counted_from(date(2026, 12, 31)) == date(2026, 12, 1)
