"""Base45 as RFC 9285 writes it: bytes as text that a QR symbol stores compactly."""

from functools import lru_cache
from struct import Struct

from permits.errors import DomainError

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""The 45 characters of a QR symbol's alphanumeric mode, in the order of RFC 9285 table 1."""

# Two bytes are three characters, least significant first: a table of every such group makes
# writing one look-up a group.
_TRIPLES = [a + b + c for c in ALPHABET for b in ALPHABET for a in ALPHABET][:65_536]
_PAIRS = [a + b for b in ALPHABET for a in ALPHABET][:256]

_FOREIGN = 0xFF
_VALUES = bytes(
    ALPHABET.index(chr(code)) if chr(code) in ALPHABET else _FOREIGN for code in range(256)
)


class NotBase45(DomainError):
    """The text is not Base45.

    `foreign-characters`: it has characters outside the alphabet, so it is something else;
    `broken-groups`: the alphabet is right but a group is cut short or too large.
    """


def encode(data: bytes) -> str:
    """Return `data` as Base45 text: 3 characters for 2 bytes, 2 for a last single byte."""
    whole, rest = divmod(len(data), 2)
    words = _words(whole).unpack_from(data)
    text = "".join(map(_TRIPLES.__getitem__, words))
    return text + _PAIRS[data[-1]] if rest else text


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


def _decode_triples(values: bytes, count: int) -> bytes:
    """Return the two bytes of each of the first `count` groups of three digits.

    All groups at once: each has four bytes of one large integer to itself, so that one sum of
    three products is the sum of every group, and none can run over into its neighbour.
    """
    end, lanes = 3 * count, 4 * count
    first, second, third = bytearray(lanes), bytearray(lanes), bytearray(lanes)
    first[3::4], second[3::4], third[3::4] = values[0:end:3], values[1:end:3], values[2:end:3]
    total = int.from_bytes(first, "big")
    total += int.from_bytes(second, "big") * 45
    total += int.from_bytes(third, "big") * 2_025
    groups = total.to_bytes(lanes, "big")
    if groups[1::4].count(0) != count:  # above FFFF
        raise NotBase45("broken-groups")
    data = bytearray(2 * count)
    data[0::2], data[1::2] = groups[2::4], groups[3::4]
    return bytes(data)


@lru_cache(maxsize=4_096)
def _words(count: int) -> Struct:
    """Reader of `count` big-endian pairs of bytes."""
    return Struct(f">{count}H")
