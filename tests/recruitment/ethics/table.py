"""How a case of a rule is told: what kind it is, which facts, and what is to be found."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from app.adapters.reference import ReferenceData, read_reference
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import UNKNOWN, Rule, RuleFinding

COFFEE, ABROAD = "coffee-hn-gt", "twap-spain"
ON = date(2026, 11, 28)


@dataclass(frozen=True)
class Case:
    """Facts that differ from the base, and the code that is found ("" for none)."""

    kind: str
    code: str
    changes: dict[str, object]
    missing: tuple[str, ...] = ()
    under: str = COFFEE


@dataclass(frozen=True)
class Cases:
    """The cases of one rule; on `base` nothing is found."""

    base: Any
    cases: tuple[Case, ...]


def told(base: object, *cases: Case) -> Cases:
    return Cases(base, cases)


def fires(code: str, *, under: str = COFFEE, **changes: object) -> Case:
    return Case("fires", code, changes, under=under)


def silent(*, under: str = COFFEE, **changes: object) -> Case:
    return Case("silent", "", changes, under=under)


def edge(code: str, *, under: str = COFFEE, **changes: object) -> Case:
    """Just on one side of a threshold; "" where that is still good."""
    return Case("edge", code, changes, under=under)


def missing(*names: str, under: str = COFFEE, **changes: object) -> Case:
    """`names` are not known; `changes` what else is told."""
    return Case("missing", UNKNOWN, dict.fromkeys(names) | changes, names, under)


def lacks(name: str, *, under: str = COFFEE, **changes: object) -> Case:
    """A thing that is no field of the facts is not known (a rate, a row of a table)."""
    return Case("missing", UNKNOWN, changes, (name,), under)


@cache
def reference() -> ReferenceData:
    return read_reference(years=range(2026, 2027))


@cache
def parameters(programme: str = COFFEE) -> Parameters:
    data = reference()
    return Parameters(data.programmes[programme], data.minimum_wages, data.ethics)


def judge(rule: Rule[Any], base: object, case: Case) -> RuleFinding | None:
    facts = replace(base, **case.changes)  # type: ignore[type-var]
    return rule(facts, parameters(case.under), ON)


def agrees(rule: Rule[Any], base: object, case: Case) -> bool:
    """Whether the rule finds what the case says, and names what is missing."""
    found = judge(rule, base, case)
    if found is None:
        return not case.code
    return found.code == case.code and found.missing == case.missing
