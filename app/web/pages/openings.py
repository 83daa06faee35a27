"""Break-glass for officials: a file beyond their bounds, opened for a reason, to read alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import break_glass, refusals
from app.services.break_glass import OpenedFile, Opening
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages import answered
from app.web.pages.cases import FILE_HEADERS
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, DomainError, Invalid, NotFound

router = APIRouter(include_in_schema=False)

PATH = "/aperturas"
ONE = PATH + "/{opening:uuid}"


class Asked(forms.Answers):
    """Which file, and why."""

    wording: ClassVar[Mapping[str, str]] = {
        "receipt.missing": N_("Escriba el número de la solicitud."),
        "reason.missing": N_("Escriba por qué abre el expediente."),
        "reason.too-short": N_("Cuente un poco más: al menos %(limit)s letras."),
    }
    receipt: str
    reason: str = ""


@dataclass(frozen=True)
class OpeningsPage:
    """What the official opened; `now` tells which are over. `refusal` is of the last try."""

    form: Form
    openings: Sequence[Opening]
    now: datetime
    refusal: DomainError | None = None


@dataclass(frozen=True)
class FilePage:
    """The file; names of the reference data as on the case's own page."""

    file: OpenedFile
    programme: str
    residence: str
    workplace: str


@router.get(PATH)
def show_openings(request: Request, work: SignedInReading) -> Response:
    """The form, and what the official opened before."""
    return _show(request, work, Form())


@router.post(PATH)
def open_file(request: Request, work: ProvenWork, form: Posted) -> Response:
    """Open a file; the data-protection officer hears of it at once."""
    given = forms.check(Asked, form)
    if isinstance(given, Form):
        return _show(request, work, given, 422)
    typed = Form(forms.typed(form))
    try:
        with work.attempt():
            opening = break_glass.open_file(work, given.receipt, given.reason)
    except Invalid as invalid:
        return _show(request, work, forms.refused(Asked, form, invalid), 422)
    except (Conflict, NotFound) as refusal:
        refusals.record_refusal(work, refusal.code, "open_file")
        return _show(request, work, typed, status_of(refusal), refusal)
    return RedirectResponse(f"{PATH}/{opening.id}", 303)


@router.get(ONE)
def show_file(request: Request, work: SignedInWork, opening: UUID) -> Response:
    """The file to read, until the hour is over; each look stands in the log."""
    file = break_glass.read_opened(work, opening)
    case, reference = file.case, work.ports.reference
    country = answered.country_of(case.programme, case.answers)
    code, offer = case.answers.municipality or "", case.offer
    page = FilePage(
        file,
        answered.programme_name(case.programme, i18n.locale_of(request)),
        answered.place_name(reference, country, code) if code else "",
        answered.work_place(reference, offer.department, offer.municipality) if offer else "",
    )
    return render(request, "openings/file.html", page)


@router.get(ONE + "/archivos/{document:uuid}")
def show_document(work: SignedInWork, opening: UUID, document: UUID) -> Response:
    """A picture of the file."""
    found, data = break_glass.read_opened_document(work, opening, document)
    return Response(data, media_type=found.media_type, headers=dict(FILE_HEADERS))


def _show(
    request: Request,
    work: Work,
    form: Form,
    status: int = 200,
    refusal: DomainError | None = None,
) -> Response:
    page = OpeningsPage(form, break_glass.list_own(work), work.now, refusal)
    return render(request, "openings/own.html", page, status)
