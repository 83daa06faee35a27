"""What is taken from the wage: only what is listed, not too much, and nothing for recruitment."""

from collections.abc import Sequence
from decimal import Decimal

from permits.findings import Severity
from recruitment.ethics.facts import ContractFacts, Deduction
from recruitment.ethics.rules import Judging, Outcome, Rule, RuleFinding, RuleId, known
from recruitment.ethics.words import DeductionKind

WEEKS_OF_YEAR, MONTHS_OF_YEAR = 52, 12


def _deductions(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    """R12: what it is for comes first; the sum needs the wage."""
    deductions, allowed = known(facts.deductions), judging.terms("allowed")
    if any(one.kind is DeductionKind.RECRUITMENT for one in deductions):
        return judging.finds("recruitment-cost", "deductions")
    others = sorted({one.kind.value for one in deductions if one.kind.value not in allowed})
    if others:
        return judging.finds("not-allowed", "deductions", kinds=", ".join(others))
    if not facts.wage_per_month:
        return judging.unknown("wage_per_month")
    most = judging.value("most_percent")
    total = sum((one.per_month for one in deductions), Decimal(0))
    if total * 100 > most * facts.wage_per_month:
        return judging.finds("over-cap", "deductions", limit=most)
    return None


DEDUCTIONS = Rule(
    RuleId.R12,
    ContractFacts,
    _deductions,
    {
        "recruitment-cost": Outcome(Severity.BLOCK),
        "not-allowed": Outcome(Severity.BLOCK),
        "over-cap": Outcome(Severity.BLOCK),
    },
    "Convenio OIT 95, arts. 8 y 9; OIT, indicador 8 y definición de gastos conexos",
    needs=("deductions",),
    reads=("wage_per_month",),
    parameters=("allowed", "most_percent"),
)


def _in_kind(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    """R13: housing and food, with a written yes and not above what they are worth."""
    kinds = {DeductionKind.HOUSING, DeductionKind.FOOD}
    taken = [one for one in known(facts.deductions) if one.kind in kinds and one.per_month > 0]
    if not taken:
        return None
    if any(one.consent is False for one in taken):
        return judging.finds("no-consent", "deductions")
    if any(one.consent is None for one in taken):
        return judging.unknown("consent")
    return _above_worth(facts.currency, taken, judging)


def _above_worth(
    currency: str | None, taken: Sequence[Deduction], judging: Judging
) -> RuleFinding | None:
    """What no row puts a value on is told as not known."""
    if currency is None:
        return judging.unknown("currency")
    worth = judging.find_value(f"fair_week_{currency.lower()}")
    if worth is None:
        return judging.unknown("fair_value")
    a_year = sum((one.per_month for one in taken), Decimal(0)) * MONTHS_OF_YEAR
    if a_year > worth * WEEKS_OF_YEAR:
        return judging.finds("above-fair-value", "deductions", limit=worth, currency=currency)
    return None


IN_KIND = Rule(
    RuleId.R13,
    ContractFacts,
    _in_kind,
    {"no-consent": Outcome(Severity.WARN), "above-fair-value": Outcome(Severity.WARN)},
    "Convenio OIT 95, art. 4; programa TFWP de Canadá",
    needs=("deductions",),
    reads=("currency",),
    parameters=("fair_week_cad", "fair_week_hnl", "fair_week_eur", "fair_week_usd"),
)

RULES = (DEDUCTIONS, IN_KIND)
