"""Pictures that people send, made anew: small, upright, without metadata, harmless."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from permits.errors import Fault, Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
"""What phones send; the content decides, whatever the name says. SVG and PDF are refused."""

LONGEST_SIDE_PX = 1600
SMALLEST_SIDE_PX = 120
MOST_PIXELS = 60_000_000
"""More is a decompression bomb, not a phone's photo (50 megapixels and some)."""


@dataclass(frozen=True)
class Picture:
    """A re-encoded image without metadata."""

    data: bytes
    media_type: str
    width: int
    height: int


class Reencoder:
    """Decodes within limits and encodes again, so that nothing of the sender's file survives."""

    def reencode(self, data: bytes) -> Picture:
        """A JPEG of at most 1600 px; Invalid("not-a-picture", "too-many-pixels", "too-small")."""
        image = self._open(data)
        if image.width * image.height > MOST_PIXELS:
            raise Invalid([Fault("too-many-pixels")])
        if min(image.size) < SMALLEST_SIDE_PX:
            raise Invalid([Fault("picture-too-small", facts={"pixels": SMALLEST_SIDE_PX})])
        try:
            # A JPEG is decoded at a fraction of its size where that is enough.
            image.draft("RGB", (LONGEST_SIDE_PX, LONGEST_SIDE_PX))
            upright = ImageOps.exif_transpose(image).convert("RGB")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            raise Invalid([Fault("picture-damaged")]) from None
        upright.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX))
        plain = Image.new("RGB", upright.size)
        plain.paste(upright)
        packed = BytesIO()
        plain.save(packed, "JPEG", quality=82, optimize=True)
        return Picture(packed.getvalue(), "image/jpeg", plain.width, plain.height)

    def _open(self, data: bytes) -> Image.Image:
        try:
            return Image.open(BytesIO(data), formats=FORMATS)
        except Image.DecompressionBombError:
            raise Invalid([Fault("too-many-pixels")]) from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
            raise Invalid([Fault("not-a-picture")]) from None
