"""A wallet's proof of its key: one form is read, and every other one is refused alike."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.holder_proofs import read_holder_proof
from app.adapters.tokens import MAX_TOKEN, TokenRefused
from permits.base64url import encode
from tests.wallets import KEY, jwk_of, proof

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
US = "https://vereda.example"
AT = int(NOW.timestamp())
CLAIMS: dict[str, Any] = {"aud": US, "iat": AT, "nonce": "n-1"}
OTHER = ec.generate_private_key(ec.SECP256R1())

pytestmark = pytest.mark.asvs("9.1.2")


def with_key(**changes: object) -> dict[str, Any]:
    """A header whose key is changed."""
    return {"jwk": {**jwk_of(), **changes}}


def unsigned() -> str:
    text = proof(CLAIMS, {"alg": "none"}).rpartition(".")[0]
    return f"{text}."


def spare_bits() -> str:
    """The same signature in another spelling of its last letter."""
    whole = proof(CLAIMS)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return whole[:-1] + letters[letters.index(whole[-1]) + 1]


@pytest.mark.parametrize("audience", [US, [US], ["https://another.example", US]])
def test_a_proof_that_holds_tells_its_key_and_what_it_answers(audience: object) -> None:
    found = read_holder_proof(proof({**CLAIMS, "aud": audience}), US, NOW)
    assert (found.jwk, found.nonce) == (jwk_of(), "n-1")
    extras = {"kid": "one", "use": "sig", "alg": "ES256", "ext": True, "key_ops": ["verify"]}
    named = read_holder_proof(proof(CLAIMS, with_key(**extras)), US, NOW)
    assert named.jwk == jwk_of()  # the credential is bound to the key alone
    assert named.thumbprint == found.thumbprint
    attested = proof(
        CLAIMS, {"key_attestation": "a.b.c", "x": 1}
    )  # nothing that must be understood
    assert read_holder_proof(attested, US, NOW) == found
    assert read_holder_proof(proof({**CLAIMS, "iat": AT + 0.5}), US, NOW) == found
    assert read_holder_proof(proof({"aud": US, "iat": AT}), US, NOW).nonce is None
    assert read_holder_proof(proof({**CLAIMS, "nonce": 7}), US, NOW).nonce is None


BENT = {
    "nothing": "",
    "two segments": ".".join(proof(CLAIMS).split(".")[:2]),
    "four segments": proof(CLAIMS) + ".x",
    "too long": proof({**CLAIMS, "nonce": "n" * MAX_TOKEN}),
    "unsigned": unsigned(),
    "spare bits": spare_bits(),
    "padded": proof(CLAIMS) + "=",
    "not ASCII": proof(CLAIMS)[:-1] + "ñ",
    "signed by another": proof(CLAIMS, key=OTHER),
    "a shared secret's algorithm": proof(CLAIMS, {"alg": "HS256"}),
    "another curve's algorithm": proof(CLAIMS, {"alg": "ES384"}),
    "a type of ours": proof(CLAIMS, {"typ": "at+jwt"}),
    "no type": proof(CLAIMS, {"typ": None}),
    "something critical": proof(CLAIMS, {"crit": ["exp"]}),
    "a key by name": proof(CLAIMS, {"jwk": None, "kid": "did:example:1"}),
    "a key beside a name": proof(CLAIMS, {"kid": "did:example:1"}),
    "no key": proof(CLAIMS, {"jwk": None}),
    "a text for a key": proof(CLAIMS, {"jwk": "key"}),
    "a private key": proof(CLAIMS, with_key(d=encode(b"d" * 32))),
    "a symmetric key": proof(CLAIMS, {"jwk": {"kty": "oct", "k": encode(b"k" * 32)}}),
    "another curve": proof(CLAIMS, with_key(crv="P-384")),
    "a short coordinate": proof(CLAIMS, with_key(x=encode(b"x" * 31))),
    "a point beside the curve": proof(CLAIMS, with_key(x=encode(b"\x01" * 32))),
    "the point at nothing": proof(CLAIMS, with_key(x=encode(bytes(32)), y=encode(bytes(32)))),
    "a number for a coordinate": proof(CLAIMS, with_key(x=7)),
    "for somebody else": proof({**CLAIMS, "aud": "https://another.example"}),
    "for nobody": proof({"iat": AT, "nonce": "n-1"}),
    "for a text that begins alike": proof({**CLAIMS, "aud": f"{US}.evil.example"}),
    "old": proof({**CLAIMS, "iat": AT - 301}),
    "of the future": proof({**CLAIMS, "iat": AT + 301}),
    "of no instant": proof({"aud": US, "nonce": "n-1"}),
    "at a truth": proof({**CLAIMS, "iat": True}),
    "at a text": proof({**CLAIMS, "iat": str(AT)}),
    "at an instant beyond every number": proof({**CLAIMS, "iat": 10**400}),
    "at infinity": proof(b'{"aud":"%b","iat":1e999}' % US.encode()),
    "no claims": proof([CLAIMS]),
    "no JSON": proof(b"{"),
    "claims too deep": proof(b"[" * 5000),
}


@pytest.mark.parametrize("bent", BENT.values(), ids=BENT)
def test_every_other_form_is_refused(bent: str) -> None:
    with pytest.raises(TokenRefused):
        read_holder_proof(bent, US, NOW)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.text(max_size=300), st.dictionaries(st.text(max_size=5), VALUES), VALUES)
def test_nothing_that_is_sent_breaks_it(
    text: str, header: dict[str, object], value: object
) -> None:
    told = encode(json.dumps(header).encode())
    signed = [proof(CLAIMS, {"jwk": header}, KEY), proof(header), proof(value)]
    signed += [proof({**CLAIMS, "aud": value}), proof({**CLAIMS, "aud": header})]
    for bent in (text, f"{told}.{told}.{told}", *signed):
        with pytest.raises(TokenRefused):
            read_holder_proof(bent, US, NOW)
