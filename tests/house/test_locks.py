"""The locks: every package by its hash, no address of a registry, and all of them as asked for."""

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).parent.parent.parent
LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-node.lock",
    "requirements-cwt.lock",
)
PROJECT: dict[str, Any] = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
ASKED: dict[str, list[str]] = {
    "requirements.lock": PROJECT["project"]["dependencies"],
    "requirements-dev.lock": [
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["dev"],
    ],
    "requirements-node.lock": PROJECT["dependency-groups"]["node"],
}
SHA256 = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(lock: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Each package with its hashes."""
    text = (HOUSE / lock).read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            package, *hashes = re.split(r"\s+(?=--)", line.strip())
            yield Requirement(package), hashes


def versions(lock: str) -> dict[str, str]:
    """The version of each package that is installed here, by its plain name."""
    found: dict[str, str] = {}
    for package, _ in entries(lock):
        if package.marker is None or package.marker.evaluate():
            (pinned,) = package.specifier
            found[canonicalize_name(package.name)] = pinned.version
    return found


@pytest.mark.asvs("15.2.4")
@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_one_version_by_its_hashes(lock: str) -> None:
    found = list(entries(lock))
    assert found
    for package, hashes in found:
        assert [pinned.operator for pinned in package.specifier] == ["=="], package.name
        assert package.url is None
        assert hashes, package.name
        assert [one for one in hashes if not SHA256.fullmatch(one)] == [], package.name
    assert "://" not in (HOUSE / lock).read_text("utf-8")


@pytest.mark.parametrize("lock", sorted(ASKED))
def test_a_lock_holds_what_the_project_asks_for(lock: str) -> None:
    locked, wrong = versions(lock), []
    for text in ASKED[lock]:
        asked = Requirement(text)
        version = locked.get(canonicalize_name(asked.name), "none")
        if version == "none" or not asked.specifier.contains(version, prereleases=True):
            wrong.append(f"{text}: {version} is locked; run make lock")
    assert wrong == []


def test_what_is_served_is_what_was_tested() -> None:
    serving, testing = versions("requirements.lock"), versions("requirements-dev.lock")
    assert {name: testing.get(name) for name in serving} == serving


def test_the_front_end_s_lock_has_hashes_and_no_addresses() -> None:
    asked = json.loads((HOUSE / "package.json").read_text("utf-8"))
    text = (HOUSE / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    kinds = ("dependencies", "devDependencies")
    root = packages.pop("")
    assert {kind: root[kind] for kind in kinds} == {kind: asked[kind] for kind in kinds}
    assert all(re.fullmatch(r"[\w.-]+", v) for kind in kinds for v in asked[kind].values())
    assert [name for name, one in packages.items() if "sha512-" not in one["integrity"]] == []
    assert '"resolved"' not in text
    npmrc = (HOUSE / ".npmrc").read_text("utf-8").splitlines()
    assert {"omit-lockfile-registry-resolved=true", "ignore-scripts=true"} <= set(npmrc)


def test_what_names_addresses_or_comes_from_elsewhere_is_not_committed() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert "requirements.lock" in tracked
    foreign = re.compile(r"(^|/)(uv\.lock|node_modules/|vendor/|.*\.min\.(js|css)$)")
    assert [name for name in tracked if foreign.search(name)] == []
    ignored = set((HOUSE / ".gitignore").read_text("utf-8").splitlines())
    assert {"/uv.lock", "/node_modules/", "/app/web/static/vendor/", "/.venv/"} <= ignored


def test_a_lock_that_fell_behind_would_be_seen() -> None:
    (package, hashes), *_ = entries("requirements.lock")
    assert (package.name, len(hashes) >= 1) == ("alembic", True)
    assert not Requirement("alembic>=99").specifier.contains(
        versions("requirements.lock")["alembic"]
    )
