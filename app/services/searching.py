"""Text as it is searched: lower case and without accents, so that every database agrees."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, no accents (ñ becomes n), single spaces; digits keep no separators inside."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.replace("-", "").replace("'", "").split())
