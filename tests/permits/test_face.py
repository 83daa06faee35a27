"""The signed face: bound to its permit, small, and refused for one reason."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from permits import qr, trust_list
from permits.errors import Invalid
from permits.face import (
    MAX_PICTURE,
    MAX_TEXT,
    FaceReason,
    judge_face,
    prepare_face,
    seal_face,
)
from permits.permit_claims import read_claims
from permits.scans import Reason, verdict
from permits.signing import read_cose_key
from permits.status_list import StatusLists
from tests.vectors import forge
from tests.vectors.make_vectors import FOLDER

VECTORS: dict[str, Any] = json.loads((FOLDER / "faces.json").read_text("utf-8"))
ROOTS = [
    read_cose_key({1: 2, -1: 1, -2: bytes.fromhex(r["x"]), -3: bytes.fromhex(r["y"])})
    for r in VECTORS["roots"]
]
TRUST = trust_list.read(bytes.fromhex(VECTORS["trust_list"]), ROOTS)
PERMIT = read_claims(forge.permit().payload)
PICTURE = bytes.fromhex(VECTORS["picture"])
NOW = datetime.fromtimestamp(forge.NOW, UTC)


@pytest.mark.feature("B4")
@pytest.mark.promise("P9")
@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_shared_case(case: dict[str, Any]) -> None:
    now = datetime.fromtimestamp(case["now"], UTC)
    told = judge_face(case["text"], PERMIT, TRUST if case["trust"] else None, now)
    assert told.reason.value == case["expected"]
    assert (told.picture is not None) is (told.reason is FaceReason.OK)


def test_the_cases_reach_every_reason() -> None:
    assert {case["expected"] for case in VECTORS["cases"]} == {one.value for one in FaceReason}
    assert VECTORS["permit"] == {"issuer": PERMIT.issuer, "number": PERMIT.number}


@pytest.mark.feature("B4")
def test_what_is_issued_is_read_beside_its_permit_alone() -> None:
    text = issued(PICTURE)
    assert judge_face(text, PERMIT, TRUST, NOW).picture == PICTURE
    other = replace(PERMIT, number="7K3M9XQ2HB4T")
    assert judge_face(text, other, TRUST, NOW).reason is FaceReason.OTHER_PERMIT
    # Read as a permit it is none, whatever its key may sign.
    assert verdict(text, TRUST, StatusLists(), NOW).reason is Reason.NOT_OURS


@pytest.mark.parametrize(
    "picture",
    [b"", b"RIFF", b"\xff\xd8\xff" + PICTURE, PICTURE[:12] + bytes(MAX_PICTURE - 11)],
    ids=["nothing", "cut", "a JPEG", "a byte too many"],
)
def test_only_a_small_webp_is_signed(picture: bytes) -> None:
    with pytest.raises(Invalid):
        prepare_face(PERMIT, picture, NOW, forge.FACE.kid)


def test_the_largest_face_fits_its_symbol() -> None:
    longest = replace(PERMIT, issuer="https://" + "permisos.trabajo.example." * 2 + "hn")
    picture = PICTURE[:12] + forge.noise(MAX_PICTURE - 12)
    prepared = prepare_face(longest, picture, NOW, forge.FACE.kid)
    text = seal_face(prepared, forge.FACE.sign(prepared.message))
    assert 1_100 < len(text) <= MAX_TEXT
    with pytest.raises(qr.TooLarge):
        qr.write(forge.noise(MAX_TEXT))


def issued(picture: bytes) -> str:
    """As it is printed."""
    prepared = prepare_face(PERMIT, picture, NOW, forge.FACE.kid)
    return seal_face(prepared, forge.FACE.sign(prepared.message))
