"""A text as an SMS carries it: plain letters of the GSM alphabet, and how many parts it costs."""

import unicodedata

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The letters that take one place (3GPP TS 23.038): é, ñ, ü, ¿ and ¡ are there; á, í, ó, ú not."""

EXTENDED = "^{}\\[~]|€"
"""The letters that take two places."""

ONE_PART, MANY_PARTS = 160, 153
"""Places in a message that fits one part, and in each part of a longer one."""

_PLAIN = str.maketrans(
    {
        "ꞌ": "'",
        "ʼ": "'",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
    }
)


def plain(text: str) -> str:
    """Return the text in the GSM alphabet, so that a part holds 160 places and not 70.

    á, í, ó and ú lose their mark, which every reader forgives; é, ñ and ü keep it. A letter that
    has no plain form becomes a question mark.
    """
    whole = unicodedata.normalize("NFC", text.translate(_PLAIN))
    return "".join(_plain(letter) for letter in whole)


def _plain(letter: str) -> str:
    if letter in BASIC or letter in EXTENDED:
        return letter
    bare = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return bare if bare and all(c in BASIC for c in bare) else "?"


def places(text: str) -> int:
    """Return how many places a text takes; ValueError for a letter outside the GSM alphabet."""
    if strange := set(text) - set(BASIC) - set(EXTENDED):
        raise ValueError(f"not in the GSM alphabet: {sorted(strange)}")
    return len(text) + sum(letter in EXTENDED for letter in text)


def parts(text: str) -> int:
    """Return how many parts are paid for; a text in the GSM alphabet, else ValueError."""
    taken = places(text)
    return 1 if taken <= ONE_PART else -(-taken // MANY_PARTS)
