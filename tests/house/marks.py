"""Which tests bear a mark of the house, as `@pytest.mark.feature("W3")`, read from the source."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.house.sources import trees

HOUSE = Path(__file__).parent.parent.parent


def collect(mark: str, root: Path = HOUSE) -> dict[str, set[str]]:
    """The tests, as "file::name", of each id that the marks of this name carry."""
    found: dict[str, set[str]] = {}
    paths = sorted((root / "tests").rglob("test_*.py"))
    for path, tree in trees(paths, [f"mark.{mark}("]):
        name = path.relative_to(root).as_posix()
        for test, ids in _marked(tree, mark):
            for key in ids:
                found.setdefault(key, set()).add(f"{name}::{test}")
    return found


def in_words(tests: Iterable[str]) -> str:
    """Tests for a cell of a table: each file once, the names without `test_`; a dash for none."""
    by_file: dict[str, list[str]] = {}
    for test in sorted(tests):
        file, name = test.split("::")
        by_file.setdefault(file.removeprefix("tests/"), []).append(name.removeprefix("test_"))
    shown = "<br>".join(f"`{file}`: {', '.join(names)}" for file, names in by_file.items())
    return shown or "–"


def _marked(module: ast.Module, mark: str) -> Iterator[tuple[str, list[str]]]:
    of_all = [
        key
        for node in module.body
        if isinstance(node, ast.Assign) and _targets(node) == ["pytestmark"]
        for key in _ids(node.value, mark)
    ]
    for node in ast.walk(module):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("test_"):
            yield node.name, of_all + [i for deco in node.decorator_list for i in _ids(deco, mark)]


def _targets(node: ast.Assign) -> list[str]:
    return [target.id for target in node.targets if isinstance(target, ast.Name)]


def _ids(tree: ast.expr, mark: str) -> list[str]:
    """The arguments of every `….mark.<mark>(…)` in an expression."""
    return [
        str(argument.value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == mark
        for argument in call.args
        if isinstance(argument, ast.Constant)
    ]
