"""What a farm as a whole tells: signs that add up, children with care, whose workers are there."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from permits.findings import Severity
from recruitment.ethics.employers import HOME
from recruitment.ethics.facts import FarmFacts, Report
from recruitment.ethics.rules import Effect, Judging, Outcome, Rule, RuleFinding, RuleId, known
from recruitment.ethics.words import Indicator


def _pattern(facts: FarmFacts, judging: Judging) -> RuleFinding | None:
    """R37: several signs of one worker, or one sign by several workers, within some days."""
    since = judging.on - timedelta(days=judging.value("within_days"))
    lately = [one for one in known(facts.reports) if since < one.on <= judging.on]
    by_worker, by_sign = _count(lately)
    least = judging.value("least_signs")
    if any(len(signs) >= least for signs in by_worker.values()):
        return judging.finds("signs-of-one-worker", "reports", limit=least)
    least = judging.value("least_workers")
    told = [sign.value for sign, workers in by_sign.items() if len(workers) >= least]
    if told:
        return judging.finds("sign-of-several", "reports", indicators=", ".join(sorted(told)))
    return None


def _count(
    reports: Iterable[Report],
) -> tuple[dict[str, set[Indicator]], dict[Indicator, set[str]]]:
    """Distinct indicators of each worker, and distinct workers of each indicator."""
    by_worker: dict[str, set[Indicator]] = defaultdict(set)
    by_sign: dict[Indicator, set[str]] = defaultdict(set)
    for one in reports:
        by_worker[one.worker].add(one.indicator)
        by_sign[one.indicator].add(one.worker)
    return by_worker, by_sign


PATTERN_EFFECTS = (Effect.OPEN_CASE_S1, Effect.PROPOSE_INSPECTION)

PATTERN = Rule(
    RuleId.R37,
    FarmFacts,
    _pattern,
    {
        "signs-of-one-worker": Outcome(Severity.BLOCK, PATTERN_EFFECTS),
        "sign-of-several": Outcome(Severity.BLOCK, PATTERN_EFFECTS),
    },
    "OIT, indicadores de trabajo forzoso (2012, revisados en 2025)",
    needs=("reports",),
    parameters=("within_days", "least_signs", "least_workers"),
)


def _children(facts: FarmFacts, judging: Judging) -> RuleFinding | None:
    """R38: children who came along need a place to be while their parents work.

    SENAF is told of children in Honduras alone.
    """
    if not facts.minors or judging.programme.destination != HOME:
        return None
    if facts.care_arranged is None:
        return judging.unknown("care_arranged")
    if not facts.care_arranged:
        return judging.finds("no-care", "care_arranged", count=facts.minors)
    return None


CHILDREN = Rule(
    RuleId.R38,
    FarmFacts,
    _children,
    {"no-care": Outcome(Severity.WARN, (Effect.TELL_SENAF,))},
    "Convenio OIT 182; práctica de SITLAM (Costa Rica)",
    needs=("minors",),
    reads=("care_arranged",),
)


def _whose_farm(facts: FarmFacts, judging: Judging) -> RuleFinding | None:
    """R39: on another farm than allowed; the worker is asked first, who may have been deceived."""
    if facts.entered_for in known(facts.authorised_for) or facts.change_requested:
        return None
    if facts.change_requested is None:
        return judging.unknown("change_requested")
    return judging.finds("other-farm", "entered_for")


OTHER_FARM = Rule(
    RuleId.R39,
    FarmFacts,
    _whose_farm,
    {"other-farm": Outcome(Severity.WARN, (Effect.ASK_WORKER_FIRST,))},
    "OIT, principio 12 (cambiar de empleador sin permiso)",
    needs=("entered_for", "authorised_for"),
    reads=("change_requested",),
)

RULES = (PATTERN, CHILDREN, OTHER_FARM)
