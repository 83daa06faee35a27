"""The doors of wallets: OpenID for Verifiable Credential Issuance 1.0, and its metadata.

Errors are those of the standards and not problem documents, so these routes stand outside
openapi/vereda.json. A wallet names itself by nothing but the code that its holder was given.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import FormData

from app.foreign_json import read_json
from app.services import wallets
from app.web.api.access import NobodysReading, NobodysWork
from app.web.dependencies import Received
from app.web.i18n import N_, OFFERED, locale_for
from permits.wallets import (
    CONFIGURATION,
    GRANT,
    TOKEN_HOLDS,
    TYPE,
    VCT,
    Asked,
    WalletRefusal,
)

router = APIRouter(include_in_schema=False)

TOKEN, NONCE, CREDENTIAL = "/billetera/token", "/billetera/reto", "/billetera/permiso"
ISSUER_NAME, PERMIT_NAME = N_("Vereda, Honduras"), N_("Permiso de trabajo")
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_PUBLIC = {
    "Cache-Control": "public, max-age=3600",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}

LARGEST = 64 * 1024
"""Bytes of a request; a proof has eight kilobytes at most."""


async def _sent(request: Request) -> bytes | None:
    """The body of a request that shows a token; None where it is too long."""
    if _token_of(request) is None:
        return None
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return body


Sent = Annotated[bytes | None, Depends(_sent)]


@router.get("/.well-known/openid-credential-issuer")
def describe_issuer(work: NobodysReading) -> Response:
    """Which credential there is and where (OpenID4VCI section 12.2)."""
    here = work.ports.public_url
    told = {
        "credential_issuer": here,
        "credential_endpoint": here + CREDENTIAL,
        "nonce_endpoint": here + NONCE,
        "display": _names(ISSUER_NAME),
        "credential_configurations_supported": {CONFIGURATION: _configuration()},
    }
    return JSONResponse(told, headers=_PUBLIC)


@router.get("/.well-known/oauth-authorization-server")
def describe_server(work: NobodysReading) -> Response:
    """Where a code becomes a token (RFC 8414); a wallet needs no account of its own."""
    here = work.ports.public_url
    told = {
        "issuer": here,
        "token_endpoint": here + TOKEN,
        "token_endpoint_auth_methods_supported": ["none"],
        "response_types_supported": [],
        "grant_types_supported": [GRANT],
        "pre-authorized_grant_anonymous_access_supported": True,
    }
    return JSONResponse(told, headers=_PUBLIC)


@router.get("/.well-known/jwt-vc-issuer")
def describe_keys(work: NobodysReading) -> Response:
    """By which keys to verify it (draft-ietf-oauth-sd-jwt-vc section 5)."""
    told = {"issuer": work.ports.issuer, "jwks": dict(work.ports.tokens.credential_keys())}
    return JSONResponse(told, headers=_PUBLIC)


@router.post(TOKEN)
def create_token(work: NobodysWork, form: Received) -> Response:
    """A token for the code of an offer (OpenID4VCI section 6)."""
    asked = _only(form, "grant_type")
    if asked != GRANT:
        wrong = WalletRefusal.UNSUPPORTED_GRANT if asked else WalletRefusal.INVALID_REQUEST
        return _refuse(wrong)
    code = _only(form, "pre-authorized_code")
    if not code or "tx_code" in form:  # no offer of ours asks for another code
        return _refuse(WalletRefusal.INVALID_REQUEST)
    answer = wallets.exchange_code(work, code)
    if answer.refusal is not None:
        return _refuse(answer.refusal)
    lifetime = int(TOKEN_HOLDS.total_seconds())
    told = {"access_token": answer.given, "token_type": "Bearer", "expires_in": lifetime}
    return JSONResponse(told, headers=_NO_STORE)


def _only(form: FormData, name: str) -> str:
    """A parameter that stands once (RFC 6749 section 3.2), else ""."""
    values = form.getlist(name)
    return values[0] if len(values) == 1 and isinstance(values[0], str) else ""


@router.post(NONCE)
def create_nonce(work: NobodysReading) -> Response:
    """Something to sign (OpenID4VCI section 7)."""
    return JSONResponse({"c_nonce": wallets.make_nonce(work)}, headers=_NO_STORE)


@router.post(CREDENTIAL)
def create_credential(request: Request, work: NobodysWork, sent: Sent) -> Response:
    """The permit for the key that the wallet proves (OpenID4VCI section 8)."""
    token = _token_of(request)
    if token is None:
        headers = {**_NO_STORE, "WWW-Authenticate": "Bearer"}  # nothing shown, nothing wrong
        return JSONResponse({"error": WalletRefusal.INVALID_TOKEN.value}, 401, headers)
    answer = wallets.take_permit(work, token, _read(sent))
    if answer.refusal is not None:
        return _refuse(answer.refusal)
    return JSONResponse({"credentials": [{"credential": answer.given}]}, headers=_NO_STORE)


def _token_of(request: Request) -> str | None:
    """The bearer token of a request, None where none is shown."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def _read(body: bytes | None) -> Asked | WalletRefusal:
    """What is asked for, with one proof (OpenID4VCI section 8.2)."""
    try:
        sent = read_json(body or b"")
    except ValueError:
        return WalletRefusal.INVALID_CREDENTIAL_REQUEST
    if not isinstance(sent, dict):
        return WalletRefusal.INVALID_CREDENTIAL_REQUEST
    if "credential_identifier" in sent:  # we gave none in the token's reply
        return WalletRefusal.UNKNOWN_IDENTIFIER
    configuration, proofs = sent.get("credential_configuration_id"), sent.get("proofs")
    if not isinstance(configuration, str):
        return WalletRefusal.INVALID_CREDENTIAL_REQUEST
    if "credential_response_encryption" in sent:  # our metadata offers none
        return WalletRefusal.INVALID_ENCRYPTION
    told = proofs.get("jwt") if isinstance(proofs, dict) and len(proofs) == 1 else None
    if not isinstance(told, list) or len(told) != 1 or not isinstance(told[0], str):
        return WalletRefusal.INVALID_PROOF
    return Asked(configuration, told[0])


def _refuse(refusal: WalletRefusal) -> Response:
    if refusal is WalletRefusal.INVALID_TOKEN:  # RFC 6750 section 3
        headers = {**_NO_STORE, "WWW-Authenticate": 'Bearer error="invalid_token"'}
        return JSONResponse({"error": refusal.value}, 401, headers)
    return JSONResponse({"error": refusal.value}, 400, _NO_STORE)


def _configuration() -> Mapping[str, Any]:
    """The one credential: its form, how it is bound and signed, and its names."""
    return {
        "format": TYPE,
        "vct": VCT,
        "cryptographic_binding_methods_supported": ["jwk"],
        "credential_signing_alg_values_supported": ["ES256"],
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["ES256"]}},
        "credential_metadata": {"display": _names(PERMIT_NAME)},
    }


def _names(name: str) -> list[dict[str, str]]:
    """A name in each language of the pages."""
    codes = [language.code for language in OFFERED]
    return [{"name": locale_for(code).text(name), "locale": code} for code in codes]
