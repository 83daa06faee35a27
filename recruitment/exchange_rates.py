"""Dated rates of exchange, and what an amount of one currency is in another on a day.

A rate tells how many lempiras one unit of a currency is. The rate of the day of payment counts;
banks publish none on days off, so the last one before it stands in for a few days. Without one
the amount is not known: it is neither zero nor left out.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

SOURCE = "Banco Central de Honduras, tipo de cambio de referencia"

BASE = "HNL"
"""The currency that every rate is told in (ISO 4217)."""

CENT = Decimal("0.01")

GROWS_OLD_AFTER = timedelta(days=5)
"""So old may the newest rate of a currency be before somebody is told (not law).

In Holy Week none comes from Wednesday to Monday. Two days are left then: a rate counts for seven
days after its own (R31.rate_days), and what is paid later is not known.
"""


@dataclass(frozen=True)
class Rate:
    """How many `lempiras` one unit of a `currency` (ISO 4217) was on a day, and who says so."""

    currency: str
    day: date
    lempiras: Decimal
    source: str


def is_old(rate: Rate, day: date) -> bool:
    """Whether a rate that is used on a day, or for a payment of it, is an old one."""
    return day - rate.day > GROWS_OLD_AFTER


@dataclass(frozen=True)
class Rates:
    """The rates of each currency, the oldest day first."""

    by_currency: Mapping[str, tuple[Rate, ...]] = field(default_factory=dict)

    def find(self, currency: str, day: date, most_days: int) -> Rate | None:
        """The rate of a day, or the last one of the `most_days` days before it; None without one.

        A rate of a later day never counts.
        """
        known = self.by_currency.get(currency, ())
        place = bisect_right(known, day, key=lambda one: one.day)
        found = known[place - 1] if place else None
        return found if found and found.day >= day - timedelta(days=most_days) else None

    def newest(self) -> tuple[Rate, ...]:
        """The last rate of each currency."""
        return tuple(self.by_currency[one][-1] for one in sorted(self.by_currency))

    def list_old(self, today: date) -> tuple[Rate, ...]:
        """The newest rates that have grown old, each of its currency."""
        return tuple(one for one in self.newest() if is_old(one, today))


@dataclass(frozen=True)
class Converted:
    """An amount in another currency, to the cent, with the rates that it rests on.

    `rates` is empty where both are one currency, and has two where neither is the lempira.
    """

    amount: Decimal
    currency: str
    rates: tuple[Rate, ...] = ()


def order_rates(rates: Iterable[Rate]) -> Mapping[str, tuple[Rate, ...]]:
    """Rates in any order as `Rates` keeps them."""
    found: dict[str, list[Rate]] = {}
    for one in sorted(rates, key=lambda rate: rate.day):
        found.setdefault(one.currency, []).append(one)
    return {currency: tuple(some) for currency, some in found.items()}


def convert(
    amount: Decimal, currency: str, to: str, day: date | None, rates: Rates, most_days: int
) -> Converted | None:
    """What an amount was on a day, rounded once (half up, to the cent); None without a rate.

    Of two foreign currencies each goes by the lempira. Without a day nothing is known either.
    """
    if currency == to:
        return Converted(amount, to)
    if day is None:
        return None
    used = {one: rates.find(one, day, most_days) for one in (currency, to) if one != BASE}
    found = tuple(rate for rate in used.values() if rate is not None)
    if len(found) != len(used):
        return None
    price = {rate.currency: rate.lempiras for rate in found} | {BASE: Decimal(1)}
    exact = amount * price[currency] / price[to]
    return Converted(exact.quantize(CENT, ROUND_HALF_UP), to, found)
