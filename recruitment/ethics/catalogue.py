"""Every rule by its number, and the one way to judge all that look at a thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from permits.findings import Severity
from recruitment.ethics import (
    check_ins,
    clauses,
    contracts,
    deductions,
    employers,
    farms,
    fees,
    hours,
    housing,
    persons,
    recruiters,
    vacancies,
    wages,
)
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import GRAVEST_FIRST, Rule, RuleFinding, RuleId

FAMILIES = (
    fees,
    recruiters,
    persons,
    wages,
    hours,
    deductions,
    clauses,
    contracts,
    housing,
    employers,
    vacancies,
    check_ins,
    farms,
)
"""The rooms that hold the rules."""

CATALOGUE: Mapping[RuleId, Rule[Any]] = {
    rule.id: rule
    for rule in sorted((rule for room in FAMILIES for rule in room.RULES), key=lambda one: one.id)
}
"""All forty, in the order of their numbers."""


class Overrider(StrEnum):
    """Who may set a finding aside: nobody, a supervisor of SETRASS, another official of it."""

    NOBODY = "nobody"
    SUPERVISOR = "supervisor"
    OFFICIAL = "official"


def overrider_of(rule: Rule[Any], severity: Severity) -> Overrider:
    """Who may set aside a finding so grave; one that is only shown needs nobody."""
    if not rule.overridable:
        return Overrider.NOBODY
    return Overrider.SUPERVISOR if severity is Severity.BLOCK else Overrider.OFFICIAL


@dataclass(frozen=True)
class Grade:
    """One outcome of a rule under one programme on a day; `programme` is its code."""

    code: str
    programme: str
    severity: Severity


def grades_of(rule: Rule[Any], parameters: Parameters, on: date) -> tuple[Grade, ...]:
    """How grave each outcome of a rule is under the parameters' programme."""
    return tuple(
        Grade(
            code,
            parameters.programme.code,
            parameters.severity(rule.id, code, on) or outcome.severity,
        )
        for code, outcome in rule.outcomes.items()
    )


def gravest_of(rule: Rule[Any]) -> Severity:
    """The gravest that a rule finds where no programme says otherwise."""
    severities = (outcome.severity for outcome in rule.outcomes.values())
    return min(severities, key=GRAVEST_FIRST.index)


def evaluate(facts: Sequence[object], parameters: Parameters, on: date) -> tuple[RuleFinding, ...]:
    """Every finding of every rule that looks at any of these facts; the gravest first."""
    found = [
        finding
        for one in facts
        for rule in CATALOGUE.values()
        if rule.of is type(one) and (finding := rule(one, parameters, on)) is not None
    ]
    return tuple(sorted(found, key=lambda finding: GRAVEST_FIRST.index(finding.severity)))
