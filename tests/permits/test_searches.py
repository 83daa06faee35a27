"""What officials type to find a case: free words, and words behind the name of a field."""

import pytest

from permits.folding import fold
from permits.searches import SearchField, read_search

ANYWHERE, NAME, DOCUMENT = SearchField.ANYWHERE, SearchField.NAME, SearchField.DOCUMENT
PHONE, RECEIPT = SearchField.PHONE, SearchField.RECEIPT


@pytest.mark.feature("O7")
@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", []),
        ("Ana López", [(ANYWHERE, "ana lopez")]),
        ("nombre:Ana", [(NAME, "ana")]),
        ("Name: Ana López", [(NAME, "ana lopez")]),
        ("nombre : ana", [(NAME, "ana")]),
        ("Teléfono:+50255512345", [(PHONE, "+50255512345")]),
        ("recibo:2026-0010-0123", [(RECEIPT, "202600100123")]),
        (
            "cedral documento: 1234 56789 2004",
            [(ANYWHERE, "cedral"), (DOCUMENT, "1234 56789 2004")],
        ),
        ("phone:5555 name:ana", [(PHONE, "5555"), (NAME, "ana")]),
        ("nombre: recibo:9", [(RECEIPT, "9")]),
        ("sobrenombre:ana", [(ANYWHERE, "sobrenombre:ana")]),
        ("nombre ana", [(ANYWHERE, "nombre ana")]),
        ("edad:30", [(ANYWHERE, "edad:30")]),
    ],
)
def test_a_field_governs_what_follows_it(typed: str, asked: list[tuple[SearchField, str]]) -> None:
    assert list(read_search(fold(typed))) == asked
