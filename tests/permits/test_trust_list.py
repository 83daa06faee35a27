"""The trust list: what a pinned root signed, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from permits import trust_list
from permits.signing import KeyUse, NotTrusted, read_cose_key
from permits.trust_list import TrustState
from tests.vectors import forge
from tests.vectors.forge import DAY, NOW

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "lists.json").read_text("utf-8"))
ROOTS: list[ec.EllipticCurvePublicKey] = [
    read_cose_key({1: 2, -1: 1, -2: bytes.fromhex(r["x"]), -3: bytes.fromhex(r["y"])})
    for r in VECTORS["roots"]
]


@pytest.mark.promise("P10")
@pytest.mark.parametrize("case", VECTORS["trust_cases"], ids=lambda case: case["name"])
def test_shared_case(case: dict[str, Any]) -> None:
    stored = trust_list.read(bytes.fromhex(case["stored"]), ROOTS) if case["stored"] else None
    try:
        trust_list.read(bytes.fromhex(case["token"]), ROOTS, stored)
        told = "accepted"
    except NotTrusted as refused:
        told = refused.code

    assert told == case["expected"]


def test_a_list_read_is_the_list_signed() -> None:
    signed = forge.make_trust()

    read = trust_list.read(trust_list.sign(signed, forge.ROOT), ROOTS)

    assert _plain(read) == _plain(signed)
    assert read.find(b"nobody") is None


def _plain(trust: trust_list.TrustList) -> dict[str, Any]:
    keys = {
        kid: (
            key.public.public_numbers(),
            key.issuer,
            key.use,
            key.not_before,
            key.expires,
            key.countries,
            key.state,
            key.cutoff,
        )
        for kid, key in trust.keys.items()
    }
    return vars(trust) | {"keys": keys}


@pytest.mark.promise("P9")
def test_without_a_pinned_root_no_list_is_taken() -> None:
    token = trust_list.sign(forge.make_trust(), forge.ROOT)

    for roots in ([], [forge.FOREIGN_ROOT.public]):
        with pytest.raises(NotTrusted) as refused:
            trust_list.read(token, roots)
        assert refused.value.code == "unknown-key"


def test_a_list_too_long_is_not_even_parsed() -> None:
    with pytest.raises(NotTrusted) as refused:
        trust_list.read(bytes(trust_list.MAX_SIZE + 1), ROOTS)

    assert refused.value.code == "malformed"


@pytest.mark.parametrize(
    ("state", "cutoff", "stands", "vouches"),
    [
        (TrustState.ACTIVE, None, True, (False, True, True, False)),
        (TrustState.RETIRED, None, True, (False, True, True, False)),
        (TrustState.COMPROMISED, None, False, (False, True, True, False)),
        (TrustState.COMPROMISED, NOW, True, (False, True, False, False)),
    ],
)
def test_what_a_key_counts_for(
    state: TrustState, cutoff: int | None, stands: bool, vouches: tuple[bool, ...]
) -> None:
    key = forge.trusted(
        forge.PERMIT,
        KeyUse.PERMIT,
        not_before=NOW - DAY,
        expires=NOW + DAY,
        state=state,
        cutoff=cutoff,
    )
    instants = (NOW - DAY - 1, NOW - DAY, NOW, NOW + DAY)

    assert key.stands(NOW) is stands
    assert tuple(key.vouches(at) for at in instants) == vouches
    assert not key.stands(NOW + DAY)
