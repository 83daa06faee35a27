"""An employer comes in by telephone: the number, the code of the message, and what is theirs.

The same code opens the registration and, once SETRASS has verified it, the employer's account.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import employer_accounts, registrations, sign_in
from app.services.employer_accounts import CameIn
from app.services.phone_codes import PER_PHONE
from app.services.registrations import Mine, OwnEmployer
from app.services.work import Work
from app.web import browsers, forms
from app.web.answers import Phone
from app.web.browsers import is_secure
from app.web.dependencies import (
    Posted,
    PublicReading,
    PublicWork,
    address_of,
    cookie_name,
)
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.letting_in import let_in, with_after
from app.web.problems import answer
from app.web.templating import render
from permits import base64url
from permits.errors import Conflict, Fault, NotFound
from permits.people import Role
from permits.phone_codes import LIFETIME

router = APIRouter(include_in_schema=False)

HERE = "/registro-empleador"
CODE_PAGE, OWN_PAGE = HERE + "/codigo", HERE + "/mi-registro"
ASKED, ACCESS = "registro-codigo", "registro"
"""Cookies: of a code that is on its way, and of who has typed it."""


class Number(forms.Answers):
    """The phone that the registration belongs to; `after` is where the employer wanted to go."""

    wording: ClassVar[Mapping[str, str]] = {
        "phone.missing": N_("Escriba el número de teléfono de la finca o de la empresa."),
    }
    phone: Phone
    after: str = ""


class Typed(forms.Answers):
    """The code of the message; `after` as above."""

    wording: ClassVar[Mapping[str, str]] = {
        "code.missing": N_("Escriba el código de seis números."),
    }
    code: str
    after: str = ""


@dataclass(frozen=True)
class StartPage:
    """The field for the phone; `after` is the own page that was wanted, "" for none."""

    form: Form
    after: str = ""


@dataclass(frozen=True)
class CodePage:
    """The field for the code; `ending` is the end of the number that it was sent to."""

    form: Form
    ending: str
    after: str = ""
    minutes: int = int(LIFETIME.total_seconds()) // 60


def token_of(request: Request, name: str = ACCESS) -> str:
    """What the browser holds."""
    return request.cookies.get(_cookie(request, name), "")


def find_mine(request: Request, work: Work) -> Mine | None:
    """The registration that this browser opened; None where it has to come in first."""
    token = token_of(request)
    return registrations.read_mine(work, token) if registrations.find_mine(work, token) else None


def to_start(after: str = "") -> Response:
    """Where somebody goes whose browser holds nothing, or no more."""
    return RedirectResponse(with_after(HERE, after), 303)


@router.get(HERE)
def ask_phone(request: Request, work: PublicReading, siguiente: str = "") -> Response:
    """The number; who is in already goes on, unless a page wants the account behind it."""
    own = registrations.find_mine(work, token_of(request))
    if own is not None and not siguiente:
        return RedirectResponse(OWN_PAGE, 303)
    form = Form({"phone": (own.phone,)}) if own else Form()
    return _start(request, form, siguiente)


@router.post(HERE)
def send_code(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Have a code sent; the same answer whether or not the phone is known."""
    answers = forms.check(Number, posted)
    if isinstance(answers, Form):
        return _start(request, answers, answers.value("after"), 422)
    return _send(request, work, answers.phone, answers.after)


@router.post(HERE + "/otro-codigo")
def send_again(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Another code to the same phone; the one of before is dead."""
    after = Form(forms.typed(posted)).value("after")
    phone = registrations.find_phone(work, token_of(request, ASKED))
    return _send(request, work, phone, after) if phone else to_start(after)


def _send(request: Request, work: Work, phone: str, after: str) -> Response:
    token = base64url.encode(work.ports.chance.token(32))
    language = locale_of(request).language.code
    known = browsers.known_of(request)
    if not registrations.ask_for_code(work, phone, token, language, address_of(request), known):
        return answer(request, 429, "too-many-codes", {}, (), PER_PHONE.wait(work.now))
    response = RedirectResponse(with_after(CODE_PAGE, after), 303)
    _keep(request, response, ASKED, token, int(LIFETIME.total_seconds()))
    return response


@router.get(CODE_PAGE)
def ask_code(request: Request, work: PublicReading, siguiente: str = "") -> Response:
    """The field for the code; without an open request the number is asked again."""
    phone = registrations.find_phone(work, token_of(request, ASKED))
    if phone is None:
        return to_start(siguiente)
    return _code(request, CodePage(Form(), phone[-3:], siguiente))


@router.post(CODE_PAGE)
def take_code(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Let the browser in; every wrong code is refused alike."""
    token, after = token_of(request, ASKED), Form(forms.typed(posted)).value("after")
    phone = registrations.find_phone(work, token)
    if phone is None:
        return to_start(after)
    answers = forms.check(Typed, posted)
    if isinstance(answers, Form):
        return _code(request, CodePage(answers, phone[-3:], after), 422)
    browser, known = browsers.browser_of(request), browsers.known_of(request)
    came_in = employer_accounts.come_in(
        work, token, answers.code, address_of(request), browser=browser, known=known
    )
    if came_in is None:
        wrong = Form({}, (Fault("message-code-wrong", "code"),), Typed.wording)
        return _code(request, CodePage(wrong, phone[-3:], after), 422)
    return _let_in(request, came_in, after)


def _start(request: Request, form: Form, after: str, status: int = 200) -> Response:
    return render(request, "registrations/start.html", StartPage(form, after), status)


def _code(request: Request, page: CodePage, status: int = 200) -> Response:
    return render(request, "registrations/code.html", page, status)


def _let_in(request: Request, came_in: CameIn, after: str) -> Response:
    """Into the registration, and into the account where one hangs on this phone."""
    if came_in.signed_in is None or came_in.signed_in.refusal is not None:
        response: Response = RedirectResponse(OWN_PAGE, 303)
    else:
        response = let_in(request, came_in.signed_in, after or OWN_PAGE)
    _keep(request, response, ACCESS, came_in.access, int(registrations.ACCESS.total_seconds()))
    _forget(request, response, ASKED)
    return response


@router.post(HERE + "/salir")
def leave(request: Request, work: PublicWork) -> Response:
    """Let the browser out, of the account too; also where it was out already."""
    registrations.leave(work, token_of(request))
    response = RedirectResponse(HERE, 303)
    _forget(request, response, ACCESS)
    if work.actor.role is Role.EMPLOYER:
        name = cookie_name(request)
        sign_in.sign_out(work, request.cookies.get(name, ""))
        response.delete_cookie(name, secure=is_secure(request), httponly=True, samesite="lax")
    return response


def guarded(request: Request, work: Work, then: Callable[[Mine], Response]) -> Response:
    """What is shown to who has come in; everybody else begins with the phone."""
    mine = find_mine(request, work)
    return then(mine) if mine is not None else to_start()


def for_employer(request: Request, work: Work, then: Callable[[OwnEmployer], Response]) -> Response:
    """What is shown to a verified employer, signed in or come in by telephone.

    Who is not verified yet, or whose account is locked, sees how the registration stands; everybody
    else begins with the phone.
    """
    try:
        own = registrations.own_employer(work, token_of(request))
    except NotFound:
        return to_start()
    except Conflict:
        return RedirectResponse(OWN_PAGE, 303)
    return then(own)


def back_of(request: Request) -> str:
    """The page before: the registration of who came in by telephone, else the own vacancies."""
    return OWN_PAGE if token_of(request) else "/mis-vacantes"


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
