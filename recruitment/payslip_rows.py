"""The rows of a payroll sheet: one line a worker and period, read into payslips and faults."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from permits.errors import Fault
from permits.sheet_rows import (
    Row,
    RowFault,
    find_columns,
    first_faults,
    full_rows,
    in_order,
    plain,
    read_cell,
    read_day,
)
from permits.wages import WageUnit
from recruitment.ethics.words import DeductionKind
from recruitment.payslips import Slip, Taken

MOST_ROWS = 500
"""Lines of one sheet (a number of the service, not law)."""


class Column(StrEnum):
    """What a sheet tells of each worker, in the order of the template."""

    NUMBER = "number"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    DAYS = "days"
    UNITS = "units"
    RATE = "rate"
    TOP_UP = "top_up"
    OVERTIME_HOURS = "overtime_hours"
    OVERTIME_PAY = "overtime_pay"
    ADVANCE = "advance"
    HOUSING = "housing"
    FOOD = "food"
    SOCIAL_SECURITY = "social-security"
    TAX = "tax"
    CONSENT = "consent"
    PAID_ON = "paid_on"


NEEDED = frozenset({Column.NUMBER, Column.FIRST_DAY, Column.LAST_DAY, Column.DAYS, Column.UNITS})
OPTIONAL = frozenset(Column) - NEEDED
TAKEN = (Column.ADVANCE, Column.HOUSING, Column.FOOD, Column.SOCIAL_SECURITY, Column.TAX)

NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.NUMBER: ("numero de la persona", "the person's number", "numero"),
    Column.FIRST_DAY: ("primer dia", "first day", "desde"),
    Column.LAST_DAY: ("ultimo dia", "last day", "hasta"),
    Column.DAYS: ("dias trabajados", "days worked", "dias"),
    Column.UNITS: ("unidades", "units", "latas"),
    Column.RATE: ("pago por unidad", "rate", "precio"),
    Column.TOP_UP: ("complemento al minimo", "top-up", "complemento"),
    Column.OVERTIME_HOURS: ("horas extra", "overtime hours"),
    Column.OVERTIME_PAY: ("pago de horas extra", "overtime pay"),
    Column.ADVANCE: ("anticipo", "advance"),
    Column.HOUSING: ("vivienda", "housing"),
    Column.FOOD: ("comida", "food"),
    Column.SOCIAL_SECURITY: ("seguro social", "social security", "ihss"),
    Column.TAX: ("impuesto", "tax"),
    Column.CONSENT: ("acuerdo por escrito", "written consent"),
    Column.PAID_ON: ("fecha de pago", "paid on"),
}
"""How a column may be headed, accents and capitals aside; the first is the template's, in each."""

_YES = frozenset({"si", "yes", "x", "1"})
_NO = frozenset({"no", "0"})
_NUMBER = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")


@dataclass(frozen=True)
class ReadSlip:
    """One line: whose payslip it is, by the number for life."""

    row: int
    number: str
    slip: Slip


@dataclass(frozen=True)
class ReadSheet:
    """What became of a sheet: payslips of the rows that are right, and every fault, by row."""

    slips: tuple[ReadSlip, ...] = ()
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What cells are read with: the agreed unit, rate and currency, and how a number is read.

    `read_number` gives a worker's number, or None where the text is none.
    """

    unit: WageUnit
    rate: Decimal
    currency: str
    read_number: Callable[[str], str | None]


def read_sheet(rows: Sequence[Row], setting: Setting) -> ReadSheet:
    """Read a sheet whose first row heads the columns; an empty rate is the agreed one."""
    full = full_rows(rows)
    if not full:
        return _refused(Fault("crew-empty"))
    places, faults = find_columns(full[0], NAMES, OPTIONAL)
    if len(full) - 1 > MOST_ROWS:
        faults.append(Fault("crew-too-long", "", {"most": MOST_ROWS}))
    if not full[1:] and not faults:
        faults.append(Fault("crew-empty"))
    if faults:
        return _refused(*faults)
    slips, found = [], []
    for row in full[1:]:
        values = {column: _value(row, places, column, setting) for column in Column}
        wrong = [value for value in values.values() if isinstance(value, Fault)]
        found += [RowFault(row.number, one) for one in first_faults(wrong)]
        if not wrong:
            slip = _slip(values, setting)
            slips.append(ReadSlip(row.number, str(values[Column.NUMBER]), slip))
    found += _twice(slips)
    return ReadSheet(tuple(slips), in_order(found, tuple(Column)))


def _refused(*faults: Fault) -> ReadSheet:
    return ReadSheet(faults=tuple(RowFault(0, fault) for fault in faults))


def _value(row: Row, places: Mapping[Column, int], column: Column, setting: Setting) -> object:
    if column not in places:
        return None
    cell = row.cell(places[column])
    return read_cell(cell, column, OPTIONAL, lambda text: _read(text, column, setting))


def _read(text: str, column: Column, setting: Setting) -> object:
    """What a cell says, or its fault."""
    if column is Column.NUMBER:
        return setting.read_number(text) or Fault("number-not-found", column.value)
    if column in {Column.FIRST_DAY, Column.LAST_DAY, Column.PAID_ON}:
        return read_day(text) or Fault("crew-date", column.value)
    if column is Column.CONSENT:
        said = plain(text)
        return said in _YES if said in _YES | _NO else Fault("not-an-option", column.value)
    bare = text.replace(",", ".").removeprefix("L").strip()
    if _NUMBER.fullmatch(bare) is None:
        return Fault("not-a-number", column.value)
    try:
        amount = Decimal(bare)
    except InvalidOperation:  # pragma: no cover  the shape was looked at
        return Fault("not-a-number", column.value)
    if column is Column.DAYS:
        whole = amount == amount.to_integral_value()
        return int(amount) if whole else Fault("not-a-whole-number", column.value)
    return amount


def _slip(values: Mapping[Column, object], setting: Setting) -> Slip:
    consent = values[Column.CONSENT] is True
    taken = tuple(
        Taken(DeductionKind(column.value), amount, consent)
        for column in TAKEN
        if isinstance(amount := values[column], Decimal) and amount
    )
    told = {
        name: values[Column(name)] or Decimal(0)
        for name in ("units", "top_up", "overtime_hours", "overtime_pay")
    }
    days = {name: values[Column(name)] for name in ("first_day", "last_day", "paid_on", "days")}
    own_rate = values[Column.RATE] or setting.rate
    known = {"currency": setting.currency, "unit": setting.unit, "rate": own_rate, "taken": taken}
    return Slip(**known, **told, **days)  # type: ignore[arg-type]


def _twice(slips: Sequence[ReadSlip]) -> list[RowFault]:
    """The same worker and first day in two lines."""
    first: dict[tuple[str, object], int] = {}
    found = []
    for one in slips:
        key = (one.number, one.slip.first_day)
        if key in first:
            fault = Fault("payslip-row-twice", Column.NUMBER.value, {"first": first[key]})
            found.append(RowFault(one.row, fault))
        first.setdefault(key, one.row)
    return found
