"""A wallet's proof of its key (OpenID4VCI 1.0, appendix F.1), read as warily as our own tokens."""

from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import Any, TypeGuard

from cryptography.hazmat.primitives.asymmetric import ec
from jose import JWTError, jwk, jws

from app.adapters.tokens import ALGORITHM, TokenRefused, header_of
from app.foreign_json import read_json
from permits.base64url import decode
from permits.wallets import PROOF_HOLDS, PROOF_TYPE, HolderProof

_NEEDED = {"alg", "typ", "jwk"}
_REFUSED = {"crit", "kid", "x5c", "x5u", "jku", "trust_chain", "b64"}
"""Another key beside the one that is told, or something that would have to be understood."""

_SECRET = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}
"""What no public key has (RFC 7518 section 6); every other name in it is passed over."""

COORDINATE = 32


def read_holder_proof(token: str, audience: str, now: datetime) -> HolderProof:
    """Read a proof for this audience; `TokenRefused` whatever is wrong with it.

    1. form: three segments in their one base64url form, at most `MAX_TOKEN` characters;
    2. header: ES256, the type and a public key on P-256, and no other key; 3. signature by it;
    4. `aud` is the audience, `iat` near `now`. Who compares the nonce is the caller.
    """
    try:
        header = header_of(token)
        if not header.keys() >= _NEEDED or header.keys() & _REFUSED:
            raise TokenRefused
        if (header["alg"], header["typ"]) != (ALGORITHM, PROOF_TYPE):
            raise TokenRefused
        named = _public_jwk(header["jwk"])
        payload = jws.verify(token, jwk.construct(_key(named), ALGORITHM), algorithms=[ALGORITHM])
        claims = read_json(payload)
    except (JWTError, jws.JWSError, TypeError, ValueError):
        raise TokenRefused from None
    _check_claims(claims, audience, now)
    nonce = claims.get("nonce")
    return HolderProof(named, nonce if isinstance(nonce, str) else None)


def _public_jwk(told: object) -> Mapping[str, str]:
    """The four members of a public key; ValueError for a private one or of another kind."""
    if not isinstance(told, dict) or told.keys() & _SECRET:
        raise ValueError
    named = {name: told.get(name) for name in ("kty", "crv", "x", "y")}
    if (named["kty"], named["crv"]) != ("EC", "P-256"):
        raise ValueError
    return {name: str(value) for name, value in named.items()}


def _key(named: Mapping[str, str]) -> ec.EllipticCurvePublicKey:
    """ValueError for a point that is not on the curve."""
    x, y = (_coordinate(named[name]) for name in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def _coordinate(text: str) -> int:
    data = decode(text)
    if len(data) != COORDINATE:
        raise ValueError
    return int.from_bytes(data)


def _check_claims(claims: Any, audience: str, now: datetime) -> None:  # noqa: ANN401
    """Step 4; an audience may stand alone or in a list (RFC 7519 section 4.1.3)."""
    if not isinstance(claims, dict):
        raise TokenRefused
    told, issued = claims.get("aud"), claims.get("iat")
    audiences = told if isinstance(told, list) else [told]
    if audience not in audiences or not _is_instant(issued):
        raise TokenRefused
    if abs(int(now.timestamp()) - int(issued)) > PROOF_HOLDS.total_seconds():
        raise TokenRefused


def _is_instant(value: object) -> TypeGuard[int | float]:
    """A number of seconds, with a fraction or without (RFC 7519 section 2)."""
    return type(value) is int or (type(value) is float and isfinite(value))
