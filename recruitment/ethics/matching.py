"""Words in a text: whether it says any of a list, however it is written."""

import re
from collections.abc import Sequence

from permits.folding import fold


def find_words(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """The words of the list with which some word of the text begins, in the order of the list.

    Accents and capitals do not matter; "fianza" is found in "Fianzas" and not in "confianza".
    """
    folded = fold(text)
    return tuple(word for word in words if re.search(rf"\b{re.escape(fold(word))}", folded))
