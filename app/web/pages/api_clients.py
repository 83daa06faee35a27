"""Programs of other institutions as an administrator looks after them; a secret is shown once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.services import api_clients
from app.services.api_clients import HOURS, PAGE, ApiClient, Secret
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages import scopes
from app.web.pages.scopes import Bounded, Choices
from app.web.problems import status_of
from app.web.templating import render
from permits.api_clients import CLIENT_ROLES, addable
from permits.errors import Conflict, Forbidden, Invalid
from permits.people import Permission, Role, Scope

router = APIRouter(include_in_schema=False)

PATH = "/administracion/clientes"
After = Annotated[str, Query(max_length=100, pattern="^[a-z0-9-]*$")]

ROLES = tuple(role for role in CLIENT_ROLES if addable(role))
OFFERED = tuple(one for one in Permission if any(one in addable(role) for role in ROLES))
"""What a program may be given here; what reads about people is given from the server."""


class Client(forms.Answers):
    """A new program."""

    wording: ClassVar[Mapping[str, str]] = {
        **Bounded.wording,
        "client.missing": N_("Escriba un nombre corto para el programa."),
        "name.missing": N_("Escriba de qué institución es."),
        "permissions.missing": N_("Elija al menos una cosa que pueda hacer."),
        "permissions.too-few": N_("Elija al menos una cosa que pueda hacer."),
    }
    client: str
    name: str
    role: Role
    permissions: tuple[Permission, ...] = ()
    post: str | None = None
    department: str | None = None
    employer: UUID | None = None
    country: str | None = None


class Rotation(forms.Answers):
    """How long the secret of before counts."""

    hours: int = HOURS


@dataclass(frozen=True)
class ClientsPage:
    """`secret` is the new one, shown this once; `done` and `refusal` as on the accounts' pages.

    `first` and `next` are addresses of other pages, "" where none.
    """

    clients: Sequence[ApiClient]
    form: Form
    choices: Choices
    secret: Secret | None = None
    done: str = ""
    refusal: Conflict | Forbidden | None = None
    permissions: Sequence[Permission] = OFFERED
    hours: int = HOURS
    first: str = ""
    next: str = ""


@router.get(PATH)
def show_clients(
    request: Request, work: SignedInReading, hecho: str = "", desde: After = ""
) -> Response:
    """A page of programs: scope, last day of use and how each stands; `desde` is the last seen."""
    return _show(request, work, done="disable" if hecho == "disable" else "", after=desde)


@router.post(PATH)
def add_client(request: Request, work: ProvenWork, form: Posted) -> Response:
    """Register a program and show its secret, once."""
    given = forms.check(Client, form)
    if isinstance(given, Form):
        return _show(request, work, 422, form=given)
    scope = Scope(given.post, given.department, given.employer, given.country)
    try:
        with work.attempt():
            secret = api_clients.add_client(
                work, given.client, given.name, given.role, given.permissions, scope
            )
    except Invalid as invalid:
        return _show(request, work, 422, form=forms.refused(Client, form, invalid))
    except (Conflict, Forbidden) as refusal:
        typed = Form(forms.typed(form))
        return _show(request, work, status_of(refusal), form=typed, refusal=refusal)
    return _show(request, work, secret=secret)


@router.post(PATH + "/{client}/rotar")
def rotate_client(request: Request, work: ProvenWork, client: str, form: Posted) -> Response:
    """Another secret; the one of now counts for some hours more."""
    given = forms.check(Rotation, form)
    hours = given.hours if isinstance(given, Rotation) else HOURS
    try:
        with work.attempt():
            secret = api_clients.rotate_client(work, client, hours)
    except (Conflict, Forbidden) as refusal:
        return _show(request, work, status_of(refusal), refusal=refusal)
    return _show(request, work, secret=secret)


@router.post(PATH + "/{client}/desactivar")
def disable_client(request: Request, work: ProvenWork, client: str) -> Response:
    """End a program for good."""
    try:
        with work.attempt():
            api_clients.disable_client(work, client)
    except Conflict as refusal:
        return _show(request, work, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}?hecho=disable", 303)


def _show(
    request: Request,
    work: Work,
    status: int = 200,
    *,
    form: Form | None = None,
    secret: Secret | None = None,
    done: str = "",
    refusal: Conflict | Forbidden | None = None,
    after: str = "",
) -> Response:
    found = api_clients.list_clients(work, after)
    more = f"{PATH}?{urlencode({'desde': found[PAGE - 1].client})}" if len(found) > PAGE else ""
    page = ClientsPage(
        found[:PAGE],
        form or Form(),
        scopes.choices(work, ROLES),
        secret,
        done,
        refusal,
        first=PATH if after else "",
        next=more,
    )
    return render(request, "clients/list.html", page, status)
