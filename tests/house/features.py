"""docs/features.md: every feature of the domain, how far it stands, and the tests that show it.

    .venv/bin/python -m tests.house.features        writes docs/features.md anew

The names, and for what stands its state, are in features.toml beside this file: `works`, or
`partly` with what it `lacks`. The tests are those that bear `@pytest.mark.feature("W3")`, found in
the source without running it. A feature without a test that would see it break is "not yet".
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.house import marks
from tests.house.marks import HOUSE, in_words

PAGE = HOUSE / "docs" / "features.md"
LIST = Path(__file__).with_suffix(".toml")
STATES = ("works", "partly")
NOT_YET = "not yet"


@dataclass(frozen=True)
class Feature:
    """One row; `tests` are "file::name", sorted."""

    id: str
    name: str
    state: str
    lacks: str
    tests: tuple[str, ...]


def collect(root: Path = HOUSE) -> dict[str, set[str]]:
    """The tests of each feature id, from the markers in the source."""
    return marks.collect("feature", root)


def read(listed: Mapping[str, Any], tests: Mapping[str, set[str]]) -> list[Feature]:
    """Every feature of the list with its tests; ValueError where list and tests do not agree."""
    known = {key: told for section in listed.values() for key, told in section["features"].items()}
    wrong = [
        f"{key}: a test shows it, but the list has no such id" for key in set(tests) - set(known)
    ]
    features = []
    for key, told in known.items():
        state, lacks = told.get("state", NOT_YET), told.get("lacks", "")
        shown = tuple(sorted(tests.get(key, ())))
        if shown and state not in STATES:
            wrong.append(f"{key}: a test shows it, so it needs state = works or partly")
        if not shown and state != NOT_YET:
            wrong.append(f"{key}: no test shows it, so it has no state")
        if (state == "partly") != bool(lacks):
            wrong.append(f"{key}: what is partly there says what it lacks, and nothing else does")
        features.append(Feature(key, told["name"], state, lacks, shown))
    if wrong:
        raise ValueError("; ".join(sorted(wrong)))
    return features


def draw(root: Path = HOUSE) -> str:
    """The whole page."""
    listed = tomllib.loads(LIST.read_text("utf-8"))
    features = {feature.id: feature for feature in read(listed, collect(root))}
    count = {s: sum(f.state == s for f in features.values()) for s in (*STATES, NOT_YET)}
    lines = [
        "# Features",
        "",
        "Drawn by `python -m tests.house.features` from the markers on the tests and from",
        "`tests/house/features.toml`. What no test would see break is not yet there.",
        "",
        f"Of {len(features)}: {count['works']} work, {count['partly']} partly, "
        f"{count[NOT_YET]} not yet.",
    ]
    for section in listed.values():
        lines += [
            "",
            f"## {section['title']}",
            "",
            "| Id | Feature | State | Tests |",
            "|---|---|---|---|",
        ]
        lines += [_row(features[key]) for key in section["features"]]
    return "\n".join(lines) + "\n"


def _row(feature: Feature) -> str:
    state = feature.state + (f": lacks {feature.lacks}" if feature.lacks else "")
    return f"| {feature.id} | {feature.name} | {state} | {in_words(feature.tests)} |"


if __name__ == "__main__":
    PAGE.write_text(draw(), encoding="utf-8")
