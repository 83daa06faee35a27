"""What a password must be: long, and nothing that others would try first (ASVS 5.0 6.2)."""

import unicodedata
from collections.abc import Collection
from itertools import pairwise

from permits.errors import Fault, refuse_if

SHORTEST, LONGEST = 12, 128
"""Characters: ASVS 6.2.1 asks for 8 and recommends 15, 6.2.9 wants at least 64 allowed."""

SHORTEST_WORD = 4
"""Letters of a word about the person or the service that is looked for in a password."""

OURS = ("vereda", "setrass", "honduras", "guatemala", "contraseña", "password", "clave")
"""What comes to mind first here; alone or with digits around them they protect nothing."""

_AROUND = "0123456789 .,;:!?¡¿@#$%&*+-_/()"


def check_password(
    password: str, about: Collection[str] = (), common: Collection[str] = frozenset()
) -> None:
    """Invalid with every fault of a new password; no mixture of kinds of letters is asked for.

    `about` are texts about the person (name, address): their words may stand in it, but not make
    it up. `common` are passwords that are tried first, in lower case.
    """
    text = unicodedata.normalize("NFC", password)
    faults = []
    if len(text) < SHORTEST:
        faults.append(Fault("too-short", "password", {"limit": SHORTEST}))
    if len(text) > LONGEST:
        faults.append(Fault("too-long", "password", {"limit": LONGEST}))
    easy = _is_common(text.casefold(), common) or _is_easy(text.casefold(), about)
    if not faults and easy:
        faults.append(Fault("password-easy", "password"))
    refuse_if(faults)


def _is_common(text: str, common: Collection[str]) -> bool:
    """Whether this is a common password, alone, again and again, or with digits and marks round it.

    Only the ends are looked at: a phrase that holds a common word is a phrase all the same.
    """
    unit = text[: (text + text).find(text, 1)] if text else text
    words = {text, unit, text.strip(_AROUND), unit.strip(_AROUND)} - {""}
    return any(word in common for word in words)


def _is_easy(text: str, about: Collection[str]) -> bool:
    """Whether little is left without the words everybody knows, or few letters are repeated."""
    words = {word for one in about for word in _words(one)} | set(OURS)
    rest = text
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    letters = [c for c in rest if not c.isdigit() and c.isalnum()]
    known_words_alone = len(rest) < len(text) and len(letters) < SHORTEST_WORD
    return known_words_alone or len(set(text)) < SHORTEST_WORD or _is_a_row(text)


def _words(text: str) -> list[str]:
    apart = "".join(c if c.isalnum() else " " for c in text.casefold())
    return [word for word in apart.split() if len(word) >= SHORTEST_WORD]


def _is_a_row(text: str) -> bool:
    """Neighbours all the way, as in 123456789012 or abcdefghijkl."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    ends = {9, -9} if text.isdigit() else set()
    return steps - ends in ({1}, {-1})
