"""What payments are worth in the wage's currency, and which case they ask for (R30-R32)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from recruitment.cost_cases import CostReason
from recruitment.costs import CostEntry, Costs, Payment, debtor_of
from recruitment.ethics.facts import CostFacts, CostItem, Loan
from recruitment.ethics.rules import UNKNOWN, Effect, RuleFinding, RuleId
from recruitment.exchange_rates import Converted, Rates, convert
from recruitment.repayments import Part, reckon

CASE_OF = {
    RuleId.R30: CostReason.CHARGED,
    RuleId.R31: CostReason.BURDEN,
    RuleId.R32: CostReason.LOAN,
}


def value_of(entry: CostEntry, currency: str, costs: Costs, rates: Rates) -> Converted | None:
    """A payment in another currency by the rate of its day; None without one."""
    paid = entry.payment
    return convert(paid.amount, paid.currency, currency, entry.rate_day, rates, costs.rate_days)


def facts_of(
    entries: Sequence[CostEntry],
    wage_per_month: Decimal | None,
    currency: str | None,
    rates: Rates,
) -> CostFacts:
    """The payments as R30 and R31 read them."""
    items = (
        CostItem(
            one.payment.code,
            one.payment.payer,
            one.payment.amount,
            one.payment.currency,
            one.rate_day,
        )
        for one in entries
    )
    return CostFacts(tuple(items), wage_per_month, currency, rates)


def loans_of(payments: Sequence[Payment]) -> tuple[Loan, ...]:
    """The loans among them as R32 reads them."""
    return tuple(
        Loan(one.lender, one.interest_percent, one.repaid_by_wage)
        for one in payments
        if one.lender is not None
    )


def is_overdue(entry: CostEntry, costs: Costs, today: date, parts: Sequence[Part] = ()) -> bool:
    """Whether it must be paid back, was asked for, and something of it did not come in time.

    In time is the day that was agreed for each part; without a plan the last day is `repay_days`
    after the day of asking. What the worker says never came is late at once; whether what is shown
    as paid did come, its worker has still to say.
    """
    if entry.asked_at is None or debtor_of(entry.payment, costs) is None:
        return False
    return reckon(entry, parts, costs.repay_days, today).late > 0


def find_reasons(
    entries: Sequence[CostEntry],
    findings: Iterable[RuleFinding],
    costs: Costs,
    today: date,
    parts: Mapping[UUID, Sequence[Part]],
) -> tuple[CostReason, ...]:
    """For which reasons the worker may ask for a case; what is not known is none of them.

    `parts` are those of each payment that was asked back.
    """
    found = {
        CASE_OF[one.rule]
        for one in findings
        if one.code != UNKNOWN and Effect.OPEN_CASE_S2 in one.effects
    }
    if any(is_overdue(one, costs, today, parts.get(one.id, ())) for one in entries):
        found.add(CostReason.OVERDUE)
    return tuple(one for one in CostReason if one in found)
