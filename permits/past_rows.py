"""The rows of an older register: cells of a spreadsheet, read into past permits and faults."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from permits.answer_checks import NAME_LIMIT, Setting, find_faults
from permits.crews import MOST_PEOPLE
from permits.errors import Fault
from permits.folding import fold
from permits.identity_documents import normalise
from permits.past_permits import PastPermit
from permits.sheet_rows import (
    Cell,
    Row,
    RowFault,
    find_columns,
    first_faults,
    full_rows,
    in_order,
    read_cell,
    read_day,
)
from permits.submissions import Answers

NUMBER_LIMIT = 40
"""Signs of a permit's number; no register of the field has longer ones."""


class Column(StrEnum):
    """What a register tells of each permit, in the order of the template."""

    NUMBER = "document_number"
    GIVEN_NAMES = "given_names"
    SURNAMES = "surnames"
    BORN = "date_of_birth"
    EMPLOYER = "employer"
    STARTS = "starts_on"
    ENDS = "ends_on"
    LEFT = "left_on"
    PERMIT = "permit_number"


OPTIONAL = frozenset({Column.NUMBER, Column.BORN, Column.LEFT, Column.PERMIT})
"""What may be left out; but of document and day of birth one must be there."""

NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.NUMBER: ("numero de documento", "document number", "dpi", "cui", "dni", "documento"),
    Column.GIVEN_NAMES: ("nombres", "given names"),
    Column.SURNAMES: ("apellidos", "surnames"),
    Column.BORN: ("fecha de nacimiento", "date of birth"),
    Column.EMPLOYER: ("empleador", "employer", "patrono", "finca"),
    Column.STARTS: ("permiso desde", "permit from", "desde", "from", "inicio"),
    Column.ENDS: ("permiso hasta", "permit until", "hasta", "until", "fin"),
    Column.LEFT: ("salida del pais", "left on", "salida", "fecha de salida"),
    Column.PERMIT: ("numero de permiso", "permit number", "permiso"),
}
"""How a column may be headed, accents and capitals aside; the first is the template's, in each."""

_DAYS = {Column.BORN, Column.STARTS, Column.ENDS, Column.LEFT}
_ASKED = frozenset({"document_number", "given_names", "surnames"})


@dataclass(frozen=True)
class ReadRegister:
    """What became of a register: the permits whose rows are right, and every fault, by row."""

    permits: tuple[PastPermit, ...] = ()
    faults: tuple[RowFault, ...] = ()
    rows: int = 0


@dataclass(frozen=True)
class Span:
    """Between which days a permit must have ended: it is over today, and may be kept still."""

    oldest: date
    today: date


def read_register(rows: Sequence[Row], setting: Setting, span: Span) -> ReadRegister:
    """Read a register whose first row heads the columns; lines without any text are passed over.

    Where a column is missing or it is too long no row is looked at.
    """
    full = full_rows(rows)
    if not full:
        return _refused(Fault("crew-empty"))
    head, body = full[0], full[1:]
    columns, faults = find_columns(head, NAMES, OPTIONAL)
    if not body and not faults:
        faults.append(Fault("crew-empty"))
    if len(body) > MOST_PEOPLE:
        faults.append(Fault("crew-too-long", "", {"most": MOST_PEOPLE}))
    if faults:
        return _refused(*faults)
    read = [_read(row, columns, setting, span) for row in body]
    permits = [permit for permit, _ in read if permit is not None]
    found = [fault for _, own in read for fault in own] + list(_twice(permits))
    wrong = {one.row for one in found}
    right = tuple(permit for permit in permits if permit.row not in wrong)
    return ReadRegister(right, in_order(found, [*Column]), len(body))


def name_of(permit: PastPermit, programme: str) -> str:
    """What makes a permit this one: whose, under what, with whom and from when.

    The same row of another file has the same name, so that nobody's season counts twice.
    """
    said = permit.person
    whose = said.document_number or f"{fold(said.full_name)}/{said.date_of_birth}"
    return f"{programme}/{whose}/{fold(permit.employer)}/{permit.starts_on.isoformat()}"


def _refused(*faults: Fault) -> ReadRegister:
    return ReadRegister(faults=tuple(RowFault(0, fault) for fault in faults))


def _read(
    row: Row, columns: Mapping[Column, int], setting: Setting, span: Span
) -> tuple[PastPermit | None, list[RowFault]]:
    read = {column: _value(column, row.cell(at)) for column, at in columns.items()}
    faults = [value for value in read.values() if isinstance(value, Fault)]
    told = {column.value: v for column, v in read.items() if v and not isinstance(v, Fault)}
    person = _person(told, setting)
    faults += find_faults(_ASKED & told.keys(), person, setting)
    wrong = {fault.field for fault in faults}
    if not told.keys() & {"document_number", "date_of_birth"} and not wrong & _EITHER:
        faults.append(Fault("past-nobody", Column.NUMBER.value))
    faults += _days_faults(told, span)
    placed = [RowFault(row.number, one) for one in first_faults(faults)]
    return (None if faults else _permit(row.number, person, told)), placed


_EITHER = frozenset({Column.NUMBER.value, Column.BORN.value})


def _person(told: Mapping[str, object], setting: Setting) -> Answers:
    programme, names = setting.programme, _EITHER | {"given_names", "surnames"}
    kind = programme.identity_kinds[0].value if "document_number" in told else None
    said = {name: told[name] for name in names & told.keys()}
    return Answers(document_kind=kind, **said)  # type: ignore[arg-type]


def _permit(row: int, person: Answers, told: Mapping[str, object]) -> PastPermit:
    days = {name: told.get(name) for name in ("starts_on", "ends_on", "left_on")}
    employer, number = str(told["employer"]), str(told.get("permit_number", ""))
    return PastPermit(row, person, employer, number=number, **days)  # type: ignore[arg-type]


def _value(column: Column, cell: Cell) -> object:
    """The text or day in a cell, or the fault."""
    limit = NUMBER_LIMIT if column is Column.PERMIT else NAME_LIMIT

    def read(text: str) -> object:
        if column in _DAYS:
            return read_day(text) or Fault("crew-date", column.value)
        if column is Column.NUMBER:
            return normalise(text)
        too_long = Fault("too-long", column.value, {"limit": limit})
        return text if len(text) <= limit else too_long

    return read_cell(cell, column, OPTIONAL, read)


def _days_faults(told: Mapping[str, object], span: Span) -> Iterator[Fault]:
    """What cannot be of days, or may not be taken in: what runs still, and what is too old."""
    born, starts, ends, left = (
        day if isinstance(day := told.get(column.value), date) else None
        for column in (Column.BORN, Column.STARTS, Column.ENDS, Column.LEFT)
    )
    if starts and ends and ends < starts:
        yield Fault("past-ends-before", Column.ENDS.value)
    elif ends and ends >= span.today:
        yield Fault("past-not-over", Column.ENDS.value)
    elif ends and ends < span.oldest:
        yield Fault("past-too-old", Column.ENDS.value)
    if left and ((starts and left < starts) or left > span.today):
        yield Fault("past-left-wrong", Column.LEFT.value)
    if born and starts and born >= starts:
        yield Fault("past-born-after", Column.BORN.value)


def _twice(permits: Sequence[PastPermit]) -> Iterator[RowFault]:
    """A permit that stood in an earlier row."""
    rows: dict[str, int] = {}
    for permit in permits:
        first = rows.setdefault(name_of(permit, ""), permit.row)
        if first != permit.row:
            yield RowFault(permit.row, Fault("past-row-twice", "", {"first": first}))
