"""The tables of cases would see a rule that is wrong: each mutant of every rule is caught.

A rule is turned round as a whole, and each comparison, `and`, `or`, `not` and `if` of its room is
changed by itself. None is left alive.
"""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from recruitment.ethics.catalogue import CATALOGUE, FAMILIES
from recruitment.ethics.rules import Rule, RuleFinding
from tests.recruitment.ethics.table import ON, Case, agrees, parameters
from tests.recruitment.ethics.test_rules import CASES

OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@pytest.mark.feature("E4")
@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=list(CATALOGUE))
def test_a_rule_turned_round_is_caught(rule: Rule[Any]) -> None:
    """Finding where it should be silent, and silent where it should find."""
    table = CASES[rule.id]
    first = next(iter(rule.outcomes))

    def turned(case: Case) -> bool:
        found = _run(rule, table.base, case)
        return (first if found is None else "") == case.code

    assert not any(turned(case) for case in table.cases if case.code in ("", first))


def _run(rule: Rule[Any], base: Any, case: Case) -> RuleFinding | None:  # noqa: ANN401
    return rule(replace(base, **case.changes), parameters(case.under), ON)


@pytest.mark.feature("E4")
@pytest.mark.parametrize("room", FAMILIES, ids=lambda room: room.__name__.rpartition(".")[2])
def test_every_mutant_of_a_room_is_caught(room: ModuleType) -> None:
    source = inspect.getsource(room)
    assert _is_right(ast.parse(source), room)
    assert [told for told, tree in _mutants(source) if _is_right(tree, room)] == []


def test_mutants_are_made() -> None:
    made = [told for told, _ in _mutants("if a < b and not c:\n    x = d in e\n")]
    assert sorted(made) == [
        "a < b or not c",
        "a <= b",
        "c",
        "d not in e",
        "not (a < b and (not c))",
    ]
    assert sum(1 for room in FAMILIES for _ in _mutants(inspect.getsource(room))) > 250


def _is_right(tree: ast.Module, room: ModuleType) -> bool:
    """Whether the rules of this room agree with every case; one that breaks down does not."""
    names: dict[str, Any] = {"__name__": room.__name__}
    try:
        exec(compile(tree, room.__name__, "exec"), names)
        return all(
            agrees(rule, CASES[rule.id].base, case)
            for rule in names["RULES"]
            for case in CASES[rule.id].cases
        )
    except (TypeError, ValueError, KeyError, IndexError, ArithmeticError, AttributeError):
        return False


def _mutants(source: str) -> Iterator[tuple[str, ast.Module]]:
    """Each change by itself: how the changed part reads, and the whole room with it."""
    for place, node in enumerate(ast.walk(ast.parse(source))):
        for field, old in ast.iter_fields(node):
            for at, part in enumerate(old if isinstance(old, list) else [old]):
                changed = _changed(part) if isinstance(part, ast.expr) else None
                if changed is not None:
                    yield ast.unparse(changed), _with(source, place, field, at, changed)
        if isinstance(node, ast.If | ast.IfExp):
            turned = ast.UnaryOp(ast.Not(), node.test)
            yield ast.unparse(turned), _with(source, place, "test", 0, turned)


def _changed(part: ast.expr) -> ast.expr | None:
    """The same expression with one sign another one."""
    if isinstance(part, ast.Compare) and len(part.ops) == 1:
        return ast.Compare(part.left, [OTHER[type(part.ops[0])]()], part.comparators)
    if isinstance(part, ast.BoolOp):
        other = ast.Or() if isinstance(part.op, ast.And) else ast.And()
        return ast.BoolOp(other, part.values)
    if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
        return part.operand
    return None


def _with(source: str, place: int, field: str, at: int, part: ast.expr) -> ast.Module:
    """The room with this part put in its place."""
    tree = ast.parse(source)
    node = next(node for n, node in enumerate(ast.walk(tree)) if n == place)
    old = getattr(node, field)
    if isinstance(old, list):
        old[at] = part
    else:
        setattr(node, field, part)
    return ast.fix_missing_locations(tree)
