"""What a vacancy pays: not less than the minimum by time or by piece, for enough days."""

from dataclasses import dataclass
from decimal import Decimal

from permits.findings import Severity
from permits.wages import (
    ORDINARY_HOURS,
    PIECE_UNITS,
    MinimumWage,
    WageUnit,
    find_minimum,
    is_below,
    pay_per_ordinary_day,
)
from recruitment.ethics.facts import VacancyFacts
from recruitment.ethics.rules import Judging, Outcome, Rule, RuleFinding, RuleId, known


@dataclass(frozen=True)
class _Pay:
    """What the vacancy pays, all of it known (`permits.wages.Pay`)."""

    wage: Decimal
    currency: str
    unit: WageUnit
    unit_kg: Decimal | None
    hours_per_day: Decimal


def _by_time(facts: VacancyFacts, judging: Judging) -> RuleFinding | None:
    """R06: eight ordinary hours against the minimum of the first day of work."""
    if facts.unit in PIECE_UNITS:
        return None
    if facts.hours_per_day is None:
        return judging.unknown("hours_per_day")
    below = _is_below(facts, judging)
    if below is None:
        return judging.unknown(_lacking(judging))
    if below:
        return judging.finds("below-minimum", "wage")
    minimum = _minimum(facts, judging)
    if minimum is not None and minimum.size is not facts.employer_size:
        return judging.finds("row-missing", "employer_size")
    return None


def _by_piece(facts: VacancyFacts, judging: Judging) -> RuleFinding | None:
    """R07: what a slow picker earns in a day; a written guarantee of the minimum softens it."""
    if facts.unit not in PIECE_UNITS:
        return None
    if not facts.unit_kg:
        return judging.unknown("unit_kg")
    below = _is_below(facts, judging)
    if below is None:
        return judging.unknown(_lacking(judging))
    if not below:
        return None
    if facts.tops_up is None:
        return judging.unknown("tops_up")
    return judging.finds("topped-up" if facts.tops_up else "piece-below-minimum", "wage")


def _is_below(facts: VacancyFacts, judging: Judging) -> bool | None:
    """Against the decree, or against what the mission attests where another law sets the wage."""
    pay = _pay(facts)
    piece = judging.programme.piece_kg_per_day
    kg_per_day = piece.value if piece else None
    if judging.programme.wage_sector is not None:
        return is_below(_minimum(facts, judging), pay, kg_per_day)
    earned = pay_per_ordinary_day(pay.wage, pay.unit, pay.hours_per_day, pay.unit_kg, kg_per_day)
    attested = facts.attested_minimum_per_day
    return None if attested is None or earned is None else earned < attested


def _minimum(facts: VacancyFacts, judging: Judging) -> MinimumWage | None:
    sector = judging.programme.wage_sector
    if sector is None:
        return None
    size, day = known(facts.employer_size), known(facts.starts_on)
    return find_minimum(judging.parameters.minimum_wages, sector, size, day)


def _pay(facts: VacancyFacts) -> _Pay:
    """Piece work is counted by what is picked in a day; its hours do not enter."""
    return _Pay(
        known(facts.wage),
        known(facts.currency),
        known(facts.unit),
        facts.unit_kg,
        facts.hours_per_day or Decimal(ORDINARY_HOURS),
    )


def _lacking(judging: Judging) -> str:
    """What is to be found out where the pay could not be compared."""
    at_home = judging.programme.wage_sector is not None
    return "minimum_wage" if at_home else "attested_minimum_per_day"


PAY = ("wage", "currency", "unit", "employer_size", "starts_on")

TIME_WAGE = Rule(
    RuleId.R06,
    VacancyFacts,
    _by_time,
    {"below-minimum": Outcome(Severity.BLOCK), "row-missing": Outcome(Severity.WARN)},
    "Código del Trabajo, arts. 322 y 381; tabla de salario mínimo",
    needs=PAY,
    reads=("hours_per_day", "attested_minimum_per_day"),
)

PIECE_WAGE = Rule(
    RuleId.R07,
    VacancyFacts,
    _by_piece,
    {"piece-below-minimum": Outcome(Severity.BLOCK), "topped-up": Outcome(Severity.WARN)},
    "Código del Trabajo, art. 381; medida de quien corta despacio, valor del programa",
    needs=PAY,
    reads=("unit_kg", "tops_up", "attested_minimum_per_day"),
)


def _guaranteed(facts: VacancyFacts, judging: Judging) -> RuleFinding | None:
    """R08: enough of the days are paid, whatever the harvest gives."""
    days, guaranteed = known(facts.working_days), known(facts.guaranteed_days)
    percent = judging.value("guaranteed_percent")
    if guaranteed * 100 < percent * days:
        return judging.finds("few-days", "guaranteed_days", limit=percent)
    return None


GUARANTEED_WORK = Rule(
    RuleId.R08,
    VacancyFacts,
    _guaranteed,
    {"few-days": Outcome(Severity.WARN)},
    "Orden GECCO de España (85 % del trabajo garantizado)",
    needs=("guaranteed_days", "working_days"),
    parameters=("guaranteed_percent",),
)

RULES = (TIME_WAGE, PIECE_WAGE, GUARANTEED_WORK)
