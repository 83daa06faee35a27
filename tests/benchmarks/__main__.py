"""`make bench`: every benchmark in turn, as a table and in build/bench.json."""

import json
import sys
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any

from rich.console import Console
from rich.table import Table

FOLDER = Path(__file__).parent
RESULT = FOLDER.parent.parent / "build" / "bench.json"
COLUMNS = ("name", "unit", "ours", "against", "theirs", "ratio", "goal")

Row = dict[str, Any]


def names() -> list[str]:
    """Every benchmark there is, in the order of the alphabet."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def measure(chosen: list[str]) -> list[Row]:
    """Run the chosen benchmarks, one after the other, and say how long each took."""
    rows: list[Row] = []
    for name in chosen:
        begun = monotonic()
        rows += import_module(f"tests.benchmarks.bench_{name}").run()
        print(f"· {name}: {monotonic() - begun:.1f} s", file=sys.stderr, flush=True)  # noqa: T201
    wrong = [row for row in rows if tuple(row) != COLUMNS or not row["ratio"] > 0]
    assert wrong == [], wrong
    return rows


def show(rows: list[Row]) -> None:
    """The table; a ratio below its goal stands in bold."""
    table = Table(*COLUMNS, box=None)
    for row in rows:
        missed = row["ratio"] < row["goal"]
        table.add_row(*(str(value) for value in row.values()), style="bold" if missed else "")
    Console(highlight=False).print(table)


def main(chosen: list[str]) -> None:
    """All benchmarks and their record; or only those that are named, which are not recorded."""
    rows = measure(chosen or names())
    show(rows)
    if not chosen:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
