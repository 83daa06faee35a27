"""A payroll sheet: looked through first, written once it is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from app.services import payslip_sheets
from app.services.documents import UPLOAD_LIMIT, UnfitFile
from app.services.outages import Outage
from app.services.payslip_sheets import Checked, SheetLine
from app.services.refusals import record_refusal
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.spreadsheets import csv_of
from app.web.templating import render
from app.web.wording.payslips import COLUMN
from permits import worker_numbers
from permits.errors import Conflict, Fault, Invalid
from permits.people import Permission
from permits.policies import check_permission
from recruitment.payslip_rows import MOST_ROWS, TAKEN, Column

router = APIRouter(include_in_schema=False, prefix="/mis-vacantes")

MOST_FAULTS = 100


class Confirmed(forms.Answers):
    """The sheet that was looked through, as the page wrote it down."""

    wording: ClassVar[dict[str, str]] = {}
    rows: str


@dataclass(frozen=True)
class SheetPage:
    """The field for the file; `checked` is what was found in one that was sent, None before."""

    vacancy: UUID
    form: Form
    checked: Checked | None = None
    rows: str = ""
    refusal: Conflict | None = None
    most: int = MOST_ROWS
    most_faults: int = MOST_FAULTS


@router.get("/planilla.csv")
def take_template(request: Request, work: SignedInReading) -> Response:
    """The header of the sheet."""
    check_permission(work.actor, Permission.FARM_KEEP)
    locale = locale_of(request)
    header = [locale.text(COLUMN[column.value]) for column in Column]
    headers = {
        "Content-Disposition": 'attachment; filename="planilla.csv"',
        "Cache-Control": "no-store",
    }
    return Response(csv_of(header, []), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{vacancy:uuid}/planilla")
def ask_sheet(request: Request, work: SignedInReading, vacancy: UUID) -> Response:
    """The field for the sheet."""
    payslip_sheets.find_vacancy(work, vacancy)
    return render(request, "wages/sheet.html", SheetPage(vacancy, Form()))


@router.post("/{vacancy:uuid}/planilla")
def try_sheet(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Look the sheet through; nothing of it is saved."""
    payslip_sheets.find_vacancy(work, vacancy)
    try:
        checked = payslip_sheets.check_sheet(work, vacancy, _bytes(posted.get("list")))
    except Outage as outage:
        return _refuse(request, vacancy, Fault(outage.code, "list"), 503)
    except Invalid as unfit:
        if isinstance(unfit, UnfitFile):
            record_refusal(work, unfit.faults[0].code, "try_sheet")
        return _refuse(request, vacancy, unfit.faults[0])
    page = SheetPage(vacancy, Form(), checked, _written(checked.lines))
    return render(request, "wages/sheet.html", page, 422 if checked.faults else 200)


@router.post("/{vacancy:uuid}/planilla/confirmar")
def write_sheet(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Write the payslips; what has become wrong meanwhile is told, and nothing is written."""
    payslip_sheets.find_vacancy(work, vacancy)
    said = forms.check(Confirmed, posted)
    if isinstance(said, Form):
        return _refuse(request, vacancy, Fault("file-empty", "list"))
    try:
        with work.attempt():
            payslip_sheets.write_sheet(work, vacancy, said.rows.encode())
    except Invalid as invalid:
        return _refuse(request, vacancy, Fault(invalid.faults[0].code, "list"))
    return RedirectResponse("/mis-fincas/salarios", 303)


def _refuse(request: Request, vacancy: UUID, fault: Fault, status: int = 422) -> Response:
    page = SheetPage(vacancy, Form({}, (Fault(fault.code, "list", fault.facts),)))
    return render(request, "wages/sheet.html", page, status)


def _written(lines: Sequence[SheetLine]) -> str:
    """The sheet as it was understood, in the one form that is read again when it is confirmed."""
    rows = [_row(line) for line in lines]
    return csv_of([COLUMN[column.value] for column in Column], rows).decode("utf-8-sig")


def _row(line: SheetLine) -> list[str]:
    slip = line.slip
    taken = {one.kind.value: f"{one.amount:f}" for one in slip.taken}
    told = {
        Column.NUMBER: worker_numbers.show(line.hand.worker_number),
        Column.FIRST_DAY: slip.first_day.isoformat(),
        Column.LAST_DAY: slip.last_day.isoformat(),
        Column.DAYS: str(slip.days),
        Column.CONSENT: "si" if any(one.consent for one in slip.taken) else "no",
        Column.PAID_ON: slip.paid_on.isoformat() if slip.paid_on else "",
        **{column: taken.get(column.value, "") for column in TAKEN},
    }
    plain = (
        *(Column.UNITS, Column.RATE, Column.TOP_UP),
        *(Column.OVERTIME_HOURS, Column.OVERTIME_PAY),
    )
    told |= {column: f"{getattr(slip, column.value):f}" for column in plain}
    return [told[column] for column in Column]


def _bytes(sent: UploadFile | str | None) -> bytes:
    """What was sent, one byte more than is allowed at most."""
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise Invalid([Fault("file-empty", "list")])
    return sent.file.read(UPLOAD_LIMIT + 1)
