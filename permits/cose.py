"""COSE_Sign1 (RFC 9052) over CBOR (RFC 8949): deterministic when written, strict when read.

The scanner's cbor.js and cose.js read by the same rules; tests/properties/ compares the two.
"""

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from types import MappingProxyType
from typing import Any, NamedTuple

import cbor2

from permits.errors import DomainError

ES256 = -7
"""ECDSA with SHA-256 on P-256 (RFC 9053): the one algorithm of this house."""

HEADER_ALG = 1
HEADER_CRIT = 2
HEADER_KID = 4
HEADER_TYP = 16

TAG_SIGN1 = 18
TAG_CWT = 61

MAX_DEPTH = 16
"""How deep maps and arrays may nest, empty ones not counted; what this house writes nests four
deep."""

# Tags 18 and 61, and the array of four; all shorter than 24, so one or two bytes each.
_SIGN1_HEAD = b"\xd2\x84"
_CWT_HEAD = b"\xd8\x3d"
_EMPTY_MAP = b"\xa0"
# The array of four and the text that open every Sig_structure (RFC 9052 section 4.4).
_SIGNATURE1 = b"\x84\x6aSignature1"
_NO_EXTERNAL_DATA = b"\x40"

_BYTE_STRING = 0x40
_MAJOR_TAG = 6


class Malformed(DomainError):
    """The bytes are not what they should be; which of the rules broke is told to nobody."""

    def __init__(self) -> None:
        super().__init__("malformed")


class Sign1(NamedTuple):
    """A COSE_Sign1 as read; nothing in it may be believed before its signature holds."""

    protected: bytes
    headers: Mapping[Any, Any]
    unprotected: Mapping[Any, Any]
    payload: bytes
    signature: bytes

    @property
    def to_be_signed(self) -> bytes:
        """The bytes that the signature is over."""
        return sig_structure(self.protected, self.payload)


def dump(value: object) -> bytes:
    """Return the deterministic CBOR of `value` (RFC 8949 section 4.2.1: shortest, sorted)."""
    return cbor2.dumps(value, canonical=True)


def load(data: bytes) -> Any:  # noqa: ANN401  the shape is for the caller to check
    """Return the one CBOR item in `data`.

    Refused with `Malformed`: duplicate map keys and keys that are neither integer nor text,
    tags, indefinite lengths, bytes after the item, text that is not UTF-8, nesting beyond
    `MAX_DEPTH`. Integers longer than needed are read: the form of a signed thing is the
    signer's affair.
    """
    stream = BytesIO(data)
    try:
        value = cbor2.CBORDecoder(
            stream,
            allow_duplicate_keys=False,
            allow_indefinite=False,
            max_depth=MAX_DEPTH,
            semantic_decoders=_NO_TAGS,
        ).decode()
    except (cbor2.CBORError, ValueError):
        raise Malformed from None
    if stream.tell() != len(data):
        raise Malformed
    if type(value) is dict or type(value) is list:
        _check_keys(value)
    return value


class _NoTags(dict[int, Any]):
    """A decoder for every tag, which refuses it.

    Left alone, the decoder makes dates, fractions, patterns and shared values out of tags, and
    an integer out of bytes, which would pass for one that was written as such.
    """

    def __missing__(self, tag: int) -> Any:  # noqa: ANN401
        return self._refuse

    def _refuse(self, *_: object) -> None:
        raise Malformed


_NO_TAGS = _NoTags()


def _check_keys(value: dict[Any, Any] | list[Any]) -> None:
    """Refuse a map key that is no integer or text: true would pass for 1, and so would 1.0."""
    if type(value) is dict:
        for key in value:
            if type(key) is not int and type(key) is not str:
                raise Malformed
        value = value.values()  # type: ignore[assignment]
    for inner in value:
        if type(inner) is dict or type(inner) is list:
            _check_keys(inner)


@lru_cache(maxsize=256)
def protected_header(kid: bytes, typ: str | None = None) -> bytes:
    """Return the serialised header of every signature here: ES256, the key, maybe a type."""
    header: dict[int, object] = {HEADER_ALG: ES256, HEADER_KID: kid}
    if typ is not None:
        header[HEADER_TYP] = typ
    return dump(header)


def sig_structure(protected: bytes, payload: bytes) -> bytes:
    """Return `["Signature1", protected, h'', payload]`, the bytes that are signed."""
    return b"".join((_SIGNATURE1, _bstr(protected), _NO_EXTERNAL_DATA, _bstr(payload)))


def sign1(protected: bytes, payload: bytes, signature: bytes, *, cwt_tag: bool = False) -> bytes:
    """Return the COSE_Sign1 under tag 18 with empty unprotected headers; in tag 61 if asked."""
    head = _CWT_HEAD + _SIGN1_HEAD if cwt_tag else _SIGN1_HEAD
    return b"".join((head, _bstr(protected), _EMPTY_MAP, _bstr(payload), _bstr(signature)))


def read_sign1(data: bytes, *, any_tag: bool = False) -> Sign1:
    """Return the parts of a COSE_Sign1, unverified.

    Only tag 18 is read; with `any_tag` also 61(18) and no tag at all. Anything else, a
    payload that is detached included, is `Malformed`.
    """
    parts = load(data[1:] if data.startswith(_SIGN1_HEAD) else _untag(data, any_tag=any_tag))
    if type(parts) is not list or len(parts) != 4:
        raise Malformed
    protected, unprotected, payload, signature = parts
    parts_are_bytes = (
        type(protected) is bytes and type(payload) is bytes and type(signature) is bytes
    )
    if not parts_are_bytes or type(unprotected) is not dict:
        raise Malformed
    return Sign1(protected, _read_headers(protected), unprotected, payload, signature)


def _untag(data: bytes, *, any_tag: bool) -> bytes:
    """Return what stands under tag 18, or with `any_tag` under 61(18) or no tag."""
    tag, body = _take_tag(data)
    if any_tag and tag is None:
        return body
    if any_tag and tag == TAG_CWT:
        tag, body = _take_tag(body)
    if tag != TAG_SIGN1:
        raise Malformed
    return body


def _take_tag(data: bytes) -> tuple[int | None, bytes]:
    """Return the tag that opens `data` (None: there is none) and what follows it."""
    if not data or data[0] >> 5 != _MAJOR_TAG:
        return None, data
    short = data[0] & 0x1F
    if short < 24:
        return short, data[1:]
    end = 1 + (1 << short - 24)  # 1, 2, 4 or 8 bytes
    if short > 27 or len(data) < end:
        raise Malformed
    return int.from_bytes(data[1:end], "big"), data[end:]


@lru_cache(maxsize=256)
def _read_headers(protected: bytes) -> Mapping[Any, Any]:
    """Return the protected header; kept, because every permit of a key has the same one."""
    headers = load(protected) if protected else {}
    if type(headers) is not dict:
        raise Malformed
    return MappingProxyType(headers)


def is_plain_es256(headers: Mapping[Any, Any]) -> bool:
    """Whether the protected header asks for ES256 and for nothing that must be understood.

    A `crit` header names what a reader must know (RFC 9052 section 3.1); this one knows none.
    """
    alg = headers.get(HEADER_ALG)
    return type(alg) is int and alg == ES256 and HEADER_CRIT not in headers


def _bstr(data: bytes) -> bytes:
    """Return `data` as a CBOR byte string with the shortest head."""
    size = len(data)
    if size < 24:
        return bytes((_BYTE_STRING | size,)) + data
    if size < 0x100:
        return bytes((_BYTE_STRING | 24, size)) + data
    if size < 0x1_0000:
        return bytes((_BYTE_STRING | 25,)) + size.to_bytes(2, "big") + data
    return bytes((_BYTE_STRING | 26,)) + size.to_bytes(4, "big") + data
