"""The recruitment-cost indicator (SDG 10.7.1): costs borne ÷ a month's wage, telling of nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from recruitment.cost_values import value_of
from recruitment.costs import CostEntry, Costs, Phase, debtor_of
from recruitment.exchange_rates import Rates

FEWEST = 5
"""A sum of fewer people could point at one (a number of figures, not law)."""

STEP_PERCENT = 5
"""The indicator is told in whole steps of this: a finer number would tell what one person paid."""


def wage_of_month(per_day: Decimal, days_per_week: int) -> Decimal:
    """What a month earns: a twelfth of fifty-two weeks, to the cent."""
    return (per_day * days_per_week * 52 / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Burden:
    """One worker's side: what they paid for the job and one month's wage, in one currency.

    `said_nothing`: nothing was noted, and its worker said that nothing was paid.
    """

    paid: Decimal
    wage_per_month: Decimal
    said_nothing: bool = False

    @property
    def percent(self) -> int:
        """Of a month's wage, the rest of a point dropped as R31 does."""
        return int(self.paid * 100 / self.wage_per_month)


@dataclass(frozen=True)
class Indicator:
    """Costs in percent of the first month's wage, over so many workers; a step of five.

    `nothing` of these workers said that they paid nothing, in whole groups of `FEWEST`.
    """

    workers: int
    percent: int
    nothing: int = 0


def burden_of(
    entries: Sequence[CostEntry],
    costs: Costs,
    wage: Decimal | None,
    currency: str | None,
    rates: Rates,
) -> Burden | None:
    """What a worker bore of fees and related costs, by the rates of the days of payment.

    None without a wage, or where one payment has no rate: what is not known is no zero.
    """
    if not wage or currency is None:
        return None
    borne = [one for one in entries if debtor_of(one.payment, costs) is not None]
    values = [value_of(one, currency, costs, rates) for one in borne]
    known = [one.amount for one in values if one is not None]
    return Burden(sum(known, Decimal(0)), wage) if len(known) == len(values) else None


def in_groups(count: int) -> int:
    """So many people as may be told: whole groups of `FEWEST`."""
    return count // FEWEST * FEWEST


def indicate(burdens: Sequence[Burden]) -> Indicator | None:
    """The sum of costs ÷ the sum of first months' wages (SDG 10.7.1); None below `FEWEST`.

    `burdens` in the order in which they came. Only whole groups of `FEWEST` are counted and the
    result is rounded to `STEP_PERCENT`: nobody finds one person between two looks. Whoever paid
    nothing never raises it; by completing a group they let the other four count.
    """
    told = burdens[: in_groups(len(burdens))]
    if not told:
        return None
    paid = sum((one.paid for one in told), Decimal(0))
    wages = sum((one.wage_per_month for one in told), Decimal(0))
    steps = (paid * 100 / wages / STEP_PERCENT).quantize(Decimal(1), ROUND_HALF_UP)
    nothing = in_groups(sum(one.said_nothing for one in told))
    return Indicator(len(told), int(steps) * STEP_PERCENT, nothing)


@dataclass(frozen=True)
class PhaseBurden:
    """What a worker bore in one phase, and since when they tell of it."""

    since: datetime
    burden: Burden


def phase_burdens(
    entries: Sequence[CostEntry],
    said: Mapping[Phase, datetime],
    costs: Costs,
    wage: Decimal | None,
    currency: str | None,
    rates: Rates,
) -> dict[Phase, PhaseBurden]:
    """What a worker bore in each phase of which they told something: a payment, or that none was.

    A diary with payments of another time tells nothing of this one: what is not known is no zero.
    `said` as in `Teller`; without a wage or a rate as in `burden_of`.
    """
    found = {}
    for phase in Phase:
        own = [one for one in entries if one.payment.phase is phase]
        since = min(
            [*(one.noted_at for one in own), *([said[phase]] if phase in said else [])],
            default=None,
        )
        burden = burden_of(own, costs, wage, currency, rates)
        if since is not None and burden is not None:
            burden = replace(burden, said_nothing=phase in said)
            found[phase] = PhaseBurden(since, burden)
    return found


def indicate_phases(people: Sequence[Mapping[Phase, PhaseBurden]]) -> dict[Phase, Indicator]:
    """The indicator of each phase over those who told of it, in the order in which they did.

    Only where five people did. The phases do not add up to the whole: each is of other people.
    """
    found = {}
    for phase in Phase:
        told = sorted((one[phase] for one in people if phase in one), key=lambda one: one.since)
        indicator = indicate([one.burden for one in told])
        if indicator is not None:
            found[phase] = indicator
    return found
