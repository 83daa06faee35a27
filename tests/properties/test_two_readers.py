"""Python and JavaScript read alike: the same verdict, reason and envelope for every input."""

from collections import Counter
from collections.abc import Iterator
from random import Random

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proofs import record, times
from tests.scanner import twin
from tests.scanner.twin import Twin, running_twin
from tests.vectors import forge, ladder

BENT, STEP = times(2_700, 90_000), times(11, 1)
EXAMPLES = times(150, 20_000)
SEED = 4

ITEMS = st.one_of(
    st.integers(-(2**64), 2**64 - 1),
    st.text(max_size=9),
    st.binary(max_size=9),
    st.booleans() | st.none() | st.floats(),
    st.builds(cbor2.CBORTag, st.integers(100_000, 200_000), st.integers()),
    st.just(cbor2.undefined) | st.builds(cbor2.CBORSimpleValue, st.integers(32, 255)),
)


def nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Arrays and maps, whose keys may be of any kind."""
    labels = st.sampled_from([1, 2, 4, 5, 6, 169, 65_535, -70_001])
    plain = labels | st.integers(-(2**64), 2**64 - 1) | st.text(max_size=3)
    keys = st.one_of(plain, st.booleans(), st.binary(max_size=2), st.floats(allow_nan=False))
    return st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5)


@pytest.fixture(scope="module")
def scanner() -> Iterator[Twin]:
    with running_twin() as scanner:
        yield scanner


@pytest.mark.promise("P9")
def test_the_same_verdict_on_a_bent_text(scanner: Twin) -> None:
    reasons: Counter[str] = Counter()
    batch: list[str] = []
    for rung, data in ladder.corpus(BENT, SEED):
        batch.append(ladder.RUNGS[rung](data))
        if len(batch) == 500:
            reasons += compare(scanner, batch)
            batch = []
    reasons += compare(scanner, batch)

    assert reasons.keys() >= {"ok", "unreadable", "not-ours", "unsupported-version"}
    assert reasons.keys() >= {"bad-signature", "unknown-key"}
    record(
        "two-readers",
        "a bent text, envelope, header, payload or stream, judged by Python and by the scanner",
        reasons.total(),
        disagreements=0,
        accepted=reasons["ok"],
    )


def compare(scanner: Twin, texts: list[str]) -> Counter[str]:
    """The reasons that both tell."""
    assert twin.disagreements(scanner, texts) == []
    return Counter(twin.judge(text)["reason"] for text in texts)


@pytest.mark.promise("P9")
@given(
    st.sampled_from(sorted(ladder.RUNGS)),
    st.binary(max_size=400) | st.recursive(ITEMS, nested, max_leaves=12).map(cbor2.dumps),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_same_verdict_on_anything(scanner: Twin, rung: str, data: bytes) -> None:
    assert twin.disagreements(scanner, [ladder.RUNGS[rung](data)]) == []


def test_the_same_bytes_out_of_a_bent_stream(scanner: Twin) -> None:
    random, whole = Random(SEED), ladder.SEEDS["deflated"]
    streams = [ladder.mutated(random, random.choice(whole)) for _ in range(BENT // 3)]
    inflated = [twin.inflate(stream) for stream in streams]

    answers = scanner.inflate(streams)
    differing = [
        (stream.hex(), ours, theirs)
        for stream, ours, theirs in zip(streams, inflated, answers, strict=True)
        if ours != theirs
    ]
    assert differing == []
    assert 0 < inflated.count(None) < len(inflated)


@pytest.mark.promise("P9")
def test_one_bit_of_a_valid_text(scanner: Twin) -> None:
    """Refused by both, or the identical envelope: a few bits of padding carry nothing."""
    text = forge.permit().text()
    whole = text.encode("ascii")
    flipped = [
        (whole[: bit // 8] + bytes((whole[bit // 8] ^ 1 << bit % 8,)) + whole[bit // 8 + 1 :])
        for bit in range(0, 8 * len(whole), STEP)
    ]
    bent = [data.decode("latin-1") for data in flipped]

    assert twin.disagreements(scanner, bent) == []
    accepted = [told for told in scanner.judge(bent) if told["verdict"] != "red"]
    envelope = twin.judge(text)["envelope"]
    assert {told["envelope"] for told in accepted} <= {envelope}
    record(
        "flipped-bits-scanner",
        "a permit with one bit of its text flipped, judged by the scanner and by Python",
        len(bent),
        passed_with_other_content=0,
    )
