"""Housing where workers live: room for all, inspected lately, fit to live in, open from within."""

from datetime import timedelta

from permits.findings import Severity
from recruitment.ethics.employers import HOME
from recruitment.ethics.facts import EmployerFacts, Inspection
from recruitment.ethics.rules import Judging, Outcome, Rule, RuleFinding, RuleId
from recruitment.ethics.words import HousingItem


def _room(facts: EmployerFacts, judging: Judging) -> RuleFinding | None:
    """R20: the last inspection counts; one that is still to come does not.

    The inspectors are those of Honduras: of housing abroad the mission attests (E5).
    """
    if not facts.lives_in or judging.programme.destination != HOME:
        return None
    if facts.inspections is None or facts.workers_housed is None:
        return judging.unknown(
            *(n for n in ("inspections", "workers_housed") if getattr(facts, n) is None)
        )
    done = [one for one in facts.inspections if one.on <= judging.on]
    if not done:
        return judging.finds("never-inspected", "inspections")
    last = max(done, key=lambda one: one.on)
    if last.capacity < facts.workers_housed:
        return judging.finds("overcrowded", "workers_housed", limit=last.capacity)
    if last.open_items > 0:
        return judging.finds("items-open", "inspections", count=last.open_items)
    return _lately(facts, last, judging)


def _lately(facts: EmployerFacts, last: Inspection, judging: Judging) -> RuleFinding | None:
    if facts.season_starts_on is None:
        return judging.unknown("season_starts_on")
    most = judging.value("oldest_days")
    if facts.season_starts_on - last.on > timedelta(days=most):
        return judging.finds("inspection-old", "inspections", limit=most)
    return None


HOUSING = Rule(
    RuleId.R20,
    EmployerFacts,
    _room,
    {
        "never-inspected": Outcome(Severity.BLOCK),
        "overcrowded": Outcome(Severity.BLOCK),
        "items-open": Outcome(Severity.WARN),
        "inspection-old": Outcome(Severity.WARN),
    },
    "Programa TFWP de Canadá (8 meses); Orden GECCO de España; OIT, indicador 10",
    needs=("lives_in",),
    reads=("workers_housed", "inspections", "season_starts_on"),
    parameters=("oldest_days",),
)


def _fit(facts: EmployerFacts, judging: Judging) -> RuleFinding | None:
    """R21: locked from outside blocks whatever else is known; abroad as in R20."""
    if not facts.lives_in or judging.programme.destination != HOME:
        return None
    checked = facts.checklist or {}
    if checked.get(HousingItem.NO_OUTSIDE_LOCK) is False:
        return judging.finds("locked-from-outside", "checklist")
    if any(item not in checked for item in HousingItem):
        return judging.unknown("checklist")
    if failed := [item.value for item in HousingItem if not checked[item]]:
        return judging.finds("items-missing", "checklist", items=", ".join(failed))
    return _washing(facts, judging)


def _washing(facts: EmployerFacts, judging: Judging) -> RuleFinding | None:
    """So many people at most share a toilet, and so many a shower."""
    people, toilets, showers = facts.workers_housed, facts.toilets, facts.showers
    if people is None or toilets is None or showers is None:
        return judging.unknown(
            *(n for n in ("workers_housed", "toilets", "showers") if getattr(facts, n) is None)
        )
    a_toilet, a_shower = judging.value("people_per_toilet"), judging.value("people_per_shower")
    if people > toilets * a_toilet or people > showers * a_shower:
        return judging.finds("too-few-to-wash", "toilets", toilet=a_toilet, shower=a_shower)
    return None


CHECKLIST = Rule(
    RuleId.R21,
    EmployerFacts,
    _fit,
    {
        "locked-from-outside": Outcome(Severity.BLOCK),
        "items-missing": Outcome(Severity.WARN),
        "too-few-to-wash": Outcome(Severity.WARN),
    },
    "Guía de alojamiento de la IFC y el BERD; OIT, indicadores 3 y 10",
    needs=("lives_in",),
    reads=("checklist", "workers_housed", "toilets", "showers"),
    parameters=("people_per_toilet", "people_per_shower"),
)

RULES = (HOUSING, CHECKLIST)
