"""Figures for everybody: in fives, of a quarter that is over, and no case is read from them."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from recruitment.complaints.figures import (
    ClockFigure,
    Met,
    Received,
    Repaid,
    figures_of,
    in_fives,
    is_settled,
    quarter_after,
    quarter_of,
    sums_of,
)

QUARTER = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 3, 31), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
    ],
)
def test_a_day_has_its_quarter(day: date, quarter: date) -> None:
    assert quarter_of(day) == quarter


def test_a_quarter_is_told_fifteen_days_after_its_end() -> None:
    assert quarter_after(QUARTER) == date(2027, 1, 1)
    assert quarter_after(date(2028, 1, 1)) == date(2028, 4, 1)
    assert not is_settled(QUARTER, date(2027, 1, 15))
    assert is_settled(QUARTER, date(2027, 1, 16))


def case(category: str, severity: str = "s2", department: str | None = "HN-CP") -> Received:
    return Received((category,), severity, department)


@pytest.mark.feature("A3")
def test_every_count_is_told_in_fives_and_below_five_not_at_all() -> None:
    received = [
        *[case("wage-unpaid")] * 11,
        *[case("hours", "s3", "HN-OC")] * 4,
        Received(("wage-unpaid", "debt", "debt"), "s2", None),
    ]
    met = [Met("decision", days, days < 9) for days in (1, 3, 5, 9, 30)]
    told = figures_of(QUARTER, received, ["withdrawn"] * 6, met, ["repayment"] * 4)
    assert (told.received, told.closed) == (15, 5)
    assert told.by_category == {"wage-unpaid": 10}
    assert told.by_severity == {"s2": 10}
    assert told.by_department == {"HN-CP": 10}
    assert told.by_end == {"withdrawn": 5}
    assert told.clocks == {"decision": ClockFigure(5, 5, 60)}
    assert (told.remedies, told.repaid) == ({}, None)


def test_no_difference_of_what_is_told_tells_that_somebody_is_there() -> None:
    """Whatever stands in the other cells, a small one may be another number as well."""
    for total, *cells in product(range(12), range(12), range(12)):
        small = total - sum(cells)
        if not 0 < small < 5:
            continue
        shown = (in_fives(total), *map(in_fives, cells))
        also = {
            other
            for other in range(5)
            for cell in range(12)
            for last in range(12)
            if (in_fives(cell + last + other), in_fives(cell), in_fives(last)) == shown
        }
        assert len(also) > 1, (total, cells)


@pytest.mark.feature("H9")
def test_a_sum_is_told_of_five_cases_none_of_which_is_most_of_it() -> None:
    def paid(*amounts: int, currency: str = "HNL") -> list[Repaid]:
        return [Repaid(n, Decimal(one), currency) for n, one in enumerate(amounts)]

    assert sums_of(paid(100, 100, 100, 149)) == {}
    assert sums_of(paid(100, 100, 100, 100, 180)) == {"HNL": 500}
    assert sums_of(paid(1000, 1000, 1000, 1000, 9000)) == {}
    assert sums_of([*paid(100, 100, 100, 100, 100), *paid(5, currency="GTQ")]) == {"HNL": 500}
    one_case = [Repaid(1, Decimal(100), "HNL")] * 5
    assert sums_of(one_case) == {}
