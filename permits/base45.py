"""Base45 as RFC 9285 writes it: bytes as text that a QR symbol stores compactly."""

from functools import lru_cache
from struct import Struct

from permits.errors import DomainError

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""The 45 characters of a QR symbol's alphanumeric mode, in the order of RFC 9285 table 1."""

# Two bytes are three characters, least significant first. Tables of every such pair make both
# directions one look-up a pair, four times faster than arithmetic (a few MB, built once).
_TRIPLES = [a + b + c for c in ALPHABET for b in ALPHABET for a in ALPHABET][:65_536]
_PAIRS = [a + b for b in ALPHABET for a in ALPHABET][:256]
_OF_TRIPLE = {t.encode(): n.to_bytes(2, "big") for n, t in enumerate(_TRIPLES)}
_OF_PAIR = {t.encode(): n.to_bytes(1, "big") for n, t in enumerate(_PAIRS)}


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
    try:
        raw = text.encode("ascii")
        whole, rest = divmod(len(raw), 3)
        data = b"".join(map(_OF_TRIPLE.__getitem__, _groups(whole).unpack_from(raw)))
        return data + _OF_PAIR[raw[-rest:]] if rest else data
    except (UnicodeEncodeError, KeyError):
        foreign = not frozenset(ALPHABET).issuperset(text)
        raise NotBase45("foreign-characters" if foreign else "broken-groups") from None


@lru_cache(maxsize=4_096)
def _words(count: int) -> Struct:
    """Reader of `count` big-endian pairs of bytes."""
    return Struct(f">{count}H")


@lru_cache(maxsize=4_096)
def _groups(count: int) -> Struct:
    """Reader of `count` groups of three characters."""
    return Struct("3s" * count)
