"""Spreadsheets: what is read of them, and what is refused in words instead of hanging."""

import time
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest

from app.adapters.sheets import MOST_ROWS, SheetFiles
from app.web.spreadsheets import csv_of
from permits.errors import Invalid
from permits.sheet_rows import Odd, Row
from tests.crew_lists import HEAD, as_csv, as_xlsx, people

SHEETS = SheetFiles()


def refused(data: bytes) -> str:
    with pytest.raises(Invalid) as error:
        SHEETS.read(data)
    return error.value.faults[0].code


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.feature("N14")
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_usual_csv_is_read(separator: str, encoding: str) -> None:
    rows = people(3)
    read = SHEETS.read(as_csv(rows, separator, encoding))
    assert read == [Row(at, tuple(cells)) for at, cells in enumerate([HEAD, *rows], start=1)]


@pytest.mark.feature("N14")
def test_an_xlsx_is_read_as_text_and_nothing_of_it_is_reckoned() -> None:
    data = as_xlsx(
        [[2_100_000_012_004, "=HYPERLINK(1)", date(1994, 3, 27), 55512345.0, None, "#REF!"]]
    )
    assert SHEETS.read(data)[1] == Row(
        2, ("2100000012004", Odd.FORMULA, "1994-03-27", "55512345", "", Odd.ERROR)
    )


def test_a_formula_of_a_csv_is_told_and_a_phone_is_none() -> None:
    read = SHEETS.read(b"a,b,c,d\n=1+1,+50255512345,@SUM(A1),-x\n")
    assert read[1].cells == (Odd.FORMULA, "+50255512345", Odd.FORMULA, Odd.FORMULA)


@pytest.mark.asvs("5.2.3")
def test_what_was_written_as_text_is_read_as_it_was() -> None:
    """The list that was looked through rides in the page as a CSV, and is read again."""
    cells = ("-Finca", "Muñoz; -B;=C", "+504 9999-0000", "＠x", "'Abel", "a;'b", "-")
    _, row = SHEETS.read(csv_of(["a"] * 7, [cells]))
    assert row.cells == cells


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped(**{"[Content_Types].xml": b"", "xl__sharedStrings.xml": b" " * 60_000_000})
    assert len(bomb) < 100_000
    before = time.perf_counter()
    assert refused(bomb) == "sheet-too-much"
    assert time.perf_counter() - before < 1
    many = zipped(**{"[Content_Types].xml": b"", **{f"p{at}": b"" for at in range(501)}})
    assert refused(many) == "sheet-too-much"


def test_entities_are_refused() -> None:
    grown = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert refused(zipped(**{"[Content_Types].xml": b"", "xl__workbook.xml": grown})) == (
        "sheet-unreadable"
    )


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "file-empty"),
        (lambda: b" \r\n", "file-empty"),
        (lambda: b"PK\x03\x04 torn", "sheet-unreadable"),
        (lambda: as_xlsx(people(2))[:-200], "sheet-unreadable"),
        (lambda: zipped(a=b"no spreadsheet"), "sheet-unreadable"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet-old-excel"),
        (lambda: b"a\x00b,c", "sheet-unreadable"),
        (lambda: b"\x81\x8d\x90", "sheet-unreadable"),
    ],
)
def test_what_is_no_spreadsheet_is_told(make: Callable[[], bytes], code: str) -> None:
    assert refused(make()) == code


def test_no_more_is_read_than_a_list_may_have() -> None:
    before = time.perf_counter()
    for data in (as_csv(people(10_000)), as_xlsx([["x"]] * 10_000)):
        assert len(SHEETS.read(data)) == MOST_ROWS
    assert time.perf_counter() - before < 10


def test_a_template_can_be_filled_in_and_read() -> None:
    data = SHEETS.write(HEAD, [("Municipios", [("2004", "Jocotán")])])
    assert [row.cells for row in SHEETS.read(data)] == [tuple(HEAD)]
