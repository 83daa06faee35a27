"""Everybody with an account signs in and out; a refusal never tells whether an account exists."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import SecretStr

from app.services import employer_accounts, sign_in
from app.services.sign_in import Refusal, SignIn
from app.web import browsers, forms
from app.web.browsers import is_secure
from app.web.contexts import DemoAccount, SignInPage
from app.web.dependencies import (
    Posted,
    PublicReading,
    PublicWork,
    address_of,
    cookie_name,
    ports_of,
)
from app.web.i18n import N_
from app.web.letting_in import FIRST_PAGE, let_in, name_of, onwards
from app.web.templating import render
from app.web.turns import IN_TURN
from permits.people import NOBODY

router = APIRouter(include_in_schema=False)

STATUS: Mapping[Refusal, int] = {
    Refusal.WRONG: 422,
    Refusal.WRONG_CODE: 422,
    Refusal.STEP_OVER: 422,
    Refusal.TOO_MANY: 429,
    Refusal.PROVIDER_REFUSED: 422,
    Refusal.PROVIDER_AWAY: 422,
}


WRONG = SignIn(refusal=Refusal.WRONG)


class Credentials(forms.Answers):
    """What somebody types to sign in; `after` is where they wanted to go."""

    wording: ClassVar[Mapping[str, str]] = {
        "user.missing": N_("Escriba su correo o teléfono."),
        "password.missing": N_("Escriba su contraseña."),
    }
    user: str
    password: SecretStr
    after: str = ""


class PasskeyAnswer(forms.Answers):
    """What a browser's passkey answered; `after` is where they wanted to go."""

    credential: SecretStr
    after: str = ""


@router.get("/entrar")
def show_sign_in(request: Request, work: PublicReading, siguiente: str = "") -> Response:
    """The form; whoever is signed in already goes on."""
    if work.actor.role in FIRST_PAGE:
        return RedirectResponse(onwards(work.actor, siguiente), 303)
    ended = work.actor is NOBODY and cookie_name(request) in request.cookies
    return render(request, "sign_in.html", page_of(request, after=siguiente, ended=ended))


@router.post("/entrar", dependencies=IN_TURN)
def enter(request: Request, work: PublicWork, form: Posted) -> Response:
    """Sign in, or show the form again with the one refusal that fits every wrong try."""
    typed = forms.Form(forms.typed(form))
    after = typed.value("after")
    answers = forms.check(Credentials, form)
    if isinstance(answers, forms.Form):
        return render(request, "sign_in.html", page_of(request, answers, after=after), 422)
    signed_in = sign_in.sign_in(
        work,
        name_of(answers.user),
        answers.password.get_secret_value(),
        address_of(request),
        browser=browsers.browser_of(request),
        known=browsers.known_of(request),
    )
    if signed_in.refusal is not None:
        return refused(request, signed_in, typed, after)
    return let_in(request, signed_in, after)


@router.post("/entrar/llave")
def enter_by_passkey(request: Request, work: PublicWork, form: Posted) -> Response:
    """Sign in by a passkey alone, official or worker."""
    typed = forms.Form(forms.typed(form))
    answers = forms.check(PasskeyAnswer, form)
    if isinstance(answers, forms.Form):
        return refused(request, WRONG, forms.Form(), typed.value("after"), "passkey")
    signed_in = sign_in.sign_in_with_passkey(
        work,
        answers.credential.get_secret_value(),
        browser=browsers.browser_of(request),
        known=browsers.known_of(request),
    )
    if signed_in.refusal is not None:
        return refused(request, signed_in, forms.Form(), answers.after, "passkey")
    return let_in(request, signed_in, answers.after)


@router.post("/salir")
def leave(request: Request, work: PublicWork) -> Response:
    """End the session and forget the cookie; pressing it twice harms nobody."""
    token = request.cookies.get(cookie_name(request), "")
    if token:
        employer_accounts.leave(work)
        sign_in.sign_out(work, token)
    response = RedirectResponse("/entrar" if work.actor.role in FIRST_PAGE else "/", 303)
    response.delete_cookie(
        cookie_name(request), secure=is_secure(request), httponly=True, samesite="lax"
    )
    return response


def refused(
    request: Request, tried: SignIn, form: forms.Form, after: str, way: str = ""
) -> Response:
    """The form again with why, and when to try anew; a refused passkey has words of its own."""
    refusal = tried.refusal or Refusal.WRONG
    code = "passkey-refused" if way == "passkey" and refusal is Refusal.WRONG else refusal.value
    page = replace(page_of(request, form, after=after, refusal=code), facts=told_to_wait(tried))
    return asked_to_wait(render(request, "sign_in.html", page, STATUS[refusal]), tried)


def told_to_wait(tried: SignIn) -> Mapping[str, int]:
    """The minutes to wait, as the words of the refusal tell them; nothing where none are."""
    return {"minutes": math.ceil(tried.wait / 60)} if tried.wait else {}


def asked_to_wait(response: Response, tried: SignIn) -> Response:
    """The same answer, telling programs too when to try anew (RFC 9110 10.2.3)."""
    if tried.wait:
        response.headers["Retry-After"] = str(tried.wait)
    return response


def page_of(
    request: Request,
    form: forms.Form | None = None,
    *,
    after: str = "",
    refusal: str = "",
    ended: bool = False,
) -> SignInPage:
    """The sign-in page; in the demonstration with its accounts."""
    accounts: Sequence[DemoAccount] = getattr(request.app.state, "demo_accounts", ())
    return SignInPage(
        form or forms.Form(),
        refusal,
        after=after,
        ended=ended,
        demo_accounts=accounts,
        providers=ports_of(request).openid.labels(),
    )
