"""Tokens: what holds, and every trap of python-jose 3.5.0 that must stay shut."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jose import jwt

from app.adapters.tokens import LEEWAY, MAX_TOKEN, TokenRefused, Tokens
from permits import signing
from tests.vectors import forge

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
ISSUER = "https://vereda.example"
TYPE = "at+jwt"
AUDIENCE = "vereda-api"

KEY = forge.FixedKey("token")
OTHER = forge.FixedKey("token, retired")
TOKENS = Tokens(ISSUER, KEY, KEY.public, {OTHER.kid: OTHER.public})

CLAIMS: dict[str, Any] = {
    "sub": "7f1c",
    "aud": AUDIENCE,
    "iat": SECONDS,
    "exp": SECONDS + 600,
    "jti": "1",
}


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def forged(
    header: Mapping[str, Any] | None = None,
    claims: Mapping[str, Any] | None = None,
    key: forge.FixedKey = KEY,
    signature: bytes | None = None,
) -> str:
    """A token written by hand; None removes a header or a claim."""
    heads = {"alg": "ES256", "typ": TYPE, "kid": key.kid.hex(), **(header or {})}
    whole = {"iss": ISSUER, **CLAIMS, **(claims or {})}
    parts = [
        b64(json.dumps({k: v for k, v in part.items() if v is not None}).encode())
        for part in (heads, whole)
    ]
    message = ".".join(parts).encode()
    return ".".join((*parts, b64(key.sign(message) if signature is None else signature)))


def read(token: str, now: datetime = NOW) -> dict[str, Any]:
    return TOKENS.read(token, TYPE, AUDIENCE, now)


def refused(token: str, now: datetime = NOW) -> bool:
    try:
        read(token, now)
    except TokenRefused as error:
        return (error.code, error.facts) == ("token-refused", {})
    return False


def test_what_is_signed_is_read() -> None:
    token = TOKENS.sign(CLAIMS, TYPE)

    assert read(token) == {"iss": ISSUER, **CLAIMS}
    assert jwt.get_unverified_header(token) == {"alg": "ES256", "typ": TYPE, "kid": KEY.kid.hex()}


def test_the_hand_made_token_of_these_tests_holds() -> None:
    assert read(forged()) == {"iss": ISSUER, **CLAIMS}
    assert read(forged(key=OTHER)) == {"iss": ISSUER, **CLAIMS}


@pytest.mark.asvs("9.1.2")
def test_hs256_forged_with_the_public_key_is_refused_in_every_form_of_the_key() -> None:
    forms = [
        KEY.public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        KEY.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        KEY.public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
        json.dumps(TOKENS.jwks()["keys"][0]).encode(),
        b"",
    ]
    for secret in forms:
        unsigned = forged({"alg": "HS256"}, signature=b"").removesuffix(".")
        mac = hmac.digest(secret, unsigned.encode(), "sha256")
        assert refused(f"{unsigned}.{b64(mac)}")


def test_the_library_alone_would_take_hs256_with_a_der_key() -> None:
    """The trap itself, so that these tests are known to test something."""
    der = KEY.public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    unsigned = forged({"alg": "HS256"}, signature=b"").removesuffix(".")
    token = f"{unsigned}.{b64(hmac.digest(der, unsigned.encode(), 'sha256'))}"

    claims = jwt.decode(token, der, audience=AUDIENCE, options={"verify_exp": False})

    assert claims["sub"] == CLAIMS["sub"]


@pytest.mark.asvs("9.1.3", "9.2.2")
@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "None"},
        {"alg": "ES384"},
        {"alg": "RS256"},
        {"alg": "HS256"},
        {"alg": "es256"},
        {"alg": ["ES256"]},
        {"alg": None},
        {"typ": None},
        {"typ": "JWT"},
        {"typ": "statuslist+jwt"},
        {"kid": None},
        {"kid": "nobody"},
        {"kid": 7},
        {"kid": ["x"]},
        {"crit": ["exp"]},
        {"crit": []},
        {"crit": ["b64"], "b64": False},
        {"jwk": {"kty": "EC"}},
        {"jku": "https://elsewhere.example/keys"},
        {"x5c": []},
        {"zip": "DEF"},
    ],
    ids=str,
)
def test_a_strange_header_is_refused(header: dict[str, Any]) -> None:
    assert refused(forged(header))


@pytest.mark.asvs("9.2.1", "9.2.3", "9.2.4")
@pytest.mark.parametrize(
    "claims",
    [
        {"exp": None},
        {"iat": None},
        {"iss": None},
        {"sub": None},
        {"aud": None},
        {"iss": "https://elsewhere.example"},
        {"iss": [ISSUER]},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": 7},
        {"aud": {}},
        {"aud": []},
        {"sub": 7},
        {"exp": "soon"},
        {"exp": float(SECONDS + 600)},
        {"exp": True},
        {"exp": []},
        {"iat": "now"},
        {"iat": []},
        {"nbf": "now"},
    ],
    ids=str,
)
def test_a_claim_missing_or_wrong_is_refused(claims: dict[str, Any]) -> None:
    assert refused(forged(claims=claims))


def test_an_audience_among_others_holds() -> None:
    assert read(forged(claims={"aud": ["another", AUDIENCE]}))["sub"] == CLAIMS["sub"]


@pytest.mark.asvs("9.2.1")
@pytest.mark.promise("P29")
@pytest.mark.parametrize(
    ("claims", "after", "holds"),
    [
        ({}, 600 + LEEWAY - 1, True),
        ({}, 600 + LEEWAY, False),
        ({}, -LEEWAY, True),
        ({}, -LEEWAY - 1, False),
        ({"nbf": SECONDS + 60}, 60 - LEEWAY, True),
        ({"nbf": SECONDS + 60}, 60 - LEEWAY - 1, False),
    ],
)
def test_times_are_judged_by_the_clock_that_is_handed_in(
    claims: dict[str, Any], after: int, holds: bool
) -> None:
    assert refused(forged(claims=claims), NOW + timedelta(seconds=after)) is not holds


def test_spare_bits_of_the_last_character_are_refused() -> None:
    token = TOKENS.sign(CLAIMS, TYPE)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    same_bytes = token[:-1] + alphabet[alphabet.index(token[-1]) ^ 1]

    assert urlsafe_b64decode(same_bytes.split(".")[2] + "==") == urlsafe_b64decode(
        token.split(".")[2] + "=="
    )
    assert refused(same_bytes)


@pytest.mark.asvs("9.1.1")
@pytest.mark.parametrize(
    "bend",
    [
        lambda token: "",
        lambda token: token[:-1],
        lambda token: token + "=",
        lambda token: token + ".",
        lambda token: token + "\n",
        lambda token: " " + token,
        lambda token: token.rsplit(".", 1)[0],
        lambda token: token.rsplit(".", 1)[0] + ".",
        lambda token: "." + token,
        lambda token: token.replace(".", "..", 1),
        lambda token: token.swapcase(),
        lambda token: token[:-4] + "Ñ" + token[-3:],
        lambda token: token + "A" * MAX_TOKEN,
        lambda token: "e30.e30.e30",
        lambda token: "W10.W10.W10",
        lambda token: "_w._w._w",
    ],
)
def test_a_bent_token_is_refused(bend: Any) -> None:  # noqa: ANN401
    assert refused(bend(TOKENS.sign(CLAIMS, TYPE)))


@pytest.mark.asvs("9.1.1")
def test_a_signature_of_another_key_or_none_is_refused() -> None:
    stranger = forge.STRANGER
    assert refused(forged({"kid": KEY.kid.hex()}, key=stranger))
    assert refused(forged(key=stranger))
    for signature in (b"", bytes(64), KEY.der(b"x")):
        assert refused(forged(signature=signature))


@pytest.mark.asvs("9.1.1")
def test_changed_claims_are_refused() -> None:
    header, _, signature = TOKENS.sign(CLAIMS, TYPE).split(".")
    richer = b64(json.dumps({"iss": ISSUER, **CLAIMS, "sub": "admin"}).encode())

    assert refused(f"{header}.{richer}.{signature}")


@pytest.mark.parametrize("payload", [b"[]", b"7", b"null", b"\xff", b"{", b""])
def test_a_payload_that_is_no_object_is_refused(payload: bytes) -> None:
    head = b64(json.dumps({"alg": "ES256", "typ": TYPE, "kid": KEY.kid.hex()}).encode())
    message = f"{head}.{b64(payload)}"

    assert refused(f"{message}.{b64(KEY.sign(message.encode()))}")


def test_documents_for_nobody_in_particular_are_verified_without_claims() -> None:
    token = TOKENS.sign({"sub": "x", "status_list": {"bits": 2}}, "statuslist+jwt")

    payload = json.loads(TOKENS.verify(token, "statuslist+jwt"))

    assert payload == {"iss": ISSUER, "sub": "x", "status_list": {"bits": 2}}
    with pytest.raises(TokenRefused):
        TOKENS.verify(token, TYPE)
    with pytest.raises(TokenRefused):
        TOKENS.verify(token[:-2] + "AA", "statuslist+jwt")


def test_the_published_keys_are_public_and_verify() -> None:
    published = TOKENS.jwks()["keys"]

    assert [set(key) for key in published] == [{"alg", "kty", "crv", "x", "y", "kid", "use"}] * 2
    assert [key["kid"] for key in published] == [KEY.kid.hex(), OTHER.kid.hex()]
    token = TOKENS.sign({**CLAIMS, "exp": 4_102_444_800, "iat": 0}, TYPE)
    claims = jwt.decode(token, published[0], algorithms=["ES256"], audience=AUDIENCE)
    assert claims["sub"] == CLAIMS["sub"]
    x = urlsafe_b64decode(published[0]["x"] + "=")
    y = urlsafe_b64decode(published[0]["y"] + "=")
    assert signing.kid_of(signing.read_cose_key({1: 2, -1: 1, -2: x, -3: y})) == KEY.kid


def test_only_p_256() -> None:
    with pytest.raises(ValueError, match="P-256"):
        Tokens(ISSUER, KEY, ec.generate_private_key(ec.SECP384R1()).public_key())
