"""What officials type to find a case: free words, and words behind the name of a field.

`nombre: ana lopez telefono: 5555` asks for two things. A field governs what follows it, up to the
next one; what stands before the first is looked for everywhere.
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class SearchField(StrEnum):
    """Where words are looked for."""

    ANYWHERE = "anywhere"
    NAME = "name"
    DOCUMENT = "document"
    PHONE = "phone"
    RECEIPT = "receipt"


WORDS: Mapping[str, SearchField] = {
    "nombre": SearchField.NAME,
    "name": SearchField.NAME,
    "documento": SearchField.DOCUMENT,
    "document": SearchField.DOCUMENT,
    "telefono": SearchField.PHONE,
    "phone": SearchField.PHONE,
    "recibo": SearchField.RECEIPT,
    "receipt": SearchField.RECEIPT,
}
"""What a field is called, folded, in either language of the pages."""

_FIELD = re.compile(rf"(?:^|(?<= ))({'|'.join(WORDS)}) ?:")


def read_search(folded: str) -> tuple[tuple[SearchField, str], ...]:
    """The fields that are asked for, in their order, each with its words; none without words.

    `folded`: lower case, no accents, single spaces (`permits.folding`).
    """
    free, *rest = _FIELD.split(folded)
    asked = [(SearchField.ANYWHERE, free)]
    asked += [(WORDS[name], words) for name, words in zip(rest[::2], rest[1::2], strict=True)]
    return tuple((field, words.strip()) for field, words in asked if words.strip())
