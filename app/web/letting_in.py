"""Where a sign-in goes on: the next step's page, or the page that was wanted, with its cookies."""

from collections.abc import Mapping
from urllib.parse import quote

import phonenumbers
from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from app.services.sessions import SignIn, Stage
from app.web import browsers, i18n
from app.web.dependencies import keep_session
from permits.duties import POST_ROLES
from permits.people import ACCOUNT_ROLES, AGENCY_OF, Actor, Role

FIRST_PAGE: Mapping[Role, str] = {
    **dict.fromkeys(ACCOUNT_ROLES, "/mi-cuenta"),
    **dict.fromkeys(AGENCY_OF, "/bandeja"),
    **dict.fromkeys(sorted(POST_ROLES), "/escaner/"),
    Role.POST_SUPERVISOR: "/puestos/dispositivos",
    Role.FACILITATOR: "/asistencia",
    Role.EMPLOYER: "/mis-vacantes",
    Role.LABOUR_INSPECTOR: "/inspecciones",
    Role.PARTNER_AUTHORITY: "/atestaciones",
    Role.ADMINISTRATOR: "/administracion/cuentas",
    Role.DATA_PROTECTION_OFFICER: "/proteccion-de-datos/aperturas",
    Role.AUDITOR: "/auditoria",
    Role.COMPLAINT_HANDLER: "/quejas",
    Role.COMPLAINT_SUPERVISOR: "/quejas",
}
"""Where each role begins to work; whoever has no room of their own begins at their account."""

STAGE_PAGE: Mapping[Stage, str] = {
    Stage.FACTOR: "/entrar/segundo-paso",
    Stage.ENROL: "/entrar/inscripcion",
    Stage.CODES: "/entrar/codigos",
    Stage.ROLE: "/entrar/puesto",
}


def let_in(request: Request, signed_in: SignIn, after: str) -> Response:
    """Answer a sign-in that was not refused: go on to its next step, or into the house."""
    if signed_in.stage is not None:
        waiting = RedirectResponse(stage_address(signed_in.stage, after), 303)
        browsers.keep_step(request, waiting, signed_in.step)
        return waiting
    response = RedirectResponse(onwards(signed_in.actor, after), 303)
    keep_session(request, response, signed_in)
    if browsers.step_of(request):
        browsers.forget_step(request, response)
    if signed_in.known:
        browsers.keep_known(request, response, signed_in.known)
    return response


def stage_address(stage: Stage, after: str) -> str:
    """The page of a step; the page that was wanted comes along."""
    return with_after(STAGE_PAGE[stage], after)


def with_after(path: str, after: str) -> str:
    """An address that remembers which page was wanted."""
    return f"{path}?siguiente={quote(after, safe='/')}" if after else path


def onwards(actor: Actor, after: str) -> str:
    """The page that was wanted, if it is one of ours; else the first page of the role."""
    own = i18n.own_path(after) if after else "/"
    return FIRST_PAGE.get(actor.role, "/solicitud") if own == "/" else own


def name_of(typed: str) -> str:
    """What somebody signs in with: an e-mail as typed, a phone as E.164 (Honduran without +)."""
    text = typed.strip()
    if "@" in text:
        return text
    try:
        number = phonenumbers.parse(text, "HN")
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_valid_number(number):
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
