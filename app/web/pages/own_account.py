"""One's own account: where one is signed in, in what quality one works, and how to leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.services import own_account, second_factors, sessions
from app.services.second_factors import Factor
from app.services.work import Work
from app.web import forms
from app.web.browsers import is_secure
from app.web.dependencies import (
    Posted,
    ProvenWork,
    SignedInReading,
    SignedInWork,
    cookie_name,
    keep_session,
)
from app.web.forms import Form
from app.web.i18n import N_
from app.web.letting_in import FIRST_PAGE
from app.web.problems import answer
from app.web.templating import render
from permits.people import Role

router = APIRouter(include_in_schema=False)

HOME = "/mi-cuenta"


@dataclass(frozen=True)
class OpenSession:
    """A session in words; `here` is the one that looks."""

    id: UUID
    browser: str
    since: datetime
    seen: datetime
    here: bool


@dataclass(frozen=True)
class AccountPage:
    """`told` is the code of what was just done; `name` what one signs in with ("" for workers)."""

    form: Form
    name: str
    has_password: bool
    roles: Sequence[str]
    factors: Sequence[Factor]
    paper_codes: int
    sessions: Sequence[OpenSession]
    told: str = ""
    more: bool = False


class RoleChoice(forms.Answers):
    """What somebody goes on to work as."""

    wording: ClassVar[Mapping[str, str]] = {"role.missing": N_("Elija como qué trabaja ahora.")}
    role: Role


TOLD = frozenset({"factor-added", "factor-removed", "factor-renamed", "password", "session-ended"})


def token_of(request: Request) -> str:
    """The token of the session that asks."""
    return request.cookies.get(cookie_name(request), "")


def reading_in_session(request: Request, work: SignedInReading) -> Work:
    """Work that only reads, of somebody with a session; no program has an account of its own."""
    sessions.current(work, token_of(request))
    return work


def in_session(request: Request, work: SignedInWork) -> Work:
    """Work that writes, of somebody with a session."""
    sessions.current(work, token_of(request))
    return work


def proven_in_session(request: Request, work: ProvenWork) -> Work:
    """The same, proved a short while ago."""
    sessions.current(work, token_of(request))
    return work


SessionReading = Annotated[Work, Depends(reading_in_session, scope="function")]
SessionWork = Annotated[Work, Depends(in_session, scope="function")]
ProvenSessionWork = Annotated[Work, Depends(proven_in_session, scope="function")]


@router.get(HOME)
def show_account(request: Request, work: SessionReading, hecho: str = "") -> Response:
    """Everything about one's own sign-in, on one page."""
    return render(request, "account/own.html", page_of(request, work, hecho))


@router.post("/mi-cuenta/puesto")
def change_role(request: Request, work: SessionWork, posted: Posted) -> Response:
    """Go on in another role that one holds."""
    choice = forms.check(RoleChoice, posted)
    if isinstance(choice, Form):
        return answer(request, 422, "invalid", {}, choice.faults)
    opened = own_account.change_role(work, token_of(request), choice.role)
    response = RedirectResponse(FIRST_PAGE.get(opened.actor.role, HOME), 303)
    keep_session(request, response, opened)
    return response


@router.post("/mi-cuenta/sesiones/{session:uuid}/cerrar")
def end_session(request: Request, work: SessionWork, session: UUID) -> Response:
    """End one of one's own sessions."""
    own_account.end_session(work, session)
    return RedirectResponse(f"{HOME}?hecho=session-ended", 303)


@router.post("/mi-cuenta/sesiones/cerrar")
def end_all(request: Request, work: SessionWork) -> Response:
    """Sign out everywhere, here too."""
    own_account.sign_out_everywhere(work)
    response = RedirectResponse("/entrar" if work.actor.role in FIRST_PAGE else "/", 303)
    response.delete_cookie(
        cookie_name(request), secure=is_secure(request), httponly=True, samesite="lax"
    )
    return response


def page_of(request: Request, work: Work, told: str = "") -> AccountPage:
    """The page as it stands now."""
    account = own_account.find(work)
    here = sessions.current(work, token_of(request)).id
    listed = [
        OpenSession(one.id, one.browser, one.created_at, one.seen_at, one.id == here)
        for one in sessions.list_own(work)
    ]
    return AccountPage(
        Form({"role": (work.actor.role.value,)}),
        (account.email or account.phone or "") if account else "",
        bool(account and account.password_hash),
        [actor.role.value for actor in account.actors] if account else [],
        second_factors.list_own(work),
        second_factors.count_paper_codes(work),
        listed[: sessions.SHOWN],
        told if told in TOLD else "",
        more=len(listed) > sessions.SHOWN,
    )
