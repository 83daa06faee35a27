"""Questions within a round: asked in the case by an official, answered by the worker one a page."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from app.services import info_requests
from app.services.documents import UnfitFile
from app.services.info_requests import InfoRequest, Item, Question, QuestionKind
from app.services.progress import read_progress
from app.services.refusals import record_refusal
from app.web import forms, i18n
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.pages.cases import PATH as CASE
from app.web.pages.cases import attempt, show, version_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Invalid
from permits.info_requests import MOST
from permits.next_actions import NextAction

router = APIRouter(include_in_schema=False)

OWN = "/mi-solicitud/{application:uuid}/preguntas"


@dataclass(frozen=True)
class QuestionsPage:
    """What waits for an answer, until when, and which is next; None once all have one."""

    application: UUID
    request: InfoRequest
    answer_by: date | None
    next: Item | None


@dataclass(frozen=True)
class ItemPage:
    """One question of so many."""

    application: UUID
    item: Item
    count: int
    form: Form


@router.post(CASE + "/preguntar")
def ask(request: Request, work: SignedInWork, application: UUID, form: Posted) -> Response:
    """Ask the worker; where it is refused, the page says why and keeps what was typed."""
    kept = Form(forms.typed(form))
    if i18n.pressed(request):
        return show(request, work, application, form=kept)
    questions, version = typed(form), version_of(form.get("version"))
    return attempt(
        request,
        work,
        application,
        lambda: info_requests.ask_questions(
            work, ApplicationId(application), questions, seen_version=version
        ),
        NextAction.ASK.value,
        kept,
    )


def typed(form: FormData) -> list[Question]:
    """The questions of the form; places left empty are passed over, a made-up kind is a fact."""
    kinds = {kind.value: kind for kind in QuestionKind}
    rows = [(form.get(f"kind-{n}"), form.get(f"question-{n}")) for n in range(1, MOST + 1)]
    return [
        Question(kinds.get(str(kind), QuestionKind.FACT), text.replace("\r\n", "\n"))
        for kind, text in rows
        if isinstance(text, str) and text.strip()
    ]


@router.get(OWN)
def show_questions(request: Request, work: SignedInReading, application: UUID) -> Response:
    """The questions with their answers, and the way to the next one."""
    progress = read_progress(work, ApplicationId(application))
    asked = progress.questions
    if asked is None:
        return RedirectResponse(f"/mi-solicitud/{application}", 303)
    open_one = next((item for item in asked.items if not item.is_answered), None)
    page = QuestionsPage(application, asked, progress.answer_by, open_one)
    return render(request, "asked/list.html", page)


@router.get(OWN + "/{position}")
def show_item(
    request: Request, work: SignedInReading, application: UUID, position: int
) -> Response:
    """One question, with the answer that was given before."""
    asked = info_requests.read_waiting(work, ApplicationId(application))
    item = asked.item(position)
    form = Form({"answer": (item.answer,)})
    return _show(request, application, asked, item, form)


@router.post(OWN + "/{position}")
def answer_item(
    request: Request, work: SignedInWork, application: UUID, position: int, posted: Posted
) -> Response:
    """Keep the answer, or show the question again with what is wrong and what was typed."""
    identity, typed = ApplicationId(application), Form(forms.typed(posted))
    asked = info_requests.read_waiting(work, identity)
    item = asked.item(position)
    if i18n.pressed(request):
        return _show(request, application, asked, item, typed)
    try:
        with work.attempt():
            info_requests.answer_item(
                work, identity, position, typed.value("answer"), _photo(posted)
            )
    except Invalid as invalid:
        if isinstance(invalid, UnfitFile):
            record_refusal(work, invalid.faults[0].code, "answer_item")
        return _show(request, application, asked, item, _refused(typed, invalid), 422)
    return RedirectResponse(f"/mi-solicitud/{application}/preguntas", 303)


@router.post(OWN)
def send_answers(work: SignedInWork, application: UUID) -> Response:
    """Hand all answers in; pressed twice, they are handed in once."""
    identity = ApplicationId(application)
    if read_progress(work, identity).questions is not None:
        info_requests.send_answers(work, identity)
    return RedirectResponse(f"/mi-solicitud/{application}", 303)


def _photo(posted: FormData) -> bytes | None:
    sent = posted.get("photo")
    return sent.file.read() if isinstance(sent, UploadFile) and sent.filename else None


def _refused(typed: Form, invalid: Invalid) -> Form:
    """The faults of a photo name its kind; on this page there is one photo."""
    photo = isinstance(invalid, UnfitFile)
    faults = [replace(one, field="photo") if photo else one for one in invalid.faults]
    return Form(typed.values, tuple(faults))


def _show(
    request: Request,
    application: UUID,
    asked: InfoRequest,
    item: Item,
    form: Form,
    status: int = 200,
) -> Response:
    page = ItemPage(application, item, len(asked.items), form)
    return render(request, "asked/item.html", page, status)
