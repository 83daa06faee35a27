"""A wallet's proof of its key (OpenID4VCI 1.0, appendix F.1), read as warily as our own tokens."""

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from jose import JWTError, jwk, jws

from app.adapters.tokens import ALGORITHM, TokenRefused, header_of, is_canonical
from app.foreign_json import read_json
from permits.wallets import PROOF_HOLDS, PROOF_TYPE, HolderProof

_HEADERS = {"alg", "typ", "jwk"}
_KEY = {"kty", "crv", "x", "y"}
_KEY_EXTRAS = {"kid", "use", "alg", "key_ops"}
"""What some wallets add to a key and nothing depends on; `d` is not among it."""

COORDINATE = 32


def read_holder_proof(token: str, audience: str, now: datetime) -> HolderProof:
    """Read a proof for this audience; `TokenRefused` whatever is wrong with it.

    1. form: three segments in their one base64url form, at most `MAX_TOKEN` characters;
    2. header: exactly ES256, the type and a public key on P-256; 3. signature by that key;
    4. `aud` is the audience, `iat` near `now`. Who compares the nonce is the caller.
    """
    try:
        header = header_of(token)
        if header.keys() != _HEADERS or (header["alg"], header["typ"]) != (ALGORITHM, PROOF_TYPE):
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
    """The four members of a public key; ValueError for a private one or anything unknown."""
    if not isinstance(told, dict) or not told.keys() <= _KEY | _KEY_EXTRAS:
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
    if not is_canonical(text):
        raise ValueError
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(data) != COORDINATE:
        raise ValueError
    return int.from_bytes(data)


def _check_claims(claims: Any, audience: str, now: datetime) -> None:  # noqa: ANN401
    """Step 4; an audience may stand alone or in a list (RFC 7519 section 4.1.3)."""
    if not isinstance(claims, dict):
        raise TokenRefused
    told, issued = claims.get("aud"), claims.get("iat")
    audiences = told if isinstance(told, list) else [told]
    if audience not in audiences or type(issued) is not int:
        raise TokenRefused
    if abs(now.timestamp() - issued) > PROOF_HOLDS.total_seconds():
        raise TokenRefused
