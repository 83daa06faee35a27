"""Steps 4 to 6 of reading: the envelope, the algorithm and the key's name, bent in every way."""

from collections.abc import Iterator
from typing import Any

import cbor2

from tests.vectors import forge
from tests.vectors.forge import Envelope, bstr, pack, permit

Bent = tuple[str, str | Envelope, str]

KID = forge.PERMIT.kid
STRANGE = forge.STRANGER.kid


def envelope_cases() -> Iterator[Bent]:
    """Name, what is scanned, and the reason."""
    yield from _tags()
    yield from _shapes()
    yield from _strictness()
    yield from _headers()
    yield from _algorithms()
    yield from _key_names()


def _good(*, protected: bytes | None = None, unprotected: bytes = b"\xa0") -> Envelope:
    return Envelope(permit().payload, protected=protected, unprotected=unprotected)


def _tags() -> Iterator[Bent]:
    good = permit().bytes()
    body = good[1:]
    yield "tag 61 around tag 18", pack(b"\xd8\x3d" + good), "ok"
    yield "no tag", pack(body), "ok"
    yield "tag 18 in three bytes", pack(b"\xd9\x00\x12" + body), "ok"
    yield "tag 17, COSE_Mac0", pack(b"\xd1" + body), "not-ours"
    yield "tag 16, COSE_Encrypt0", pack(b"\xd0" + body), "not-ours"
    yield "tag 98, COSE_Sign", pack(b"\xd8\x62" + body), "not-ours"
    yield "tag 18 twice", pack(b"\xd2" + good), "not-ours"
    yield "tag 61 twice", pack(b"\xd8\x3d\xd8\x3d" + good), "not-ours"
    yield "tag 61 without tag 18", pack(b"\xd8\x3d" + body), "not-ours"
    yield "tag 18 around tag 61", pack(b"\xd2\xd8\x3d" + body), "not-ours"
    yield "tag 55799, which says that this is CBOR", pack(b"\xd9\xd9\xf7" + good), "not-ours"
    yield "tag 18 around tag 55799", pack(b"\xd2\xd9\xd9\xf7" + body), "not-ours"
    yield "tag of eight bytes", pack(b"\xdb\0\0\0\0\0\0\0\x12" + body), "ok"
    yield "tag cut short", pack(b"\xd9\0"), "not-ours"
    yield "tag of reserved form", pack(b"\xdc" + body), "not-ours"


def _shapes() -> Iterator[Bent]:
    good = permit()
    parts = [good.header, {}, good.payload, good.key.sign(good.message)]
    shapes: dict[str, Any] = {
        "array of three": parts[:3],
        "array of five": [*parts, b""],
        "array of none": [],
        "protected as a map": [cbor2.loads(good.header), *parts[1:]],
        "unprotected as an array": [parts[0], [], *parts[2:]],
        "payload as a map": [*parts[:2], cbor2.loads(good.payload), parts[3]],
        "payload detached": [*parts[:2], None, parts[3]],
        "signature as text": [*parts[:3], "signature"],
        "signature null": [*parts[:3], None],
    }
    for name, shape in shapes.items():
        yield name, pack(b"\xd2" + cbor2.dumps(shape)), "not-ours"
    yield "a map instead of an array", pack(b"\xd2\xa0"), "not-ours"
    yield "a number", pack(b"\x18\x2a"), "not-ours"
    yield "not CBOR", pack(b"\xff\xff\xff"), "not-ours"
    yield "CBOR cut short", pack(good.bytes()[:-1]), "not-ours"
    yield "length beyond the end", pack(b"\xd2\x9b\xff\xff\xff\xff\xff\xff\xff\xff"), "not-ours"
    yield "nested a thousand deep", pack(b"\x81" * 1_000 + b"\x80"), "not-ours"


def _strictness() -> Iterator[Bent]:
    good = permit()
    body = good.bytes()[2:]
    chunked = b"\x5f" + bstr(good.payload) + b"\xff"
    signature = bstr(good.key.sign(good.message))
    yield "bytes after the envelope", pack(good.bytes() + b"\0"), "not-ours"
    yield "a second envelope", pack(good.bytes() * 2), "not-ours"
    yield "array of indefinite length", pack(b"\xd2\x9f" + body + b"\xff"), "not-ours"
    whole = b"\xd2\x84" + bstr(good.header) + b"\xa0" + chunked + signature
    yield "payload in chunks", pack(whole), "not-ours"
    yield "unprotected of indefinite length", _good(unprotected=b"\xbf\xff"), "not-ours"
    twice = b"\xa2\x04" + bstr(KID) + b"\x04" + bstr(KID)
    yield "unprotected with a duplicate key", _good(unprotected=twice), "not-ours"
    yield "unprotected with other headers", _good(unprotected=b"\xa1\x18\x63\x41\x00"), "ok"
    doubled = b"\xa3\x01\x26\x04" + bstr(KID) + b"\x04" + bstr(KID)
    yield "protected with a duplicate key", _good(protected=doubled), "not-ours"
    yield "protected with bytes after it", _good(protected=good.header + b"\0"), "not-ours"
    endless = b"\xbf" + good.header[1:] + b"\xff"
    yield "protected of indefinite length", _good(protected=endless), "not-ours"
    yield "protected is an array", _good(protected=b"\x80"), "not-ours"
    long_count = b"\xd2\x98\x04" + body
    yield "array head longer than needed", pack(long_count), "ok"


_MAY = {
    "a float": "f93c00",
    "a simple value": "e0",
    "undefined": "f7",
    "the largest integers": "821bffffffffffffffff3bffffffffffffffff",
    "sixteen levels": "81" * 14 + "00",
    "sixteen levels and an empty one": "81" * 14 + "80",
    "sixteen levels and an empty map": "a100" * 14 + "a0",
}
_MAY_NOT = {
    "a date by tag": "c100",
    "an integer by tag": "c24101",
    "a tag that nobody knows": "d8ff00",
    "a shared value": "82d81c80d81d00",
    "seventeen levels": "81" * 15 + "00",
    "seventeen levels and an empty one": "81" * 15 + "80",
    "a simple value in two bytes": "f814",
    "text that is half a character": "63eda080",
    "a text longer than all": "7bffffffffffffffff",
    "bytes longer than all": "5a7fffffff",
    "an array longer than all": "9a7fffffff00",
    "a map longer than all": "ba7fffffff0000",
    "a reserved head": "1c",
}


def _headers() -> Iterator[Bent]:
    """What may stand in a header that nobody reads, and what may not stand anywhere.

    Two levels are the envelope and its header.
    """
    for name, value in {**_MAY, **_MAY_NOT}.items():
        bent = _good(unprotected=b"\xa1\x18\x63" + bytes.fromhex(value))
        yield f"unprotected with {name}", bent, "ok" if name in _MAY else "not-ours"
    for name, key in {
        "true": "f5",
        "a float": "f93c00",
        "null": "f6",
        "bytes": "4101",
        "an array": "8101",
    }.items():
        bent = _good(unprotected=b"\xa1" + bytes.fromhex(key) + b"\0")
        yield f"unprotected with {name} as a key", bent, "not-ours"
    critical = _good(unprotected=cbor2.dumps({2: [99], 99: 1}))
    yield "a header that must be understood, unsigned", critical, "ok"
    by_tag = b"\xa2\x01\xc3\x41\x06\x04" + bstr(KID)
    yield "algorithm: as an integer by tag", _good(protected=by_tag), "not-ours"
    for name, one in {"true": b"\xf5", "1.0": b"\xf9\x3c\0"}.items():
        protected = b"\xa2" + one + b"\x26\x04" + bstr(KID)
        yield f"algorithm: under {name}", _good(protected=protected), "not-ours"


def _algorithms() -> Iterator[Bent]:
    headers: dict[str, dict[Any, Any]] = {
        "EdDSA": {1: -8, 4: KID},
        "ES384": {1: -35, 4: KID},
        "HS256": {1: 5, 4: KID},
        "ESP256, which names the same": {1: -9, 4: KID},
        "as text": {1: "ES256", 4: KID},
        "zero": {1: 0, 4: KID},
        "missing": {4: KID},
    }
    for name, header in headers.items():
        bent = _good(protected=cbor2.dumps(header))
        yield f"algorithm: {name}", bent, "unsupported-version"
    aside = _good(protected=cbor2.dumps({4: KID}), unprotected=b"\xa1\x01\x26")
    yield "algorithm: only unprotected", aside, "unsupported-version"
    overruled = _good(unprotected=b"\xa1\x01\x27")
    yield "algorithm: another one unprotected", overruled, "ok"
    yield "algorithm: empty header", _good(protected=b""), "unsupported-version"
    yield "algorithm: empty map", _good(protected=b"\xa0"), "unsupported-version"
    critical = cbor2.dumps({1: -7, 2: [99], 4: KID, 99: 1})
    yield "a header that must be understood", _good(protected=critical), "unsupported-version"
    typed = cbor2.dumps({1: -7, 4: KID, 16: "application/cwt"})
    yield "a type in the header", _good(protected=typed), "ok"


def _key_names() -> Iterator[Bent]:
    bare = cbor2.dumps({1: -7})

    def aside(kid: object) -> bytes:
        return cbor2.dumps({4: kid})

    yield "kid: only unprotected", _good(protected=bare, unprotected=aside(KID)), "ok"
    yield "kid: another one unprotected", _good(unprotected=aside(STRANGE)), "ok"
    strange = cbor2.dumps({1: -7, 4: STRANGE})
    yield "kid: protected wins", _good(protected=strange, unprotected=aside(KID)), "unknown-key"
    yield "kid: missing", _good(protected=bare), "not-ours"
    yield "kid: as text", _good(protected=cbor2.dumps({1: -7, 4: KID.hex()})), "not-ours"
    yield "kid: empty", _good(protected=cbor2.dumps({1: -7, 4: b""})), "unknown-key"
    yield "kid: cut", _good(protected=cbor2.dumps({1: -7, 4: KID[:7]})), "unknown-key"
    null = _good(protected=cbor2.dumps({1: -7, 4: None}), unprotected=aside(KID))
    yield "kid: null, with one unprotected", null, "not-ours"
