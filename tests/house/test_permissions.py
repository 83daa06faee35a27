"""A permission that no code asks for opens nothing, and tells whoever reads the table a lie."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from permits.people import ROLE_PERMISSIONS, Permission
from tests.house.sources import trees

HOUSE = Path(__file__).parent.parent.parent
ASKING = ("check_permission", "check_keeper", "can", "may", "_check_official")
LAW_AND_SERVICES = ("permits", "recruitment", "app/services")
TOLD_ONLY = {"permits/roles.py", "permits/api_clients.py"}
"""Who has what; nobody is stopped there."""


def asked() -> Iterator[str]:
    """The name of each permission that a guard is given, in the law or in a service."""
    rooms = (p for folder in LAW_AND_SERVICES for p in (HOUSE / folder).rglob("*.py"))
    for path, tree in trees(sorted(rooms), ["Permission."]):
        if path.relative_to(HOUSE).as_posix() not in TOLD_ONLY:
            yield from _in_calls(tree)


def _in_calls(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func) in ASKING:
            for given in ast.walk(call):
                if isinstance(given, ast.Attribute) and _name(given.value) == "Permission":
                    yield given.attr


def _name(node: ast.expr) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))


@pytest.mark.asvs("8.1.1", "8.2.1")
@pytest.mark.feature("D1")
def test_each_permission_is_asked_for_somewhere() -> None:
    assert {one.name for one in Permission} - set(asked()) == set()


@pytest.mark.asvs("8.1.1")
@pytest.mark.feature("D1")
def test_each_permission_is_somebodys() -> None:
    assert set(Permission) == {one for given in ROLE_PERMISSIONS.values() for one in given}
