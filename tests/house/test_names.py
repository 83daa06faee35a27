"""A room is named after what it holds; and each says in its first line what it is for."""

import ast
from pathlib import Path

HOUSE = Path(__file__).parent.parent.parent
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "core", "misc", "manager", "managers"}
ROOMS = sorted(
    path.relative_to(HOUSE)
    for floor in ("app", "permits", "recruitment", "tests")
    for path in (HOUSE / floor).rglob("*.py")
)
LAW = [path for path in ROOMS if path.parts[0] in {"app", "permits", "recruitment"}]


def _words(path: Path) -> set[str]:
    return {word for part in path.with_suffix("").parts for word in part.split("_")}


def test_no_room_is_a_drawer_for_everything() -> None:
    assert [path for path in ROOMS if _words(path) & FORBIDDEN] == []
    assert _words(Path("app/web_helpers.py")) & FORBIDDEN


def _says_what_it_is_for(source: str) -> bool:
    told = ast.get_docstring(ast.parse(source)) or ""
    return not source.strip() or told.partition("\n")[0].rstrip().endswith((".", "!", "?"))


def test_a_room_opens_with_what_it_is_for() -> None:
    assert [p for p in LAW if not _says_what_it_is_for((HOUSE / p).read_text("utf-8"))] == []
    assert not _says_what_it_is_for("x = 1")


def test_services_and_pages_use_the_names_of_storage_and_law() -> None:
    """The same rooms under the same names on every floor: a page knows where to look."""
    services = {path.stem for path in ROOMS if path.parent == Path("app/services")}
    storage = {path.stem for path in ROOMS if path.parent == Path("app/storage")}
    shared = {"applications", "approvals", "credentials", "crossings", "documents", "acceptances"}
    assert shared <= services & storage
