"""Registers that exist nowhere: rows of older permits, and their spreadsheets."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from permits.past_rows import NAMES, Column

HEAD = [NAMES[column][0] for column in Column]

ROW = {
    Column.NUMBER: "1234 56789 2004",
    Column.GIVEN_NAMES: "María Ángela",
    Column.SURNAMES: "Gutiérrez Ñamendí",
    Column.BORN: "27/03/1994",
    Column.EMPLOYER: "Finca El Roble",
    Column.STARTS: "01/11/2024",
    Column.ENDS: "2025-02-28",
    Column.LEFT: "20/02/2025",
    Column.PERMIT: "SET-2024-17",
}
"""A permit of the worker whom the stories are about (`tests.builders`)."""


def permit(**changed: str) -> list[str]:
    """The row with some cells changed, by the name of their column."""
    return [changed.get(column.value, text) for column, text in ROW.items()]


def register(*rows: Sequence[str]) -> bytes:
    """The rows under their header, as CSV."""
    out = StringIO(newline="")
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode()


def numbered(rows: Iterable[Sequence[str]]) -> list[tuple[int, Sequence[str]]]:
    """Header and rows with the numbers that a spreadsheet shows."""
    return list(enumerate([HEAD, *rows], start=1))
