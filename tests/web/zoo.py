"""Files that people should not send, and some that look so and are harmless: name, bytes, fate."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from tests.adapters.test_malware import EICAR

SECRETS = (b"14.836", b"Canon of Maria", b"<script>alert(1)</script>", b"/JavaScript", b"<?php")
"""What stands in the files below and must not come out of them."""


@dataclass(frozen=True)
class Animal:
    """A file as it is sent; `code` says why it is refused, empty where a clean picture remains.

    One that takes long to make is made when it is looked at.
    """

    made: bytes | Callable[[], bytes]
    code: str
    name: str = "foto.jpg"
    media_type: str = "image/jpeg"

    @property
    def data(self) -> bytes:
        """What it holds."""
        return self.made if isinstance(self.made, bytes) else self.made()


def picture(form: str = "JPEG", size: tuple[int, int] = (400, 300), **how: Any) -> bytes:  # noqa: ANN401
    """A picture in which something can be seen."""
    image = Image.new("RGB", size, (20, 40, 200))
    image.paste((220, 30, 30), (0, 0, size[0] // 2, size[1] // 2))
    packed = BytesIO()
    image.save(packed, form, **how)
    return packed.getvalue()


def png(width: int, height: int, *more: tuple[bytes, bytes], body: bytes = b"") -> bytes:
    """A PNG that claims a size, with chunks of our choice."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(body or b"\0" * 1000, 9)
    chunks = [(b"IHDR", head), *more, (b"IDAT", packed), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def noted() -> bytes:
    """A photo that tells where it was taken and by what."""
    exif = Image.Exif()
    exif[0x010F] = "Canon of Maria"
    exif[0x010E] = "14.836 -89.153 <script>alert(1)</script>"
    exif.get_ifd(0x8825).update({1: "N", 2: (14.0, 50.0, 12.5), 3: "W", 4: (89.0, 9.0, 3.0)})
    return picture(exif=exif)


def archive(**files: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return packed.getvalue()


def frames(form: str, count: int) -> bytes:
    """A moving picture."""
    shots = [Image.new("RGB", (200, 200), (n % 256, 0, 0)) for n in range(count)]
    packed = BytesIO()
    shots[0].save(packed, form, save_all=True, append_images=shots[1:])
    return packed.getvalue()


GOOD = picture()
SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"
PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n"
LAUNCH = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/Launch/F(cmd.exe)>>>>endobj\n%%EOF\n"
DOCX = archive(word__vbaProject_dot_bin=b"macro", word__document_dot_xml=b"<w/>")
BILLION = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'
NOISE = random.Random(3).randbytes(50_000)

NO_PICTURE, DAMAGED, PIXELS = "not-a-picture", "picture-damaged", "too-many-pixels"

ZOO: Mapping[str, Animal] = {
    "0 bytes": Animal(b"", "file-empty"),
    "one byte": Animal(b"\xff", NO_PICTURE),
    "zeros": Animal(bytes(100_000), NO_PICTURE),
    "noise": Animal(NOISE, NO_PICTURE),
    "over 15 MB": Animal(GOOD + bytes(15 * 1024 * 1024), "file-too-large"),
    "EICAR": Animal(EICAR, "file-infected", "eicar.com", "application/octet-stream"),
    "EICAR behind a photo": Animal(GOOD + EICAR, "file-infected"),
    "EICAR in a photo's note": Animal(picture(comment=EICAR), "file-infected"),
    "SVG with a script": Animal(SVG, NO_PICTURE, "foto.svg", "image/svg+xml"),
    "SVG called a JPEG": Animal(SVG, NO_PICTURE),
    "XML that grows": Animal(BILLION, NO_PICTURE, "foto.svg", "image/svg+xml"),
    "HTML": Animal(b"<!doctype html>" + SCRIPT, NO_PICTURE, "foto.html", "text/html"),
    "HTML called a JPEG": Animal(b"<html>" + SCRIPT, NO_PICTURE),
    "JavaScript": Animal(b"alert(1)//" + bytes(100), NO_PICTURE, "foto.js", "text/javascript"),
    "PDF with JavaScript": Animal(PDF, NO_PICTURE, "foto.pdf", "application/pdf"),
    "PDF that starts a program": Animal(LAUNCH, NO_PICTURE, "foto.pdf", "application/pdf"),
    "document with a macro": Animal(DOCX, NO_PICTURE, "foto.docm"),
    "zip bomb": Animal(
        lambda: archive(a=bytes(50_000_000)), NO_PICTURE, "foto.zip", "application/zip"
    ),
    "program": Animal(b"MZ\x90\0" + bytes(500), NO_PICTURE, "foto.jpg.exe"),
    "program of Linux": Animal(b"\x7fELF" + bytes(500), NO_PICTURE),
    "shell": Animal(b"#!/bin/sh\nrm -rf /\n", NO_PICTURE, "foto.sh", "text/x-sh"),
    "PHP": Animal(b"<?php system($_GET[0]); ?>", NO_PICTURE, "foto.php"),
    "pickle": Animal(b"\x80\x04\x95cos\nsystem\n(S'id'\ntR.", NO_PICTURE, "foto.pkl"),
    "TIFF": Animal(picture("TIFF"), NO_PICTURE, "foto.tiff", "image/tiff"),
    "BMP": Animal(picture("BMP"), NO_PICTURE, "foto.bmp", "image/bmp"),
    "GIF of 300 frames": Animal(lambda: frames("GIF", 300), NO_PICTURE, "foto.gif", "image/gif"),
    "PNG of 50,000 by 50,000": Animal(png(50_000, 50_000), PIXELS),
    "PNG of 2^31 by 1": Animal(png(2**31 - 1, 1), PIXELS),
    "PNG of no height": Animal(png(400, 0), NO_PICTURE),
    "PNG that unpacks for ever": Animal(lambda: png(400, 400, body=bytes(30_000_000)), ""),
    "PNG with a note of 60 MB": Animal(
        lambda: png(400, 400, (b"zTXt", b"C\0\0" + zlib.compress(b"A" * 60_000_000))), NO_PICTURE
    ),
    "PNG with a profile of 60 MB": Animal(
        lambda: png(400, 400, (b"iCCP", b"C\0\0" + zlib.compress(bytes(60_000_000)))), NO_PICTURE
    ),
    "head of a JPEG": Animal(GOOD[:20], NO_PICTURE),
    "truncated JPEG": Animal(GOOD[: len(GOOD) // 2], DAMAGED),
    "truncated PNG": Animal(picture("PNG")[:200], DAMAGED),
    "truncated WebP": Animal(picture("WEBP")[:100], NO_PICTURE),
    "a stamp": Animal(picture(size=(20, 20)), "picture-too-small"),
    "a mile long": Animal(lambda: picture("PNG", size=(20_000, 100)), "picture-too-small"),
    "photo that tells its place": Animal(noted(), ""),
    "photo and script in one": Animal(GOOD + SCRIPT, "", "foto.html", "text/html"),
    "photo and PDF in one": Animal(GOOD + PDF, "", "foto.pdf", "application/pdf"),
    "photo and archive in one": Animal(GOOD + DOCX, "", "foto.zip", "application/zip"),
    "photo with a script in its note": Animal(picture(comment=SCRIPT + b"<?php"), ""),
    "moving WebP": Animal(lambda: frames("WEBP", 30), "", "foto.webp", "image/webp"),
    "name that climbs": Animal(GOOD, "", "../../../../etc/cron.d/foto.jpg"),
    "name of Windows": Animal(GOOD, "", "..\\..\\windows\\foto.jpg"),
    "name with a NUL": Animal(GOOD, "", "foto.php\0.jpg"),
    "name that turns round": Animal(GOOD, "", "foto\u202egpj.exe"),
    "name with markup": Animal(GOOD, "", '"><img src=x onerror=alert(1)>.jpg'),
    "name without end": Animal(GOOD, "", "f" * 3000 + ".jpg"),
}


def is_clean(data: bytes) -> bool:
    """A plain JPEG of a sane size that keeps nothing of what its sender wrote."""
    image = Image.open(io.BytesIO(data))
    image.load()
    whole = data.startswith(b"\xff\xd8\xff") and data.endswith(b"\xff\xd9")
    small = max(image.size) <= 1600 and not dict(image.getexif())
    return image.format == "JPEG" and whole and small and not any(one in data for one in SECRETS)
