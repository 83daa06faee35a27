"""Where a refusal meets a status code: problem+json for the API (RFC 9457), a page for people."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.services.documents import UnfitFile
from app.services.outages import Outage
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import proof_page, wording
from app.web.error_pages import show_error
from app.web.i18n import Locale, locale_for, locale_of, note_pressed
from app.web.templating import actor_of
from permits.errors import (
    OUT_OF_REACH,
    Conflict,
    DomainError,
    Fault,
    Forbidden,
    Hidden,
    Invalid,
    NotFound,
    Stale,
    Unauthenticated,
)
from permits.people import NOBODY

MEDIA_TYPE = "application/problem+json"
API, WALLETS = "/api/", "/billetera/"
WORKER_PAGES = (
    *("/solicitud", "/mi-solicitud", "/mi-permiso", "/mi-acceso", "/mis-datos", "/consentir"),
)
BODY_LIMIT_BYTES = 34 * 1024 * 1024
"""Two photos of 15 MB and their form; app/web/security.py reads no further."""

CHALLENGES: Mapping[str, str] = {
    "token-refused": 'Bearer error="invalid_token"',
    "proof-needed": 'Bearer error="insufficient_user_authentication", max_age="900"',
}
"""A bad token is told from none (RFC 6750 section 3), an old proof from both (RFC 9470)."""

_LOG = structlog.get_logger("vereda.web")


class PreconditionMissing(DomainError):
    """A change of a case must say which version was seen (RFC 6585 section 3)."""

    kind = "precondition-required"

    def __init__(self) -> None:
        super().__init__("if-match-missing")


class IdempotencyKeyMissing(DomainError):
    """A request with an effect must be safe to send again."""

    kind = "idempotency-key-missing"

    def __init__(self) -> None:
        super().__init__("idempotency-key-missing")


class TooManyTries(DomainError):
    """Somebody asks too often; `wait` is in how many seconds to ask anew."""

    kind = "too-many-requests"

    def __init__(self, wait: int) -> None:
        super().__init__("too-many-tries")
        self.wait = wait


STATUS: Mapping[type[DomainError], int] = {
    NotFound: 404,
    Forbidden: 403,
    Stale: 412,
    Conflict: 409,
    Invalid: 422,
    Unauthenticated: 401,
    PreconditionMissing: 428,
    IdempotencyKeyMissing: 400,
    TooManyTries: 429,
    Outage: 503,
}


class ProblemFault(BaseModel):
    """One thing that is wrong with the input."""

    code: str = Field(description="Stable name.", examples=["underage"])
    field: str = Field(description="Which input; empty for the whole.", examples=["date_of_birth"])
    detail: str = Field(description="In words.")


class Problem(BaseModel):
    """What was refused and what to do (RFC 9457)."""

    type: str = Field(examples=["/problems/not-under-review"])
    title: str
    status: int = Field(examples=[409])
    detail: str
    instance: str = Field(description="The path that was asked.")
    code: str = Field(examples=["not-under-review"])
    request_id: str = Field(description="Name it when asking for help.")
    errors: list[ProblemFault] = []


RETRY_SECONDS = "60"
"""When to ask again where a part of ours does not answer."""

REMEMBERED = frozenset({401, 403, 409, 412})
"""Refusals that the log keeps of everybody; of who is signed in also what was not found.

A thing that is hidden and one that is not there cost the same and are answered alike.
"""


def install(app: FastAPI) -> None:
    """Tell the app how every refusal is answered."""
    app.add_exception_handler(DomainError, _domain_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(ClientDisconnect, _broken_off)
    app.add_exception_handler(Exception, _unknown_error)


def status_of(error: DomainError) -> int:
    """The status code of a refusal, by the nearest class in the table; 400 for a new one."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)


async def _domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)  # noqa: S101
    status = status_of(error)
    if isinstance(error, UnfitFile):
        await run_in_threadpool(_remember, request, error.faults[0].code)
    elif status in REMEMBERED or (status == 404 and actor_of(request) is not NOBODY):
        code = OUT_OF_REACH if isinstance(error, Hidden) else error.code
        await run_in_threadpool(_remember, request, code)
    if error.code == proof_page.CODE and not _is_for_programs(request):
        form = await request.form() if request.method == "POST" else FormData()
        note_pressed(request, form)
        return await run_in_threadpool(proof_page.ask, request, form)
    if status == 401 and not _is_for_programs(request):
        return RedirectResponse(_sign_in_address(request), 303)
    faults = error.faults if isinstance(error, Invalid) else ()
    wait = error.wait if isinstance(error, TooManyTries) else 0
    response = answer(request, status, error.code, error.facts, faults, wait)
    if status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _is_for_programs(request: Request) -> bool:
    """Whether a program reads the answer: the API, and what pages fetch as JSON.

    A copy that a person saves is none of it: who must prove themselves first sees the page.
    """
    path = request.url.path
    return path.startswith((API, WALLETS)) or (
        path.endswith(".json") and path not in proof_page.DOWNLOADS
    )


def _sign_in_address(request: Request) -> str:
    """The sign-in, and afterwards the page that was asked for; a lost form begins at its page.

    Workers have a door of their own: phone and code.
    """
    if request.url.path.startswith(WORKER_PAGES):
        return f"/retomar?siguiente={quote(request.url.path, safe='/')}"
    if request.method not in {"GET", "HEAD"} or request.url.path == "/":
        return "/entrar"
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/entrar?siguiente={quote(request.url.path + query, safe='/')}"


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    faults = [_fault_of(found) for found in error.errors()]
    return answer(request, 422, "invalid", {}, faults)


def _fault_of(found: Mapping[str, object]) -> Fault:
    """A fault of the shape; the value that was sent is never repeated."""
    place = found["loc"]
    names = [str(p) for p in place[1:]] if isinstance(place, tuple) else []
    code = str(found["type"]).replace("_", "-")
    if code == "extra-forbidden" and isinstance(place, tuple) and place[0] == "query":
        return Fault("not-an-option", ".".join(names))
    return Fault("missing" if code == "missing" else "malformed", ".".join(names), {"kind": code})


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    codes = {404: "no-such-page", 405: "method-not-allowed"}
    response = answer(request, error.status_code, codes.get(error.status_code, "refused"), {}, ())
    response.headers.update(error.headers or {})
    return response


async def _broken_off(request: Request, error: Exception) -> Response:
    # Nobody reads this but who sent more than they had announced, whom Protection cut off.
    return answer(request, 413, "body-too-large", {"limit_mb": BODY_LIMIT_BYTES // 1024**2}, ())


async def _unknown_error(request: Request, error: Exception) -> Response:
    # The text of an unknown error may hold anything: only its kind is written down.
    _LOG.error("unknown error", code=type(error).__name__, request_id=request.state.request_id)
    return answer(request, 500, "unknown-error", {}, ())


def _remember(request: Request, code: str) -> None:
    route = request.scope.get("route")
    operation = getattr(route, "name", "") or ""
    with request.app.state.sessions.begin() as session:
        work = Work(
            session,
            actor_of(request),
            request.app.state.clock(),
            request.app.state.ports,
            request.state.request_id,
        )
        record_refusal(work, code, operation)


def answer(
    request: Request,
    status: int,
    code: str,
    facts: Mapping[str, str | int],
    faults: Sequence[Fault],
    wait: int = 0,
) -> Response:
    """The reply to a refusal: a problem for the API, a page for people.

    `wait` is in how many seconds to try anew, 0 where waiting is not what helps.
    """
    response = _reply(request, status, code, facts, faults, wait)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _reply(
    request: Request,
    status: int,
    code: str,
    facts: Mapping[str, str | int],
    faults: Sequence[Fault],
    wait: int,
) -> Response:
    if not _is_for_programs(request):
        return show_error(request, status, code, facts, faults, wait)
    locale = api_locale(request)
    errors = [
        ProblemFault(
            code=fault.code,
            field=fault.field,
            detail=wording.say(locale, "fault", fault.code, fault.facts),
        )
        for fault in faults
    ]
    problem = Problem(
        type=f"/problems/{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=wording.say(locale, "refusal", code, facts),
        instance=request.url.path,
        code=code,
        request_id=request.state.request_id,
        errors=errors,
    )
    # RFC 9110 15.5.2: every 401 names a way.
    headers = {"WWW-Authenticate": CHALLENGES.get(code, "Bearer")} if status == 401 else {}
    return JSONResponse(problem.model_dump(), status, headers, MEDIA_TYPE)


def api_locale(request: Request) -> Locale:
    """The API speaks the language that is asked for first, Spanish where it is not offered."""
    asked = request.headers.get("accept-language", "")[:2].lower()
    return locale_for(asked or locale_of(request).language.code)
