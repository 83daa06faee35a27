"""During the job: six questions on one page, by the link of the SMS or signed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import check_ins
from app.services.check_ins import CheckIn
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, PublicWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Invalid, NotFound
from recruitment.check_ins import QUESTIONS

router = APIRouter(include_in_schema=False)

LINK = "/como-esta/{token}"
OWN = "/mi-solicitud/{application:uuid}/como-esta"


@dataclass(frozen=True)
class LinkPage:
    """`state` is open, answered or dead; nothing of what was answered is shown.

    `country` is where the work is, None by a dead link.
    """

    state: str
    form: Form = field(default_factory=Form)
    country: str | None = None
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: QUESTIONS)


@dataclass(frozen=True)
class OwnPage:
    """What waits to be answered, and what was, the newest first; `done`: just now.

    `adding` was answered by the link: its worker may tell what is graver.
    """

    application: UUID
    waiting: CheckIn | None
    answered: Sequence[CheckIn]
    form: Form
    country: str | None = None
    done: bool = False
    adding: CheckIn | None = None
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: QUESTIONS)


@router.get(LINK)
def show_link(request: Request, work: PublicWork, token: str) -> Response:
    """The questions, the thanks where they were answered, or that the link is dead."""
    return _show(request, work, token, Form())


@router.post(LINK)
def answer_link(request: Request, work: PublicWork, token: str, posted: Posted) -> Response:
    """Keep the answers; who sends them twice, or after somebody else, reads the same thanks."""
    typed = Form(forms.typed(posted))
    if i18n.pressed(request):
        return _show(request, work, token, typed)
    try:
        with work.attempt():
            check_ins.answer_link(work, token, given(typed), act=typed.value("act") == "yes")
    except Invalid as invalid:
        return _show(request, work, token, Form(typed.values, invalid.faults), 422)
    except NotFound:
        return _show(request, work, token, Form())
    except Conflict as refusal:
        record_refusal(work, refusal.code, "check_in")
    return _private(RedirectResponse(request.url.path, 303))


@router.get(OWN)
def show_own(
    request: Request, work: SignedInReading, application: UUID, hecho: str = ""
) -> Response:
    """What is asked now, and what its worker answered before."""
    return _show_own(request, work, application, Form(), done=bool(hecho))


@router.post(OWN + "/{check_in:uuid}")
def answer_own(
    request: Request, work: SignedInWork, application: UUID, check_in: UUID, posted: Posted
) -> Response:
    """Keep the answers, or show the questions again with what was ticked."""
    typed = Form(forms.typed(posted))
    if i18n.pressed(request):
        return _show_own(request, work, application, typed)
    act = typed.value("act") == "yes"
    try:
        with work.attempt():
            check_ins.answer_own(work, ApplicationId(application), check_in, given(typed), act=act)
    except Invalid as invalid:
        wrong = Form(typed.values, invalid.faults)
        return _show_own(request, work, application, wrong, 422)
    return RedirectResponse(f"/mi-solicitud/{application}/como-esta?hecho=1", 303)


def given(form: Form) -> Mapping[str, str]:
    """The answers of a form by question; "" for one that was left out."""
    return {name: form.value(name) for name in QUESTIONS}


def _show_own(
    request: Request,
    work: Work,
    application: UUID,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
) -> Response:
    every = check_ins.list_own(work, ApplicationId(application))
    waiting = next((one for one in every if one.is_open(work.now)), None)
    answered = [one for one in reversed(every) if one.answers is not None]
    country = _country(work, every[0]) if every else None
    adding = next((one for one in answered if one.may_add(work.now)), None)
    page = OwnPage(application, waiting, answered, form, country, done, adding)
    return render(request, "check_ins/own.html", page, status)


def _show(
    request: Request,
    work: Work,
    token: str,
    form: Form,
    status: int = 200,
) -> Response:
    try:
        found = check_ins.read_link(work, token)
        state = "open" if found.answers is None else "answered"
        page = LinkPage(state, form, _country(work, found))
    except NotFound:
        page, status = LinkPage("dead"), 404
    return _private(render(request, "check_ins/link.html", page, status))


def _country(work: Work, check_in: CheckIn) -> str:
    return work.ports.reference.programmes[check_in.programme].destination


def _private(response: Response) -> Response:
    """The address is the key to the answer: no other page is told of it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
