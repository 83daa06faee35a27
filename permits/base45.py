"""Base45 as RFC 9285 writes it: bytes as text that a QR symbol stores compactly.

Two bytes are three characters, least significant first. All groups are worked out at once: each
has four bytes of one large integer to itself (its lane), so that one product or sum of the integer
is that of every group, and none can run over into its neighbour. No table is needed that would
push everything else out of the processor's cache.
"""

from functools import lru_cache

from permits.errors import DomainError

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""The 45 characters of a QR symbol's alphanumeric mode, in the order of RFC 9285 table 1."""

_FOREIGN = 0xFF
_VALUES = bytes(
    ALPHABET.index(chr(code)) if chr(code) in ALPHABET else _FOREIGN for code in range(256)
)
_CHARACTERS = ALPHABET.encode("ascii").ljust(256)


class NotBase45(DomainError):
    """The text is not Base45.

    `foreign-characters`: it has characters outside the alphabet, so it is something else;
    `broken-groups`: the alphabet is right but a group is cut short or too large.
    """


def encode(data: bytes) -> str:
    """Return `data` as Base45 text: 3 characters for 2 bytes, 2 for a last single byte."""
    whole, rest = divmod(len(data), 2)
    text = _encode_pairs(data, whole)
    if rest:
        second, first = divmod(data[-1], 45)
        text += bytes((_CHARACTERS[first], _CHARACTERS[second]))
    return text.decode("ascii")


def decode(text: str) -> bytes:
    """Return the bytes that `text` stands for.

    Strict: upper case only, no white space around, no group above FFFF (or FF for the last one).
    Raises `NotBase45`.
    """
    values = text.encode("ascii", "replace").translate(_VALUES)
    if _FOREIGN in values:
        raise NotBase45("foreign-characters")
    whole, rest = divmod(len(values), 3)
    data = _decode_triples(values, whole)
    if not rest:
        return data
    last = values[-2] + 45 * values[-1] if rest == 2 else _TOO_LARGE
    if last >= _TOO_LARGE:
        raise NotBase45("broken-groups")
    return data + last.to_bytes(1, "big")


_TOO_LARGE = 0x100


def _encode_pairs(data: bytes, count: int) -> bytes:
    """Return the three characters of each of the first `count` pairs of bytes."""
    lanes = bytearray(4 * count)
    lanes[1::4], lanes[0::4] = data[0 : 2 * count : 2], data[1::2]
    group = int.from_bytes(lanes, "little")
    # Division by 45 as a product and a shift: exact for every lane, as a test tries them all.
    by_45 = group * 46_604 >> 21 & _in_lanes(count, 0x7FF)
    third = by_45 * 1_457 >> 16 & _in_lanes(count, 0x3F)
    # first + 256 second + 65536 third, where second = by_45 - 45 third, first = group - 45 by_45.
    digits = group + by_45 * (256 - 45) + third * (65_536 - 45 * 256)
    filled = (digits | _in_lanes(count, _FOREIGN << 24)).to_bytes(4 * count, "little")
    return filled.translate(_CHARACTERS, delete=bytes((_FOREIGN,)))


def _decode_triples(values: bytes, count: int) -> bytes:
    """Return the two bytes of each of the first `count` groups of three digits."""
    end = 3 * count
    lanes = bytearray(4 * count)
    lanes[0::4], lanes[1::4], lanes[2::4] = values[0:end:3], values[1:end:3], values[2:end:3]
    digits = int.from_bytes(lanes, "little")  # first + 256 second + 65536 third
    low = _in_lanes(count, 0xFF)
    second, third = digits >> 8 & low, digits >> 16 & low
    group = digits - second * (256 - 45) - third * (65_536 - 45 * 45)
    groups = group.to_bytes(4 * count, "little")
    if groups[2::4].count(0) != count:  # above FFFF
        raise NotBase45("broken-groups")
    data = bytearray(2 * count)
    data[0::2], data[1::2] = groups[1::4], groups[0::4]
    return bytes(data)


@lru_cache(maxsize=512)
def _in_lanes(count: int, value: int) -> int:
    """Return the integer with `value` in each of `count` lanes."""
    return int.from_bytes(value.to_bytes(4, "little") * count, "little")
