"""The QR text: both ways, its bounds, and that nothing makes memory grow."""

import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode import ERROR_CORRECT_M
from qrcode.base import rs_blocks

from permits import base45, cose, qr
from tests.vectors import forge


def test_both_ways() -> None:
    envelope = forge.permit().bytes()

    read = qr.read(qr.write(envelope))

    assert cose.sign1(read.protected, read.payload, read.signature) == envelope


def test_the_text_is_base45_of_zlib_level_9() -> None:
    for envelope in (forge.permit().bytes(), forge.noise(500), bytes(500), b""):
        assert base45.decode(qr.write(envelope)) == zlib.compress(envelope, 9)


@given(st.one_of(st.binary(max_size=1_100), st.integers(0, 1_100).map(forge.noise)), st.data())
@settings(max_examples=150, deadline=None)
def test_the_smaller_window_changes_no_byte(data: bytes, draw: st.DataObject) -> None:
    again = data[: draw.draw(st.integers(0, len(data)))] * 2  # something for the window to find
    for one in (data, data + again, again + data):
        assert qr.deflate(one) == zlib.compress(one, 9)


def test_the_limit_is_version_18_at_m() -> None:
    bits = 8 * sum(block.data_count for block in rs_blocks(18, ERROR_CORRECT_M)) - 4 - 11
    capacity = bits // 11 * 2 + (1 if bits % 11 >= 6 else 0)

    assert capacity == qr.MAX_ISSUED_TEXT


def test_a_text_above_the_limit_is_never_written() -> None:
    fits, fits_not = forge.noise(533), forge.noise(534)

    assert len(qr.write(fits)) == qr.MAX_ISSUED_TEXT
    with pytest.raises(qr.TooLarge) as refused:
        qr.write(fits_not)
    assert refused.value.facts == {"characters": 818}


@pytest.mark.promise("P9")
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", qr.Fault.LENGTH),
        ("A" * 4_297, qr.Fault.LENGTH),
        ("a", qr.Fault.FOREIGN),
        (":::", qr.Fault.BASE45),
        ("A" * 4_296, qr.Fault.INFLATE),
        (base45.encode(zlib.compress(b"\x01")), qr.Fault.ENVELOPE),
    ],
)
def test_each_step_has_its_fault(text: str, fault: qr.Fault) -> None:
    with pytest.raises(qr.Unreadable) as refused:
        qr.read(text)

    assert (refused.value.fault, str(refused.value)) == (fault, "unreadable")
    assert refused.value.__cause__ is None


@pytest.mark.promise("P9")
def test_a_bomb_does_not_make_memory_grow() -> None:
    bomb = base45.encode(zlib.compress(bytes(2 * 2**20), 9))
    assert len(bomb) < qr.MAX_TEXT
    qr.Unreadable(qr.Fault.INFLATE)
    tracemalloc.start()
    try:
        with pytest.raises(qr.Unreadable):
            qr.read(bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 4 * qr.MAX_INFLATED
