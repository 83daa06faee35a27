"""Which tests are heavy proofs, read from the source: what they count, and what they record."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.house.marks import HOUSE
from tests.house.sources import trees

MAKEFILE = HOUSE / "Makefile"
ROOM, RECORDING = "tests.proofs", {"record", "proofs.record"}


def proved(makefile: str) -> list[str]:
    """The paths that `make prove` runs in full."""
    found = re.search(r"^PROOFS = (.*)$", makefile.replace("\\\n", " "), re.MULTILINE)
    assert found, "the Makefile has no PROOFS"
    return found[1].split()


@cache
def _modules(root: Path) -> Mapping[str, ast.Module]:
    """Every file of tests that may take from the room, read."""
    paths = sorted((root / "tests").rglob("*.py"))
    return {path.relative_to(root).as_posix(): tree for path, tree in trees(paths, ["proofs"])}


def using(root: Path = HOUSE) -> set[str]:
    """Every file of tests that counts by `tests.proofs`, or records there what it found."""
    wanted = {"FULL", "record", "times"}
    return {name for name, module in _modules(root).items() if any(_taken(module, wanted))}


def recorded(root: Path = HOUSE) -> list[str]:
    """The names under which proofs record, as patterns: what is filled in may be anything."""
    return sorted(
        {
            _pattern(node.args[0])
            for module in _modules(root).values()
            if any(_taken(module, {"record"}))
            for node in ast.walk(module)
            if isinstance(node, ast.Call) and ast.unparse(node.func) in RECORDING
        }
    )


def _taken(module: ast.Module, names: set[str]) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.ImportFrom):
            taken = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from taken & {ROOM, *(f"{ROOM}.{name}" for name in names)}


def _pattern(name: ast.expr) -> str:
    if isinstance(name, ast.JoinedStr):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
            for part in name.values
        )
    assert isinstance(name, ast.Constant), "a proof's name stands where it is recorded"
    return re.escape(str(name.value))
