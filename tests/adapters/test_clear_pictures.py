"""Pictures with see-through parts, as screenshots and scans have them."""

from io import BytesIO

import pytest
from PIL import Image

from app.adapters.pictures import Reencoder
from tests.adapters.test_pictures import saved


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_shows_through_becomes_white_paper(mode: str) -> None:
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 150, 300))
    data = saved(image.quantize() if mode == "P" else image.convert(mode), "PNG")
    made = Image.open(BytesIO(Reencoder().reencode(data).data))
    ink, paper = made.getpixel((50, 150)), made.getpixel((250, 150))
    assert isinstance(ink, tuple)
    assert isinstance(paper, tuple)
    assert max(ink) < 16
    assert min(paper) > 240
