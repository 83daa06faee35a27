"""Taking in a register of older permits: looked through first, kept once it is confirmed."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from app.services import refusals, register_imports
from app.services.documents import UPLOAD_LIMIT, UnfitFile
from app.services.outages import Outage
from app.services.register_imports import Import, ImportFile, Standing
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.pages.answered import programme_names
from app.web.pages.searches import Typed, searched
from app.web.problems import status_of
from app.web.spreadsheets import csv_of
from app.web.templating import render
from app.web.wording.past_permits import COLUMN
from permits.crews import MOST_PEOPLE
from permits.errors import Conflict, Fault, Invalid
from permits.past_permits import UNDO_FOR, PastPermit
from permits.past_rows import Column, ReadRegister
from permits.people import Permission
from permits.policies import check_permission
from permits.sheet_rows import RowFault

router = APIRouter(include_in_schema=False)

PATH = "/registros"
ONE = PATH + "/{register:uuid}"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_FAULTS = 100
"""So many are shown at once; who has more begins with these."""


class Confirmed(forms.Answers):
    """The register that was looked through, as the page wrote it down, and the id that it gets."""

    wording: ClassVar[Mapping[str, str]] = {}
    rows: str
    identity: UUID
    programme: str
    source: str


@dataclass(frozen=True)
class UploadPage:
    """The field for the file; `read` is what was found in one that was sent, None before.

    `programmes` are codes with their names; `days`: so long an import may be undone.
    """

    form: Form
    imports: Sequence[Import]
    programmes: Sequence[tuple[str, str]]
    read: ReadRegister | None = None
    faults: Sequence[RowFault] = ()
    more: int = 0
    rows: str = ""
    identity: UUID | None = None
    most: int = MOST_PEOPLE
    days: int = UNDO_FOR.days


@dataclass(frozen=True)
class ImportPage:
    """A register with how its permits stand; `standing` is the one that is shown, "" for all."""

    file: ImportFile
    programme: str
    standing: str
    may_undo: bool
    days: int
    done: bool
    form: Form
    refusal: Conflict | None = None


@router.get(PATH)
def list_imports(request: Request, work: SignedInReading) -> Response:
    """What was taken in, and the field for more."""
    return _show(request, work, Form())


@router.post(PATH)
def try_register(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Look the spreadsheet through; nothing of it is saved."""
    typed = Form(forms.typed(posted))
    try:
        register_imports.check_source(typed.value("source"))
        data = _bytes(posted.get("list"))
        read = register_imports.check_register(work, typed.value("programme"), data)
    except Outage as outage:
        return _show(request, work, _with(typed, Fault(outage.code, "list")), 503)
    except Invalid as unfit:
        if isinstance(unfit, UnfitFile):
            refusals.record_refusal(work, unfit.faults[0].code, "try_register")
        return _show(request, work, _with(typed, *unfit.faults), 422)
    return _show(request, work, typed, 422 if read.faults else 200, read=read)


@router.post(PATH + "/confirmar")
def import_register(request: Request, work: ProvenWork, posted: Posted) -> Response:
    """Take it in; what has become wrong meanwhile is told and nothing is saved."""
    answers = forms.check(Confirmed, forms.typed(posted))  # read in any language
    if isinstance(answers, Form):
        return _show(request, work, _with(answers, Fault("file-empty", "list")), 422)
    typed, data = Form(forms.typed(posted)), answers.rows.encode()
    if not i18n.pressed(request):
        with suppress(Invalid):
            rows = work.ports.sheets.read(data)
            told = (answers.identity, answers.programme, answers.source)
            register_imports.import_register(work, *told, rows)
            return RedirectResponse(f"{PATH}/{answers.identity}", 303)
    read = register_imports.check_register(work, answers.programme, data)
    status = 422 if read.faults else 200
    return _show(request, work, typed, status, read=read, register=answers.identity)


@router.get(PATH + "/plantilla.xlsx")
def take_xlsx(request: Request, work: SignedInReading) -> Response:
    """The template."""
    check_permission(work.actor, Permission.REGISTER_IMPORT)
    header = [locale_of(request).text(COLUMN[column.value]) for column in Column]
    name = 'attachment; filename="plantilla.xlsx"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(work.ports.sheets.write(header, []), media_type=XLSX, headers=headers)


@router.get(ONE)
def show_import(
    request: Request,
    work: SignedInWork,
    register: UUID,
    ver: Annotated[Standing | None, Query()] = None,
    hecho: str = "",
    q: Typed = "",
) -> Response:
    """Whose its permits were, all or those that stand so; that it was read is logged."""
    return _show_one(request, work, register, ver, done=hecho == "quitado", text=q)


@router.post(ONE + "/quitar")
def undo_import(request: Request, work: ProvenWork, register: UUID) -> Response:
    """Take all of it out again."""
    try:
        with work.attempt():
            register_imports.undo_import(work, register)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, "undo_import")
        return _show_one(request, work, register, None, status=status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}/{register}?hecho=quitado", 303)


def _show(
    request: Request,
    work: Work,
    form: Form,
    status: int = 200,
    *,
    read: ReadRegister | None = None,
    register: UUID | None = None,
) -> Response:
    found = read.faults if read else ()
    known = work.ports.reference.programmes.values()
    names = programme_names(known, locale_of(request))
    page = UploadPage(
        form,
        register_imports.list_imports(work),
        list(names.items()),
        read,
        found[:MOST_FAULTS],
        max(0, len(found) - MOST_FAULTS),
        _written(read.permits) if read and not found else "",
        register or uuid4(),
    )
    return render(request, "registers/list.html", page, status)


def _show_one(
    request: Request,
    work: Work,
    register: UUID,
    standing: Standing | None,
    *,
    status: int = 200,
    done: bool = False,
    refusal: Conflict | None = None,
    text: str = "",
) -> Response:
    file = register_imports.read_import(work, register, standing, text)
    known = work.ports.reference.programmes.values()
    name = programme_names(known, locale_of(request)).get(file.found.programme, "")
    shown = standing.value if standing else ""
    may_undo = file.found.may_undo(work.now)
    form = searched(text)
    page = ImportPage(file, name, shown, may_undo, UNDO_FOR.days, done, form, refusal)
    return render(request, "registers/import.html", page, status)


def _with(form: Form, *faults: Fault) -> Form:
    """What was typed, with what is wrong; a fault of the whole file stands at its field."""
    fields = {"source", "programme"}
    placed = [one if one.field in fields else Fault(one.code, "list", one.facts) for one in faults]
    return Form(form.values, tuple(placed))


def _written(permits: Sequence[PastPermit]) -> str:
    """The register as it was understood, in the one form that is read again at confirming."""
    rows = (
        (
            one.person.document_number or "",
            one.person.given_names or "",
            one.person.surnames or "",
            one.person.date_of_birth.isoformat() if one.person.date_of_birth else "",
            one.employer,
            one.starts_on.isoformat(),
            one.ends_on.isoformat(),
            one.left_on.isoformat() if one.left_on else "",
            one.number,
        )
        for one in permits
    )
    return csv_of([COLUMN[column.value] for column in Column], rows).decode("utf-8-sig")


def _bytes(sent: UploadFile | str | None) -> bytes:
    """What was sent, one byte more than is allowed at most."""
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise Invalid([Fault("file-empty", "list")])
    return sent.file.read(UPLOAD_LIMIT + 1)
