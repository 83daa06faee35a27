"""Papers after an application was handed in: a photo from home; seen at an office and noted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from app.services import later_papers
from app.services.documents import UnfitFile
from app.services.later_papers import LaterPaper, Own
from app.services.outages import Outage
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages import cases
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Fault, Invalid

router = APIRouter(include_in_schema=False)

OWN = "/mi-solicitud/{application:uuid}/papel"
DESK = cases.PATH + "/papeles"

WORDING = {
    "paper.missing": N_("Elija qué papel es."),
    "photo.missing": N_("Elija la foto del papel."),
}


@dataclass(frozen=True)
class Came:
    """A later photo as its worker reads of it."""

    paper: LaterPaper
    day: datetime
    path: str


@dataclass(frozen=True)
class PaperPage:
    """The form, and what came; `done`: one came just now."""

    application: UUID
    own: Own
    came: Sequence[Came]
    form: Form
    done: bool = False


@router.get(OWN)
def ask_paper(
    request: Request, work: SignedInReading, application: UUID, hecho: str = ""
) -> Response:
    """Which paper, and its photo; a case that is decided asks for nothing."""
    try:
        own = later_papers.read_own(work, ApplicationId(application))
    except Conflict:
        return RedirectResponse(f"/mi-solicitud/{application}", 303)
    return _show(request, application, own, Form(), done=bool(hecho and own.came))


@router.post(OWN)
def add_paper(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """Keep the photo, or show the form again with what is wrong and what was chosen."""
    identity, typed = ApplicationId(application), Form(forms.typed(posted), wording=WORDING)
    own = later_papers.read_own(work, identity)
    if i18n.pressed(request):
        return _show(request, application, own, typed)
    paper, photo = _paper(typed.value("paper")), _photo(posted)
    faults = _missing(paper, photo)
    status = 422
    if paper is not None and photo is not None:
        faults, status = _keep(work, identity, paper, photo)
    if faults:
        form = replace(typed, faults=tuple(faults))
        return _show(request, application, own, form, status)
    return RedirectResponse(f"/mi-solicitud/{application}/papel?hecho=1", 303)


def _missing(paper: LaterPaper | None, photo: bytes | None) -> list[Fault]:
    given = {"paper": paper, "photo": photo}
    return [Fault("missing", name) for name, one in given.items() if one is None]


def _keep(
    work: Work, application: ApplicationId, paper: LaterPaper, photo: bytes
) -> tuple[list[Fault], int]:
    """What is wrong with it, and the status that says so; of this page's one photo."""
    try:
        with work.attempt():
            later_papers.add_paper(work, application, paper, photo)
    except UnfitFile as unfit:
        record_refusal(work, unfit.faults[0].code, "add_paper")
        return [replace(one, field="photo") for one in unfit.faults], 422
    except Invalid as invalid:
        return list(invalid.faults), 422
    except Outage as outage:
        return [Fault(outage.code, "photo")], 503
    return [], 200


def _show(
    request: Request,
    application: UUID,
    own: Own,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
) -> Response:
    base = f"/solicitud/{application}/archivo"
    came = [Came(one.paper, one.attached_at, f"{base}/{one.id}") for one in own.came if one.paper]
    page = PaperPage(application, own, came, form, done)
    return render(request, "permits/paper.html", page, status)


def _paper(typed: str) -> LaterPaper | None:
    return LaterPaper(typed) if typed in set(LaterPaper) else None


def _photo(posted: FormData) -> bytes | None:
    sent = posted.get("photo")
    return sent.file.read() if isinstance(sent, UploadFile) and sent.filename else None


@router.post(DESK)
def note_paper(request: Request, work: SignedInWork, application: UUID, form: Posted) -> Response:
    """An official saw a paper; what is wrong is told on the case's page."""
    typed = Form(forms.typed(form))

    def note() -> None:
        paper = _paper(typed.value("shown"))
        if paper is None:
            raise Invalid([Fault("shown-missing", "shown")])
        later_papers.show_paper(work, ApplicationId(application), paper)

    return cases.attempt(request, work, application, note, "shown", typed)


@router.post(DESK + "/{note:uuid}/quitar")
def take_back(
    request: Request, work: SignedInWork, application: UUID, note: UUID, form: Posted
) -> Response:
    """The note was a mistake."""

    def take() -> None:
        later_papers.take_back(work, ApplicationId(application), note)

    return cases.attempt(request, work, application, take, "", Form(forms.typed(form)))
