"""The signed photo on paper: a symbol of its own, large enough to be read."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from app.adapters.symbols import Symbols
from tests import papers
from tests.papers import permit, read_symbols, words_of

MM_AN_INCH = 25.4


@pytest.mark.feature("B4", "W14")
def test_the_largest_face_has_a_card_of_its_own_and_a_place_on_the_sheet() -> None:
    """Modules of 0.33 mm or more, quiet zone and all (credential.md 1)."""
    printer, made, dots = papers.prints(), permit(face=True), 200
    _, back, face = printer.pictures(printer.card_paper([made], "es"), dots)
    assert (read_symbols(back), read_symbols(face)) == ([made.text], [made.face])
    with Image.open(BytesIO(face)) as page:
        (found,) = zxingcpp.read_barcodes(page.convert("L"))
    wide = (found.position.top_right.x - found.position.top_left.x) * MM_AN_INCH / dots
    assert wide / len(Symbols().modules(made.face or "")) >= 0.33

    first, second = printer.pictures(printer.sheet_paper(made, "es"), dots)
    assert read_symbols(first) == [made.text]
    assert {made.text, made.face} < set(read_symbols(second))
    assert "Código de la foto" not in words_of(printer.sheet(permit(), "es"))
