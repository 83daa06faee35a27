"""What a forger may choose: the whole text, or the bytes at any step below it.

Random texts hardly ever pass Base45, let alone zlib. Each rung here wraps bytes of the forger's
choice in everything that is right above them, down to claims that a trusted key did sign; so every
step of the readers meets bad input, and not only the first.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from random import Random

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from permits import base45, cose
from tests.vectors import forge
from tests.vectors.case import NUMBER

Rung = Callable[[bytes], str]

_GOOD = forge.permit()
_SIGNATURE = _GOOD.key.sign(_GOOD.message)
_PRIVATE = forge.PERMIT.private
_IDENTITY = forge.claims()[169]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _packed(data: bytes) -> str:
    return base45.encode(data)


def _deflated(data: bytes) -> str:
    """A zlib stream around deflated bytes, its checksum right where they inflate at all."""
    unpacker = zlib.decompressobj(-15)
    try:
        plain = unpacker.decompress(data, 2**17)
    except zlib.error:
        plain = b""
    return base45.encode(b"\x78\xda" + data + zlib.adler32(plain).to_bytes(4, "big"))


def _envelope(data: bytes) -> str:
    return forge.pack(data, 1)


def _unprotected(data: bytes) -> str:
    return _envelope(forge.Envelope(_GOOD.payload, signature=_SIGNATURE, unprotected=data).bytes())


def _protected(data: bytes) -> str:
    return _envelope(_signed(data, _GOOD.payload))


def _payload(data: bytes) -> str:
    return _envelope(_signed(_GOOD.header, data))


def _identity(data: bytes) -> str:
    """Claim 169 as a byte string."""
    return _payload(cose.dump({**forge.claims(), 169: data}))


def _signature(data: bytes) -> str:
    return _envelope(forge.Envelope(_GOOD.payload, signature=data).bytes())


def _signed(protected: bytes, payload: bytes) -> bytes:
    """An envelope that the trusted key signed, with RFC 6979: what is found once is found again."""
    message = cose.sig_structure(protected, payload)
    algorithm = ec.ECDSA(SHA256(), deterministic_signing=True)
    r, s = decode_dss_signature(_PRIVATE.sign(message, algorithm))
    return cose.sign1(protected, payload, r.to_bytes(32, "big") + s.to_bytes(32, "big"))


RUNGS: Mapping[str, Rung] = {
    "text": _text,
    "packed": _packed,
    "deflated": _deflated,
    "envelope": _envelope,
    "unprotected": _unprotected,
    "protected": _protected,
    "payload": _payload,
    "identity": _identity,
    "signature": _signature,
}


def _raw(data: bytes, level: int = 9, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
    return packer.compress(data) + packer.flush()


_WHOLE = _GOOD.bytes()
_STRANGE = {300: [1.5, None, True, {"a": b"b"}], "x": {-1: cbor2.undefined, 2**60: ""}}

SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "text": (
        _GOOD.text().encode(),
        NUMBER.encode(),
        b"https://vereda.example/v#6BF",
        "Ñ😀".encode(),
        b"\xff",
    ),
    "packed": (zlib.compress(_WHOLE, 9), zlib.compress(_WHOLE, 0)),
    "deflated": (
        *(_raw(_WHOLE, level) for level in (0, 1, 9)),
        *(_raw(_WHOLE, 9, how) for how in (zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE)),
        _raw(bytes(70_000)),
        _raw(forge.noise(300) * 3),
    ),
    "envelope": (_WHOLE, _WHOLE[1:], b"\xd8\x3d" + _WHOLE, b"\xd9\x00\x12" + _WHOLE[1:]),
    "unprotected": (
        b"\xa0",
        cbor2.dumps({4: forge.PERMIT.kid}),
        cbor2.dumps({1: -7, 99: [[[[{}]]]]}),
        cbor2.dumps(_STRANGE),
    ),
    "protected": (
        _GOOD.header,
        cbor2.dumps({1: -7}),
        cbor2.dumps({1: -7, 4: forge.RETIRED.kid, 16: "application/cwt"}),
        cbor2.dumps({1: -7, 2: [99], 4: forge.PERMIT.kid, 99: 1}),
    ),
    "payload": (
        _GOOD.payload,
        cose.dump({**forge.claims(), 169: cose.dump(_IDENTITY)}),
        cose.dump({**forge.claims(), **_STRANGE}),
        forge.permit(identity={19: "Luch", 20: "quc", 22: "r"}, permit={9: ["corinto"]}).payload,
    ),
    "identity": (cose.dump(_IDENTITY), cose.dump({**_IDENTITY, **_STRANGE})),
    "signature": (_SIGNATURE, forge.STRANGER.sign(_GOOD.message), bytes(64)),
}
"""Where the forger begins: what is right, at each rung, in every form that is read."""

_TOKENS = tuple(
    bytes.fromhex(token)
    for token in (
        *("00", "01", "20", "26", "40", "60", "80", "a0", "f4", "f5", "f6", "f7", "ff"),
        *("1800", "190001", "1a00000001", "1b0000000000000001", "1bffffffffffffffff"),
        *("3bffffffffffffffff", "1b0020000000000000", "3b001fffffffffffff", "1c", "1f"),
        *("4101", "5f4101ff", "5bffffffffffffffff", "6161", "61ff", "62c328", "7f6161ff"),
        *("63eda080", "64f4908080", "8101", "9f01ff", "9bffffffffffffffff", "9a7fffffff"),
        *("a10102", "a201020103", "a1f50a", "a1f93c0001", "a14001", "a18001", "bf0102ff"),
        *("bb0000000000000001", "ba7fffffff", "c101", "c24101", "c3410605", "d81c81d81d00"),
        *("d9010080", "d90102820101", "d9d9f7a0", "dbffffffffffffffff", "d2", "d83d", "dc"),
        *("e0", "f3", "f814", "f820", "f8ff", "f90000", "f98000", "f97e00", "fa7fc00000"),
        *("fb3ff0000000000000", "fc", "8181818181818181818181818181818180", "0000ffff", "0100feff"),
    )
)
"""Heads and items of CBOR that mean trouble, and two ways to begin a stored block."""


def mutated(random: Random, data: bytes) -> bytes:
    """`data` with one to four edits of the kinds that parsers stumble over."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        begin = random.randrange(len(data) + 1)
        end = min(len(data), begin + random.choice((0, 1, 1, 1, 2, 4, 9, 33)))
        bit = bytes((data[begin] ^ 1 << random.randrange(8),)) if begin < len(data) else b"\0"
        put = random.choice(
            (
                bit + data[begin + 1 : end],  # a flipped bit
                b"",  # something is missing
                random.choice(_TOKENS),
                random.randbytes(random.choice((1, 1, 2, 8))),
                data[begin:end] * 2,  # something twice
                data[begin:end] + random.choice(_TOKENS),
            )
        )
        data = data[:begin] + put + data[end:]
    return data


def corpus(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Rung and bytes: every seed as it is, then `count` bent ones; always the same for a seed."""
    yield from ((rung, data) for rung, seeds in SEEDS.items() for data in seeds)
    random = Random(seed)
    rungs = tuple(RUNGS)
    for number in range(count):
        rung = rungs[number % len(rungs)]
        yield rung, mutated(random, random.choice(SEEDS[rung]))
