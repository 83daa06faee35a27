"""Officials sign in and out; a refusal never tells whether an account exists."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import SecretStr
from starlette.datastructures import FormData

from app.services import sign_in
from app.services.sign_in import Refusal, SignIn
from app.web import forms, i18n
from app.web.contexts import DemoAccount, SignInPage
from app.web.dependencies import (
    Posted,
    PublicReading,
    PublicWork,
    address_of,
    cookie_name,
    is_secure,
    keep_session,
    ports_of,
)
from app.web.i18n import N_
from app.web.templating import render
from app.web.turns import IN_TURN
from permits.duties import POST_ROLES
from permits.people import AGENCY_OF, NOBODY, Actor, Role

router = APIRouter(include_in_schema=False)

FIRST_PAGE: Mapping[Role, str] = {
    **dict.fromkeys(AGENCY_OF, "/bandeja"),
    **dict.fromkeys(sorted(POST_ROLES), "/escaner/"),
    Role.ADMINISTRATOR: "/demo/mensajes",
}
"""Where each role begins to work."""

STATUS: Mapping[Refusal, int] = {Refusal.WRONG: 422, Refusal.TOO_MANY: 429}
RETRY_AFTER_SECONDS = "900"


class Credentials(forms.Answers):
    """What somebody types to sign in; `after` is where they wanted to go."""

    wording: ClassVar[Mapping[str, str]] = {
        "user.missing": N_("Escriba su correo o usuario."),
        "password.missing": N_("Escriba su contraseña."),
    }
    user: str
    password: SecretStr
    after: str = ""


@router.get("/entrar")
def show_sign_in(request: Request, work: PublicReading, siguiente: str = "") -> Response:
    """The form; whoever is signed in as an official already goes on."""
    if work.actor.role in FIRST_PAGE:
        return RedirectResponse(_onwards(work.actor, siguiente), 303)
    ended = work.actor is NOBODY and cookie_name(request) in request.cookies
    return render(request, "sign_in.html", _page(request, after=siguiente, ended=ended))


@router.post("/entrar", dependencies=IN_TURN)
def enter(request: Request, work: PublicWork, form: Posted) -> Response:
    """Sign in, or show the form again with the one refusal that fits every wrong try."""
    after = _text(form, "after")
    if locale := i18n.asked_in(form):
        page = _page(request, forms.Form(forms.typed(form)), after=after)
        shown = render(request, "sign_in.html", page, locale=locale)
        return i18n.remember(shown, locale, secure=is_secure(request))
    answers = forms.check(Credentials, form)
    if isinstance(answers, forms.Form):
        return render(request, "sign_in.html", _page(request, answers, after=after), 422)
    password = answers.password.get_secret_value()
    signed_in = sign_in.sign_in(work, answers.user, password, address_of(request))
    if signed_in.refusal is not None:
        return _refused(request, signed_in.refusal, forms.Form(forms.typed(form)), after)
    return let_in(request, signed_in, after)


@router.post("/salir")
def leave(request: Request, work: PublicWork) -> Response:
    """End the session and forget the cookie; pressing it twice harms nobody."""
    token = request.cookies.get(cookie_name(request), "")
    if token:
        sign_in.sign_out(work, token)
    response = RedirectResponse("/entrar" if work.actor.role in FIRST_PAGE else "/", 303)
    response.delete_cookie(
        cookie_name(request), secure=is_secure(request), httponly=True, samesite="lax"
    )
    return response


def _refused(request: Request, refusal: Refusal, form: forms.Form, after: str) -> Response:
    page = _page(request, form, after=after, refusal=refusal.value)
    response = render(request, "sign_in.html", page, STATUS[refusal])
    if refusal is Refusal.TOO_MANY:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def let_in(request: Request, signed_in: SignIn, after: str) -> Response:
    """Keep the new session and go on to the page that was wanted."""
    response = RedirectResponse(_onwards(signed_in.actor, after), 303)
    keep_session(request, response, signed_in)
    return response


def _onwards(actor: Actor, after: str) -> str:
    """The page that was wanted, if it is one of ours; else the first page of the role."""
    own = i18n.own_path(after) if after else "/"
    return FIRST_PAGE.get(actor.role, "/") if own == "/" else own


def _page(
    request: Request,
    form: forms.Form | None = None,
    *,
    after: str = "",
    refusal: str = "",
    ended: bool = False,
) -> SignInPage:
    accounts: Sequence[DemoAccount] = getattr(request.app.state, "demo_accounts", ())
    return SignInPage(
        form or forms.Form(),
        refusal,
        after=after,
        ended=ended,
        demo_accounts=accounts,
        providers=ports_of(request).openid.labels(),
    )


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
