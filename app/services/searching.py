"""Text as it is searched: lower case and without accents; document numbers by a keyed hash."""

from itertools import chain

from app.services.ports import Vault
from app.storage.sealed import index_of_number
from permits.folding import fold
from permits.searches import read_search

__all__ = ["fold", "numbers_in"]

NUMBER_LENGTHS = range(5, 33)
"""How many signs a document number has."""


def numbers_in(vault: Vault, folded: str) -> dict[str, bytes]:
    """The words of a folded text that may be a document number, and the whole, by keyed hash.

    Of a search with fields each field is a whole.
    """
    asked = [words for _, words in read_search(folded)]
    candidates = [*asked, *chain.from_iterable(words.split() for words in asked)]
    return {
        written: index_of_number(vault, written)
        for written in candidates
        if len(written.replace(" ", "")) in NUMBER_LENGTHS and any(c.isdigit() for c in written)
    }
