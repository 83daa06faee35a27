"""COSE_Sign1 (RFC 9052) over CBOR (RFC 8949): deterministic when written, strict when read."""

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
"""How deep maps and arrays may nest; what this house writes nests four deep."""

# Tags 18 and 61, and the array of four; all shorter than 24, so one or two bytes each.
_SIGN1_HEAD = b"\xd2\x84"
_CWT_HEAD = b"\xd8\x3d"
_EMPTY_MAP = b"\xa0"
# The array of four and the text that open every Sig_structure (RFC 9052 section 4.4).
_SIGNATURE1 = b"\x84\x6aSignature1"
_NO_EXTERNAL_DATA = b"\x40"

_BYTE_STRING = 0x40


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

    Refused with `Malformed`: duplicate map keys, indefinite lengths, bytes after the item,
    text that is not UTF-8, nesting beyond `MAX_DEPTH`. Integers longer than needed are
    read: the form of a signed thing is the signer's affair.
    """
    stream = BytesIO(data)
    try:
        value = cbor2.CBORDecoder(
            stream, allow_duplicate_keys=False, allow_indefinite=False, max_depth=MAX_DEPTH
        ).decode()
    # The decoder builds dates, fractions, addresses… from tags; each has errors of its own.
    except (cbor2.CBORError, ValueError, TypeError, ArithmeticError, RecursionError):
        raise Malformed from None
    if stream.tell() != len(data):
        raise Malformed
    return value


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
    item = load(data)
    if any_tag and isinstance(item, cbor2.CBORTag) and item.tag == TAG_CWT:
        item = item.value
        if not isinstance(item, cbor2.CBORTag):
            raise Malformed
    if isinstance(item, cbor2.CBORTag):
        if item.tag != TAG_SIGN1:
            raise Malformed
        item = item.value
    elif not any_tag:
        raise Malformed
    # Inside a tag the decoder makes immutable values: a tuple, and a frozendict.
    if not isinstance(item, list | tuple) or len(item) != 4:
        raise Malformed
    protected, unprotected, payload, signature = item
    parts_are_bytes = (
        isinstance(protected, bytes) and isinstance(payload, bytes) and isinstance(signature, bytes)
    )
    if not parts_are_bytes or not isinstance(unprotected, dict | cbor2.frozendict):
        raise Malformed
    return Sign1(protected, _read_headers(protected), unprotected, payload, signature)


@lru_cache(maxsize=256)
def _read_headers(protected: bytes) -> Mapping[Any, Any]:
    """Return the protected header; kept, because every permit of a key has the same one."""
    headers = load(protected) if protected else {}
    if not isinstance(headers, dict):
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
