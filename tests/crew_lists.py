"""Crews that exist nowhere: as many people as asked, and their spreadsheets."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from io import BytesIO, StringIO

from openpyxl import Workbook

from permits.crew_rows import NAMES, Column
from permits.identity_documents import cui_remainder

HEAD = [NAMES[column][0] for column in Column]
_NAMES = ("Ana", "Berta", "Celia", "Dora", "Elsa", "Flor", "Gloria", "Hilda", "Inés", "Juana")
_SURNAMES = ("Xol", "Caal", "Tzul", "Ramírez", "Interiano", "Súchite", "Pérez", "Vásquez")


def cui(number: int) -> str:
    """The number of a DPI that passes its check, another for each `number` up to some 900,000."""
    serial = 21_000_000 + number * 11
    while cui_remainder(f"{serial}") == 10:
        serial += 1
    return f"{serial}{cui_remainder(f'{serial}')}2004"


def people(count: int) -> list[list[str]]:
    """The rows of a crew, each with a phone of its own."""
    return [
        [
            cui(at),
            f"{_NAMES[at % 10]} {_NAMES[at // 10 % 10]}",
            f"{_SURNAMES[at % 8]} {_SURNAMES[at // 8 % 8]}",
            (date(1980, 1, 1) + timedelta(days=at)).strftime("%d/%m/%Y"),
            "mujer",
            "Jocotán",
            f"+5024{at:07d}",
            "español",
        ]
        for at in range(count)
    ]


def as_csv(rows: Iterable[Sequence[str]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """The rows under their header."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([HEAD, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Iterable[Sequence[object]]) -> bytes:
    """The same as Excel writes it."""
    book = Workbook()
    for row in (HEAD, *rows):
        book.active.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()
