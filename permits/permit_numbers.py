"""The permit number: twelve characters that a person can read, type and mistype safely."""

from operator import mul

ALPHABET = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""31 characters: no 0, I, L, O or U, which are misread; 31 is prime, so the check below finds
every single wrong character and every two that changed places."""

LENGTH = 12
"""Eleven characters drawn by chance and one check character."""

CHANCES = len(ALPHABET) ** (LENGTH - 1)
"""How many numbers there are: 2.5e16, so that guessing one that exists is hopeless."""

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_CHARACTERS = frozenset(ALPHABET)
_WEIGHTS = range(1, LENGTH)  # all different, and none of them 0 modulo 31
_GROUP = 4


def make(chance: int) -> str:
    """Return the permit number for a random integer, 0 ≤ chance < `CHANCES` (ValueError)."""
    if not 0 <= chance < CHANCES:
        raise ValueError("chance is out of range")
    body = ""
    for _ in range(LENGTH - 1):
        chance, digit = divmod(chance, len(ALPHABET))
        body = ALPHABET[digit] + body
    return body + ALPHABET[_checksum(body)]


def is_number(text: str) -> bool:
    """Whether `text` is a permit number as stored: no separators, right check character."""
    if len(text) != LENGTH or not _CHARACTERS.issuperset(text):
        return False
    return _VALUES[text[-1]] == _checksum(text[:-1])


def read(typed: str) -> str | None:
    """Return the number that a person typed, or None.

    Lower case, spaces and hyphens are forgiven; a wrong check character is not.
    """
    text = typed.upper().replace(" ", "").replace("-", "")
    return text if is_number(text) else None


def show(number: str) -> str:
    """Return the number as printed: three groups of four, `XXXX-XXXX-XXXX`."""
    return "-".join(number[at : at + _GROUP] for at in range(0, len(number), _GROUP))


def _checksum(body: str) -> int:
    total: int = sum(map(mul, _WEIGHTS, map(_VALUES.__getitem__, body)))
    return total % len(ALPHABET)
