"""Fees: nobody pays for a job, neither by the offer nor in truth (R01, R30, R31)."""

from collections.abc import Sequence
from decimal import Decimal

from permits.findings import Severity
from recruitment.ethics.facts import CostFacts, CostItem, VacancyFacts
from recruitment.ethics.matching import find_claims
from recruitment.ethics.rules import Effect, Judging, Outcome, Rule, RuleFinding, RuleId, known
from recruitment.ethics.words import WORKERS_SIDE
from recruitment.exchange_rates import Rates, convert


def _fees_of_offer(facts: VacancyFacts, judging: Judging) -> RuleFinding | None:
    """Any is enough: costs left to the worker, a fee declared, or one that the text names."""
    if facts.worker_pays is not None and facts.worker_pays > 0:
        return judging.finds("worker-pays", "worker_pays")
    if facts.fees_charged:
        return judging.finds("fee-declared", "fees_charged")
    if named := find_claims(facts.text or "", judging.terms("words")):
        return judging.finds("fee-in-words", "text", words=", ".join(named))
    missing = [name for name in FEES.reads if getattr(facts, name) is None]
    return judging.unknown(*missing) if missing else None


FEES = Rule(
    RuleId.R01,
    VacancyFacts,
    _fees_of_offer,
    {
        "worker-pays": Outcome(Severity.BLOCK),
        "fee-declared": Outcome(Severity.BLOCK),
        "fee-in-words": Outcome(Severity.BLOCK),
    },
    "OIT, principio 7 de contratación equitativa; IRIS 1",
    reads=("worker_pays", "fees_charged", "text"),
    parameters=("words",),
    overridable=False,
)


def _never_legitimate(facts: CostFacts, judging: Judging) -> RuleFinding | None:
    """Whoever took the money is frozen; the worker is never refused for having paid."""
    never = judging.terms("never_legitimate")
    paid = [item for item in _borne(known(facts.items)) if item.code in never]
    if paid:
        codes = ", ".join(sorted({item.code.value for item in paid}))
        return judging.finds("charged", "items", costs=codes, count=len(paid))
    return None


CHARGED = Rule(
    RuleId.R30,
    CostFacts,
    _never_legitimate,
    {"charged": Outcome(Severity.BLOCK, (Effect.FREEZE_RECRUITER, Effect.OPEN_CASE_S2))},
    "OIT, definición de comisiones y gastos conexos (2018), apartado 3",
    needs=("items",),
    parameters=("never_legitimate",),
    overridable=False,
)


def _related_costs(facts: CostFacts, judging: Judging) -> RuleFinding | None:
    """What is owed is owed from the first lempira; how grave grows with the month's wage.

    Amounts in another currency than the wage count by the rate of their day. One without a rate is
    told as missing, unless what can be added is grave enough already.
    """
    related = judging.terms("related")
    owed = [item for item in _borne(known(facts.items)) if item.code in related]
    if not owed:
        return None
    wage, currency = facts.wage_per_month, facts.currency
    if not wage or currency is None:
        return judging.unknown("wage_per_month" if not wage else "currency")
    days = judging.value("rate_days")
    amounts = [_in_currency(item, currency, facts.exchange_rates, days) for item in owed]
    total = sum((one for one in amounts if one is not None), Decimal(0))
    percent = total * 100 / wage
    if percent > judging.value("debt_percent"):
        return judging.finds("more-than-a-wage", "items", percent=int(percent))
    if None in amounts:
        return judging.unknown("exchange_rates")
    if percent > judging.value("warn_percent"):
        return judging.finds("large-part", "items", percent=int(percent))
    return judging.finds("repay", "items") if total > 0 else None


RELATED = Rule(
    RuleId.R31,
    CostFacts,
    _related_costs,
    {
        "more-than-a-wage": Outcome(
            Severity.WARN,
            (Effect.REPAY, Effect.SCREEN_FOR_DEBT_BONDAGE, Effect.OPEN_CASE_S2),
        ),
        "large-part": Outcome(Severity.WARN, (Effect.REPAY,)),
        "repay": Outcome(Severity.INFO, (Effect.REPAY,)),
    },
    "OIT, definición de comisiones y gastos conexos (2018), apartado 2; indicador ODS 10.7.1",
    needs=("items",),
    reads=("wage_per_month", "currency", "exchange_rates"),
    parameters=("related", "warn_percent", "debt_percent", "rate_days"),
)


def _in_currency(item: CostItem, to: str, rates: Rates | None, days: int) -> Decimal | None:
    found = convert(item.amount, item.currency, to, item.paid_on, rates or Rates(), days)
    return found.amount if found else None


def _borne(items: Sequence[CostItem]) -> list[CostItem]:
    return [item for item in items if item.payer in WORKERS_SIDE]


RULES = (FEES, CHARGED, RELATED)
