"""`vereda data`: what is kept about people, why and how long, drawn from the tables themselves."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from app.cli.surroundings import refuse, show
from permits.data_classes import MEANING, DataClass
from permits.erasure import RECOURSE
from permits.retention import RULES
from permits.retention_terms import Period

DATA = Path("docs/data.md")


def data(
    write: Annotated[bool, typer.Option(help=f"Write {DATA} instead of printing.")] = False,
    check: Annotated[bool, typer.Option(help=f"Exit 1 if {DATA} is out of date.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print rules and columns as JSON.")
    ] = False,
) -> None:
    """Draw the classes of data, how long each is kept, and the class of every column."""
    drawn = draw()
    if check:
        if DATA.read_text(encoding="utf-8") != drawn:
            raise refuse(f"{DATA} is out of date: run vereda data --write")
    elif write:
        DATA.write_text(drawn, encoding="utf-8")
    elif as_json:
        show([*_told_rules(), *_told_columns()], as_json=True)
    else:
        print(drawn, end="")


def draw() -> str:
    """The whole page, as docs/data.md keeps it."""
    return "\n".join([*_classes(), *_rules(), *_columns()]) + "\n"


def _classes() -> Iterator[str]:
    yield "# What is kept about people"
    yield ""
    yield "Written by `vereda data --write`; do not edit. The tables of the law are"
    yield "`permits/data_classes.py`, `permits/retention.py` and `permits/erasure.py`; the class of"
    yield "a column stands in `app/storage/data_classes.py` or in the column's own `info`."
    yield ""
    yield "## Classes"
    yield ""
    yield "| class | what it means |"
    yield "|---|---|"
    for kind in DataClass:
        yield f"| {kind} | {MEANING[kind]} |"
    yield ""


def _rules() -> Iterator[str]:
    yield "## How long, and what then"
    yield ""
    yield "Every figure and every legal basis is to be confirmed by counsel before real data."
    yield ""
    yield "| what | purpose | legal basis | kept | counted from | then |"
    yield "|---|---|---|---|---|---|"
    for rule in RULES:
        kept = _period(rule.keep) if rule.keep is not None else "–"
        yield (
            f"| {rule.entity} | {rule.purpose} | {rule.basis} | {kept} | {rule.since}"
            f" | {rule.then} |"
        )
    yield ""
    yield "A worker has a draft erased at once, and a closed case after the time of recourse:"
    yield ", ".join(f"{status} {_period(period)}" for status, period in RECOURSE.items()) + "."
    yield "A legal hold beats both. See docs/decisions/0014-erasure.md."
    yield ""


def _columns() -> Iterator[str]:
    from app.storage.data_classes import list_columns

    yield "## Every column"
    yield ""
    yield f"| table | {' | '.join(DataClass)} |"
    yield f"|---|{'---|' * len(DataClass)}"
    tables: dict[str, dict[DataClass, list[str]]] = {}
    for table, column, kind in list_columns():
        if kind is not None:
            tables.setdefault(table, {}).setdefault(kind, []).append(column)
    for table, kinds in sorted(tables.items()):
        yield f"| {table} | {' | '.join(', '.join(kinds.get(k, [])) or '–' for k in DataClass)} |"


def _told_rules() -> Iterator[Mapping[str, object]]:
    for rule in RULES:
        yield {
            "of": "rule",
            "entity": rule.entity,
            "purpose": rule.purpose,
            "basis": rule.basis,
            "kept": _period(rule.keep) if rule.keep is not None else None,
            "since": rule.since,
            "then": rule.then,
        }


def _told_columns() -> Iterator[Mapping[str, object]]:
    from app.storage.data_classes import list_columns

    for table, column, kind in list_columns():
        yield {"of": "column", "table": table, "column": column, "class": kind}


def _period(period: Period) -> str:
    parts = [(period.years, "year"), (period.days, "day")]
    said = [f"{count} {unit}{'s' if count != 1 else ''}" for count, unit in parts if count]
    return " ".join(said) or "at once"
