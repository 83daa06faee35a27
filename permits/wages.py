"""Wages as offered and the minimum by decree: which row counts on a day, and what a day earns."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

DAYS_OF_MONTH = 30
"""The decrees turn a month into a day by thirty (2018: 5,869.79 / 30 = 195.66)."""

ORDINARY_HOURS = 8
"""Hours of an ordinary day shift (Código del Trabajo art. 322)."""


ORDINARY_DAYS = 6
"""Days of an ordinary week: one is of rest (Código del Trabajo art. 338)."""


class WageUnit(StrEnum):
    """What the wage is paid for; a lata, a galón and a quintal are measures of picked cherries."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    LATA = "lata"
    GALON = "galon"
    QUINTAL = "quintal"


PIECE_UNITS = frozenset({WageUnit.LATA, WageUnit.GALON, WageUnit.QUINTAL})
"""Paid by weight; `unit_kg` differs from farm to farm and must be told."""


class EmployerSize(StrEnum):
    """Permanent workers, in the classes of the minimum-wage decrees; smallest first."""

    TO_10 = "1-10"
    TO_50 = "11-50"
    TO_150 = "51-150"
    OVER_150 = "151-plus"


@dataclass(frozen=True)
class MinimumWage:
    """One row of a decree: HNL a month, from the first to the last day (None: until replaced).

    `derived` tells that the figure was calculated from the increments, not read in the decree.
    """

    sector: str
    size: EmployerSize
    per_month_hnl: Decimal
    valid_from: date
    valid_until: date | None
    source: str
    derived: bool

    @property
    def per_day_hnl(self) -> Decimal:
        """A thirtieth of the month, not rounded."""
        return self.per_month_hnl / DAYS_OF_MONTH


def find_minimum(
    table: Collection[MinimumWage], sector: str, size: EmployerSize, on: date
) -> MinimumWage | None:
    """The row that counts on a day, the latest if several do.

    Where the decree's row of this size is not known, that of the nearest smaller size: minimums
    grow with size, so it is a floor (the caller sees it by `size`). None where there is none.
    """
    sizes = list(EmployerSize)
    in_force = [
        row
        for row in table
        if row.sector == sector
        and sizes.index(row.size) <= sizes.index(size)
        and row.valid_from <= on
        and (row.valid_until is None or on <= row.valid_until)
    ]
    return max(in_force, key=lambda row: (sizes.index(row.size), row.valid_from), default=None)


class Pay(Protocol):
    """What a work pays, as `permits.offers.Offer` tells it."""

    @property
    def wage(self) -> Decimal:
        """In `currency`, for one `unit`."""

    @property
    def currency(self) -> str:
        """ISO 4217."""

    @property
    def unit(self) -> WageUnit:
        """What it is paid for."""

    @property
    def unit_kg(self) -> Decimal | None:
        """The weight of a unit of piece work."""

    @property
    def hours_per_day(self) -> Decimal:
        """Hours of a day."""


def is_below(minimum: MinimumWage | None, pay: Pay, kg_per_day: int | None) -> bool | None:
    """R06 and R07: whether an ordinary day earns less than the minimum.

    None where that cannot be told: no row, a unit without weight, another currency.
    """
    earned = pay_per_ordinary_day(pay.wage, pay.unit, pay.hours_per_day, pay.unit_kg, kg_per_day)
    if minimum is None or earned is None or pay.currency != "HNL":
        return None
    return earned < minimum.per_day_hnl


def pay_per_ordinary_day(
    wage: Decimal,
    unit: WageUnit,
    hours_per_day: Decimal,
    unit_kg: Decimal | None,
    kg_per_day: int | None,
) -> Decimal | None:
    """What eight hours earn, in the wage's currency; None where that cannot be told.

    A day or a month of fewer hours is scaled up to eight (R06, pro rata); more than eight hours
    do not scale down here, for overtime is another rule. Piece work (R07) counts `kg_per_day`, a
    slow picker's day, and needs the weight of the unit.
    """
    if unit in PIECE_UNITS:
        return wage * kg_per_day / unit_kg if unit_kg and kg_per_day else None
    if unit is WageUnit.HOUR:
        return wage * ORDINARY_HOURS
    if not hours_per_day:
        return None
    # Multiplied before divided: a wage exactly at the minimum must not fall below it by rounding.
    days = DAYS_OF_MONTH if unit is WageUnit.MONTH else 1
    return wage * ORDINARY_HOURS / (min(hours_per_day, Decimal(ORDINARY_HOURS)) * days)


def paid_time(unit: WageUnit, hours_per_day: Decimal, days_per_week: Decimal) -> Decimal:
    """How much of an ordinary week is paid, in hours, or in days where the day is; 0 by the month.

    Less work is better only for whoever is paid the same. What is beyond an ordinary day or week
    counts nothing: cut, it is cut for the worker.
    """
    if unit is WageUnit.MONTH:
        return Decimal(0)
    days = min(days_per_week, Decimal(ORDINARY_DAYS))
    return days if unit is WageUnit.DAY else days * min(hours_per_day, Decimal(ORDINARY_HOURS))
