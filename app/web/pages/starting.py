"""Beginning an application: which programme, which phone, and the code to come back with."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.services import applications, sign_in, whatsapp
from app.services.applications import Started
from app.services.throttling import Limit, count, place_of
from app.services.work import Work
from app.web import forms
from app.web.dependencies import (
    Posted,
    PublicReading,
    PublicWork,
    SignedInReading,
    address_of,
    keep_session,
)
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.pages import assisting, shown_once, wizard
from app.web.pages.questions import FirstPhone
from app.web.problems import answer
from app.web.templating import render
from app.web.turns import IN_TURN
from permits.applications import ApplicationId
from permits.deadlines import legal_day
from permits.errors import Invalid
from permits.people import Role
from permits.programmes import Programme

router = APIRouter(include_in_schema=False)

HOME = "HND"
"""Programmes that lead here stand first; the others lead abroad."""

DRAFTS_PER_PHONE = Limit("drafts", 20)
"""A brigade may begin many on one phone; a machine that sends SMS to strangers may not."""

DRAFTS_PER_HELPER = Limit("drafts-helper", 60)
"""Of one facilitator, who stands behind one counter with many people before it."""

DRAFTS_PER_ADDRESS = Limit("drafts-address", 300)
"""A counter of its own: who guesses at passwords from an address keeps nobody from beginning."""


@dataclass(frozen=True)
class ProgrammeChoice:
    """The programmes that take applications; `abroad` tells that only those are shown."""

    programmes: tuple[Programme, ...]
    abroad: bool


@dataclass(frozen=True)
class StartPage:
    """The first question: the phone. `another` says that somebody else of the phone begins.

    `whatsapp` tells that notices may come that way, too.
    """

    form: Form
    programme: Programme
    another: bool
    whatsapp: bool


@dataclass(frozen=True)
class CodePage:
    """The resume code in two groups of four, and where the questions begin."""

    code: str
    path: str


@router.get("/solicitud/nueva")
def choose_programme(request: Request, work: PublicReading) -> Response:
    """Every programme, the harvest first."""
    known = sorted(_today(work), key=lambda p: p.destination != HOME)
    return render(request, "applications/programmes.html", ProgrammeChoice(tuple(known), False))


@router.get("/extranjero")
def choose_programme_abroad(request: Request, work: PublicReading) -> Response:
    """Only the programmes for work in another country."""
    abroad = [p for p in _today(work) if p.destination != HOME]
    return render(request, "applications/programmes.html", ProgrammeChoice(tuple(abroad), True))


@router.get("/solicitud/nueva/{programme}")
def ask_phone(request: Request, work: PublicReading, programme: str) -> Response:
    """The first question."""
    page = _page(work, programme, Form())
    return render(request, "applications/phone.html", page)


@router.post("/solicitud/nueva/{programme}", dependencies=IN_TURN)
def begin(request: Request, work: PublicWork, programme: str, posted: Posted) -> Response:
    """Begin a draft and show the code; an SMS says the same.

    Its worker is signed in; a facilitator stays who they are and goes on for the worker.
    """
    answers = forms.check(FirstPhone, posted)
    if isinstance(answers, Form):
        return _refused(request, work, programme, answers)
    helps = assisting.helps(work)
    place = (DRAFTS_PER_ADDRESS, place_of(address_of(request)))
    helper = (DRAFTS_PER_HELPER, str(work.actor.person))
    begun = count(work, (DRAFTS_PER_PHONE, answers.phone), helper if helps else place)
    if begun.wait:
        return answer(request, 429, "too-many-tries", {}, (), begun.wait)
    language = locale_of(request).language.code
    try:
        started = applications.start_application(
            work,
            programme,
            answers.phone,
            language,
            assisted=helps,
            whatsapp=answers.whatsapp == "yes",
        )
    except Invalid as invalid:
        return _refused(request, work, programme, forms.refused(FirstPhone, posted, invalid))
    return _welcome(request, work, started)


@router.get("/solicitud/{application:uuid}/codigo")
def show_code(request: Request, work: SignedInReading, application: UUID) -> Response:
    """The code, as long as this browser still has it; later the questions go on."""
    case = applications.read_own(work, ApplicationId(application))
    code = shown_once.read(request, shown_once.CODE)
    path = wizard.next_path(case)
    if not code:
        return RedirectResponse(path, 303)
    return render(request, "applications/code.html", CodePage(f"{code[:4]} {code[4:]}", path))


def _today(work: Work) -> list[Programme]:
    today = legal_day(work.now)
    return [one.on(today) for one in work.ports.reference.programmes.values()]


def _page(work: Work, programme: str, form: Form) -> StartPage:
    found = work.ports.reference.programmes.get(programme)
    if found is None:
        raise HTTPException(404)
    return StartPage(form, found, work.actor.role is Role.WORKER, whatsapp.is_offered(work))


def _refused(request: Request, work: Work, programme: str, form: Form) -> Response:
    page = _page(work, programme, form)
    return render(request, "applications/phone.html", page, 422)


def _welcome(request: Request, work: Work, started: Started) -> Response:
    path = f"/solicitud/{started.application.id}/codigo"
    response = shown_once.lead(request, path, shown_once.CODE, started.resume_code)
    if not assisting.helps(work):
        keep_session(request, response, sign_in.open_session(work, started.actor, "started"))
    return response
