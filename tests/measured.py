"""Writes docs/measured.md from the figures that `make bench` and `make prove` left in build/.

Run as `python -m tests.measured`; both commands do so at their end.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.proofs import FIGURES

HOUSE = Path(__file__).parent.parent
BENCH, TARGET = HOUSE / "build" / "bench.json", HOUSE / "docs" / "measured.md"

Row = Mapping[str, Any]

HEAD = """# Measured

Written by `python -m tests.measured`; do not edit. Every figure names the command that makes it.
"""

BENCH_HEAD = """
## How fast: `make bench`

Each figure stands beside its peer or limit, measured in the same run and taking turns with it. A
higher ratio is better, and 1 is as good as the other; a goal of 0 means that there is none yet.

| what | unit | ours | beside | theirs | ratio | goal |
|---|---|--:|---|--:|--:|--:|
"""

PROOF_HEAD = """
## How sure: `make prove`

`make test` runs the same proofs with small counts.

| proof | what is tried | times | found |
|---|---|--:|---|
"""


def read_bench() -> list[Row]:
    """The rows of the last whole `make bench`; none where there was none."""
    if not BENCH.is_file():
        return []
    rows: list[Row] = json.loads(BENCH.read_text("utf-8"))
    return rows


def read_proofs() -> list[Row]:
    """What each proof wrote down when it last ran, by name."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(FIGURES.glob("*.json"))]


def write(bench: Sequence[Row], proofs: Sequence[Row]) -> str:
    """The page; a part without figures says so."""
    fast = "".join(_bench_line(row) for row in bench) or "| not measured yet | | | | | | |\n"
    sure = "".join(_proof_line(proof) for proof in proofs) or "| not proved yet | | | |\n"
    return HEAD + BENCH_HEAD + fast + PROOF_HEAD + sure


def _bench_line(row: Row) -> str:
    cells = (row[name] for name in ("name", "unit", "ours", "against", "theirs", "ratio", "goal"))
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


def _proof_line(proof: Row) -> str:
    own = {"name", "what", "count", "full"}
    found = ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in proof.items() if k not in own)
    times = f"{proof['count']}" if proof["full"] else f"{proof['count']} (`make test`)"
    return f"| {proof['name']} | {proof['what']} | {times} | {found} |\n"


if __name__ == "__main__":
    TARGET.write_text(write(read_bench(), read_proofs()), encoding="utf-8")
