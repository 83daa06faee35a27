"""docs/security-table.md: what is promised, what ASVS asks for, and the tests that show it.

    .venv/bin/python -m tests.house.security_table        writes docs/security-table.md anew

The rows are in security_table.toml beside this file. A test that would go red if a row were
broken bears `@pytest.mark.asvs("3.4.3")` or `@pytest.mark.promise("P20")`; the marks are found in
the source without running it. A row without a test is listed as such; `lacks` says what the tests
of a row do not show.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.house.marks import HOUSE, collect, in_words

PAGE = HOUSE / "docs" / "security-table.md"
LIST = Path(__file__).with_suffix(".toml")
NO_TEST = "no test yet"


@dataclass(frozen=True)
class Row:
    """One requirement; `level` is ASVS's (0 for a promise), `tests` are "file::name", sorted."""

    id: str
    level: int
    says: str
    lacks: str
    tests: tuple[str, ...]

    @property
    def state(self) -> str:
        """How far the tests show it."""
        if not self.tests:
            return NO_TEST + (f": {self.lacks}" if self.lacks else "")
        return f"partly: {self.lacks}" if self.lacks else "shown"


def read(listed: Mapping[str, Any], tests: Mapping[str, set[str]]) -> list[Row]:
    """Every row of a list with its tests; ValueError where a test shows what is not listed."""
    strange = sorted(set(tests) - set(listed))
    if strange:
        raise ValueError(f"a test shows it, but the list has no such id: {', '.join(strange)}")
    return [
        Row(
            key,
            told.get("level", 0),
            told["says"],
            told.get("lacks", ""),
            tuple(sorted(tests.get(key, ()))),
        )
        for key, told in listed.items()
    ]


def draw(root: Path = HOUSE) -> str:
    """The whole page."""
    listed = tomllib.loads(LIST.read_text("utf-8"))
    promises = read(listed["promises"], collect("promise", root))
    asvs = read(listed["asvs"], collect("asvs", root))
    lines = [
        "# What protects people here, and the tests that show it",
        "",
        "Drawn by `python -m tests.house.security_table` from the marks on the tests and from",
        "`tests/house/security_table.toml`. Every test named here would go red if its row broke.",
        "",
        "## Promises",
        "",
        *_counted(promises),
        "",
        "| Id | Promise | State | Tests |",
        "|---|---|---|---|",
        *(f"| {row.id} | {row.says} | {row.state} | {in_words(row.tests)} |" for row in promises),
        "",
        "## OWASP ASVS 5.0.0",
        "",
        "The requirements that matter here, in our words; the level is that of the standard.",
        *_counted(asvs),
    ]
    for number, title in listed["chapters"].items():
        lines += ["", f"### V{number} {title}", "", "| No. | Level | Requirement | State | Tests |"]
        lines += ["|---|---|---|---|---|"]
        lines += [_row(row) for row in asvs if row.id.partition(".")[0] == number]
    return "\n".join(lines) + "\n"


def _counted(rows: Sequence[Row]) -> list[str]:
    bare = sum(not row.tests for row in rows)
    partly = sum(bool(row.tests and row.lacks) for row in rows)
    shown = len(rows) - bare - partly
    return [f"Of {len(rows)}: {shown} shown, {partly} partly, {bare} without a test."]


def _row(row: Row) -> str:
    return f"| V{row.id} | {row.level} | {row.says} | {row.state} | {in_words(row.tests)} |"


if __name__ == "__main__":
    PAGE.write_text(draw(), encoding="utf-8")
