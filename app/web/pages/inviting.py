"""An administrator invites a person, and the person answers by the link of the message."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import SecretStr

from app.services import invitations
from app.services.accounts import Newcomer
from app.services.invitations import Invited
from app.services.work import Work
from app.web import answers, browsers, forms
from app.web.dependencies import (
    Posted,
    ProvenWork,
    PublicWork,
    SignedInReading,
)
from app.web.forms import Form
from app.web.i18n import N_
from app.web.letting_in import let_in
from app.web.pages import accounts, scopes
from app.web.pages.scopes import Bounded, Choices
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid, NotFound
from permits.people import Permission
from permits.policies import check_permission

router = APIRouter(include_in_schema=False)

PATH = accounts.PATH + "/invitar"
LINK = "/invitacion/{token}"


class Invitation(Bounded):
    """Who is invited; an e-mail address or a phone is needed, the document is not."""

    wording: ClassVar[Mapping[str, str]] = {
        **Bounded.wording,
        "name.missing": N_("Escriba el nombre y los apellidos."),
        "email.missing": N_("Escriba un correo o un teléfono."),
    }
    name: str
    email: str | None = None
    phone: answers.Phone | None = None
    document: str = ""


class Password(forms.Answers):
    """A new password, once: it may be shown while it is typed."""

    wording: ClassVar[Mapping[str, str]] = {"password.missing": N_("Escriba una contraseña.")}
    password: SecretStr


@dataclass(frozen=True)
class InvitingPage:
    """`refusal` tells why nobody was invited, None otherwise."""

    form: Form
    choices: Choices
    refusal: Conflict | None = None


@dataclass(frozen=True)
class LinkPage:
    """`invited` is None for any link that opens nothing; `kept` once the password is kept."""

    form: Form
    invited: Invited | None
    kept: bool = False


@router.get(PATH)
def show_inviting(request: Request, work: SignedInReading) -> Response:
    """The empty form."""
    check_permission(work.actor, Permission.ACCOUNT_INVITE)
    return render(request, "accounts/invite.html", InvitingPage(Form(), scopes.choices(work)))


@router.post(PATH)
def invite_person(request: Request, work: ProvenWork, form: Posted) -> Response:
    """Invite, and show the new account; every fault at once otherwise."""
    check_permission(work.actor, Permission.ACCOUNT_INVITE)
    given = forms.check(Invitation, form)
    if isinstance(given, Form):
        return _again(request, work, given, 422)
    newcomer = Newcomer(
        given.name, given.role, given.email, given.phone, given.scope, given.document
    )
    try:
        with work.attempt():
            person = invitations.invite_person(work, newcomer)
    except Invalid as invalid:
        return _again(request, work, forms.refused(Invitation, form, invalid), 422)
    except Conflict as refusal:
        typed = Form(forms.typed(form))
        return _again(request, work, typed, status_of(refusal), refusal)
    return RedirectResponse(f"{accounts.PATH}/{person}?hecho=invite", 303)


def _again(
    request: Request, work: Work, form: Form, status: int, refusal: Conflict | None = None
) -> Response:
    page = InvitingPage(form, scopes.choices(work), refusal)
    return render(request, "accounts/invite.html", page, status)


@router.get(LINK)
def show_link(request: Request, work: PublicWork, token: str) -> Response:
    """Whose account it is and a field for the password; a dead link says how to go on."""
    return _show(request, work, token, Form())


@router.post(LINK)
def accept_invitation(request: Request, work: PublicWork, token: str, form: Posted) -> Response:
    """Keep the password and go on signing in."""
    given = forms.check(Password, form)
    if isinstance(given, Form):
        return _show(request, work, token, given, 422)
    try:
        with work.attempt():
            done = invitations.accept_invitation(
                work, token, given.password.get_secret_value(), browsers.browser_of(request)
            )
    except Invalid as invalid:
        return _show(request, work, token, forms.refused(Password, {}, invalid), 422)
    except NotFound:
        return _show(request, work, token, Form())
    if not done.token and not done.step:
        return _private(render(request, "accounts/link.html", LinkPage(Form(), None, kept=True)))
    return _private(let_in(request, done, ""))


def _show(
    request: Request,
    work: Work,
    token: str,
    form: Form,
    status: int = 200,
) -> Response:
    try:
        invited = invitations.read_invitation(work, token)
    except NotFound:
        dead = LinkPage(Form(), None)
        return _private(render(request, "accounts/dead_link.html", dead, 404))
    page = LinkPage(form, invited)
    return _private(render(request, "accounts/link.html", page, status))


def _private(response: Response) -> Response:
    """The address is the key to the account: no other page is told of it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
