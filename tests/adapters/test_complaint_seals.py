"""The seals of complaints: they open where they belong, and what was sealed once opens for ever."""

import json
from pathlib import Path

import pytest

from app.adapters.complaint_seals import (
    AT_ONCE,
    MEMORY_KIB,
    PASSES,
    ComplaintSeals,
    padded,
    unpadded,
)
from app.services import complaint_numbers

VECTORS = json.loads(Path("tests/adapters/complaint_seals.json").read_text("utf-8"))
SEALS = ComplaintSeals(memory_kib=VECTORS["memory_kib"])
TEXT = VECTORS["text"].encode()

pytestmark = pytest.mark.feature("H2")


def test_what_was_sealed_once_opens_for_ever() -> None:
    stretched = SEALS.stretch(VECTORS["number"], bytes.fromhex(VECTORS["salt"]))
    assert stretched.hex() == VECTORS["stretched"]
    cheaper = SEALS.stretch(VECTORS["number"], bytes.fromhex(VECTORS["salt"]), 2)
    assert cheaper.hex() == VECTORS["stretched_cost_2"]
    assert SEALS.part(stretched, "number index").hex() == VECTORS["index"]
    assert SEALS.part(stretched, "number key").hex() != VECTORS["index"]
    key, private = bytes.fromhex(VECTORS["key"]), bytes.fromhex(VECTORS["private"])
    assert SEALS.open(key, VECTORS["place"], bytes.fromhex(VECTORS["sealed"])) == TEXT
    assert SEALS.open_with(private, "key of case 7", bytes.fromhex(VECTORS["to_group"])) == key


@pytest.mark.asvs("11.3.2")
def test_nothing_opens_elsewhere_with_another_key_or_altered() -> None:
    key, (private, public) = SEALS.make_key(), SEALS.make_pair()
    under, to = SEALS.seal(key, "here", TEXT), SEALS.seal_to(public, "here", TEXT)

    def opened(sealed: bytes, place: str) -> bytes | None:
        known = SEALS.open(key, place, sealed)
        return known if known is not None else SEALS.open_with(private, place, sealed)

    for sealed in (under, to):
        assert opened(sealed, "here") == TEXT
        assert opened(sealed, "there") is None
        for place in range(0, len(sealed), 7):
            altered = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
            assert opened(altered, "here") is None
        assert opened(sealed[:20], "here") is opened(b"", "here") is None
    assert SEALS.open(SEALS.make_key(), "here", under) is None
    assert SEALS.open_with(SEALS.make_pair()[0], "here", to) is None
    assert SEALS.public_of(private) == public
    with pytest.raises(ValueError, match="not a private key"):
        SEALS.public_of(private[:-1])


def test_a_size_tells_little() -> None:
    for size in (0, 1, 5, 999, 5_000_000):
        data = bytes(size)
        whole = padded(data, 64)
        assert unpadded(whole) == data
        assert len(whole) <= max(64, (size + 4) * 1.13)
    assert len({len(padded(bytes(size), 2048)) for size in range(2000)}) == 1
    assert len({len(padded(bytes(size))) for size in range(1_000_000, 1_100_000, 500)}) <= 8


def test_a_number_costs_a_guesser_much_and_the_service_little_at_once() -> None:
    """0.08 s and 64 MiB a guess, beyond what OWASP asks of passwords (46 MiB, one pass), for 53
    bits; three passes for what people choose. Two at once are 128 MiB."""
    assert MEMORY_KIB >= 64 * 1024
    assert PASSES[1] >= 3
    assert PASSES[complaint_numbers.COST] >= 1
    assert AT_ONCE * MEMORY_KIB <= 128 * 1024
