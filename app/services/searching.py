"""Text as it is searched: lower case and without accents; document numbers by a keyed hash."""

from itertools import chain

from app.services.ports import Vault
from app.storage.sealed import index_of_number
from permits import worker_numbers
from permits.folding import fold
from permits.searches import read_search

__all__ = ["fold", "numbers_in", "worker_numbers_in"]

NUMBER_LENGTHS = range(5, 33)
"""How many signs a document number has."""


def numbers_in(vault: Vault, folded: str) -> dict[str, bytes]:
    """The words of a folded text that may be a document number, and the whole, by keyed hash.

    Of a search with fields each field is a whole.
    """
    return {
        written: index_of_number(vault, written)
        for written in _candidates(folded)
        if len(written.replace(" ", "")) in NUMBER_LENGTHS and any(c.isdigit() for c in written)
    }


def worker_numbers_in(folded: str) -> dict[str, str]:
    """The words of a folded text that are a worker's number, and the whole, by that number."""
    read = {written: worker_numbers.read(written) for written in _candidates(folded)}
    return {written: number for written, number in read.items() if number}


def _candidates(folded: str) -> list[str]:
    asked = [words for _, words in read_search(folded)]
    return [*asked, *chain.from_iterable(words.split() for words in asked)]
