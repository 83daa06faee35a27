"""Hours of a contract: no day too long, overtime the exception, a day of rest, a fair premium."""

from permits.findings import Severity
from recruitment.ethics.facts import ContractFacts
from recruitment.ethics.rules import Judging, Outcome, Rule, RuleFinding, RuleId, known


def _hours(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    """R09: the longest day and the days with overtime block; more than the ordinary warns."""
    days = known(facts.hours_by_day)
    most = judging.value("most_hours_a_day")
    if any(hours > most for hours in days):
        return judging.finds("day-too-long", "hours_by_day", limit=most)
    if facts.shift is None:
        return judging.unknown("shift")
    a_day = judging.value(f"{facts.shift}_hours_a_day")
    a_week = judging.value(f"{facts.shift}_hours_a_week")
    often = judging.value("most_overtime_days")
    overtime = sum(hours > a_day for hours in days)
    if overtime > often:
        return judging.finds("overtime-too-often", "hours_by_day", limit=often)
    if overtime or sum(days) > a_week:
        return judging.finds("over-ordinary", "hours_by_day", day=a_day, week=a_week)
    return None


HOURS = Rule(
    RuleId.R09,
    ContractFacts,
    _hours,
    {
        "day-too-long": Outcome(Severity.BLOCK),
        "overtime-too-often": Outcome(Severity.BLOCK),
        "over-ordinary": Outcome(Severity.WARN),
    },
    "Código del Trabajo, arts. 322 y 325 a 333; OIT, indicador 11",
    needs=("hours_by_day",),
    reads=("shift",),
    parameters=(
        "most_hours_a_day",
        "most_overtime_days",
        "day_hours_a_day",
        "day_hours_a_week",
        "mixed_hours_a_day",
        "mixed_hours_a_week",
        "night_hours_a_day",
        "night_hours_a_week",
    ),
)


def _rest(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    """R10: at least one of the seven days without work."""
    days = known(facts.hours_by_day)
    return judging.finds("no-rest-day", "hours_by_day") if all(days) else None


REST = Rule(
    RuleId.R10,
    ContractFacts,
    _rest,
    {"no-rest-day": Outcome(Severity.BLOCK)},
    "Código del Trabajo, descanso semanal; OIT, indicador 11",
    needs=("hours_by_day",),
)


def _premium(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    """R11: what an hour of overtime pays above an ordinary one."""
    least = judging.value("least_premium_percent")
    if known(facts.overtime_premium_percent) < least:
        return judging.finds("premium-too-low", "overtime_premium_percent", limit=least)
    return None


PREMIUM = Rule(
    RuleId.R11,
    ContractFacts,
    _premium,
    {"premium-too-low": Outcome(Severity.WARN)},
    "Código del Trabajo, art. 330",
    needs=("overtime_premium_percent",),
    parameters=("least_premium_percent",),
)

RULES = (HOURS, REST, PREMIUM)
