"""Coming back on any phone: number and resume code on paper lead to where it was left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import applications, sign_in
from app.services.sign_in import Refusal, SignIn
from app.services.work import Work
from app.web import browsers, forms, i18n
from app.web.answers import Phone
from app.web.dependencies import (
    Posted,
    PublicReading,
    PublicWork,
    address_of,
    keep_session,
)
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages import wizard
from app.web.pages.applications import path_of
from app.web.problems import WORKER_PAGES, answer
from app.web.templating import render
from app.web.turns import IN_TURN
from permits.applications import EDITABLE
from permits.errors import Fault

router = APIRouter(include_in_schema=False)


class Return(forms.Answers):
    """What somebody types to come back; `after` is where they wanted to go."""

    wording: ClassVar[Mapping[str, str]] = {
        "phone.missing": N_("Escriba el número de teléfono de su solicitud."),
        "code.missing": N_("Escriba el código de ocho números que le dimos."),
        "code.sign-in-wrong": N_("El teléfono o el código no es correcto. Revise los dos."),
    }
    phone: Phone
    code: str
    after: str = ""


@dataclass(frozen=True)
class ReturnPage:
    """The fields; `after` is kept for afterwards."""

    form: Form
    after: str


@router.get("/retomar/papel")
def ask_code(request: Request, work: PublicReading, siguiente: str = "") -> Response:
    """The form for the phone and the code on paper."""
    return render(request, "applications/resume.html", ReturnPage(Form(), siguiente))


@router.post("/retomar/papel", dependencies=IN_TURN)
def come_back(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Sign the worker in; a wrong try says the same whether or not the phone is known."""
    form = Form(forms.typed(posted), wording=Return.wording)
    answers = forms.check(Return, posted)
    if isinstance(answers, Form):
        return _again(request, answers)
    address, known = address_of(request), browsers.known_of(request)
    back = sign_in.resume(work, answers.phone, answers.code, address, known)
    if back.refusal is Refusal.TOO_MANY:
        return answer(request, 429, back.refusal.value, {}, (), back.wait)
    if back.refusal is not None:
        wrong = Fault(back.refusal.value, "code")
        return _again(request, Form(form.values, (wrong,), Return.wording))
    return let_in(request, work, back, answers.after)


def _again(request: Request, form: Form) -> Response:
    page = ReturnPage(form, form.value("after"))
    return render(request, "applications/resume.html", page, 422)


def let_in(request: Request, work: Work, back: SignIn, after: str) -> Response:
    """Put the session into the cookie and go where the worker wanted to go, or belongs."""
    path = i18n.own_path(after)
    if not path.startswith(WORKER_PAGES):
        path = _home_of(work.as_actor(back.actor))
    response = RedirectResponse(path, 303)
    keep_session(request, response, back)
    browsers.keep_known(request, response, back.known)
    return response


def _home_of(work: Work) -> str:
    """The open question of the one application, its status, or the list of several."""
    own = applications.list_own(work)
    if len(own) != 1:
        return "/solicitud"
    if own[0].status in EDITABLE and own[0].round == 0:
        return wizard.next_path(applications.read_own(work, own[0].id))
    return path_of(own[0])
