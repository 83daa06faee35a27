"""The minimum that counts on a day and what an offer earns on an ordinary day."""

from datetime import date
from decimal import Decimal

import pytest

from permits.wages import (
    EmployerSize,
    MinimumWage,
    WageUnit,
    find_minimum,
    pay_per_ordinary_day,
)


def row(
    size: EmployerSize, amount: str, since: date, until: date | None, sector: str = "agriculture"
) -> MinimumWage:
    return MinimumWage(sector, size, Decimal(amount), since, until, "decree", derived=False)


Y24, Y25 = date(2024, 1, 1), date(2025, 1, 1)
SMALL_24 = row(EmployerSize.TO_10, "8581", Y24, date(2024, 12, 31))
SMALL_25 = row(EmployerSize.TO_10, "9053", Y25, None)
LARGE_25 = row(EmployerSize.OVER_150, "11637", Y25, None)
OTHER = row(EmployerSize.TO_10, "14000", Y24, None, "banking")
TABLE = (SMALL_24, SMALL_25, LARGE_25, OTHER)


@pytest.mark.parametrize(
    ("size", "on", "expected"),
    [
        (EmployerSize.TO_10, date(2024, 12, 31), SMALL_24),
        (EmployerSize.TO_10, date(2025, 1, 1), SMALL_25),
        (EmployerSize.TO_10, date(2027, 2, 1), SMALL_25),
        (EmployerSize.OVER_150, date(2025, 6, 1), LARGE_25),
        (
            EmployerSize.TO_150,
            date(2025, 6, 1),
            SMALL_25,
        ),  # a floor: the row of its size is unknown
        (EmployerSize.OVER_150, date(2024, 6, 1), SMALL_24),
        (EmployerSize.TO_10, date(2023, 12, 31), None),
    ],
)
def test_the_row_that_counts(size: EmployerSize, on: date, expected: MinimumWage | None) -> None:
    assert find_minimum(TABLE, "agriculture", size, on) == expected


def test_a_later_decree_replaces_an_earlier_one_that_was_left_open() -> None:
    newer = row(EmployerSize.TO_10, "9500", date(2026, 1, 1), None)
    assert (
        find_minimum((*TABLE, newer), "agriculture", EmployerSize.TO_10, newer.valid_from) is newer
    )


def test_no_row_of_the_sector() -> None:
    assert find_minimum(TABLE, "fishing", EmployerSize.TO_10, Y25) is None


def test_a_day_is_a_thirtieth_of_the_month() -> None:
    assert row(EmployerSize.TO_10, "5869.79", Y24, None).per_day_hnl.quantize(
        Decimal("0.01")
    ) == Decimal("195.66")


@pytest.mark.parametrize(
    ("wage", "unit", "hours", "unit_kg", "kg_per_day", "expected"),
    [
        ("300", WageUnit.DAY, "8", None, None, "300"),
        ("300", WageUnit.DAY, "6", None, None, "400"),
        ("300", WageUnit.DAY, "10", None, None, "300"),
        ("40", WageUnit.HOUR, "8", None, None, "320"),
        ("40", WageUnit.HOUR, "0", None, None, "320"),
        ("9000", WageUnit.MONTH, "8", None, None, "300"),
        ("4500", WageUnit.MONTH, "4", None, None, "300"),
        ("50", WageUnit.LATA, "8", "16", 80, "250"),
        ("50", WageUnit.GALON, "8", "2.5", 80, "1600"),
        ("50", WageUnit.LATA, "8", None, 80, None),
        ("50", WageUnit.LATA, "8", "16", None, None),
        ("50", WageUnit.LATA, "8", "0", 80, None),
        ("300", WageUnit.DAY, "0", None, None, None),
    ],
)
def test_the_pay_of_an_ordinary_day(
    wage: str,
    unit: WageUnit,
    hours: str,
    unit_kg: str | None,
    kg_per_day: int | None,
    expected: str | None,
) -> None:
    weight = None if unit_kg is None else Decimal(unit_kg)
    pay = pay_per_ordinary_day(Decimal(wage), unit, Decimal(hours), weight, kg_per_day)
    assert pay == (None if expected is None else Decimal(expected))
