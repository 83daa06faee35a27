"""Words in a text: whether it says any of a list, however it is written."""

import re
from collections.abc import Callable, Iterator, Sequence

from permits.folding import fold

TOGETHER = " + "
"""Between two beginnings of words that must stand in one sentence, in either order."""

_SENTENCES = re.compile(r"[.;:!?\n]+")
_DENIED = re.compile(
    r"\b(no|ni|sin|nunca|jamas|nada|nadie|ningun\w*|not|nobody|never|without)\W+(\w+\W+){0,2}$"
)
"""A "no" at most two words before: "no se cobra", "sin ningún cobro", "nobody is charged"."""


def find_words(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """What of the list the text says, in the order of the list.

    A word is found where one of the text begins with it. Accents and capitals do not matter;
    "fianza" is found in "Fianzas" and not in "confianza". Of "guard + pasaport" both must stand in
    one sentence; told are then the words of the text, as "guarda … pasaportes".
    """
    return _find(text, words, _found)


def find_claims(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """The same, without what the text denies: "no se cobra" claims no charge."""
    return _find(text, words, _claimed)


Look = Callable[[str, str], str | None]


def _find(text: str, words: Sequence[str], look: Look) -> tuple[str, ...]:
    sentences = _SENTENCES.split(fold(text))
    told = (_told(sentence, word, look) for word in words for sentence in sentences)
    return tuple(dict.fromkeys(one for one in told if one))


def _told(sentence: str, word: str, look: Look) -> str | None:
    parts = word.split(TOGETHER)
    found = [look(sentence, fold(part)) for part in parts]
    if None in found:
        return None
    return word if len(parts) == 1 else " … ".join(one for one in found if one)


def _matches(sentence: str, word: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"\b{re.escape(word)}\w*", sentence)


def _found(sentence: str, word: str) -> str | None:
    return next((one[0] for one in _matches(sentence, word)), None)


def _claimed(sentence: str, word: str) -> str | None:
    claims = (
        one[0] for one in _matches(sentence, word) if not _DENIED.search(sentence[: one.start()])
    )
    return next(claims, None)
