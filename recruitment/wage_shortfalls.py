"""Contracts of people at work that a raised minimum wage overtakes: what is lacking a day.

Nobody broke the law on the day of signing: a table of minimum wages may reach back (domain 2.5,
R06 and R07). From its first day the employer owes the difference.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from permits.wages import pay_per_ordinary_day
from recruitment.payslip_checks import Agreed
from recruitment.payslips import CENT


@dataclass(frozen=True)
class Shortfall:
    """What an ordinary day earns by the contract and what it must, in lempiras.

    Rounded so that paying `lacking` for each day is enough, to the cent. `derived`: the row
    was calculated from increments, not read in the decree.
    """

    earned: Decimal
    minimum: Decimal
    source: str
    derived: bool

    @property
    def lacking(self) -> Decimal:
        """What is to be paid more for each day."""
        return self.minimum - self.earned


def find_shortfall(agreed: Agreed, kg_per_day: int | None) -> Shortfall | None:
    """What a contract lacks against the minimum of a day; None where nothing is, or nobody knows.

    Piece work counts a slow picker's day, `kg_per_day` kilograms. Where the contract promises to
    complete the day to the minimum, it follows the minimum by itself: nothing is lacking in it.
    """
    offer, least = agreed.offer, agreed.minimum_per_day
    if agreed.minimum is None or least is None or offer.tops_up:
        return None
    earned = pay_per_ordinary_day(
        offer.wage, offer.unit, offer.hours_per_day, offer.unit_kg, kg_per_day
    )
    if earned is None or earned >= least:
        return None
    minimum = least.quantize(CENT, ROUND_UP)
    told = earned.quantize(CENT, ROUND_DOWN)
    return Shortfall(told, minimum, agreed.minimum.source, agreed.minimum.derived)


def counts_from(since: date, starts_on: date) -> date:
    """The first day on which the difference is owed: of the table, or of the work if later."""
    return max(since, starts_on)
