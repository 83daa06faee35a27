"""The part of a wallet that the tests need: a key, and proofs of it, well made or bent."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from permits.base64url import encode
from permits.signing import sign_es256
from permits.wallets import GRANT, PROOF_TYPE

KEY = ec.generate_private_key(ec.SECP256R1())


def jwk_of(key: ec.EllipticCurvePrivateKey = KEY) -> dict[str, Any]:
    """The public half."""
    numbers = key.public_key().public_numbers()
    x, y = (encode(one.to_bytes(32)) for one in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def proof(
    claims: object, header: dict[str, Any] | None = None, key: ec.EllipticCurvePrivateKey = KEY
) -> str:
    """A signed proof with these claims, or with these bytes; `header` changes its header, None
    leaves a name out."""
    whole = {"alg": "ES256", "typ": PROOF_TYPE, "jwk": jwk_of(), **(header or {})}
    told = {name: value for name, value in whole.items() if value is not None}
    body = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    text = f"{encode(json.dumps(told).encode())}.{encode(body)}"
    return f"{text}.{encode(sign_es256(key, text.encode()))}"


def code_of(link: str) -> str:
    """The code in an offer's link."""
    (offer,) = parse_qs(urlsplit(link).query)["credential_offer"]
    return str(json.loads(offer)["grants"][GRANT]["pre-authorized_code"])
