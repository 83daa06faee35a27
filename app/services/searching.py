"""Text as it is searched: lower case and without accents; document numbers by a keyed hash."""

import unicodedata

from app.services.ports import Vault
from app.storage.sealed import index_of_number

NUMBER_LENGTHS = range(5, 33)
"""How many signs a document number has."""


def fold(text: str) -> str:
    """Lower case, no accents (ñ becomes n), single spaces; digits keep no separators inside."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.replace("-", "").replace("'", "").split())


def numbers_in(vault: Vault, folded: str) -> dict[str, bytes]:
    """The words of a folded text that may be a document number, and the whole, by keyed hash."""
    candidates = [folded, *folded.split()]
    return {
        written: index_of_number(vault, written)
        for written in candidates
        if len(written.replace(" ", "")) in NUMBER_LENGTHS and any(c.isdigit() for c in written)
    }
