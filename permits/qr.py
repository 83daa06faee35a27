"""A signed credential as the text of a QR symbol, and back; bounded and strict."""

import zlib
from enum import StrEnum

from permits import base45, cose
from permits.errors import DomainError

MAX_TEXT = 4_296
"""Characters that the largest QR symbol holds (version 40-L, alphanumeric)."""

MAX_INFLATED = 64 * 1_024
"""Bytes that a text may inflate to; 3,083 characters can be made to inflate to 2 MiB."""

MAX_ISSUED_TEXT = 816
"""Characters of a version 18 symbol at error correction M: the most that is ever issued, so
that on an ID-1 card a module stays at least 0.33 mm wide."""


class Fault(StrEnum):
    """Why a text could not be read as a credential."""

    LENGTH = "length"
    FOREIGN = "foreign-characters"
    BASE45 = "broken-groups"
    INFLATE = "inflate"
    ENVELOPE = "envelope"


class Unreadable(DomainError):
    """The text is no credential; carries which step failed and nothing of the text."""

    def __init__(self, fault: Fault) -> None:
        super().__init__("unreadable")
        self.fault = fault


class TooLarge(DomainError):
    """The text would need a larger symbol than it may have (`characters`)."""

    def __init__(self, characters: int) -> None:
        super().__init__("credential-too-large", characters=characters)


def write(envelope: bytes, limit: int = MAX_ISSUED_TEXT) -> str:
    """Return the QR text of a COSE_Sign1, of at most `limit` characters.

    1. deflate at level 9 in a zlib wrapper; 2. Base45. Raises `TooLarge`.
    """
    text = base45.encode(deflate(envelope))
    if len(text) > limit:
        raise TooLarge(len(text))
    return text


def read(text: str) -> cose.Sign1:
    """Return the COSE_Sign1 in a QR text, unverified.

    1. length; 2. Base45; 3. inflate, at most `MAX_INFLATED` bytes; 4. the envelope, under tag
    18, 61(18) or none. Raises `Unreadable`.
    """
    if not 0 < len(text) <= MAX_TEXT:
        raise Unreadable(Fault.LENGTH)
    try:
        packed = base45.decode(text)
    except base45.NotBase45 as not_base45:
        raise Unreadable(Fault(not_base45.code)) from None
    envelope = inflate(packed, MAX_INFLATED)
    if envelope is None:
        raise Unreadable(Fault.INFLATE)
    try:
        return cose.read_sign1(envelope, any_tag=True)
    except cose.Malformed:
        raise Unreadable(Fault.ENVELOPE) from None


def deflate(data: bytes) -> bytes:
    """Return `data` in a zlib wrapper, at level 9.

    A permit is packed with a window and tables of its own size, 24 KiB instead of 268: the bytes
    are the same, and the processor's cache keeps what the rest of the issuing needs.
    """
    if len(data) > _SMALL:
        return zlib.compress(data, 9)
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits=-12, memLevel=4)
    body = packer.compress(data) + packer.flush()
    return b"".join((_ZLIB_LEVEL_9, body, zlib.adler32(data).to_bytes(4, "big")))


_SMALL = 1_000
"""Bytes for which 2^12 bytes of window and 2^10 symbols a block change nothing."""

_ZLIB_LEVEL_9 = b"\x78\xda"
"""The two bytes of header that zlib itself writes before a window of 32 KiB at level 9."""


def inflate(packed: bytes, limit: int) -> bytes | None:
    """Return what the zlib stream `packed` holds, if that is at most `limit` bytes.

    None for a broken or cut stream, a preset dictionary, bytes after the end, or more than
    `limit` bytes: memory never grows beyond the limit.
    """
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(packed, limit + 1)
    except zlib.error:
        return None
    whole = unpacker.eof and not unpacker.unused_data and len(data) <= limit
    return data if whole else None
