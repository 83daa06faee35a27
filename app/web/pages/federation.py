"""Officials sign in at their agency's own provider, and come back from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.services import federation
from app.services.sign_in import Refusal
from app.services.throttling import Limit, allow_try, place_of
from app.services.work import Work
from app.web import browsers
from app.web.browsers import is_secure
from app.web.dependencies import (
    PublicReading,
    PublicWork,
    address_of,
    any_actor,
    now_of,
    ports_of,
    work_in,
)
from app.web.letting_in import let_in
from app.web.templating import render
from permits.errors import Conflict, DomainError, Unauthenticated

router = APIRouter(include_in_schema=False)

COOKIE = "vereda-proveedor"
STATUS: Mapping[Refusal, int] = {
    Refusal.PROVIDER_AWAY: 503,
    Refusal.PROVIDER_REFUSED: 403,
    Refusal.TOO_MANY: 429,
}


BEGINNINGS = Limit("provider-beginnings", 300)
"""Each leaves a row for ten minutes; guesses at passwords are counted elsewhere."""


@dataclass(frozen=True)
class RefusedPage:
    """Why nobody was signed in; `provider` leads to another try, "" where there is none."""

    refusal: str
    provider: str = ""


@dataclass(frozen=True)
class CameBack:
    """Who came back, or why nobody did; `asking` is None where this browser asked nothing."""

    asking: federation.Asking | None
    identity: federation.FederatedIdentity | None = None
    reason: str = ""


@router.get("/entrar/con/{provider}")
def begin(request: Request, work: PublicWork, provider: str, siguiente: str = "") -> Response:
    """Lead the browser to the provider; a cookie tells later that it is the same browser."""
    if not allow_try(work, BEGINNINGS, _whose(request, work)):
        return _refused(Refusal.TOO_MANY, provider)
    try:
        begun = federation.begin(work, provider, siguiente)
    except Conflict:
        return _refused(Refusal.PROVIDER_AWAY, provider)
    response = RedirectResponse(begun.url, 303)
    response.set_cookie(
        COOKIE,
        begun.browser_token,
        max_age=int(federation.TIME_TO_COME_BACK.total_seconds()),
        path="/entrar/retorno",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )
    return response


def came_back(
    request: Request, state: str = "", code: str = "", iss: str | None = None
) -> CameBack:
    """Who came back, asked before any transaction is open: the provider may take its time.

    What this browser asked is taken in a short transaction of its own, so that it counts once
    whatever the provider says.
    """
    try:
        with request.app.state.sessions.begin() as session:
            work = work_in(request, session, any_actor(request))
            browser = request.cookies.get(COOKIE, "")
            asking = federation.take_asking(work, state, browser)
    except Unauthenticated as error:
        return CameBack(None, reason=_reason(error))
    if not code:
        return CameBack(asking, reason="declined")
    try:
        found = ports_of(request).openid.finish(
            asking.provider, code, iss, asking.nonce, asking.verifier, now_of(request)
        )
    except DomainError as error:
        return CameBack(asking, reason=_reason(error))
    return CameBack(asking, found)


@router.get("/entrar/retorno")
def come_back(
    request: Request, back: Annotated[CameBack, Depends(came_back)], work: PublicWork
) -> Response:
    """Let in whoever came back with a proof; else say what to do, without the provider's words."""
    if back.identity is None or back.asking is None:
        opened = federation.refuse(work, back.reason)
    else:
        browser, known = browsers.browser_of(request), browsers.known_of(request)
        opened = federation.finish(work, back.identity, browser, known)
    if opened.refusal is not None:
        provider = back.asking.provider if back.asking else ""
        response = _refused(opened.refusal, provider)
    else:
        response = let_in(request, opened, back.asking.after if back.asking else "")
    response.delete_cookie(
        COOKIE, path="/entrar/retorno", secure=is_secure(request), httponly=True, samesite="lax"
    )
    return response


@router.get("/entrar/institucion")
def show_refused(request: Request, work: PublicReading, por: Refusal, con: str = "") -> Response:
    """Why nobody was let in; an address of its own, so that no code stays in the browser's."""
    known = {key for key, _ in ports_of(request).openid.labels()}
    page = RefusedPage(por.value, con if con in known else "")
    return render(request, "sign_in_elsewhere.html", page, STATUS.get(por, 422))


def _whose(request: Request, work: Work) -> str:
    """Whose beginnings these are: a browser's that somebody signed in from, else the address's."""
    known = browsers.known_of(request)
    if known and federation.is_known(work, known):
        return f"browser {known}"
    return place_of(address_of(request))


def _refused(refusal: Refusal, provider: str) -> Response:
    told = urlencode({"por": refusal.value, "con": provider})
    return RedirectResponse(f"/entrar/institucion?{told}", 303)


def _reason(error: DomainError) -> str:
    return error.code if isinstance(error, Conflict) else str(error.facts.get("reason", error.code))
