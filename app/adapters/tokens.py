"""Signed tokens of the API (JWT, ES256 alone), on python-jose and around its known traps.

python-jose 3.5.0 accepts, where the caller is careless: HS256 forged with a public key, `crit`
headers, tokens without `exp` or `aud`, spare bits in the last base64 character. Everything here is
checked before its decoder runs; another library is a swap of this file.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from jose import JWTError, jwk, jws, jwt
from jose.backends.base import Key

from app.foreign_json import read_json
from permits.base64url import decode
from permits.errors import Unauthenticated
from permits.signing import Signer

ALGORITHM = "ES256"

MAX_TOKEN = 8_192
"""Characters; longer ones are refused unread."""

LEEWAY = 30
"""Seconds by which the clocks of two of our machines may differ."""

_HEADERS = {"alg", "typ", "kid"}

_OPTIONS = {
    "require_iat": True,
    "require_iss": True,
    "require_sub": True,
    "require_aud": True,
    # python-jose would read the clock for these two; `_check_times` does not.
    "verify_exp": False,
    "verify_nbf": False,
}


class TokenRefused(Unauthenticated):
    """The token does not hold; why is told to nobody."""

    def __init__(self) -> None:
        super().__init__("token-refused")


class Tokens:
    """Signs tokens with one key, and reads those that any of the known keys signed.

    Never use a token's text as its identity: (r, n - s) is a second signature of the same token.
    """

    def __init__(
        self,
        issuer: str,
        signer: Signer,
        key: ec.EllipticCurvePublicKey,
        others: Mapping[bytes, ec.EllipticCurvePublicKey] | None = None,
    ) -> None:
        """`issuer` stands in `iss`; `key` is the signer's, `others` verify too. P-256 keys only."""
        public = {signer.kid: key, **(others or {})}
        if any(not isinstance(each.curve, ec.SECP256R1) for each in public.values()):
            raise ValueError("tokens are signed on P-256")
        self._issuer = issuer
        self._kid = signer.kid.hex()
        self._private = _SigningKey(signer)
        # Made once from key objects, never from PEM, DER or JSON: nothing is left to guess.
        self._public = {name.hex(): jwk.construct(each, ALGORITHM) for name, each in public.items()}

    def sign(self, claims: Mapping[str, Any], typ: str) -> str:
        """Return the claims as a signed token of this type; `iss` is added."""
        headers = {"kid": self._kid, "typ": typ}
        whole = {"iss": self._issuer, **claims}
        return str(jwt.encode(whole, self._private, algorithm=ALGORITHM, headers=headers))

    def read(self, token: str, typ: str, audience: str, now: datetime) -> dict[str, Any]:
        """Return the claims of a token of this type for this audience.

        1. form: three segments in their one base64url form, at most `MAX_TOKEN` characters;
        2. header: exactly alg ES256, the type, and a kid that is known; 3. signature, iss, sub,
        aud and iat; 4. exp, and nbf where present, against `now`. Raises `TokenRefused`.
        """
        key = self._key_of(token, typ)
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=audience,
                issuer=self._issuer,
                options=_OPTIONS,
            )
        # The library lets a TypeError out for claims of unforeseen types.
        except (JWTError, TypeError, ValueError):
            raise TokenRefused from None
        _check_times(claims, int(now.timestamp()))
        return claims

    def verify(self, token: str, typ: str) -> bytes:
        """Return the payload of a token whose header and signature hold, and check no claim.

        For signed documents that are not addressed to anybody: status lists, receipts.
        """
        key = self._key_of(token, typ)
        try:
            return bytes(jws.verify(token, key, algorithms=[ALGORITHM]))
        except (JWTError, jws.JWSError):
            raise TokenRefused from None

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """Return the public keys as a JWK set (RFC 7517), for others to verify with."""
        return {
            "keys": [
                {**key.to_dict(), "kid": kid, "use": "sig"} for kid, key in self._public.items()
            ]
        }

    def _key_of(self, token: str, typ: str) -> Any:  # noqa: ANN401  a key of python-jose
        """Steps 1 and 2: the key that the header names, once nothing in the header is strange."""
        header = header_of(token)
        named = header.get("kid")
        # Also refuses crit, jwk, jku, x5c and b64: there is nothing else to be understood.
        strange = header.keys() != _HEADERS or header["alg"] != ALGORITHM or header["typ"] != typ
        if strange or not isinstance(named, str) or named not in self._public:
            raise TokenRefused
        return self._public[named]


class _SigningKey(Key):  # type: ignore[misc]  # python-jose has no types
    """A private key, perhaps in a hardware module; a JWS carries r then s, as our signers do."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer

    def sign(self, msg: bytes) -> bytes:
        return self._signer.sign(msg)


def header_of(token: str) -> dict[str, Any]:
    """The header of three segments in their one form, not believed yet; `TokenRefused`.

    Read here and to a bounded depth, before the library's own reader follows every bracket.
    """
    segments = token.split(".")
    if len(token) > MAX_TOKEN or len(segments) != 3:
        raise TokenRefused
    try:
        told, _payload, _signature = map(decode, segments)
        header = read_json(told)
    except ValueError:
        raise TokenRefused from None
    if not isinstance(header, dict):
        raise TokenRefused
    return header


def read_claims(payload: bytes) -> Mapping[str, object]:
    """The claims of a payload whose signature held; `TokenRefused` for what is no object."""
    try:
        claims = read_json(payload)
    except ValueError:
        raise TokenRefused from None
    if not isinstance(claims, dict):
        raise TokenRefused
    return claims


def _check_times(claims: Mapping[str, Any], now: int) -> None:
    """Step 4; instants are integers, and exp is not optional."""
    expires, begins = claims.get("exp"), claims.get("nbf", claims.get("iat"))
    if type(expires) is not int or type(begins) is not int:
        raise TokenRefused
    if now >= expires + LEEWAY or now < begins - LEEWAY:
        raise TokenRefused
