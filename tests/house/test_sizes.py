"""Rooms stay small: files of at most 300 lines, functions of at most 40."""

import ast
import subprocess
from pathlib import Path

HOUSE = Path(__file__).parent.parent.parent
FILE_LINES, FUNCTION_LINES = 300, 40
FLOORS = ("app/", "permits/", "recruitment/", "tests/", "setup_house.py")
ENDINGS = (".py", ".js", ".mjs")
LONG_FILES = {
    "app/storage/data_classes.py": "one table, which would be worse in two",
    "tests/web/api/operations.py": "one table, which would be worse in two",
    "permits/acts.py": "one enumeration, which Python cannot split",
}
STORIES = ("tests/journeys/", "tests/web/api/test_applications.py")
"""A story is told in one go: its functions may be longer."""


def _rooms() -> list[str]:
    """What git knows, so that nothing built or installed is looked at."""
    listed = subprocess.run(
        ["git", "ls-files", *FLOORS], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    names = listed.stdout.splitlines()
    return sorted(n for n in names if n.endswith(ENDINGS) and (HOUSE / n).exists())


ROOMS = _rooms()
_STORIES = {name for name in ROOMS if name.startswith(STORIES)}


def test_the_walk_sees_every_floor() -> None:
    for floor in FLOORS:
        assert any(name.startswith(floor) for name in ROOMS), floor
    assert {Path(name).suffix for name in ROOMS} == set(ENDINGS)


def test_a_room_stays_small() -> None:
    lines = {name: (HOUSE / name).read_text("utf-8").count("\n") for name in ROOMS}
    assert {n: count for n, count in lines.items() if count > FILE_LINES}.keys() <= set(LONG_FILES)


def test_a_function_fits_in_one_look() -> None:
    looked_at = [n for n in ROOMS if n.endswith(".py") and "/migrations/versions/" not in n]
    sources = {n: (HOUSE / n).read_text("utf-8") for n in looked_at if n not in _STORIES}
    long = {name: _long_functions(source) for name, source in sources.items()}
    assert {name: functions for name, functions in long.items() if functions} == {}


def _long_functions(source: str) -> list[str]:
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]


def test_a_long_function_would_be_seen() -> None:
    body = "    pass\n" * FUNCTION_LINES
    assert _long_functions(f"def long():\n{body}") == ["long"]
    assert _long_functions(f"def short():\n{body[9:]}") == []
