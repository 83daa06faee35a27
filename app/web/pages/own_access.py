"""A worker's own way in: the phone that opens it, and a new code on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import own_access
from app.services.phone_codes import PER_PHONE
from app.web import forms, i18n
from app.web.answers import Phone
from app.web.dependencies import Posted, SignedInReading, SignedInWork, address_of
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.phone_codes import CodePage, Typed
from app.web.problems import answer
from app.web.templating import render
from permits.errors import Fault, Invalid

router = APIRouter(include_in_schema=False, prefix="/mi-acceso")

HERE = "/mi-acceso"


class NewNumber(forms.Answers):
    """The number that is to be the worker's."""

    wording: ClassVar[Mapping[str, str]] = {
        "phone.missing": N_("Escriba su número nuevo."),
    }
    phone: Phone
    after: str = ""


@dataclass(frozen=True)
class AccessPage:
    """The number as it stands."""

    phone: str


@dataclass(frozen=True)
class NewNumberPage:
    """The field; `after` is kept for afterwards."""

    form: Form
    after: str


@dataclass(frozen=True)
class NewCodePage:
    """The resume code in two groups of four; it is shown this once."""

    code: str


@router.get("")
def show_access(request: Request, work: SignedInReading) -> Response:
    """The number, and what can be done."""
    return render(request, "access/own.html", AccessPage(own_access.read_own(work).phone))


@router.post("/codigo")
def renew_code(request: Request, work: SignedInWork) -> Response:
    """A new code on paper, shown once; opening the page again shows nothing."""
    code = own_access.renew_resume_code(work)
    return render(request, "access/new_code.html", NewCodePage(f"{code[:4]} {code[4:]}"))


@router.get("/codigo")
def show_no_code(request: Request, work: SignedInReading) -> Response:
    """The code was shown once; who reloads the page goes back."""
    return RedirectResponse(HERE, 303)


@router.get("/telefono")
def ask_number(request: Request, work: SignedInReading, siguiente: str = "") -> Response:
    """The field for another number."""
    own_access.read_own(work)
    return render(request, "access/new_phone.html", NewNumberPage(Form(), siguiente))


@router.post("/telefono")
def send_code(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Have a code sent to the new number."""
    form = Form(forms.typed(posted), wording=NewNumber.wording)
    after = form.value("after")
    answers = forms.check(NewNumber, posted)
    if isinstance(answers, Form):
        return render(request, "access/new_phone.html", NewNumberPage(answers, after), 422)
    language = locale_of(request).language.code
    try:
        sent = own_access.ask_new_phone(work, answers.phone, language, address_of(request))
    except Invalid as error:
        refused = forms.refused(NewNumber, posted, error)
        return render(request, "access/new_phone.html", NewNumberPage(refused, after), 422)
    if not sent:
        return answer(request, 429, "too-many-codes", {}, (), PER_PHONE.wait(work.now))
    return RedirectResponse(_with(f"{HERE}/telefono/codigo", after), 303)


@router.get("/telefono/codigo")
def ask_code(request: Request, work: SignedInReading, siguiente: str = "") -> Response:
    """The field for the code that went to the new number."""
    phone = own_access.find_new_phone(work)
    if phone is None:
        return RedirectResponse(f"{HERE}/telefono", 303)
    return render(request, "access/prove_phone.html", CodePage(Form(), siguiente, phone[-3:]))


@router.post("/telefono/codigo")
def take_code(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Change the number where the code is right; the old number is told."""
    form = Form(forms.typed(posted), wording=Typed.wording)
    after, phone = form.value("after"), own_access.find_new_phone(work)
    if phone is None:
        return RedirectResponse(f"{HERE}/telefono", 303)
    answers = forms.check(Typed, posted)
    if not isinstance(answers, Form) and own_access.change_phone(work, answers.code):
        own = i18n.own_path(after) if after else "/"
        return RedirectResponse(HERE if own == "/" else own, 303)
    if not isinstance(answers, Form):
        answers = Form({}, (Fault("message-code-wrong", "code"),), Typed.wording)
    return render(request, "access/prove_phone.html", CodePage(answers, after, phone[-3:]), 422)


def _with(path: str, after: str) -> str:
    own = i18n.own_path(after) if after else "/"
    return path if own == "/" else f"{path}?siguiente={own}"
