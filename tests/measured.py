"""Writes docs/measured.md from the figures that `make bench` and `make prove` left in build/.

Run as `python -m tests.measured`; both commands do so at their end. What was not measured anew
keeps its line; what is measured no more loses it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.__main__ import FIGURES as FAST
from tests.benchmarks.__main__ import names
from tests.house.proofs import recorded
from tests.proofs import FIGURES as SURE

TARGET = Path(__file__).parent.parent / "docs" / "measured.md"

Row = Mapping[str, Any]
Benches = Mapping[str, Sequence[str]]
"""The lines of each benchmark."""
Proofs = Mapping[str, str]
"""The line of each proof."""

HEAD = """# Measured

Written by `python -m tests.measured`; do not edit. Every figure names the command that makes it.
"""

BENCH_HEAD = """
## How fast: `make bench`

Each figure stands beside its peer or limit, measured in the same run and taking turns with it. A
higher ratio is better, and 1 is as good as the other; a goal of 0 means that there is none yet.
`python -m tests.benchmarks NAME` measures those of one name alone.

| name | what | unit | ours | beside | theirs | ratio | goal |
|---|---|---|--:|---|--:|--:|--:|
"""

PROOF_HEAD = """
## How sure: `make prove`

`make test` runs the same proofs with small counts.

| proof | what is tried | times | found |
|---|---|--:|---|
"""

SMALL = "(`make test`)"


def read_benches() -> Benches:
    """The lines of each benchmark that was measured here."""
    found = sorted(FAST.glob("*.json"))
    return {
        path.stem: [bench_line(path.stem, row) for row in json.loads(path.read_text("utf-8"))]
        for path in found
    }


def read_proofs() -> Proofs:
    """The line of each proof that ran here, as it last ran."""
    rows = [json.loads(path.read_text("utf-8")) for path in sorted(SURE.glob("*.json"))]
    return {row["name"]: proof_line(row) for row in rows}


def benches_of(page: str) -> Benches:
    """The lines of each benchmark on the page."""
    found: dict[str, list[str]] = {}
    for line in _lines(page, BENCH_HEAD, PROOF_HEAD):
        found.setdefault(line.split(" | ")[0].removeprefix("| "), []).append(line)
    return found


def proofs_of(page: str) -> Proofs:
    """The line of each proof on the page."""
    lines = _lines(page, PROOF_HEAD, "\0")
    return {line.split(" | ")[0].removeprefix("| "): line for line in lines}


def merge(page: str, benches: Benches, proofs: Proofs) -> str:
    """The page with what was measured anew; a small count takes no full one's place."""
    fast, before = {**benches_of(page), **benches}, dict(proofs_of(page))
    sure = before | {
        name: line
        for name, line in proofs.items()
        if SMALL not in line or SMALL in before.get(name, SMALL)
    }
    known = recorded()
    return write(
        {name: lines for name, lines in fast.items() if name in names()},
        {name: line for name, line in sure.items() if any(re.fullmatch(k, name) for k in known)},
    )


def write(benches: Benches, proofs: Proofs) -> str:
    """The page; a part without figures says so."""
    fast = "".join(line for name in sorted(benches) for line in benches[name])
    sure = "".join(proofs[name] for name in sorted(proofs))
    return (
        HEAD
        + BENCH_HEAD
        + (fast or "| not measured yet | | | | | | | |\n")
        + goals_told(fast.splitlines())
        + PROOF_HEAD
        + (sure or "| not proved yet | | | |\n")
    )


def goals_told(lines: Sequence[str]) -> str:
    """Which goals are missed and by how much; nothing where nothing has a goal."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    aimed = [row for row in cells if len(row) == 8 and float(row[7]) > 0]
    missed = [row for row in aimed if float(row[6]) < float(row[7])]
    if not aimed:
        return ""
    if not missed:
        return f"\nEach of the {len(aimed)} goals is met.\n"
    told = "".join(
        f"- {what} beside {against}: {ratio} of {goal}\n"
        for _, what, _, _, against, _, ratio, goal in missed
    )
    return f"\n**Missed: {len(missed)} of {len(aimed)} goals.**\n\n{told}"


def bench_line(name: str, row: Row) -> str:
    """One line of the first table."""
    cells = (row[key] for key in ("name", "unit", "ours", "against", "theirs", "ratio", "goal"))
    return f"| {name} | " + " | ".join(str(cell) for cell in cells) + " |\n"


def proof_line(proof: Row) -> str:
    """One line of the second."""
    own = {"name", "what", "count", "full"}
    found = ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in proof.items() if k not in own)
    times = f"{proof['count']}" if proof["full"] else f"{proof['count']} {SMALL}"
    return f"| {proof['name']} | {proof['what']} | {times} | {found} |\n"


def _lines(page: str, begins: str, ends: str) -> list[str]:
    """The rows of the table under one heading, without its head."""
    table = page.partition(begins)[2].partition(ends)[0]
    lines = table.splitlines(keepends=True)
    return [line for line in lines if line.startswith("| ") and " yet | |" not in line]


if __name__ == "__main__":
    page = TARGET.read_text("utf-8") if TARGET.exists() else ""
    TARGET.write_text(merge(page, read_benches(), read_proofs()), encoding="utf-8")
