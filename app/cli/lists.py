"""`vereda lists`: days off, posts, places, rates of exchange, help lines: what counts, another."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.surroundings import read_settings, refuse, say, show
from permits.reference_lists import ListName

group = typer.Typer(
    help="Reference lists, each row with its source and its first day.", no_args_is_help=True
)
Name = Annotated[ListName, typer.Argument(help="Which list.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
WORDS = {
    "other-columns": "line {line} has other columns than {columns}",
    "bad-row": "line {line} is wrong in {columns}",
    "twice": "line {line} has a key that stands above",
}
"""Every fault of a file, in words."""


@group.command("show")
def show_list(name: Name, as_json: Json = False) -> None:
    """The rows that count today."""
    from app.wiring import open_lists

    show([dict(row) for row in open_lists(read_settings()).rows(name).values()], as_json=as_json)


@group.command("load")
def load(
    name: Name,
    file: Annotated[Path, typer.Argument(help="CSV: the columns that `show` prints.")],
    keep: Annotated[
        bool, typer.Option("--keep", help="Rows that count and that the file does not name stay.")
    ] = False,
) -> None:
    """Let a whole list count from now on, in the place of the program's own.

    With --keep it adds to what counts: the rates of a week to those before. It lies in
    VEREDA_PROGRAMMES_DIR; site and worker take it up without a restart. Rows that two
    administrators agreed on stand over it, each from its day.
    """
    from app.adapters.list_shelf import read_table, write_table
    from app.cli.clients import with_work
    from app.services import reference_lists
    from app.wiring import open_lists
    from permits.errors import Invalid

    shelf = open_lists(read_settings())
    try:
        text = file.read_text(encoding="utf-8")
        rows = read_table(name, text, shelf.known())
    except (OSError, UnicodeDecodeError):
        raise refuse(f"{file} cannot be read.") from None
    except Invalid as invalid:
        told = [WORDS[one.code].format(line=one.field, **one.facts) for one in invalid.faults]
        raise refuse("; ".join(told)) from None
    if keep:
        rows = {**shelf.rows(name), **rows}
        text = write_table(name, rows)
    with_work(lambda work: reference_lists.load_list(work, shelf, name, text, len(rows)))
    say(f"The list counts from now on, with {len(rows)} rows.")
