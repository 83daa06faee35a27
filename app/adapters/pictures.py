"""Pictures that people send, made anew: small, upright, without metadata, harmless."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.ExifTags import Base

from app.adapters.papers import PlainPapers
from permits.errors import Fault, Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
"""What phones send; the content decides, whatever the name says. SVG and PDF are refused."""

LONGEST_SIDE_PX = 1600
SMALLEST_SIDE_PX = 120
MOST_PIXELS = 60_000_000
"""More is a decompression bomb, not a phone's photo (50 megapixels and some)."""

MOST_PIXELS_WHOLE = 25_000_000
"""For formats that are decoded whole, unlike JPEG: 100 MB of memory at the most."""

BROKEN = (
    *(OSError, EOFError, ValueError, SyntaxError, TypeError, KeyError, IndexError),
    *(OverflowError, struct.error, Image.DecompressionBombError, Image.DecompressionBombWarning),
)
"""What the decoders raise on damaged or hostile files."""

FACE_PX = (48, 64)
"""Width and height of a signed face (credential.md 1)."""

FACE_QUALITIES = tuple(range(60, 0, -6))
"""Tried from the best; a photo with much detail needs a lower one."""

TURNS: Mapping[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by its EXIF orientation (JEITA CP-3451, tag 274)."""


@dataclass(frozen=True)
class Picture:
    """A re-encoded image without metadata."""

    data: bytes
    media_type: str
    width: int
    height: int


class Reencoder:
    """Decodes within limits and encodes again, so that nothing of the sender's file survives."""

    def __init__(self) -> None:
        self._papers = PlainPapers()

    def reencode(self, data: bytes, *, smallest: int | None = None) -> Picture:
        """A JPEG of at most 1600 px, upright; of a moving picture the first frame.

        No side has fewer than `smallest` px; without one, than a document is readable with.

        Invalid("not-a-picture", "too-many-pixels", "picture-too-small", "picture-damaged").
        """
        image = self._open(data)
        if image.width * image.height > (MOST_PIXELS if _is_jpeg(image) else MOST_PIXELS_WHOLE):
            raise Invalid([Fault("too-many-pixels")])
        least = SMALLEST_SIDE_PX if smallest is None else smallest
        if min(image.size) < least:
            raise Invalid([Fault("picture-too-small", facts={"pixels": least})])
        try:
            upright = self._decode(image)
        except BROKEN:
            raise Invalid([Fault("picture-damaged")]) from None
        plain = Image.new("RGB", upright.size)
        plain.paste(upright)
        packed = BytesIO()
        plain.save(packed, "JPEG", quality=82, optimize=True)
        return Picture(packed.getvalue(), "image/jpeg", plain.width, plain.height)

    def face(self, photo: bytes, limit: int) -> bytes:
        """A kept photo as the smallest useful face: 48 × 64 points of WebP, `limit` bytes at most.

        The best quality that fits; below the least one a face is no more known, and
        Invalid("face-too-large") says so.
        """
        with Image.open(BytesIO(photo), formats=FORMATS) as picture:
            picture.draft("RGB", (FACE_PX[0] * 4, FACE_PX[1] * 4))
            # Faces sit above the middle of a photo that somebody took of themselves.
            small = ImageOps.fit(
                picture.convert("RGB"), FACE_PX, Image.Resampling.LANCZOS, centering=(0.5, 0.35)
            )
        for quality in FACE_QUALITIES:
            packed = BytesIO()
            small.save(packed, "WEBP", quality=quality, method=6)
            if packed.tell() <= limit:
                return packed.getvalue()
        raise Invalid([Fault("face-too-large", facts={"limit": limit})])

    def paper(self, data: bytes) -> bytes | None:
        """A PDF made anew in a program of its own; None where that cannot read it."""
        return self._papers.plain(data)

    def _decode(self, image: Image.Image) -> Image.Image:
        """Small first and upright afterwards, so that one whole picture at most is in memory."""
        turn, size = _turn(image), (LONGEST_SIDE_PX, LONGEST_SIDE_PX)
        image.draft("RGB", size)  # a JPEG is decoded at a fraction of its size
        clear = image.has_transparency_data
        if image.mode in {"1", "P"}:  # or its colours could not be mixed
            image = image.convert("RGBA" if clear else "RGB")
        image.thumbnail(size)
        small = _on_white(image) if clear else image.convert("RGB")
        return small.transpose(turn) if turn is not None else small

    def _open(self, data: bytes) -> Image.Image:
        try:
            return Image.open(BytesIO(data), formats=FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise Invalid([Fault("too-many-pixels")]) from None
        except (UnidentifiedImageError, *BROKEN):
            raise Invalid([Fault("not-a-picture")]) from None


def _is_jpeg(image: Image.Image) -> bool:
    return image.format in {"JPEG", "MPO"}  # MPO: a JPEG with more pictures behind it


def _on_white(image: Image.Image) -> Image.Image:
    """What shows through is paper; left alone it would become black and hide a dark text."""
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image.convert("RGBA"))
    return ground.convert("RGB")


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How to make it upright; a note on it that cannot be read says nothing."""
    try:
        return TURNS.get(image.getexif().get(Base.Orientation))
    except BROKEN:
        return None
