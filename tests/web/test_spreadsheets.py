"""A cell is never reckoned, whatever somebody typed; and everything typed comes out again."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.spreadsheets import BEGINS_A_FORMULA, BYTE_ORDER_MARK, as_text, csv_of
from tests.vectors.hostile import FORMULAS

pytestmark = [pytest.mark.asvs("1.2.10"), pytest.mark.promise("P20")]
CELLS = st.text(st.characters(exclude_categories=["Cs"]))


def read(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8")
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


@pytest.mark.parametrize("cell", [*FORMULAS, " =1", "\u00a0@x", "＝1", "＠SUM(1)", "\n=1", "\0=1"])
def test_what_begins_as_a_formula_is_text(cell: str) -> None:
    assert as_text(cell) == f"'{cell}"


def test_nor_does_what_another_country_takes_for_the_next_cell() -> None:
    assert as_text("Finca; el Cedral;=1+1; -x") == "Finca; el Cedral;'=1+1;' -x"


@pytest.mark.parametrize("cell", ["", " ", "Ana Muñoz", "2026-00041", "1+1", "a=b", "'x", "O'Neil"])
def test_what_is_text_already_stays_as_it_is(cell: str) -> None:
    assert as_text(cell) == cell


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=4))
def test_any_table_is_read_as_it_was_written_and_no_cell_begins_a_formula(
    rows: list[list[str]],
) -> None:
    found = read(csv_of(["Caso", "Persona"], rows))
    assert found == [["Caso", "Persona"], *([as_text(cell) for cell in row] for row in rows)]
    for cell in (cell for row in found for cell in row):
        assert cell.strip(" \u00a0")[:1] not in BEGINS_A_FORMULA or not cell.strip(" \u00a0")


def test_a_comma_a_quote_or_a_line_stays_within_its_cell() -> None:
    odd = ['Finca "El Cedral", S.A.', "una\nlínea; y otra"]
    assert read(csv_of(["a", "b"], [odd])) == [["a", "b"], odd]
    assert csv_of(["a"], [["ñ"]]) == '\ufeff"a"\r\n"ñ"\r\n'.encode()
