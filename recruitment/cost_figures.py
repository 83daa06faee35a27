"""The recruitment-cost indicator (SDG 10.7.1): costs borne ÷ a month's wage, telling of nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from recruitment.costs import Costs, Payment, debtor_of

FEWEST = 5
"""A sum of fewer people could point at one (a number of figures, not law)."""

STEP_PERCENT = 5
"""The indicator is told in whole steps of this: a finer number would tell what one person paid."""


def wage_of_month(per_day: Decimal, days_per_week: int) -> Decimal:
    """What a month earns: a twelfth of fifty-two weeks, to the cent."""
    return (per_day * days_per_week * 52 / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Burden:
    """One worker's side: what they paid for the job and one month's wage, in one currency."""

    paid: Decimal
    wage_per_month: Decimal


@dataclass(frozen=True)
class Indicator:
    """Costs in percent of the first month's wage, over so many workers; a step of five."""

    workers: int
    percent: int


def burden_of(
    payments: Sequence[Payment], costs: Costs, wage: Decimal | None, currency: str | None
) -> Burden | None:
    """What a worker bore of fees and related costs; None without a wage or in mixed currencies."""
    borne = [one for one in payments if debtor_of(one, costs) is not None]
    if not wage or any(one.currency != currency for one in borne):
        return None
    return Burden(sum((one.amount for one in borne), Decimal(0)), wage)


def indicate(burdens: Sequence[Burden]) -> Indicator | None:
    """The sum of costs ÷ the sum of first months' wages (SDG 10.7.1); None below `FEWEST`.

    `burdens` in the order in which they came. Only whole groups of `FEWEST` are counted and the
    result is rounded to `STEP_PERCENT`: nobody finds one person between two looks.
    """
    told = burdens[: len(burdens) // FEWEST * FEWEST]
    if not told:
        return None
    paid = sum((one.paid for one in told), Decimal(0))
    wages = sum((one.wage_per_month for one in told), Decimal(0))
    steps = (paid * 100 / wages / STEP_PERCENT).quantize(Decimal(1), ROUND_HALF_UP)
    return Indicator(len(told), int(steps) * STEP_PERCENT)
