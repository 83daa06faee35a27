"""What a route may ask for: who acts, a transaction, the work.

What may wait for the database runs in a thread; what only passes on runs in the event loop, as to
hand it over and back costs more than it does.
"""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Header, HTTPException, Request, Response
from fastapi.security import HTTPBearer
from starlette.datastructures import FormData

from app.services import access_tokens, sign_in
from app.services.ports import Ports
from app.services.work import Work
from app.storage.database import Session
from app.web import i18n
from app.web.browsers import is_secure
from app.web.kiosk import limits_for
from app.web.problems import IdempotencyKeyMissing, PreconditionMissing
from permits.errors import Fault, Invalid, Unauthenticated
from permits.people import NOBODY, Actor, Role
from permits.policies import check_fresh

BEARER = HTTPBearer(
    auto_error=False, scheme_name="bearer", description="An access token of `createToken`."
)


def ports_of(request: Request) -> Ports:
    """The world outside, chosen at the door."""
    ports: Ports = request.app.state.ports
    return ports


def cookie_name(request: Request) -> str:
    """`__Host-` binds the cookie to the host; browsers take it over https only."""
    return "__Host-vereda" if is_secure(request) else "vereda"


def now_of(request: Request) -> datetime:
    """What time it is, by the clock that the door was given."""
    now: datetime = request.app.state.clock()
    return now


def transaction(request: Request) -> Iterator[Session]:
    """One transaction a request; commits before the reply, rolls back on any error."""
    with request.app.state.sessions.begin() as session:
        yield session


def reading(request: Request) -> Iterator[Session]:
    """A session in AUTOCOMMIT for what only reads."""
    with request.app.state.read_sessions() as session:
        yield session


# scope="function" matters: by default FastAPI ends a dependency after the reply was sent.
Transaction = Annotated[Session, Depends(transaction, scope="function")]
Reading = Annotated[Session, Depends(reading, scope="function")]


def any_actor(request: Request) -> Actor:
    """Who is signed in, or NOBODY; for pages that everybody may see.

    A bearer token, where one is sent, must hold: a wrong one is refused and never ignored.
    """
    now = now_of(request)
    authorization = request.headers.get("authorization", "")
    if authorization:
        actor = _bearer(request, authorization, now)
    else:
        token = request.cookies.get(cookie_name(request), "")
        actor = _cookie(request, token, now) if token else NOBODY
    request.state.actor = actor
    return actor


def _bearer(request: Request, authorization: str, now: datetime) -> Actor:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("bearer-token-missing")
    claims = ports_of(request).tokens.read_access_token(token.strip(), now)
    with request.app.state.read_sessions() as session:
        actor = access_tokens.authenticate(session, claims)
    if actor is None:
        raise Unauthenticated("token-refused")
    # The client showed its secret for this token: it is a proof as long as it holds.
    return replace(actor, proven_until=now + ports_of(request).tokens.lifetime)


def _cookie(request: Request, token: str, now: datetime) -> Actor:
    with request.app.state.read_sessions() as session:
        limits = limits_for(request, ports_of(request).session_limits)
        return sign_in.authenticate(session, token, now, limits)


async def signed_in(actor: Annotated[Actor, Depends(any_actor)]) -> Actor:
    """The guard of every route that is not public: somebody is signed in."""
    if actor is NOBODY or actor.role is Role.ANYONE:
        raise Unauthenticated("sign-in-needed")
    return actor


def work_in(request: Request, session: Session, actor: Actor) -> Work:
    """Work of somebody in a session."""
    return Work(session, actor, now_of(request), ports_of(request), request.state.request_id)


async def signed_in_work(
    request: Request, session: Transaction, actor: Annotated[Actor, Depends(signed_in)]
) -> Work:
    """Work that writes, of somebody who is signed in."""
    return work_in(request, session, actor)


async def signed_in_reading(
    request: Request, session: Reading, actor: Annotated[Actor, Depends(signed_in)]
) -> Work:
    """Work that only reads lists, of somebody who is signed in."""
    return work_in(request, session, actor)


async def proven_work(work: Annotated[Work, Depends(signed_in_work, scope="function")]) -> Work:
    """Work that asks for a fresh proof of who somebody is; 401 "proof-needed" without."""
    check_fresh(work.actor, work.now)
    return work


async def public_work(
    request: Request, session: Transaction, actor: Annotated[Actor, Depends(any_actor)]
) -> Work:
    """Work that writes, of anybody; its routes stand in the house's list of public routes."""
    return work_in(request, session, actor)


async def public_reading(
    request: Request, session: Reading, actor: Annotated[Actor, Depends(any_actor)]
) -> Work:
    """Work that only reads, of anybody."""
    return work_in(request, session, actor)


SignedInWork = Annotated[Work, Depends(signed_in_work, scope="function")]
SignedInReading = Annotated[Work, Depends(signed_in_reading, scope="function")]
ProvenWork = Annotated[Work, Depends(proven_work, scope="function")]
PublicWork = Annotated[Work, Depends(public_work, scope="function")]
PublicReading = Annotated[Work, Depends(public_reading, scope="function")]


async def seen_version(
    if_match: Annotated[
        str | None, Header(description='The ETag that was seen, for example `"3"`.')
    ] = None,
) -> int:
    """The version in If-Match; missing is 428, not a version is a fault."""
    if if_match is None:
        raise PreconditionMissing
    text = if_match.strip().removeprefix("W/").strip('"')
    if not text.isdigit() or len(text) > 9:
        raise Invalid([Fault("etag-malformed", "If-Match")])
    return int(text)


async def idempotency_key(
    idempotency_key: Annotated[
        str | None, Header(description="Sent again with the same key, a request has one effect.")
    ] = None,
) -> str:
    """The key of a request that may be sent again; missing is a fault."""
    if idempotency_key is None:
        raise IdempotencyKeyMissing
    return idempotency_key


SeenVersion = Annotated[int, Depends(seen_version)]
IdempotencyKey = Annotated[str, Depends(idempotency_key)]


MOST_FILES, MOST_FIELDS = 10, 300
"""Of one form; the longest of ours has 3 files and some 40 fields."""


_NO_TEXT = re.compile("[\0\ud800-\udfff]")


async def received(request: Request) -> AsyncIterator[FormData]:
    """A form as it was sent, files too; they are closed once the reply is sent."""
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
        yield form


Received = Annotated[FormData, Depends(received)]


def holds_no_text(form: FormData) -> bool:
    """Whether a form holds a NUL, or half a sign of UTF-16.

    No keyboard types either and nothing can keep them; a form that names a coding of its own
    (UTF-7) may bring the second.
    """
    parts = (part for one in form.multi_items() for part in one if isinstance(part, str))
    return any(_NO_TEXT.search(part) for part in parts)


async def posted(request: Request, form: Received) -> FormData:
    """The form of a page's post; 400 where it `holds_no_text`.

    Where a language button was pressed in it, the page that answers speaks that language.
    """
    if holds_no_text(form):
        raise HTTPException(400)
    i18n.note_pressed(request, form)
    return form


Posted = Annotated[FormData, Depends(posted)]


def keep_session(request: Request, response: Response, opened: sign_in.SignIn) -> None:
    """Put a new session's token into the cookie; it lives until the browser is closed.

    The server ends the session by its own clock, so the cookie needs none.
    """
    response.set_cookie(
        cookie_name(request),
        opened.token,
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def address_of(request: Request) -> str:
    """Where a request comes from, for counting tries; a proxy's word only where it is trusted."""
    return request.client.host if request.client else ""
