"""One flipped bit, anywhere: the permit is refused, or not a byte of what was signed has changed.

A few bits of deflate and of Base45 carry nothing, so the identical envelope may come out of another
text. `make prove` runs the full counts.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits import base45, qr, scans
from permits.scans import Reason
from permits.status_list import StatusLists
from tests.permits.samples import at
from tests.proofs import record, times
from tests.vectors import forge

EXAMPLES, STEP = times(100, 20_000), times(7, 1)

TRUST = forge.make_trust()
LISTS = StatusLists().taking(forge.make_list())
NOW = at(forge.NOW)

permits = st.builds(
    lambda name, index, key: forge.permit(key=key, identity={4: name}, index=index),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60),
    st.sampled_from([0, forge.VALID_INDEX, forge.LAST_INDEX]),
    st.sampled_from([forge.PERMIT, forge.RETIRED]),
)
bits = st.integers(0, 10**6)


def judge(text: str) -> scans.Verdict:
    return scans.verdict(text, TRUST, LISTS, NOW)


def envelope_of(text: str) -> bytes | None:
    try:
        return qr.inflate(base45.decode(text), qr.MAX_INFLATED)
    except base45.NotBase45:
        return None


def flip(data: bytes, bit: int) -> bytes:
    at_byte, within = divmod(bit % (len(data) * 8), 8)
    return data[:at_byte] + bytes((data[at_byte] ^ 1 << within,)) + data[at_byte + 1 :]


def check_text(text: str, bit: int) -> None:
    bent = flip(text.encode("ascii"), bit).decode("latin-1")

    if judge(bent).reason is Reason.OK:
        assert envelope_of(bent) == envelope_of(text)


def check_envelope(envelope: forge.Envelope, bit: int) -> None:
    """The envelope is bent before it is packed: form may change, what is signed may not."""
    text = forge.pack(flip(envelope.bytes(), bit))

    if judge(text).reason is Reason.OK:
        read = qr.read(text)
        signed = (envelope.header, envelope.payload)
        assert (read.protected, read.payload) == signed
        assert read.signature == envelope.key.sign(envelope.message)


@pytest.mark.promise("P9")
@given(permits, bits)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_bit_of_the_text(envelope: forge.Envelope, bit: int) -> None:
    text = envelope.text()
    assert judge(text).reason is Reason.OK
    check_text(text, bit)


@pytest.mark.promise("P9")
@given(permits, bits)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_bit_of_the_envelope(envelope: forge.Envelope, bit: int) -> None:
    check_envelope(envelope, bit)


@pytest.mark.promise("P9")
def test_every_bit_of_one_permit() -> None:
    envelope = forge.permit()
    text = envelope.text()

    of_text, of_envelope = (range(0, len(data) * 8, STEP) for data in (text, envelope.bytes()))
    for bit in of_text:
        check_text(text, bit)
    for bit in of_envelope:
        check_envelope(envelope, bit)
    record(
        "flipped-bits",
        "a permit with one bit of its text or envelope flipped; none passes with other content",
        len(of_text) + len(of_envelope),
        passed_with_other_content=0,
    )
