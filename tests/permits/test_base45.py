"""Base45: the shared vectors, a round trip of anything, and one text for each value."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits import base45

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "base45.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS["valid"], ids=lambda case: case["text"][:20])
def test_both_ways(case: dict[str, str]) -> None:
    data = bytes.fromhex(case["bytes"])

    assert (base45.encode(data), base45.decode(case["text"])) == (case["text"], data)


@pytest.mark.parametrize("case", VECTORS["invalid"], ids=lambda case: case["text"])
def test_refused(case: dict[str, str]) -> None:
    with pytest.raises(base45.NotBase45) as refused:
        base45.decode(case["text"])

    assert refused.value.code == case["code"]


@given(st.binary(max_size=600))
@settings(max_examples=100, deadline=None)
def test_round_trip(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


def test_every_pair_of_bytes() -> None:
    for high in range(0, 256, 8):
        pairs = bytes(byte for n in range(high << 8, high + 8 << 8) for byte in divmod(n, 256))
        text = base45.encode(pairs)
        values = [_value(text[at : at + 3]) for at in range(0, len(text), 3)]

        assert values == list(range(high << 8, high + 8 << 8))
        assert base45.decode(text) == pairs


@given(st.text(base45.ALPHABET, max_size=12))
@settings(max_examples=300, deadline=None)
def test_no_two_texts_have_one_value(text: str) -> None:
    try:
        data = base45.decode(text)
    except base45.NotBase45:
        return
    assert base45.encode(data) == text


def test_every_group_above_the_largest_is_refused() -> None:
    triples = (a + b + "::"[:1] for a in base45.ALPHABET for b in base45.ALPHABET)
    large = [text for text in triples if _value(text) > 0xFFFF]

    assert large
    for text in large:
        with pytest.raises(base45.NotBase45):
            base45.decode(text)


def _value(text: str) -> int:
    return sum(base45.ALPHABET.index(c) * 45**place for place, c in enumerate(text))
