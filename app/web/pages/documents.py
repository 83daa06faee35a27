"""The photos of an application: each told as received or refused, none lost in silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from app.services import applications, documents
from app.services.documents import UnfitFile
from app.services.outages import Outage
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.pages import wizard
from app.web.pages.steps import is_answered
from app.web.pages.wizard import Opened, StepPage
from permits.applications import ApplicationId
from permits.errors import Fault
from permits.submissions import DocumentKind

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Received:
    """A file that stands; `kilobytes` of it as kept."""

    kind: DocumentKind
    path: str
    kilobytes: int


@dataclass(frozen=True)
class FilesPage(StepPage):
    """The files that were received, and the kinds that are asked for."""

    received: tuple[Received, ...] = ()
    wanted: tuple[DocumentKind, ...] = ()


@router.get("/solicitud/{application:uuid}/papeles")
def ask_papers(request: Request, work: SignedInReading, application: UUID) -> Response:
    """Front and back of the document, or the word that they will be shown."""
    return _ask(request, wizard.open_step(work, application, "papeles"))


@router.post("/solicitud/{application:uuid}/papeles")
def answer_papers(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """Keep every photo that is good; tell every one that is not."""
    opened = wizard.open_step(work, application, "papeles")
    return _answer(request, work, opened, posted, Fault("document-missing", "identity-front"))


@router.get("/solicitud/{application:uuid}/foto")
def ask_photo(request: Request, work: SignedInReading, application: UUID) -> Response:
    """The worker's photo, or the word that it will be taken at an office."""
    return _ask(request, wizard.open_step(work, application, "foto"))


@router.post("/solicitud/{application:uuid}/foto")
def answer_photo(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """The same for the photo."""
    opened = wizard.open_step(work, application, "foto")
    return _answer(request, work, opened, posted, Fault("photo-missing", "photo"))


@router.get("/solicitud/{application:uuid}/archivo/{document:uuid}")
def show_file(work: SignedInWork, application: UUID, document: UUID) -> Response:
    """A photo as it is kept; who looked at it stands in the log."""
    applications.read_own(work, ApplicationId(application))
    found, data = documents.read_document(work, ApplicationId(application), document)
    return Response(data, media_type=found.media_type)


def _wanted(opened: Opened) -> tuple[DocumentKind, ...]:
    if opened.step.slug == "foto":
        return (DocumentKind.PHOTO,)
    return tuple(k for k in opened.case.programme.documents if k is not DocumentKind.PHOTO)


def _ask(request: Request, opened: Opened) -> Response:
    if away := wizard.elsewhere(opened.case):
        return away
    form = opened.step.model.shown(opened.case.answers)
    return wizard.show(request, opened, _page(opened, form))


def _answer(
    request: Request, work: Work, opened: Opened, posted: FormData, missing: Fault
) -> Response:
    form = Form(forms.typed(posted))
    if i18n.pressed(request):
        return wizard.show(request, opened, _page(opened, form))
    faults = [fault for kind in _wanted(opened) for fault in _keep(work, opened.id, kind, posted)]
    refused = wizard.save_typed(work, opened, form.values)
    faults += refused.faults if refused else ()
    after = wizard.open_step(work, opened.id, opened.step.slug)
    if not faults and not is_answered(after.step, wizard.given_of(after.case)):
        faults.append(missing)
    if faults:
        page = _page(after, Form(form.values, tuple(faults)))
        away = any(fault.code == "malware-scan-away" for fault in faults)
        return wizard.show(request, after, page, 503 if away else 422)
    return wizard.onwards(work, opened.id)


def _keep(
    work: Work, application: ApplicationId, kind: DocumentKind, posted: FormData
) -> Sequence[Fault]:
    """Keep one photo if one was sent; what is wrong with it otherwise."""
    sent = posted.get(kind.value)
    if not isinstance(sent, UploadFile) or not sent.filename:
        return ()
    try:
        documents.attach_document(work, application, kind, sent.file.read())
    except UnfitFile as unfit:
        record_refusal(work, unfit.faults[0].code, "attach_document")
        return unfit.faults
    except Outage as outage:
        return [Fault(outage.code, kind.value)]
    return ()


def _page(opened: Opened, form: Form) -> FilesPage:
    wanted = _wanted(opened)
    base = f"/solicitud/{opened.id}/archivo"
    received = tuple(
        Received(document.kind, f"{base}/{document.id}", -(-document.size_bytes // 1024))
        for document in opened.case.documents
        if document.kind in wanted
    )
    return FilesPage(**vars(wizard.step_page(opened, form)), received=received, wanted=wanted)
