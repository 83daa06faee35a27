"""How a caller of the API shows who they are, as the OpenAPI document tells it."""

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie

from app.services.work import Work
from app.web.dependencies import BEARER, Reading, Transaction, now_of, ports_of
from app.web.i18n import Locale
from app.web.problems import api_locale
from permits.people import NOBODY

SESSION = APIKeyCookie(
    name="vereda",
    auto_error=False,
    scheme_name="session",
    description="The session of a signed-in browser; over https the cookie is `__Host-vereda`.",
)
SIGNED_IN = [Security(BEARER), Security(SESSION)]
"""Dependencies of a router whose every operation wants somebody to be signed in.

They only describe; the guard itself is `app.web.dependencies.signed_in`.
"""


async def nobodys_work(request: Request, session: Transaction) -> Work:
    """Work for whoever asks for a token: its Authorization header names a client, not an actor."""
    request.state.actor = NOBODY
    return Work(session, NOBODY, now_of(request), ports_of(request), request.state.request_id)


async def nobodys_reading(request: Request, session: Reading) -> Work:
    """Work that only reads, for a route that asks nobody who they are."""
    request.state.actor = NOBODY
    return Work(session, NOBODY, now_of(request), ports_of(request), request.state.request_id)


NobodysReading = Annotated[Work, Depends(nobodys_reading, scope="function")]
NobodysWork = Annotated[Work, Depends(nobodys_work, scope="function")]


async def _asked_locale(request: Request) -> Locale:
    return api_locale(request)


ApiLocale = Annotated[Locale, Depends(_asked_locale)]
"""The language of the words beside the codes: as asked, else as chosen before, else Spanish."""
