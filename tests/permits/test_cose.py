"""COSE and CBOR: the examples of the RFCs, deterministic out, strict in."""

from contextlib import suppress

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from permits import cose, signing

# RFC 9052 appendix C.2.1, and key "11" of its appendix C.7.1.
RFC_9052_SIGN1 = bytes.fromhex(
    "d28443a10126a10442313154546869732069732074686520636f6e74656e742e58408eb33e4ca31d1c465ab05aac34cc"
    "6b23d58fef5c083106c4d25a91aef0b0117e2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c345ca"
    "cb36"
)
RFC_9052_KEY = (
    "bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff",
    "20138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e",
)

# RFC 8392 appendix A.3, and the key of its appendix A.2.3.
RFC_8392_CWT = bytes.fromhex(
    "d28443a10126a104524173796d6d657472696345434453413235365850a70175636f61703a2f2f61732e6578616d706c"
    "652e636f6d02656572696b77037818636f61703a2f2f6c696768742e6578616d706c652e636f6d041a5612aeb0051a56"
    "10d9f0061a5610d9f007420b7158405427c1ff28d23fbad1f29c4c7c6a555e601d6fa29f9179bc3d7438bacaca5acd08"
    "c8d4d4f96131680c429a01f85951ecee743a52b9b63632c57209120e1c9e30"
)
RFC_8392_KEY = (
    "143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f",
    "60f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b9",
)

# RFC 9679 section 6.
RFC_9679_KEY = (
    "65eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d",
    "1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c",
)
RFC_9679_THUMBPRINT = "496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec"


def key_of(point: tuple[str, str]) -> ec.EllipticCurvePublicKey:
    x, y = map(bytes.fromhex, point)
    return signing.read_cose_key({1: 2, -1: 1, -2: x, -3: y})


@pytest.mark.parametrize(
    ("token", "point"),
    [(RFC_9052_SIGN1, RFC_9052_KEY), (RFC_8392_CWT, RFC_8392_KEY)],
    ids=["RFC 9052 C.2.1", "RFC 8392 A.3"],
)
def test_signed_by_others(token: bytes, point: tuple[str, str]) -> None:
    read = cose.read_sign1(token)
    key = key_of(point)

    assert signing.verify_es256(key, read.to_be_signed, read.signature)
    assert not signing.verify_es256(key, read.to_be_signed + b"\0", read.signature)
    assert not signing.verify_es256(key_of(RFC_9679_KEY), read.to_be_signed, read.signature)


def test_the_name_of_a_key_begins_its_thumbprint() -> None:
    assert signing.kid_of(key_of(RFC_9679_KEY)).hex() == RFC_9679_THUMBPRINT[:16]


def test_sig_structure_is_what_rfc_9052_says() -> None:
    for size in (0, 1, 23, 24, 255, 256, 65_535, 65_536):
        payload, protected = bytes(size), cose.protected_header(b"12345678")
        expected = cbor2.dumps(["Signature1", protected, b"", payload])

        assert cose.sig_structure(protected, payload) == expected


def test_an_envelope_is_one_form_of_bytes() -> None:
    protected = cose.protected_header(b"12345678")
    written = cose.sign1(protected, b"payload", bytes(64))

    assert protected.hex() == "a2012604483132333435363738"
    assert written == cbor2.dumps(cbor2.CBORTag(18, [protected, {}, b"payload", bytes(64)]))
    tagged = cose.sign1(protected, b"payload", bytes(64), cwt_tag=True)
    assert tagged == b"\xd8\x3d" + written


@pytest.mark.promise("P9")
@pytest.mark.parametrize(
    "data",
    [
        "",
        "a201020103",  # a key twice
        "a26161016161 02".replace(" ", ""),
        "5f4101ff",  # indefinite
        "7f6161ff",
        "9f01ff",
        "bf0102ff",
        "0101",  # two items
        "61ff",  # not UTF-8
        "1c",  # reserved
        "ff",
        "f800",  # a simple value that has a shorter form by rule
        "9bffffffffffffffff",  # more than there is
        "5bffffffffffffffff",
        "bbffffffffffffffff",
        "81" * 17 + "00",  # too deep
        "c100",  # tags, whatever they would make
        "c24101",
        "d8ff00",
        "d9d9f7a0",
        "82d81c80d81d00",
        "a1f500",  # keys that would pass for others, and keys of other kinds
        "a1f93c0000",
        "a1f600",
        "a1410100",
        "a1810100",
        "a1a000",
        "81a118638181a1f500",  # the like deep inside
    ],
)
def test_refused(data: str) -> None:
    with pytest.raises(cose.Malformed):
        cose.load(bytes.fromhex(data))


@pytest.mark.promise("P9")
@given(st.binary(max_size=64))
@settings(max_examples=500, deadline=None)
def test_any_bytes_are_read_or_malformed(data: bytes) -> None:
    for read in (cose.load, cose.read_sign1):
        with suppress(cose.Malformed):
            read(data)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("81" * 16 + "80", []),  # an empty one counts no level
        ("f93c00", 1.0),
        ("f7", cbor2.undefined),
        ("e0", cbor2.CBORSimpleValue(0)),
        ("1800", 0),  # longer than needed
        ("3bffffffffffffffff", -(2**64)),
    ],
)
def test_read_all_the_same(data: str, value: object) -> None:
    read = cose.load(bytes.fromhex(data))
    while type(read) is list and read:
        (read,) = read
    assert read == value


integers = st.integers(-(2**64), 2**64 - 1)
plain = st.recursive(
    integers | st.text(max_size=9) | st.binary(max_size=9) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(integers | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(plain)
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_read(value: object) -> None:
    assert cose.load(cose.dump(value)) == value


def test_a_signature_of_another_length_is_none() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    signature = signing.sign_es256(key, b"message")

    assert len(signature) == signing.SIGNATURE_SIZE
    assert signing.verify_es256(key.public_key(), b"message", signature)
    for bent in (signature[:-1], signature + b"\0", b"", signature[:32]):
        assert not signing.verify_es256(key.public_key(), b"message", bent)


def test_every_signature_has_64_bytes_however_short_its_numbers_are() -> None:
    key = ec.derive_private_key(7, ec.SECP256R1())
    messages = [n.to_bytes(2, "big") for n in range(4000)]
    signatures = [(message, signing.sign_es256(key, message)) for message in messages]
    short = [one for one in signatures if 0 in (one[1][0], one[1][32])]

    assert {len(signature) for _, signature in signatures} == {64}
    assert short  # of 8,000 numbers one in 256 begins with a zero byte
    assert all(signing.verify_es256(key.public_key(), m, s) for m, s in short)
