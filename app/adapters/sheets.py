"""Spreadsheets as people send them: xlsx or csv, read row by row within bounds, and never run."""

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from permits.crews import MOST_PEOPLE
from permits.errors import Fault, Invalid
from permits.sheet_rows import Cell, Odd, Row

MOST_ROWS = 2 * MOST_PEOPLE
"""Lines that are read, blank ones too; one more than a list may have is enough to refuse it by."""

MOST_COLUMNS = 40
MOST_TEXT = 300
"""Characters of a cell; no name and no list of languages is longer."""

MOST_UNPACKED = 40 * 1024 * 1024
"""Bytes of an xlsx once unpacked; a list of 500 people has some 200,000."""

MOST_PARTS = 500
"""Files within an xlsx."""

FIELD = "list"
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_KEPT_AS_TEXT = re.compile("(^|;)'(?=[ \u00a0]*[=+\\-@\uff1d\uff0b\uff0d\uff20])")
"""The apostrophe that goes before what a spreadsheet would reckon (app/web/spreadsheets)."""
_SEPARATORS = (";", ",", "\t")


class SheetFiles:
    """Reads the first sheet of a spreadsheet, and writes templates."""

    def read(self, data: bytes) -> Sequence[Row]:
        """The rows with the numbers that the program shows; Invalid where it is no spreadsheet.

        Not one cell is reckoned: a formula stands as `Odd.FORMULA`. At most `MOST_ROWS` are read.
        """
        if not data.strip():
            raise _unfit("file-empty")
        if data.startswith(_OLD_EXCEL):
            raise _unfit("sheet-old-excel")
        rows = _xlsx(data) if data.startswith(_ZIP) else _csv(data)
        return [Row(at, cells) for at, cells in rows]

    def write(
        self, header: Sequence[str], notes: Sequence[tuple[str, Sequence[Sequence[str]]]]
    ) -> bytes:
        """An xlsx with a header to fill in below, and a sheet of notes for each of `notes`."""
        book = Workbook()
        sheet = book.active
        sheet.append(list(header))
        for at, name in enumerate(header, start=1):
            sheet.cell(1, at).font = Font(bold=True)
            column = sheet.column_dimensions[sheet.cell(1, at).column_letter]
            column.width = max(16, len(name) + 2)
            # As text: a spreadsheet takes the last digits off a long number.
            column.number_format = "@"
        sheet.freeze_panes = "A2"
        for title, rows in notes:
            extra = book.create_sheet(title)
            for row in rows:
                extra.append(list(row))
        out = BytesIO()
        book.save(out)
        return out.getvalue()


def _unfit(code: str, **facts: str | int) -> Invalid:
    return Invalid([Fault(code, FIELD, facts)])


def _xlsx(data: bytes) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The rows of the first sheet; whatever the library stumbles over is told as unreadable."""
    try:
        _weigh(data)
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        # What a file says of its own size is not believed.
        sheet.reset_dimensions()
        found = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
        return iter(list(_numbered(found)))
    except Invalid:
        raise
    except (
        # Whatever is no XML is a SyntaxError.
        *(zipfile.BadZipFile, InvalidFileException, SyntaxError, EOFError, OSError),
        *(KeyError, IndexError, ValueError, TypeError, AttributeError, NotImplementedError),
    ):
        raise _unfit("sheet-unreadable") from None


def _weigh(data: bytes) -> None:
    """Refuse what would unpack to too much; no part unpacks to more than it says here."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        if "[Content_Types].xml" not in archive.namelist():
            raise _unfit("sheet-unreadable")
        too_many = len(parts) > MOST_PARTS
        if too_many or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise _unfit("sheet-too-much")
        for part in parts:
            with archive.open(part) as opened:
                # Spreadsheets declare no entities; whoever does wants them to grow.
                if b"<!DOCTYPE" in opened.read(1024):
                    raise _unfit("sheet-unreadable")


def _numbered(rows: Iterator[Sequence[Any]]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for at, row in enumerate(rows, start=1):
        yield at, _without_end(tuple(_cell(cell) for cell in row))


def _without_end(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Without the empty cells that stand after the last full one."""
    last = max((at for at, cell in enumerate(cells, start=1) if cell != ""), default=0)
    return cells[:last]


def _cell(cell: Any) -> Cell:  # noqa: ANN401  (a cell of a library without types)
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    if kind == "f":
        return Odd.FORMULA
    if kind == "e":
        return Odd.ERROR
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else str(value)
    return str(value)[:MOST_TEXT]


def _csv(data: bytes) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    text = _decoded(data)
    if "\0" in text:
        raise _unfit("sheet-unreadable")
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    rows = []
    try:
        for at, cells in enumerate(reader, start=1):
            typed = tuple(_typed(cell) for cell in cells[:MOST_COLUMNS])
            rows.append((at, _without_end(typed)))
            if at >= MOST_ROWS:
                break
    except csv.Error:
        raise _unfit("sheet-unreadable") from None
    return iter(rows)


def _decoded(data: bytes) -> str:
    """UTF-8, with or without its mark; else as Windows writes where it does not know UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise _unfit("sheet-unreadable") from None


def _typed(cell: str) -> Cell:
    """A cell of text; what a spreadsheet would reckon is a formula, a phone's + is not.

    An apostrophe that keeps a spreadsheet from reckoning is no letter of the text: the list that
    was looked through comes back with it.
    """
    text = _KEPT_AS_TEXT.sub(r"\1", cell.strip())[:MOST_TEXT]
    if text != cell.strip()[:MOST_TEXT]:
        return text
    signed = text[:1] in {"+", "-"} and not text[1:2].isdigit()
    return Odd.FORMULA if len(text) > 1 and (text[0] in "=@" or signed) else text
