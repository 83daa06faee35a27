"""Access tokens for programs (RFC 6749 section 4.4), and the public keys that verify them."""

import binascii
from base64 import b64decode
from typing import Annotated, Literal
from urllib.parse import unquote_plus

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from app.services import access_tokens
from app.web.api.access import NobodysWork
from app.web.dependencies import PublicReading, address_of
from app.web.documentation import refusals
from app.web.turns import IN_TURN

router = APIRouter(tags=["tokens"])
well_known = APIRouter(tags=["tokens"])

_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_STATUS = {"invalid_client": 401, "slow_down": 429}
"""Every other refusal is 400 (RFC 6749 section 5.2)."""


class TokenForm(BaseModel):
    """What a client sends; parameters that are not known are ignored, as RFC 6749 asks."""

    model_config = ConfigDict(
        json_schema_extra={
            "required": ["grant_type"],
            "examples": [
                {
                    "grant_type": "client_credentials",
                    "client_id": "demo-setrass",
                    "client_secret": "a long secret",
                }
            ],
        }
    )

    grant_type: str = Field(
        "",
        description="There is no other.",
        json_schema_extra={"enum": ["client_credentials"], "default": None},
    )
    client_id: str = Field("", description="Unless the client is named by HTTP Basic.")
    client_secret: str = ""
    scope: str = Field(
        "",
        description="Permissions with blanks between, for less than the client may have.",
        examples=["crossing:list"],
    )


class TokenReply(BaseModel):
    """A token (RFC 6749 section 5.1); its scope is what was asked for, else all that was given."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105
    expires_in: int = Field(description="Seconds.", examples=[1800])
    scope: str = Field(examples=["application:decide application:read"])


class TokenRefusal(BaseModel):
    """Why there is no token (RFC 6749 section 5.2)."""

    error: Literal[
        "invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type", "slow_down"
    ]
    error_description: str


_WHY = {
    "invalid_request": "Name the client once: by HTTP Basic or in the form.",
    "invalid_client": "This client and secret are not known.",
    "invalid_scope": "The client was not given all of this scope.",
    "unsupported_grant_type": "Only client_credentials is served.",
    "slow_down": "Too many tries. Wait some minutes.",
}


class KeySetReply(BaseModel):
    """Public keys (RFC 7517)."""

    keys: list[dict[str, str]]


@router.post(
    "/token",
    dependencies=IN_TURN,
    operation_id="createToken",
    summary="Get an access token",
    response_model=TokenReply,
    openapi_extra={"security": [{"client": []}, {}]},
    responses={
        400: {"model": TokenRefusal, "description": "The request is not one for a token."},
        401: {"model": TokenRefusal, "description": "The client or its secret is not known."},
        429: {"model": TokenRefusal, "description": "Too many tries; wait some minutes."},
        **refusals(422),
    },
)
def create_token(
    request: Request, form: Annotated[TokenForm, Form()], work: NobodysWork
) -> Response:
    """Client credentials, by HTTP Basic or in the form; errors are those of RFC 6749."""
    if form.grant_type != "client_credentials":
        wrong = "unsupported_grant_type" if form.grant_type else "invalid_request"
        return _refuse(wrong)
    named = _client_of(request, form)
    if named is None or not all(part.isprintable() for part in named):
        return _refuse("invalid_request")
    granted = access_tokens.create_token(work, *named, address_of(request), form.scope)
    if granted.error:
        return _refuse(granted.error, granted.wait)
    lifetime = int(work.ports.tokens.lifetime.total_seconds())
    told = TokenReply(access_token=granted.token, expires_in=lifetime, scope=granted.scope)
    return JSONResponse(told.model_dump(), headers=_NO_STORE)


def _client_of(request: Request, form: TokenForm) -> tuple[str, str] | None:
    """The client and its secret; None where it is named twice or the header is malformed."""
    header = request.headers.get("authorization", "")
    if not header:
        return form.client_id, form.client_secret
    scheme, _, told = header.partition(" ")
    if scheme.lower() != "basic" or form.client_id or form.client_secret:
        return None
    try:
        client, found, secret = b64decode(told, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    # RFC 6749 section 2.3.1: both are form-encoded before they are put together.
    return (unquote_plus(client), unquote_plus(secret)) if found else None


def _refuse(error: str, wait: int = 0) -> Response:
    status = _STATUS.get(error, 400)
    headers = dict(_NO_STORE)
    if status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="vereda", charset="UTF-8"'
    if wait:
        headers["Retry-After"] = str(wait)
    return JSONResponse({"error": error, "error_description": _WHY[error]}, status, headers)


@well_known.get(
    "/.well-known/jwks.json", operation_id="getJwks", summary="Keys of tokens and lists in JWT form"
)
def get_jwks(work: PublicReading, response: Response) -> KeySetReply:
    """The public keys as a JWK set, those of retired keys that still verify too."""
    response.headers["Cache-Control"] = "public, max-age=3600"
    return KeySetReply.model_validate(work.ports.tokens.jwks())
