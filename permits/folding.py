"""Names as they are compared and searched: how somebody wrote them does not matter."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, no accents (ñ becomes n), single spaces; digits keep no separators inside."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.replace("-", "").replace("'", "").split())
