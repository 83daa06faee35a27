"""Every rule by its number, and the one way to judge all that look at a thing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from permits.findings import Severity
from permits.programmes import Programme, Threshold, in_force
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
from recruitment.ethics.parameters import Parameters, ParameterSet, Terms
from recruitment.ethics.rules import GRAVEST_FIRST, Effect, Rule, RuleFinding, RuleId

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


R = RuleId

OF_A_VACANCY = frozenset(
    {R.R01, R.R02, R.R03, R.R06, R.R07, R.R08, R.R09, R.R10, R.R11, R.R12, R.R13}
    | {R.R14, R.R15, R.R19, R.R20, R.R21, R.R22, R.R23}
    | {R.R24, R.R25, R.R26, R.R27, R.R28, R.R29, R.R38, R.R40}
)
"""The rules whose facts a vacancy, who hires in it and who recruits for it have, or must tell.

What is missing of them stops it.
"""


class Overrider(StrEnum):
    """Who may set a finding aside: nobody, a supervisor of SETRASS, another official of it.

    `CASE`: the finding is about one person, agreement or farm. It holds no vacancy that an
    exception could let go; it is mended, cleared or handled in the case of whom it is about.
    """

    NOBODY = "nobody"
    SUPERVISOR = "supervisor"
    OFFICIAL = "official"
    CASE = "case"


def overrider_of(rule: Rule[Any], severity: Severity) -> Overrider:
    """Who may set aside a finding so grave; one that is only shown needs nobody."""
    if not rule.overridable:
        return Overrider.NOBODY
    if rule.id not in OF_A_VACANCY:
        return Overrider.CASE
    return Overrider.SUPERVISOR if severity is Severity.BLOCK else Overrider.OFFICIAL


@dataclass(frozen=True)
class Grade:
    """One outcome and how grave it is; `programmes` are codes of those that see it so."""

    code: str
    severity: Severity
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A rule as it is told: `grades` of every outcome, first as the rule itself sees them.

    `severity` is the gravest of these. `values` and `lists` are the parameters that count on the
    day, by their names.
    """

    rule: Rule[Any]
    severity: Severity
    grades: tuple[Grade, ...]
    values: tuple[tuple[str, Threshold], ...]
    lists: tuple[tuple[str, Terms], ...]

    @property
    def overrider(self) -> Overrider:
        """Who may set aside its gravest finding."""
        return overrider_of(self.rule, self.severity)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Everything that its outcomes ask for, each once."""
        every = (effect for one in self.rule.outcomes.values() for effect in one.effects)
        return tuple(dict.fromkeys(every))


def list_sheets(
    programmes: Mapping[str, Programme], rows: ParameterSet, on: date
) -> tuple[Sheet, ...]:
    """Every rule as it counts on a day, with what single programmes see otherwise."""
    under = [Parameters(programme, (), rows) for programme in programmes.values()]
    return tuple(_sheet(rule, under, rows, on) for rule in CATALOGUE.values())


def _sheet(rule: Rule[Any], under: Sequence[Parameters], rows: ParameterSet, on: date) -> Sheet:
    own = tuple(Grade(code, outcome.severity) for code, outcome in rule.outcomes.items())
    severity = min((one.severity for one in own), key=GRAVEST_FIRST.index)
    names = [f"{rule.id}.{name}" for name in rule.parameters]
    values = [(name, in_force(rows.values[name], on)) for name in names if name in rows.values]
    lists = [(name, in_force(rows.lists[name], on)) for name in names if name in rows.lists]
    return Sheet(rule, severity, (*own, *_otherwise(rule, under, on)), tuple(values), tuple(lists))


def _otherwise(rule: Rule[Any], under: Sequence[Parameters], on: date) -> Iterator[Grade]:
    """The outcomes that some programmes see graver or milder, those programmes together."""
    for code, outcome in rule.outcomes.items():
        seen: dict[Severity, list[str]] = {}
        for one in under:
            severity = one.severity(rule.id, code, on)
            if severity not in (None, outcome.severity):
                seen.setdefault(severity or outcome.severity, []).append(one.programme.code)
        for severity, codes in seen.items():
            yield Grade(code, severity, tuple(codes))


def evaluate(facts: Sequence[object], parameters: Parameters, on: date) -> tuple[RuleFinding, ...]:
    """Every finding of every rule that looks at any of these facts; the gravest first."""
    found = [
        finding
        for one in facts
        for rule in CATALOGUE.values()
        if rule.of is type(one) and (finding := rule(one, parameters, on)) is not None
    ]
    return tuple(sorted(found, key=lambda finding: GRAVEST_FIRST.index(finding.severity)))
