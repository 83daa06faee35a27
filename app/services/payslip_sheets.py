"""A payroll sheet: looked through first, every fault by row; written once somebody confirmed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services import employments, payslips
from app.services.crews import read_sheet as open_sheet
from app.services.employments import Employment
from app.services.nominations import read_own
from app.services.work import Work
from app.services.worker_numbers import list_numbers
from app.storage import payslips as rows
from app.storage.vacancies import ListedVacancy
from permits import worker_numbers
from permits.errors import Fault, Invalid
from permits.people import Permission
from permits.policies import check_permission
from permits.sheet_rows import Row, RowFault
from recruitment.payslip_rows import Column, ReadSlip, Setting, read_sheet
from recruitment.payslips import Slip


@dataclass(frozen=True)
class SheetLine:
    """One line that is right: the worker, the payslip, and the version that it would follow."""

    row: int
    hand: Employment
    slip: Slip
    seen: int


@dataclass(frozen=True)
class Checked:
    """What became of a sheet; nothing of it is kept yet."""

    vacancy: ListedVacancy
    lines: tuple[SheetLine, ...] = ()
    faults: tuple[RowFault, ...] = ()


def find_vacancy(work: Work, vacancy: UUID) -> ListedVacancy:
    """The vacancy whose sheet it is; NotFound for another employer's."""
    check_permission(work.actor, Permission.FARM_KEEP)
    return read_own(work, vacancy).vacancy


def check_sheet(work: Work, vacancy: UUID, data: bytes) -> Checked:
    """Look a sheet of one vacancy through and keep nothing.

    UnfitFile where the file is no spreadsheet, is too large or holds malware; Outage where nobody
    can say. NotFound for another employer's vacancy.
    """
    check_permission(work.actor, Permission.FARM_KEEP)
    return _check(work, vacancy, open_sheet(work, data))


def write_sheet(work: Work, vacancy: UUID, data: bytes) -> int:
    """Write the payslips of a sheet that was looked through; the same sheet twice writes once.

    Invalid, and nothing written, where anything is wrong with it now; how many were written.
    """
    checked = _check(work, vacancy, work.ports.sheets.read(data))
    if checked.faults:
        raise Invalid([one.fault for one in checked.faults])
    for line in checked.lines:
        payslips.write_payslip(work, line.hand.application, line.slip, line.seen)
    return len(checked.lines)


def _check(work: Work, vacancy: UUID, sheet: Sequence[Row]) -> Checked:
    own = read_own(work, vacancy).vacancy
    offer = own.offer
    setting = Setting(offer.unit, offer.wage, offer.currency, worker_numbers.read)
    read = read_sheet(sheet, setting)
    if read.faults:
        return Checked(own, (), read.faults)
    hands = _hands(work, own)
    lines, faults = [], []
    for one in read.slips:
        hand = _hand(work, hands, one.number)
        wrong = _faults(work, hand, one)
        faults += [RowFault(one.row, fault) for fault in wrong]
        if hand is not None and not wrong:
            lines.append(SheetLine(one.row, hand, one.slip, _seen(work, hand, one.slip)))
    return Checked(own, () if faults else tuple(lines), tuple(faults))


def _hands(work: Work, own: ListedVacancy) -> dict[str, Employment]:
    every = employments.list_own(work)
    return {one.worker_number: one for one in every if one.vacancy == own.id}


def _hand(work: Work, hands: dict[str, Employment], number: str) -> Employment | None:
    """By the number of the case, or by another one of the same person."""
    if number in hands:
        return hands[number]
    return next((hands[one] for one in sorted(list_numbers(work, number)) if one in hands), None)


def _faults(work: Work, hand: Employment | None, one: ReadSlip) -> list[Fault]:
    if hand is None:
        return [Fault("not-in-list", Column.NUMBER.value)]
    return payslips.find_faults_of(work, hand, one.slip)


def _seen(work: Work, hand: Employment, slip: Slip) -> int:
    found = rows.list_versions(work.session, hand.application, slip.first_day)
    return found[0].payslip.version if found else 0
