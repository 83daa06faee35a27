"""A permit in somebody's wallet: what is offered, for how long, and what it says.

OpenID for Verifiable Credential Issuance 1.0 (OpenID4VCI) with a code that the holder was given
before; the credential is an SD-JWT VC (draft-ietf-oauth-sd-jwt-vc) with the permit's own fields by
their names, bound to the wallet's key, in the same place of the same status list.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from urllib.parse import urlencode

from permits.base64url import encode
from permits.permit_claims import PermitClaims, seconds

GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
CONFIGURATION = "work-permit"
"""The id of the one kind of credential that is issued."""

TYPE = "dc+sd-jwt"
VCT = "urn:vereda:work-permit:1"
PROOF_TYPE = "openid4vci-proof+jwt"

CODE_HOLDS = timedelta(minutes=10)
TOKEN_HOLDS = timedelta(minutes=10)
"""So long a wallet may ask again, whose answer was lost on the way."""

NONCE_HOLDS = timedelta(minutes=5)
PROOF_HOLDS = timedelta(minutes=5)
"""By the wallet's clock, to both sides."""

OPEN = frozenset({"kind", "agencies", "departments", "conditions"})
"""Fields that name nobody and are always shown; every other one the holder may keep back."""

_REGISTERED = frozenset({"issuer", "issued_at", "valid_from", "expires"})
_STATUS = frozenset({"status_uri", "status_index"})


class WalletRefusal(StrEnum):
    """Why a wallet is given nothing, in the words of RFC 6749 5.2, RFC 6750 3.1, OpenID4VCI 8.3."""

    INVALID_REQUEST = "invalid_request"
    UNSUPPORTED_GRANT = "unsupported_grant_type"
    INVALID_GRANT = "invalid_grant"
    INVALID_TOKEN = "invalid_token"  # noqa: S105
    INVALID_CREDENTIAL_REQUEST = "invalid_credential_request"
    UNKNOWN_CONFIGURATION = "unknown_credential_configuration"
    UNKNOWN_IDENTIFIER = "unknown_credential_identifier"
    INVALID_PROOF = "invalid_proof"
    INVALID_NONCE = "invalid_nonce"
    INVALID_ENCRYPTION = "invalid_encryption_parameters"


@dataclass(frozen=True)
class Asked:
    """Which credential a wallet wants, and its proof as it sent it (OpenID4VCI section 8.2)."""

    configuration: str
    proof: str


@dataclass(frozen=True)
class HolderProof:
    """A wallet's proof that holds: its public key (four members), and what it was to sign."""

    jwk: Mapping[str, str]
    nonce: str | None

    @property
    def thumbprint(self) -> str:
        """The name of the key, the same however it is written (RFC 7638)."""
        told = json.dumps(self.jwk, sort_keys=True, separators=(",", ":"))
        return encode(sha256(told.encode()).digest())


def offer_link(issuer: str, code: str) -> str:
    """The address that opens a wallet: the whole offer, so that the code is in no log of ours.

    OpenID4VCI section 4.1.1 and 4.1.2 (by value).
    """
    offer = {
        "credential_issuer": issuer,
        "credential_configuration_ids": [CONFIGURATION],
        "grants": {GRANT: {"pre-authorized_code": code}},
    }
    told = urlencode({"credential_offer": json.dumps(offer, separators=(",", ":"))})
    return f"openid-credential-offer://?{told}"


def open_claims(
    permit: PermitClaims, holder: Mapping[str, str], now: datetime
) -> dict[str, object]:
    """What everybody sees whom the credential is shown; `iss` is added by who signs.

    `holder` is the wallet's key: whoever shows the credential proves to have it (RFC 7800).
    """
    return {
        "vct": VCT,
        "iat": seconds(now),
        "nbf": seconds(permit.valid_from),
        "exp": seconds(permit.expires),
        "cnf": {"jwk": dict(holder)},
        "status": {"status_list": {"idx": permit.status_index, "uri": permit.status_uri}},
        **{name: value for name, value in _told(permit).items() if name in OPEN},
    }


def hidden_claims(permit: PermitClaims) -> dict[str, object]:
    """What the holder shows one by one, by the names of `PermitClaims`."""
    return {name: value for name, value in _told(permit).items() if name not in OPEN}


def _told(permit: PermitClaims) -> dict[str, object]:
    """The fields that have a value, as JSON takes them; days as `2026-11-27`."""
    apart = _REGISTERED | _STATUS
    values = {one.name: getattr(permit, one.name) for one in fields(permit)}
    told = {name: value for name, value in values.items() if name not in apart}
    return {
        name: _plain(value) for name, value in told.items() if value is not None and value != ()
    }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return value.value if isinstance(value, StrEnum) else value
