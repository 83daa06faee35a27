"""What the rules look at of a cost diary; None is what nobody has told, and never passes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from recruitment.ethics.words import CostCode, Payer
from recruitment.exchange_rates import Rates


@dataclass(frozen=True)
class CostItem:
    """One payment as the worker noted it; `paid_on` is the day whose rate of exchange counts."""

    code: CostCode
    payer: Payer
    amount: Decimal
    currency: str
    paid_on: date | None = None


@dataclass(frozen=True)
class CostFacts:
    """A worker's cost diary, and the month's wage that it is compared with, in `currency`."""

    items: tuple[CostItem, ...] | None = None
    wage_per_month: Decimal | None = None
    currency: str | None = None
    exchange_rates: Rates | None = None
