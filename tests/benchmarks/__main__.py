"""`make bench`: every benchmark in turn, as a table and as a list in build/bench.json.

What each of them found is kept in build/bench/NAME.json, so that one can be measured anew alone.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any

from rich.console import Console
from rich.table import Table

FOLDER = Path(__file__).parent
FIGURES = FOLDER.parent.parent / "build" / "bench"
COLUMNS = ("name", "unit", "ours", "against", "theirs", "ratio", "goal")

Row = dict[str, Any]


def names() -> list[str]:
    """Every benchmark there is, in the order of the alphabet."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def measure(name: str) -> list[Row]:
    """Run one benchmark, keep what it found, and say how long it took."""
    begun = monotonic()
    rows: list[Row] = import_module(f"tests.benchmarks.bench_{name}").run()
    print(f"· {name}: {monotonic() - begun:.1f} s", file=sys.stderr, flush=True)  # noqa: T201
    wrong = [row for row in rows if tuple(row) != COLUMNS or not row["ratio"] > 0]
    assert wrong == [], wrong
    FIGURES.mkdir(parents=True, exist_ok=True)
    told = json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    (FIGURES / f"{name}.json").write_text(told, encoding="utf-8")
    return rows


def gather() -> None:
    """All that was measured here, as one list in build/bench.json."""
    known = [path for name in names() if (path := FIGURES / f"{name}.json").exists()]
    rows = [row for path in known for row in json.loads(path.read_text("utf-8"))]
    told = json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    FIGURES.with_suffix(".json").write_text(told, encoding="utf-8")


def show(rows: list[Row]) -> None:
    """The table; a ratio below its goal stands in bold."""
    table = Table(*COLUMNS, box=None)
    for row in rows:
        missed = row["ratio"] < row["goal"]
        table.add_row(*(str(value) for value in row.values()), style="bold" if missed else "")
    Console(highlight=False).print(table)


def main(chosen: list[str]) -> None:
    """All benchmarks, or only those that are named."""
    show([row for name in chosen or names() for row in measure(name)])
    gather()


if __name__ == "__main__":
    main(sys.argv[1:])
