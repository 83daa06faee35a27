"""Status lists: bits, the signed form, and every list that must not be taken."""

import json
import zlib
from base64 import urlsafe_b64decode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from permits import status_list, trust_list
from permits.signing import NotTrusted, read_cose_key
from permits.status_list import Status, StatusList, StatusLists
from tests.vectors import forge

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "lists.json").read_text("utf-8"))
ROOTS: list[ec.EllipticCurvePublicKey] = [
    read_cose_key({1: 2, -1: 1, -2: bytes.fromhex(r["x"]), -3: bytes.fromhex(r["y"])})
    for r in VECTORS["roots"]
]
DRAFT = json.loads(
    (Path(__file__).parents[1] / "vectors" / "status_list" / "draft.json").read_text()
)
TRUST = trust_list.read(bytes.fromhex(VECTORS["trust"]), ROOTS)


@pytest.mark.promise("P8")
@pytest.mark.asvs("1.5.3")
@pytest.mark.parametrize("case", VECTORS["status_cases"], ids=lambda case: case["name"])
def test_shared_case(case: dict[str, Any]) -> None:
    held = StatusLists()
    if case["held"]:
        held = held.taking(status_list.read(bytes.fromhex(case["held"]), TRUST))
    try:
        held.taking(status_list.read(bytes.fromhex(case["token"]), TRUST))
        told = "accepted"
    except NotTrusted as refused:
        told = refused.code

    assert told == case["expected"]


@pytest.mark.parametrize("case", VECTORS["status_bits"], ids=lambda case: f"{case['bits']} bits")
def test_bits_are_least_significant_first(case: dict[str, Any]) -> None:
    statuses = StatusList("uri", 0, 1, bytes.fromhex(case["packed"]), bits=case["bits"])
    count = len(case["statuses"])

    told = [statuses.status(index) for index in range(count)]

    assert told == [value if value < 3 else Status.INVALID for value in case["statuses"]]
    for outside in (-1, count, 2**40):
        with pytest.raises(IndexError):
            statuses.status(outside)


@pytest.mark.parametrize(
    ("published", "packed"), [("eNrbuRgAAhcBXQ", "b9a3"), ("eNo76fITAAPfAgc", "c944f9")]
)
def test_the_published_lists_unpack(published: str, packed: str) -> None:
    """The `lst` values of draft-ietf-oauth-status-list section 4.2."""
    data = urlsafe_b64decode(published + "=" * (-len(published) % 4))

    assert zlib.decompress(data).hex() == packed


def unpacked(case: dict[str, Any]) -> bytes:
    return zlib.decompress(urlsafe_b64decode(case["lst"] + "=" * (-len(case["lst"]) % 4)))


@pytest.mark.feature("B2")
@pytest.mark.parametrize("case", DRAFT["cases"], ids=lambda case: f"{case['bits']} bits")
def test_the_vectors_of_the_draft_are_read_place_by_place(case: dict[str, Any]) -> None:
    """Appendix C of draft-ietf-oauth-status-list, also through a signed list."""
    list_of_draft = replace(forge.make_list(), packed=unpacked(case), bits=case["bits"])
    statuses = status_list.read(status_list.sign(list_of_draft, forge.STATUS), TRUST)
    named = dict(case["statuses"])

    found = {i: value for i in range(case["size"]) if (value := statuses.value(i))}

    assert found == {index: value for index, value in named.items() if value}
    with pytest.raises(IndexError):
        statuses.value(case["size"])


def test_what_this_house_packs_is_the_draft_s_list_of_two_bits() -> None:
    """Value 3 has no name here, so those two places are packed as invalid (1) and then compared."""
    (case,) = (case for case in DRAFT["cases"] if case["bits"] == status_list.BITS)
    named = [(index, Status(value if value < 3 else 1)) for index, value in case["statuses"]]

    packed = bytearray(status_list.pack(named, size=case["size"]))
    for index, value in case["statuses"]:
        packed[index // 4] |= value << (index % 4 * 2)

    assert bytes(packed) == unpacked(case)


def test_a_list_says_where_all_lists_are_named() -> None:
    where = status_list.aggregation_uri(forge.ISSUER)
    signed = replace(forge.make_list(), aggregation=where)

    assert status_list.read(status_list.sign(signed, forge.STATUS), TRUST).aggregation == where
    body = status_list.jwt_claims(signed)["status_list"]
    assert isinstance(body, dict)
    assert body["aggregation_uri"] == where
    assert where == f"{forge.ISSUER}/st/aggregation.json"


def test_the_aggregation_names_the_lists_in_the_form_of_the_draft() -> None:
    uris = [status_list.list_uri(forge.ISSUER, number) for number in (1, 2)]

    assert json.loads(status_list.write_aggregation(uris)) == {"status_lists": uris}


def test_a_list_read_is_the_list_signed() -> None:
    signed = forge.make_list()

    assert status_list.read(status_list.sign(signed, forge.STATUS), TRUST) == signed


def test_a_token_is_tag_18_and_says_its_type() -> None:
    token = status_list.sign(forge.make_list(), forge.STATUS)

    assert token[:2].hex() == "d284"
    assert b"\x10\x78\x1aapplication/statuslist+cwt" in token


@given(st.dictionaries(st.integers(0, 999), st.sampled_from(Status), max_size=40))
@settings(max_examples=100, deadline=None)
def test_packed_and_asked(named: dict[int, Status]) -> None:
    packed = status_list.pack(named.items(), size=1_000)
    statuses = StatusList("uri", 0, 1, packed)

    asked = {index: statuses.status(index) for index in range(1_000)}

    assert asked == {index: named.get(index, Status.VALID) for index in range(1_000)}


def test_a_list_holds_as_many_as_it_says_and_no_index_beyond() -> None:
    assert len(status_list.pack([])) * 4 == status_list.SIZE
    for outside in (-1, status_list.SIZE):
        with pytest.raises(IndexError):
            status_list.pack([(outside, Status.INVALID)])


def test_the_latest_of_all_lists_is_known() -> None:
    other = f"{forge.ISSUER}/st/2"
    held = StatusLists().taking(forge.make_list(100)).taking(forge.make_list(50, other))

    assert (held.latest, StatusLists().latest) == (100, 0)
    assert held.find(other) == forge.make_list(50, other)
    assert held.find("elsewhere") is None


def test_the_jwt_says_the_same() -> None:
    claims = status_list.jwt_claims(forge.make_list())
    body = claims.pop("status_list")

    assert isinstance(body, dict)
    packed = urlsafe_b64decode(body["lst"] + "=" * (-len(body["lst"]) % 4))
    assert (body["bits"], zlib.decompress(packed)) == (2, forge.make_list().packed)
    assert claims == {
        "sub": forge.LIST_URI,
        "iat": forge.make_list().issued_at,
        "exp": forge.make_list().expires,
        "ttl": 86_400,
    }


def test_a_list_with_one_in_a_hundred_revoked_stays_small() -> None:
    revoked = [(index, Status.INVALID) for index in range(0, status_list.SIZE, 100)]
    signed = StatusList(forge.LIST_URI, 0, 1, status_list.pack(revoked))

    assert len(status_list.sign(signed, forge.STATUS)) < 6_000
