"""A photo as a phone sends it, small."""

from io import BytesIO

from PIL import Image


def jpeg(size: tuple[int, int] = (640, 480)) -> bytes:
    """A JPEG of one colour."""
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, "JPEG")
    return buffer.getvalue()
