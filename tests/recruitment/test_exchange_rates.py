"""Which day's rate counts, how an amount is rounded, and that nothing is known without a rate."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.exchange_rates import Converted, Rate, Rates, convert, is_old, order_rates

D = Decimal


def rate(currency: str, day: int, lempiras: str) -> Rate:
    return Rate(currency, date(2026, 11, day), D(lempiras), "BCH")


OLD, NEW = rate("GTQ", 3, "3.4"), rate("GTQ", 10, "3.5")
DOLLAR, EURO = rate("USD", 10, "26.3"), rate("EUR", 9, "30.5")
RATES = Rates(order_rates([NEW, EURO, OLD, DOLLAR]))


@pytest.mark.feature("A5")
@pytest.mark.parametrize(
    ("day", "days", "found"),
    [
        (2, 7, None),  # a later day's rate never counts
        (3, 0, OLD),
        (4, 0, None),
        (9, 7, OLD),
        (9, 5, None),
        (10, 7, NEW),  # of two the nearer day
        (17, 7, NEW),
        (18, 7, None),
    ],
)
def test_which_day_counts(day: int, days: int, found: Rate | None) -> None:
    assert RATES.find("GTQ", date(2026, 11, day), days) == found


@pytest.mark.feature("A5")
@pytest.mark.parametrize(
    ("amount", "currency", "to", "result"),
    [
        ("100", "GTQ", "HNL", ("350.00", (NEW,))),
        ("0.01", "GTQ", "HNL", ("0.04", (NEW,))),  # 0.035: half a cent is one
        ("0.03", "GTQ", "HNL", ("0.11", (NEW,))),  # 0.105
        ("100", "HNL", "GTQ", ("28.57", (NEW,))),
        ("0.97", "EUR", "USD", ("1.12", (EURO, DOLLAR))),  # rounded once, not at the lempira
        ("100.01", "HNL", "HNL", ("100.01", ())),
        ("100.01", "CAD", "CAD", ("100.01", ())),  # no rate is asked for
        ("100", "CAD", "HNL", None),
        ("100", "USD", "CAD", None),
        ("0", "CAD", "HNL", None),
    ],
)
def test_what_an_amount_is(
    amount: str, currency: str, to: str, result: tuple[str, tuple[Rate, ...]] | None
) -> None:
    expected = Converted(D(result[0]), to, result[1]) if result else None
    assert convert(D(amount), currency, to, date(2026, 11, 12), RATES, 7) == expected


def test_without_a_day_or_a_table_nothing_is_known() -> None:
    assert convert(D(1), "GTQ", "HNL", None, RATES, 7) is None
    assert convert(D(1), "GTQ", "HNL", date(2026, 11, 12), Rates(), 7) is None
    assert RATES.newest() == (EURO, NEW, DOLLAR)


@settings(max_examples=40, deadline=None)
@given(st.decimals(0, 10_000_000, places=2), st.decimals("0.0001", 99_999, places=8))
def test_an_amount_is_never_off_by_more_than_half_a_cent(amount: Decimal, price: Decimal) -> None:
    day = date(2026, 11, 12)
    rates = Rates({"XXX": (Rate("XXX", day, price, "BCH"),)})
    found = convert(amount, "XXX", "HNL", day, rates, 0)
    assert found is not None
    assert abs(found.amount - amount * price) <= D("0.005")


@pytest.mark.feature("A5")
@pytest.mark.parametrize(
    ("today", "old"), [(10, ()), (14, ()), (15, ("EUR",)), (16, ("EUR", "GTQ", "USD"))]
)
def test_the_newest_of_a_currency_grows_old_after_five_days(
    today: int, old: tuple[str, ...]
) -> None:
    found = RATES.list_old(date(2026, 11, today))
    assert tuple(one.currency for one in found) == old
    assert OLD not in found  # a newer one of its currency is there
    assert is_old(OLD, date(2026, 11, today))
