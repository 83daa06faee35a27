"""Selective disclosure, by the example of RFC 9901 and by what a holder may keep back."""

import json
from base64 import urlsafe_b64decode

import pytest

from permits import sd_jwt

SALT = urlsafe_b64decode("_26bc4LT-ac6q2KI6cBW5es=")


@pytest.mark.feature("W13")
def test_the_example_of_the_standard() -> None:
    """RFC 9901 sections 4.2.1 and 4.2.3."""
    told = sd_jwt.conceal({"family_name": "Möbius"}, lambda: SALT)
    assert told.disclosures == (
        "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
    )
    assert told.digests == ("X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",)


@pytest.mark.feature("W13")
def test_each_claim_has_its_own_salt_and_the_digests_tell_no_order() -> None:
    salts = iter(bytes([number]) * 16 for number in range(9))
    claims = dict.fromkeys("abcdefgh", "the same")
    told = sd_jwt.conceal(claims, lambda: next(salts))
    read = [json.loads(urlsafe_b64decode(one + "==")) for one in told.disclosures]
    assert [(name, value) for _, name, value in read] == list(claims.items())
    assert len({salt for salt, _, _ in read}) == len(set(told.digests)) == 8
    assert list(told.digests) == sorted(told.digests)
    assert [sd_jwt.digest(one) for one in told.disclosures] != list(told.digests)


def test_a_whole_credential_ends_with_a_tilde() -> None:
    assert sd_jwt.compose("a.b.c", ("x", "y")) == "a.b.c~x~y~"
    assert sd_jwt.compose("a.b.c", ()) == "a.b.c~"
