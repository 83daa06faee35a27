"""Tables for a spreadsheet, in which what somebody typed is text and never a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

BEGINS_A_FORMULA = frozenset("=+-@\t\r\n\0＝＋－＠")
"""The wide forms too, which Excel takes for the narrow ones where the script is East Asian."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as an old code page: `Muñoz` would be `MuÃ±oz`."""


def csv_of(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table by RFC 4180 in UTF-8: commas, each cell in quotes, lines ended by CR LF."""
    out = StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([as_text(cell) for cell in header])
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def as_text(cell: str) -> str:
    """A cell as it may stand: an apostrophe goes before what a spreadsheet would reckon.

    Also where blanks stand first, which some programs skip (ASVS V1.2.10, CWE-1236), and after a
    semicolon, at which a spreadsheet of another country may begin the next cell.
    """
    return ";".join(map(_quoted, cell.split(";")))


def _quoted(part: str) -> str:
    first = part.lstrip(" \u00a0")[:1]
    return f"'{part}" if first in BEGINS_A_FORMULA and first else part
