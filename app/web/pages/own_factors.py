"""One's own second factors and password: added, named, removed, changed; each asks for a proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import SecretStr

from app.services import own_account, second_factors
from app.services.second_factors import Enrolment
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.enrolling import (
    APP_NAME,
    PASSKEY_NAME,
    CodesPage,
    EnrolPage,
    FirstCode,
    symbol,
)
from app.web.pages.own_account import HOME, ProvenSessionWork, token_of
from app.web.problems import answer
from app.web.templating import render
from permits.errors import Fault, Invalid
from permits.people import Role

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class PasswordPage:
    """Old and new; `has_password` is False for who signs in at their agency's provider."""

    form: Form
    name: str
    has_password: bool


@dataclass(frozen=True)
class PasskeyPage:
    """The name that a new passkey gets."""

    form: Form


class AppCode(FirstCode):
    """The code of another app, and its name."""

    name: str = ""


class MadePasskey(forms.Answers):
    """What the browser made, and the name for it."""

    credential: SecretStr
    name: str = ""


class NewName(forms.Answers):
    """Another name for a factor."""

    wording: ClassVar[Mapping[str, str]] = {"name.missing": N_("Escriba un nombre.")}
    name: str


class NewPassword(forms.Answers):
    """The password of before, and the new one."""

    wording: ClassVar[Mapping[str, str]] = {
        "old.missing": N_("Escriba su contraseña de ahora."),
        "password.missing": N_("Escriba la contraseña nueva."),
    }
    user: str = ""  # for password managers, which want to know whose it is
    old: SecretStr = SecretStr("")
    password: SecretStr


@router.get("/mi-cuenta/codigo")
def show_app(request: Request, work: ProvenSessionWork) -> Response:
    """The symbol to set another app up with."""
    return _app(request, work, Form())


@router.get("/mi-cuenta/codigo/simbolo.svg")
def draw_app(request: Request, work: ProvenSessionWork) -> Response:
    """The symbol of that page."""
    return symbol(work, own_account.begin_app(work, token_of(request)))


@router.post("/mi-cuenta/codigo")
def add_app(request: Request, work: ProvenSessionWork, posted: Posted) -> Response:
    """Keep the app whose code this is."""
    typed = forms.check(AppCode, posted)
    if isinstance(typed, Form):
        return _app(request, work, typed, 422)
    name = typed.name or locale_of(request).text(APP_NAME)
    try:
        own_account.add_app(work, token_of(request), typed.code, name)
    except Invalid as error:
        return _app(request, work, forms.refused(AppCode, posted, error), 422)
    return _done("factor-added")


@router.get("/mi-cuenta/llave")
def show_passkey(request: Request, work: ProvenSessionWork) -> Response:
    """The page on which a browser makes a passkey."""
    return render(request, "account/passkey.html", PasskeyPage(Form()))


@router.post("/mi-cuenta/llave")
def add_passkey(request: Request, work: ProvenSessionWork, posted: Posted) -> Response:
    """Keep the passkey that was made."""
    form = Form(forms.typed(posted))
    if i18n.pressed(request):
        return render(request, "account/passkey.html", PasskeyPage(form))
    made = forms.check(MadePasskey, posted)
    if isinstance(made, Form):
        refused = Form(form.values, (Fault("passkey-refused"),))
        return render(request, "account/passkey.html", PasskeyPage(refused), 422)
    name = made.name or locale_of(request).text(PASSKEY_NAME)
    try:
        answered = made.credential.get_secret_value()
        own_account.add_passkey(work, token_of(request), answered, name)
    except Invalid as error:
        page = PasskeyPage(forms.refused(MadePasskey, posted, error))
        return render(request, "account/passkey.html", page, 422)
    return _done("factor-added")


@router.post("/mi-cuenta/factores/{factor:uuid}/nombre")
def rename_factor(
    request: Request, work: ProvenSessionWork, factor: UUID, posted: Posted
) -> Response:
    """Give a factor another name."""
    typed = forms.check(NewName, posted)
    if isinstance(typed, Form):
        return answer(request, 422, "invalid", {}, typed.faults)
    second_factors.rename_own(work, factor, typed.name)
    return _done("factor-renamed")


@router.post("/mi-cuenta/factores/{factor:uuid}/quitar")
def remove_factor(request: Request, work: ProvenSessionWork, factor: UUID) -> Response:
    """Remove a factor; an account keeps its last one, a worker can come back by phone."""
    own_account.remove_factor(work, token_of(request), factor)
    return _done("factor-removed")


@router.post("/mi-cuenta/codigos")
def make_codes(request: Request, work: ProvenSessionWork) -> Response:
    """Ten new codes on paper, shown once."""
    if work.actor.role is Role.WORKER:
        return answer(request, 403, "not-permitted", {}, ())
    codes = second_factors.make_paper_codes(work, work.actor.person)
    return render(request, "account/codes.html", CodesPage(Form(), HOME, codes, first=False))


@router.get("/mi-cuenta/contrasena")
def show_password(request: Request, work: ProvenSessionWork) -> Response:
    """The form for another password."""
    return _password(request, work, Form())


@router.post("/mi-cuenta/contrasena")
def change_password(request: Request, work: ProvenSessionWork, posted: Posted) -> Response:
    """Change it; everywhere else one is signed out."""
    given = forms.check(NewPassword, posted)
    if isinstance(given, Form):
        return _password(request, work, given, 422)
    old, new = given.old.get_secret_value(), given.password.get_secret_value()
    try:
        changed = own_account.change_password(work, token_of(request), old, new)
    except Invalid as error:
        return _password(request, work, forms.refused(NewPassword, posted, error), 422)
    if not changed:
        wrong = Form({}, (Fault("password-wrong", "old"),), NewPassword.wording)
        return _password(request, work, wrong, 422)
    return _done("password")


def _app(request: Request, work: Work, form: Form, status: int = 200) -> Response:
    enrolment: Enrolment = own_account.begin_app(work, token_of(request))
    page = EnrolPage(form, HOME, enrolment, first=False)
    return render(request, "account/app.html", page, status)


def _password(request: Request, work: Work, form: Form, status: int = 200) -> Response:
    account = own_account.find(work)
    name = (account.email or account.phone or "") if account else ""
    page = PasswordPage(form, name, bool(account and account.password_hash))
    return render(request, "account/password.html", page, status)


def _done(what: str) -> Response:
    return RedirectResponse(f"{HOME}?hecho={what}", 303)
