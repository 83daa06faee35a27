"""The rows of a spreadsheet as values: cells, headings, days, and faults that name their place."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import TypeVar

from permits.errors import Fault


class Odd(Enum):
    """A cell that holds no text."""

    FORMULA = "formula"
    ERROR = "error"


Cell = str | Odd
C = TypeVar("C", bound=StrEnum)


@dataclass(frozen=True)
class Row:
    """A line of the spreadsheet; `number` is the one that the program shows beside it."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, at: int) -> Cell:
        """The cell of a column, empty behind the last full one."""
        return self.cells[at] if at < len(self.cells) else ""


@dataclass(frozen=True)
class RowFault:
    """What is wrong in one cell; `row` is 0 for the whole file, `fault.field` names the column."""

    row: int
    fault: Fault


_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WRITTEN = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")


def plain(text: str) -> str:
    """Lower case, without accents, blanks and underscores made one blank: to compare by."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.replace("_", " ").split())


def full_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows in which anything stands."""
    return [row for row in rows if any(cell != "" for cell in row.cells)]


def find_columns(
    head: Row, names: Mapping[C, Collection[str]], optional: Collection[C]
) -> tuple[dict[C, int], list[Fault]]:
    """Where each column stands; a heading that nobody knows is passed over, as notes may be."""
    known = {name: column for column, headings in names.items() for name in headings}
    places: dict[C, int] = {}
    faults = []
    for at, cell in enumerate(head.cells):
        column = known.get(plain(cell)) if isinstance(cell, str) else None
        if column in places:
            faults.append(Fault("crew-column-twice", column.value))
        elif column is not None:
            places[column] = at
    missing = [column for column in names if column not in {*optional, *places}]
    return places, faults + [Fault("crew-column-missing", column.value) for column in missing]


def read_cell(
    cell: Cell, column: StrEnum, optional: Collection[StrEnum], read: Callable[[str], object]
) -> object:
    """What a reader makes of the text in a cell, or the fault; None where it may be left out."""
    if isinstance(cell, Odd):
        return Fault(f"crew-{cell.value}", column.value)
    text = " ".join(cell.split())
    if not text:
        return None if column in optional else Fault("missing", column.value)
    return read(text)


def read_day(text: str) -> date | None:
    """A day as 27/03/1994 or 1994-03-27; a spreadsheet's own dates come in the latter form."""
    written, iso = _WRITTEN.fullmatch(text), _ISO.fullmatch(text.partition(" ")[0])
    found = iso.groups() if iso else written.groups()[::-1] if written else ()
    try:
        return date(*map(int, found))
    except (TypeError, ValueError):
        return None


def first_faults(faults: Sequence[Fault]) -> Iterator[Fault]:
    """One fault a cell is enough to correct it by."""
    told = set()
    for fault in faults:
        if fault.field not in told:
            told.add(fault.field)
            yield fault


def in_order(faults: Collection[RowFault], columns: Sequence[StrEnum]) -> tuple[RowFault, ...]:
    """The faults row by row, and in each from left to right."""
    places = {column.value: at for at, column in enumerate(columns)}
    return tuple(sorted(faults, key=lambda one: (one.row, places.get(one.fault.field, -1))))
