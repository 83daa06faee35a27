"""An employer comes in by telephone: the number, the code of the message, and what is theirs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import registrations
from app.services.phone_codes import PER_PHONE
from app.services.registrations import Mine
from app.services.work import Work
from app.web import forms
from app.web.answers import Phone
from app.web.browsers import is_secure
from app.web.dependencies import Posted, PublicReading, PublicWork, address_of
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.problems import answer
from app.web.templating import render
from permits import base64url
from permits.errors import Fault
from permits.phone_codes import LIFETIME

router = APIRouter(include_in_schema=False)

HERE = "/registro-empleador"
CODE_PAGE, OWN_PAGE = HERE + "/codigo", HERE + "/mi-registro"
ASKED, ACCESS = "registro-codigo", "registro"
"""Cookies: of a code that is on its way, and of who has typed it."""


class Number(forms.Answers):
    """The phone that the registration belongs to."""

    wording: ClassVar[Mapping[str, str]] = {
        "phone.missing": N_("Escriba el número de teléfono de la finca o de la empresa."),
    }
    phone: Phone


class Typed(forms.Answers):
    """The code of the message."""

    wording: ClassVar[Mapping[str, str]] = {
        "code.missing": N_("Escriba el código de seis números."),
    }
    code: str


@dataclass(frozen=True)
class StartPage:
    """The field for the phone."""

    form: Form


@dataclass(frozen=True)
class CodePage:
    """The field for the code; `ending` is the end of the number that it was sent to."""

    form: Form
    ending: str
    minutes: int = int(LIFETIME.total_seconds()) // 60


def token_of(request: Request, name: str = ACCESS) -> str:
    """What the browser holds."""
    return request.cookies.get(_cookie(request, name), "")


def find_mine(request: Request, work: Work) -> Mine | None:
    """The registration that this browser opened; None where it has to come in first."""
    token = token_of(request)
    return registrations.read_mine(work, token) if registrations.find_mine(work, token) else None


def to_start() -> Response:
    """Where somebody goes whose browser holds nothing, or no more."""
    return RedirectResponse(HERE, 303)


@router.get(HERE)
def ask_phone(request: Request, work: PublicReading) -> Response:
    """The number; who is in already goes on."""
    if registrations.find_mine(work, token_of(request)):
        return RedirectResponse(OWN_PAGE, 303)
    return render(request, "registrations/start.html", StartPage(Form()))


@router.post(HERE)
def send_code(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Have a code sent; the same answer whether or not the phone is known."""
    answers = forms.check(Number, posted)
    if isinstance(answers, Form):
        return render(request, "registrations/start.html", StartPage(answers), 422)
    return _send(request, work, answers.phone)


@router.post(HERE + "/otro-codigo")
def send_again(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Another code to the same phone; the one of before is dead."""
    phone = registrations.find_phone(work, token_of(request, ASKED))
    return _send(request, work, phone) if phone else to_start()


def _send(request: Request, work: Work, phone: str) -> Response:
    token = base64url.encode(work.ports.chance.token(32))
    language = locale_of(request).language.code
    if not registrations.ask_for_code(work, phone, token, language, address_of(request)):
        return answer(request, 429, "too-many-codes", {}, (), PER_PHONE.wait(work.now))
    response = RedirectResponse(CODE_PAGE, 303)
    _keep(request, response, ASKED, token, int(LIFETIME.total_seconds()))
    return response


@router.get(CODE_PAGE)
def ask_code(request: Request, work: PublicReading) -> Response:
    """The field for the code; without an open request the number is asked again."""
    phone = registrations.find_phone(work, token_of(request, ASKED))
    if phone is None:
        return to_start()
    return render(request, "registrations/code.html", CodePage(Form(), phone[-3:]))


@router.post(CODE_PAGE)
def take_code(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Let the browser in; every wrong code is refused alike."""
    token = token_of(request, ASKED)
    phone = registrations.find_phone(work, token)
    if phone is None:
        return to_start()
    answers = forms.check(Typed, posted)
    if isinstance(answers, Form):
        return render(request, "registrations/code.html", CodePage(answers, phone[-3:]), 422)
    access = registrations.come_in(work, token, answers.code, address_of(request))
    if access is None:
        wrong = Form({}, (Fault("message-code-wrong", "code"),), Typed.wording)
        return render(request, "registrations/code.html", CodePage(wrong, phone[-3:]), 422)
    response = RedirectResponse(OWN_PAGE, 303)
    _keep(request, response, ACCESS, access, int(registrations.ACCESS.total_seconds()))
    _forget(request, response, ASKED)
    return response


@router.post(HERE + "/salir")
def leave(request: Request, work: PublicWork) -> Response:
    """Let the browser out; also where it was out already."""
    registrations.leave(work, token_of(request))
    response = RedirectResponse(HERE, 303)
    _forget(request, response, ACCESS)
    return response


def guarded(request: Request, work: Work, then: Callable[[Mine], Response]) -> Response:
    """What is shown to who has come in; everybody else begins with the phone."""
    mine = find_mine(request, work)
    return then(mine) if mine is not None else to_start()


def _keep(request: Request, response: Response, name: str, token: str, seconds: int) -> None:
    response.set_cookie(
        _cookie(request, name),
        token,
        max_age=seconds,
        path=HERE,
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def _forget(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        _cookie(request, name),
        path=HERE,
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def _cookie(request: Request, name: str) -> str:
    """Its path is not the whole site, so over https it is `__Secure-` and not `__Host-`."""
    return f"__Secure-{name}" if is_secure(request) else name
