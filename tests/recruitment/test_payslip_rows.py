"""A payroll sheet: read in both languages, every fault told by row and column."""

from datetime import date
from decimal import Decimal

import pytest

from app.web.i18n import locale_for
from app.web.wording.payslips import COLUMN
from permits import worker_numbers
from permits.sheet_rows import Row
from permits.wages import WageUnit
from recruitment.ethics.words import DeductionKind
from recruitment.payslip_rows import Column, ReadSheet, Setting, read_sheet
from recruitment.payslips import Taken

pytestmark = pytest.mark.feature("E9")
SETTING = Setting(WageUnit.LATA, Decimal("60.00"), "HNL", worker_numbers.read)
LINE = {
    Column.NUMBER: "T-482-139-0759",
    Column.FIRST_DAY: "16/11/2026",
    Column.LAST_DAY: "2026-11-21",
    Column.DAYS: "6",
    Column.UNITS: "31,5",
    Column.TOP_UP: "L 12.50",
    Column.ADVANCE: "100",
    Column.CONSENT: "Sí",
}


def read(*lines: dict[Column, str], language: str = "es") -> ReadSheet:
    head = tuple(locale_for(language).text(COLUMN[column.value]) for column in Column)
    rows = [Row(1, head)]
    for number, line in enumerate(lines, start=2):
        rows.append(Row(number, tuple(line.get(column, "") for column in Column)))
    return read_sheet(rows, SETTING)


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_line_is_one_payslip_at_the_agreed_rate(language: str) -> None:
    read_ = read(LINE, language=language)
    assert read_.faults == ()
    [one] = read_.slips
    slip = one.slip
    assert (one.row, one.number, slip.first_day) == (2, "4821390759", date(2026, 11, 16))
    assert (slip.units, slip.rate, slip.top_up) == (Decimal("31.5"), Decimal(60), Decimal("12.50"))
    assert slip.taken == (Taken(DeductionKind.ADVANCE, Decimal(100), consent=True),)
    assert slip.paid_on is None
    assert slip.overtime_hours == 0


def test_every_fault_names_its_row_and_column() -> None:
    broken = {**LINE, Column.NUMBER: "T-1", Column.LAST_DAY: "ayer", Column.DAYS: "2.5"}
    told = read(LINE, LINE, {**broken, Column.CONSENT: "quizás", Column.UNITS: ""}).faults
    assert [(one.row, one.fault.field, one.fault.code) for one in told] == [
        (3, "number", "payslip-row-twice"),
        (4, "number", "number-not-found"),
        (4, "last_day", "crew-date"),
        (4, "days", "not-a-whole-number"),
        (4, "units", "missing"),
        (4, "consent", "not-an-option"),
    ]
    assert [one.fault.code for one in read().faults] == ["crew-empty"]
    missing = read_sheet([Row(1, ("Número de la persona",)), Row(2, ("T-1",))], SETTING).faults
    assert {one.fault.code for one in missing} == {"crew-column-missing"}
