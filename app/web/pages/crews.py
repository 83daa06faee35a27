"""Registering a crew from a spreadsheet: looked through first, saved once it is confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from app.services import crew_papers, crews
from app.services.crews import ListedCrew, ListedVacancy, SeenCrew
from app.services.documents import UPLOAD_LIMIT, UnfitFile
from app.services.outages import Outage
from app.services.refusals import record_refusal
from app.web import forms, i18n
from app.web.answers import find_phone
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, Locale, locale_of
from app.web.pages.prints import pdf
from app.web.spreadsheets import csv_of
from app.web.templating import render
from app.web.wording.crews import COLUMN
from permits.crew_rows import Column, Person, ReadList
from permits.crews import MOST_PEOPLE, MemberState
from permits.errors import Fault, Invalid
from permits.people import Permission
from permits.policies import check_permission
from permits.sheet_rows import RowFault

router = APIRouter(include_in_schema=False, prefix="/listas")

HERE = "/listas"
MOST_FAULTS = 100
"""So many are shown at once; who has more begins with these."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Confirmed(forms.Answers):
    """The list that was looked through, as the page wrote it down, and the id that it gets."""

    wording: ClassVar[Mapping[str, str]] = {}
    rows: str
    crew: UUID


@dataclass(frozen=True)
class CrewsPage:
    """The lists, and the vacancies that another may be registered for."""

    crews: Sequence[ListedCrew]
    vacancies: Sequence[ListedVacancy]


@dataclass(frozen=True)
class UploadPage:
    """The field for the file; `read` is what was found in one that was sent, None before."""

    vacancy: ListedVacancy
    form: Form
    read: ReadList | None = None
    faults: Sequence[RowFault] = ()
    more: int = 0
    rows: str = ""
    crew: UUID | None = None
    most: int = MOST_PEOPLE


@dataclass(frozen=True)
class CrewPage:
    """How far each worker of a list is; `counts` says how many are in each state."""

    seen: SeenCrew
    counts: Mapping[str, int]


@router.get("")
def list_crews(request: Request, work: SignedInReading) -> Response:
    """The lists of this employer or brigade."""
    page = CrewsPage(crews.list_own(work), crews.list_vacancies(work))
    return render(request, "crews/list.html", page)


@router.get("/plantilla.xlsx")
def take_xlsx(request: Request, work: SignedInReading) -> Response:
    """The template with a second sheet of the codes of municipalities."""
    check_permission(work.actor, Permission.CREW_REGISTER)
    locale = locale_of(request)
    reference = work.ports.reference
    places = [
        (code, name)
        for country in ("GTM", "HND", "SLV")
        for code, name in reference.municipalities.get(country, {}).items()
    ]
    notes = [
        (locale.text(N_("Municipios")), places),
        (locale.text(N_("Idiomas")), [*reference.languages.items()]),
    ]
    data = work.ports.sheets.write(_header(locale), notes)
    return _file(data, XLSX, "plantilla.xlsx")


@router.get("/plantilla.csv")
def take_csv(request: Request, work: SignedInReading) -> Response:
    """The same header as CSV."""
    check_permission(work.actor, Permission.CREW_REGISTER)
    data = csv_of(_header(locale_of(request)), [])
    return _file(data, "text/csv; charset=utf-8", "plantilla.csv")


@router.get("/vacante/{vacancy:uuid}")
def ask_list(request: Request, work: SignedInReading, vacancy: UUID) -> Response:
    """The field for the spreadsheet."""
    page = UploadPage(crews.read_vacancy(work, vacancy), Form())
    return render(request, "crews/upload.html", page)


@router.post("/vacante/{vacancy:uuid}")
def try_list(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Look the spreadsheet through; nothing of it is saved."""
    found = crews.read_vacancy(work, vacancy)
    sent = posted.get("list")
    try:
        read = crews.check_list(work, vacancy, _bytes(sent), find_phone)
    except Outage as outage:
        return _refuse(request, found, Fault(outage.code, "list"), 503)
    except Invalid as unfit:
        if isinstance(unfit, UnfitFile):
            record_refusal(work, unfit.faults[0].code, "try_list")
        return _refuse(request, found, unfit.faults[0])
    return _show(request, found, read)


@router.post("/vacante/{vacancy:uuid}/confirmar")
def register_list(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Make the drafts; what has become wrong meanwhile is told and nothing is saved."""
    found = crews.read_vacancy(work, vacancy)
    answers = forms.check(Confirmed, forms.typed(posted))  # read in any language
    if isinstance(answers, Form):
        return _refuse(request, found, Fault("file-empty", "list"))
    data = answers.rows.encode()
    if i18n.pressed(request):
        read = crews.check_list(work, vacancy, data, find_phone)
        return _show(request, found, read, answers.crew)
    try:
        rows = work.ports.sheets.read(data)
        crews.register_crew(work, answers.crew, vacancy, rows, find_phone)
    except Invalid:
        return _show(request, found, crews.check_list(work, vacancy, data, find_phone))
    return RedirectResponse(f"{HERE}/{answers.crew}", 303)


@router.get("/{crew:uuid}/lista.pdf")
def print_crew(request: Request, work: SignedInWork, crew: UUID) -> Response:
    """The same on paper; each person on it can read who took it."""
    return pdf(crew_papers.print_own(work, crew, locale_of(request).language.code), "lista.pdf")


@router.get("/{crew:uuid}")
def show_crew(request: Request, work: SignedInReading, crew: UUID) -> Response:
    """Who has consented and what was handed in; nothing that a check found."""
    seen = crews.read_own(work, crew)
    counts = {
        state.value: sum(member.state is state for member in seen.members) for state in MemberState
    }
    return render(request, "crews/crew.html", CrewPage(seen, counts))


def _show(
    request: Request,
    vacancy: ListedVacancy,
    read: ReadList,
    crew: UUID | None = None,
) -> Response:
    faults = read.faults[:MOST_FAULTS]
    rows = "" if read.faults else _written(read.people)
    more = len(read.faults) - len(faults)
    page = UploadPage(vacancy, Form(), read, faults, more, rows, crew or uuid4())
    status = 422 if read.faults else 200
    return render(request, "crews/upload.html", page, status)


def _refuse(request: Request, vacancy: ListedVacancy, fault: Fault, status: int = 422) -> Response:
    page = UploadPage(vacancy, Form({}, (Fault(fault.code, "list", fault.facts),)))
    return render(request, "crews/upload.html", page, status)


def _written(people: Sequence[Person]) -> str:
    """The list as it was understood, in the one form that is read again when it is confirmed."""
    rows = (
        (
            said.document_number or "",
            said.given_names or "",
            said.surnames or "",
            said.date_of_birth.isoformat() if said.date_of_birth else "",
            said.sex.value if said.sex else "",
            said.municipality or "",
            said.phone or "",
            "/".join(said.languages_spoken),
            "" if said.languages_read is None else "/".join(said.languages_read) or "no",
        )
        for said in (person.answers for person in people)
    )
    header = [COLUMN[column.value] for column in Column]
    return csv_of(header, rows).decode("utf-8-sig")


def _header(locale: Locale) -> list[str]:
    return [locale.text(COLUMN[column.value]) for column in Column]


def _file(data: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type=media_type, headers=headers)


def _bytes(sent: UploadFile | str | None) -> bytes:
    """What was sent, one byte more than is allowed at most."""
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise Invalid([Fault("file-empty", "list")])
    return sent.file.read(UPLOAD_LIMIT + 1)
