"""Coming back by a code on the phone: the number, the code, and who of a shared phone it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import returning
from app.services.phone_codes import PER_PHONE
from app.services.returning import Housemate
from app.services.work import Work
from app.web import browsers, forms, i18n
from app.web.answers import Phone
from app.web.browsers import is_secure
from app.web.dependencies import (
    Posted,
    PublicReading,
    PublicWork,
    address_of,
)
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.resuming import ReturnPage, let_in
from app.web.problems import answer
from app.web.templating import render
from permits import base64url
from permits.errors import Fault
from permits.people import PersonId
from permits.phone_codes import LIFETIME

router = APIRouter(include_in_schema=False)

COOKIE = "retomar"
CODE_PAGE, WHO_PAGE = "/retomar/mensaje", "/retomar/quien"


class Number(forms.Answers):
    """The phone that the code goes to; `after` is where the worker wanted to go."""

    wording: ClassVar[Mapping[str, str]] = {
        "phone.missing": N_("Escriba el número de teléfono de su solicitud."),
    }
    phone: Phone
    after: str = ""


class Typed(forms.Answers):
    """The code of the SMS."""

    wording: ClassVar[Mapping[str, str]] = {
        "code.missing": N_("Escriba el código de seis números."),
    }
    code: str
    after: str = ""


class Chosen(forms.Answers):
    """Who of the household it is."""

    wording: ClassVar[Mapping[str, str]] = {"person.missing": N_("Elija su nombre.")}
    person: UUID
    after: str = ""


@dataclass(frozen=True)
class CodePage:
    """The field for the code; `ending` is the end of the number that it was sent to."""

    form: Form
    after: str
    ending: str
    minutes: int = int(LIFETIME.total_seconds()) // 60


@dataclass(frozen=True)
class WhoPage:
    """The people of one phone by their given names; nothing else is told of them."""

    form: Form
    after: str
    household: tuple[Housemate, ...]


@router.get("/retomar")
def ask_phone(request: Request, work: PublicReading, siguiente: str = "") -> Response:
    """The number; the code on paper is the other way."""
    return render(request, "returning/phone.html", ReturnPage(Form(), siguiente))


@router.post("/retomar")
def send_code(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Have a code sent; the same answer, in the same time, whether or not the phone is known."""
    form = Form(forms.typed(posted), wording=Number.wording)
    answers = forms.check(Number, posted)
    if isinstance(answers, Form):
        page = ReturnPage(answers, form.value("after"))
        return render(request, "returning/phone.html", page, 422)
    return _send(request, work, answers.phone, answers.after)


@router.post("/retomar/otro")
def send_again(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Another code to the same phone; the one of before is dead."""
    after = Form(forms.typed(posted)).value("after")
    phone = returning.find_phone(work, _token(request))
    return _send(request, work, phone, after) if phone else RedirectResponse("/retomar", 303)


def _send(request: Request, work: Work, phone: str, after: str) -> Response:
    token = base64url.encode(work.ports.chance.token(32))
    language = locale_of(request).language.code
    address, known = address_of(request), browsers.known_of(request)
    if not returning.ask_to_return(work, phone, token, language, address, known):
        return answer(request, 429, "too-many-codes", {}, (), PER_PHONE.wait(work.now))
    response = RedirectResponse(_with(CODE_PAGE, after), 303)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LIFETIME.total_seconds()),
        path="/retomar",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )
    return response


@router.get(CODE_PAGE)
def ask_code(request: Request, work: PublicReading, siguiente: str = "") -> Response:
    """The field for the code; without an open request the number is asked again."""
    phone = returning.find_phone(work, _token(request))
    if phone is None:
        return RedirectResponse(_with("/retomar", siguiente), 303)
    return render(request, "returning/code.html", CodePage(Form(), siguiente, phone[-3:]))


@router.post(CODE_PAGE)
def take_code(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Sign in, or ask who of the household it is; every wrong code is refused alike."""
    form = Form(forms.typed(posted), wording=Typed.wording)
    after, token = form.value("after"), _token(request)
    phone = returning.find_phone(work, token)
    if phone is None:
        return RedirectResponse(_with("/retomar", after), 303)
    answers = forms.check(Typed, posted)
    if isinstance(answers, Form):
        return render(request, "returning/code.html", CodePage(answers, after, phone[-3:]), 422)
    address, known = address_of(request), browsers.known_of(request)
    proved = returning.return_by_code(work, token, answers.code, address, known)
    if proved.household:
        return RedirectResponse(_with(WHO_PAGE, after), 303)
    if proved.signed_in.refusal is not None:
        wrong = Form({}, (Fault("message-code-wrong", "code"),), Typed.wording)
        return render(request, "returning/code.html", CodePage(wrong, after, phone[-3:]), 422)
    return _leave_cookie(request, let_in(request, work, proved.signed_in, after))


@router.get(WHO_PAGE)
def ask_who(request: Request, work: PublicReading, siguiente: str = "") -> Response:
    """The names of the phone, for whoever has typed its code."""
    household = returning.list_household(work, _token(request))
    if not household:
        return RedirectResponse(_with("/retomar", siguiente), 303)
    return render(request, "returning/who.html", WhoPage(Form(), siguiente, tuple(household)))


@router.post(WHO_PAGE)
def take_choice(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Sign the chosen person in."""
    form = Form(forms.typed(posted), wording=Chosen.wording)
    after, token = form.value("after"), _token(request)
    household = tuple(returning.list_household(work, token))
    answers = forms.check(Chosen, posted)
    if isinstance(answers, Form):
        return render(request, "returning/who.html", WhoPage(answers, after, household), 422)
    known = browsers.known_of(request)
    signed_in = returning.choose_person(work, token, PersonId(answers.person), known)
    if signed_in.refusal is not None:
        return RedirectResponse(_with("/retomar", after), 303)
    return _leave_cookie(request, let_in(request, work, signed_in, after))


def _leave_cookie(request: Request, response: Response) -> Response:
    response.delete_cookie(
        COOKIE, path="/retomar", secure=is_secure(request), httponly=True, samesite="lax"
    )
    return response


def _token(request: Request) -> str:
    return request.cookies.get(COOKIE, "")


def _with(path: str, after: str) -> str:
    own = i18n.own_path(after) if after else "/"
    return path if own == "/" else f"{path}?siguiente={own}"
