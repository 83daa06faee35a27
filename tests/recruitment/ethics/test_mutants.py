"""The tables of cases would see a rule that is wrong: each mutant of every rule is caught.

A rule is turned round as a whole; each comparison, `and`, `or`, `not`, `if`, `any`, `all`, sum,
product and number of its room is changed by itself, and each threshold of the file moved by one.
None is left alive.
"""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from recruitment.ethics.catalogue import CATALOGUE, FAMILIES
from recruitment.ethics.parameters import ParameterSet
from recruitment.ethics.rules import Rule, RuleFinding
from tests.recruitment.ethics.table import ON, Case, agrees, parameters, reference
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
SIGNS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
}
CALLS = {"any": "all", "all": "any"}


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
    made = [told for told, _ in _mutants("x = any(f) + a[0] * 9\ny = a < b <= c\n")]
    assert sorted(made) == [
        *("10", "8", "a < b < c", "a <= b <= c", "a[0] / 9"),
        *("all(f)", "any(f) - a[0] * 9"),
    ]
    assert sum(1 for room in FAMILIES for _ in _mutants(inspect.getsource(room))) > 350


@pytest.mark.feature("E4")
@pytest.mark.parametrize("by", [1, -1])
def test_a_threshold_that_is_one_off_is_caught(by: int) -> None:
    """Each number of the file that a rule reads, as a case just on one side of it would see."""
    alive = [
        (rule.id.value, name)
        for rule in CATALOGUE.values()
        for name in rule.parameters
        if (full := f"{rule.id}.{name}") in reference().ethics.values
        and all(_agrees_with(_moved(full, by), rule, case) for case in CASES[rule.id].cases)
    ]
    assert alive == []


def _moved(name: str, by: int) -> ParameterSet:
    rows = reference().ethics
    moved = tuple(replace(one, value=one.value + by) for one in rows.values[name])
    return replace(rows, values={**rows.values, name: moved})


def _agrees_with(rows: ParameterSet, rule: Rule[Any], case: Case) -> bool:
    facts = replace(CASES[rule.id].base, **case.changes)
    found = rule(facts, replace(parameters(case.under), rows=rows), ON)
    return (found.code if found else "") == case.code


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
    """Each change by itself: how the changed part reads, and the whole room with it.

    A tree holds the change until the next one is asked for.
    """
    tree = ast.parse(source)
    for node in list(ast.walk(tree)):
        for name, old in list(ast.iter_fields(node)):
            if isinstance(node, ast.Subscript) and name == "slice":
                continue  # which of several is told: no other finding
            for at, part in enumerate(old if isinstance(old, list) else [old]):
                for changed in _changes(part) if isinstance(part, ast.expr) else ():
                    _put(node, name, at, changed)
                    yield ast.unparse(changed), ast.fix_missing_locations(tree)
                    _put(node, name, at, part)
        if isinstance(node, ast.If | ast.IfExp):
            test, turned = node.test, ast.UnaryOp(ast.Not(), node.test)
            node.test = turned
            yield ast.unparse(turned), ast.fix_missing_locations(tree)
            node.test = test


def _put(node: ast.AST, name: str, at: int, part: ast.expr) -> None:
    old = getattr(node, name)
    if isinstance(old, list):
        old[at] = part
    else:
        setattr(node, name, part)


def _changes(part: ast.expr) -> Iterator[ast.expr]:
    """The same expression with one sign another one."""
    match part:
        case ast.Compare():
            for at, sign in enumerate(part.ops):
                signs = [*part.ops[:at], OTHER[type(sign)](), *part.ops[at + 1 :]]
                yield ast.Compare(part.left, signs, part.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(part.op, ast.And) else ast.And(), part.values)
        case ast.UnaryOp(op=ast.Not()):
            yield part.operand
        case ast.BinOp() if type(part.op) in SIGNS:
            yield ast.BinOp(part.left, SIGNS[type(part.op)](), part.right)
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield ast.Call(ast.Name(CALLS[name], ast.Load()), part.args, part.keywords)
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            yield from (ast.Constant(number + 1), ast.Constant(number - 1))
