"""Drawn stand-ins for photos and documents: nobody's face, nobody's card."""

from functools import cache
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from app.services.ports import Picture, Pictures

SKINS = ("#8d5a3b", "#a9714b", "#c08a63", "#74472c")
SHIRTS = ("#0b5d3b", "#a3201d", "#0b4f8a", "#6b4f9c", "#b5651d")


class KeptPictures:
    """Re-encodes each drawing once; the demonstration shows the same few again and again."""

    def __init__(self, pictures: Pictures) -> None:
        self._reencode = cache(pictures.reencode)
        self._face = cache(pictures.face)
        self._paper = pictures.paper

    def reencode(self, data: bytes, *, smallest: int | None = None) -> Picture:
        """The picture made anew, as the service's own adapter does it."""
        return self._reencode(data, smallest=smallest)

    def face(self, photo: bytes, limit: int) -> bytes:
        """The face, drawn once for each drawing."""
        return self._face(photo, limit)

    def paper(self, data: bytes) -> bytes | None:
        """A PDF made anew, as the service's own adapter does it."""
        return self._paper(data)


@cache
def draw_gallery(seed: int) -> tuple[bytes, ...]:
    """A dozen drawn photos."""
    random = Random(seed)  # noqa: S311  it must repeat itself
    return tuple(draw_photo(random) for _ in range(12))


def draw_photo(random: Random) -> bytes:
    """A drawn head and shoulders on a plain ground, as PNG."""
    image = Image.new("RGB", (240, 300), "#e6ebe6")
    pen = ImageDraw.Draw(image)
    skin = random.choice(SKINS)
    pen.ellipse((30, 190, 210, 420), fill=random.choice(SHIRTS))
    pen.rectangle((102, 170, 138, 215), fill=skin)
    pen.ellipse((68, 50, 172, 195), fill=skin)
    if random.random() < 0.5:
        pen.pieslice((60, 36, 180, 176), 180, 360, fill="#2a1d15")
    else:
        pen.ellipse((44, 58, 196, 92), fill="#c9a66b")
        pen.rectangle((78, 30, 162, 74), fill="#c9a66b")
    pen.ellipse((92, 110, 104, 122), fill="#1b211e")
    pen.ellipse((136, 110, 148, 122), fill="#1b211e")
    pen.arc((100, 130, 140, 165), 20, 160, fill="#1b211e", width=3)
    return _png(image)


@cache
def draw_document(title: str, lines: tuple[str, ...]) -> bytes:
    """A card that says in large letters that it is none, as PNG."""
    image = Image.new("RGB", (640, 404), "#f3f5f2")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((8, 8, 632, 396), 24, outline="#0b5d3b", width=6)
    pen.text((36, 32), title, fill="#1b211e", font_size=34)
    for row, line in enumerate(lines):
        pen.text((36, 110 + 48 * row), line, fill="#1b211e", font_size=28)
    pen.text((36, 336), "FICTICIO · DEMO", fill="#a3201d", font_size=40)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    packed = BytesIO()
    image.save(packed, "PNG")
    return packed.getvalue()
