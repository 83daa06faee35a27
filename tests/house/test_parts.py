"""Parts from others: each is listed with its hash, and none is of a version known to be broken."""

import ast
import json
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.house.marks import HOUSE

LOCK = (HOUSE / "requirements.lock").read_text("utf-8")
PINNED = dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", LOCK, re.MULTILINE))
REPAIRED = {
    "cryptography": ((44, 0, 1), "CVE-2024-12797"),
    "jinja2": ((3, 1, 6), "CVE-2025-27516"),
    "python-jose": ((3, 4, 0), "CVE-2024-33663, CVE-2024-33664"),
    "python-multipart": ((0, 0, 27), "CVE-2026-42561, CVE-2026-40347"),
    "starlette": ((1, 3, 1), "CVE-2026-54283"),
    "h11": ((0, 16, 0), "CVE-2025-43859"),
    "authlib": ((1, 6, 5), "CVE-2025-59420, CVE-2025-61920"),
}
"""The first version without each hole that would concern us."""


def distribution(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported() -> set[str]:
    """The packages that the code takes in, but for its own and Python's."""
    names = set()
    for floor in ("app", "permits", "recruitment"):
        for path in (HOUSE / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    names |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.level == 0:
                    names.add((node.module or "").partition(".")[0])
    own = {"app", "permits", "recruitment", "_typeshed"}  # the last is for mypy alone
    return names - own - sys.stdlib_module_names


@pytest.mark.asvs("15.1.2")
def test_every_part_that_is_taken_in_is_listed_with_its_hashes() -> None:
    known = packages_distributions()
    missing = {
        name
        for name in imported()
        if not {distribution(one) for one in known.get(name, [])} & set(PINNED)
    }
    assert missing == set(), "it stands in no line of requirements.lock"
    entries = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)
    bare = [one for one in entries if "==" in one and "--hash=sha256:" not in one]
    assert bare == []
    assert len(PINNED) > 50


@pytest.mark.asvs("15.1.2")
def test_every_part_of_the_front_end_is_listed_with_its_hash() -> None:
    packages = json.loads((HOUSE / "package-lock.json").read_text("utf-8"))["packages"]
    parts = {name: told for name, told in packages.items() if name}
    assert [name for name, told in parts.items() if not told.get("integrity")] == []
    declared = json.loads((HOUSE / "package.json").read_text("utf-8"))
    wanted = {**declared.get("dependencies", {}), **declared.get("devDependencies", {})}
    assert {f"node_modules/{name}" for name in wanted} <= set(parts)


@pytest.mark.asvs("15.2.1")
def test_no_part_is_of_a_version_that_is_known_broken() -> None:
    for name, (first, hole) in REPAIRED.items():
        pinned = tuple(int(part) for part in re.findall(r"\d+", PINNED[name])[:3])
        assert pinned >= first, f"{name} {PINNED[name]}: {hole}"
    policy = (HOUSE / "SECURITY.md").read_text("utf-8")
    assert "within seven days" in policy
    assert "within thirty" in policy
