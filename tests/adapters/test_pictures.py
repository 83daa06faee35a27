"""What people upload: photos of phones come out small and clean, everything else has its code."""

import os
import random
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from app.adapters.pictures import LONGEST_SIDE_PX, Picture, Reencoder
from permits.errors import Invalid
from tests.proofs import times

# Pillow tells on broken notes in a file by warnings; the picture is taken all the same.
pytestmark = [pytest.mark.promise("P21"), pytest.mark.filterwarnings("ignore::UserWarning:PIL")]

ORIENTATION, GPS = 0x0112, 0x8825
SCRIPT = b"<script>alert(1)</script>"


def drawn(size: tuple[int, int] = (400, 300), mode: str = "RGB") -> Image.Image:
    """A red corner top left on blue, so that one sees which side is up."""
    image = Image.new("RGB", size, (20, 40, 200))
    image.paste((220, 30, 30), (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def saved(image: Image.Image, form: str, **how: Any) -> bytes:  # noqa: ANN401
    packed = BytesIO()
    image.save(packed, form, **how)
    return packed.getvalue()


def noted(orientation: int = 1) -> Image.Exif:
    """What a phone notes: which way it was held, where, and by whom it was made."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Teléfono de María"
    exif.get_ifd(GPS).update({1: "N", 2: (14.0, 50.0, 12.5), 3: "W", 4: (89.0, 9.0, 3.0)})
    return exif


def reencode(data: bytes) -> Picture:
    return Reencoder().reencode(data)


def opened(picture: Picture) -> Image.Image:
    """The result as anybody reads it; it is a plain JPEG with nothing before or behind."""
    assert picture.media_type == "image/jpeg"
    assert (picture.data[:3], picture.data[-2:]) == (b"\xff\xd8\xff", b"\xff\xd9")
    image = Image.open(BytesIO(picture.data))
    assert (image.format, image.mode, image.size) == (
        "JPEG",
        "RGB",
        (picture.width, picture.height),
    )
    assert not dict(image.getexif())
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    return image


def is_red(image: Image.Image, x: float, y: float) -> bool:
    pixel = image.getpixel((int(image.width * x), int(image.height * y)))
    assert isinstance(pixel, tuple)
    return pixel[0] > 150 and pixel[2] < 100


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and has next to nothing in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG with a note that unpacks to 60 MB."""
    good = saved(drawn(), "PNG")
    body = b"Comment\0\0" + zlib.compress(b"A" * 60_000_000)
    note = (
        struct.pack(">I", len(body))
        + b"zTXt"
        + body
        + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    )
    return good[:33] + note + good[33:]


JPEG = saved(drawn(), "JPEG")
PDF = b"%PDF-1.7\n1 0 obj <</OpenAction <</S /JavaScript /JS (app.alert(1))>> >> endobj\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400">' + SCRIPT + b"</svg>"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400)

REFUSED = {
    "nothing": (b"", "not-a-picture"),
    "a PDF, whatever its name": (PDF, "not-a-picture"),
    "an SVG with a script": (SVG, "not-a-picture"),
    "an SVG with a declaration": (b'<?xml version="1.0"?>' + SVG, "not-a-picture"),
    "a GIF": (saved(drawn(), "GIF"), "not-a-picture"),
    "a TIFF": (saved(drawn(), "TIFF"), "not-a-picture"),
    "a BMP": (saved(drawn(), "BMP"), "not-a-picture"),
    "a HEIC": (HEIC, "not-a-picture"),
    "an archive": (b"PK\x03\x04" + bytes(200), "not-a-picture"),
    "a program": (b"MZ" + bytes(200), "not-a-picture"),
    "a page": (b"<!doctype html>" + SCRIPT, "not-a-picture"),
    "a path": (b"../../etc/passwd", "not-a-picture"),
    "zeros": (bytes(10_000), "not-a-picture"),
    "the head of a JPEG": (JPEG[:20], "not-a-picture"),
    "a JPEG cut off": (JPEG[: len(JPEG) // 2], "picture-damaged"),
    "a PNG cut off": (saved(drawn(), "PNG")[:200], "picture-damaged"),
    "a WebP cut off": (saved(drawn(), "WEBP")[:100], "not-a-picture"),
    "a PNG of 50,000 by 50,000": (png_header(50_000, 50_000), "too-many-pixels"),
    "a PNG of 10,000 by 10,000": (png_header(10_000, 10_000), "too-many-pixels"),
    "a PNG of 6,000 by 6,000": (png_header(6_000, 6_000), "too-many-pixels"),
    "a PNG that is empty": (png_header(400, 400), "picture-damaged"),
    "a stamp": (saved(drawn((100, 400)), "PNG"), "picture-too-small"),
    "a note that unpacks to 60 MB": (text_bomb(), "not-a-picture"),
}


@pytest.mark.asvs("1.3.4", "5.2.2", "5.2.6")
@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_photo_is_refused_with_its_code(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        reencode(data)
    assert [fault.code for fault in refused.value.faults] == [code]


FORMS = {
    "JPEG": JPEG,
    "progressive JPEG": saved(drawn(), "JPEG", progressive=True),
    "CMYK JPEG": saved(drawn(mode="CMYK"), "JPEG"),
    "grey JPEG": saved(drawn(mode="L"), "JPEG"),
    "JPEG with two pictures": saved(drawn(), "MPO", save_all=True, append_images=[drawn()]),
    "PNG": saved(drawn(), "PNG"),
    "PNG with alpha": saved(drawn(mode="RGBA"), "PNG"),
    "PNG with a palette": saved(drawn(mode="P"), "PNG"),
    "PNG of 16 bits": saved(drawn(mode="L").convert("I;16"), "PNG"),
    "PNG of one bit": saved(drawn(mode="1"), "PNG"),
    "WebP": saved(drawn(), "WEBP"),
    "moving WebP": saved(drawn(), "WEBP", save_all=True, append_images=[drawn(mode="L")] * 3),
}


@pytest.mark.asvs("5.2.2")
@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_what_phones_send_becomes_a_plain_jpeg(data: bytes) -> None:
    assert opened(reencode(data)).size == (400, 300)


@pytest.mark.parametrize("name", ["JPEG", "CMYK JPEG", "PNG", "PNG with a palette", "moving WebP"])
def test_colours_stay(name: str) -> None:
    image = opened(reencode(FORMS[name]))
    assert [is_red(image, x, y) for x, y in CORNERS] == [True, False, False, False]


CORNERS = ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8))
"""Top left, top right, bottom left, bottom right."""

UPRIGHT = {
    1: ((400, 300), 0),
    2: ((400, 300), 1),
    3: ((400, 300), 3),
    4: ((400, 300), 2),
    5: ((300, 400), 0),
    6: ((300, 400), 1),
    7: ((300, 400), 3),
    8: ((300, 400), 2),
    9: ((400, 300), 0),
}
"""By orientation: the size that comes out, and where the red corner is then."""


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", UPRIGHT)
def test_a_photo_held_sideways_comes_out_upright(form: str, orientation: int) -> None:
    image = opened(reencode(saved(drawn(), form, exif=noted(orientation))))
    size, red = UPRIGHT[orientation]
    assert image.size == size
    assert [is_red(image, x, y) for x, y in CORNERS] == [corner == red for corner in range(4)]


@pytest.mark.asvs("14.2.8")
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_place_maker_profile_and_comment_are_gone(form: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    how: dict[str, Any] = {"exif": noted(), "icc_profile": profile}
    if form != "PNG":
        how["xmp"] = b"<x:xmpmeta>Comayagua</x:xmpmeta>"
    if form == "JPEG":
        how["comment"] = b"de la finca" + SCRIPT
    sent = saved(drawn(), form, **how)
    picture = reencode(sent)
    opened(picture)
    for trace in (b"Exif", b"Tel", b"ICC_PROFILE", b"Comayagua", b"finca", b"script"):
        assert trace not in picture.data, trace


@pytest.mark.asvs("5.2.2")
@pytest.mark.parametrize("tail", [PDF, SCRIPT, b"PK\x03\x04" + bytes(100), b"<?php echo 1 ?>"])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_of_two_files_in_one_only_the_picture_stays(form: str, tail: bytes) -> None:
    picture = reencode(saved(drawn(), form) + tail)
    opened(picture)
    assert tail[:8] not in picture.data


@pytest.mark.parametrize(
    ("size", "expected"),
    [((3200, 1200), (1600, 600)), ((1000, 4000), (400, 1600)), ((1600, 1600), (1600, 1600))],
)
def test_a_large_picture_is_made_small_and_a_small_one_stays(
    size: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert opened(reencode(saved(drawn(size), "JPEG"))).size == expected
    assert max(expected) == LONGEST_SIDE_PX


MEASURE = """
import resource, sys
from pathlib import Path
from app.adapters.pictures import Reencoder
Reencoder().reencode(Path(sys.argv[2]).read_bytes())  # what the decoders load once
data = Path(sys.argv[1]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
made = Reencoder().reencode(data)
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(grown // (1024 * 1024 if sys.platform == "darwin" else 1024), made.width, made.height)
"""


@pytest.mark.asvs("5.2.3", "5.2.6")
@pytest.mark.parametrize(
    ("form", "size"),
    [("JPEG", (4600, 3450)), ("PNG", (4900, 4900))],
    ids=["15 MB", "24 megapixels"],
)
def test_the_largest_photo_needs_less_than_100_mb(
    form: str, size: tuple[int, int], tmp_path: Path
) -> None:
    image, how = drawn(size), dict[str, Any]()
    if form == "JPEG":  # noise fills the 15 MB that a photo may have
        image = Image.frombytes("L", size, random.Random(1).randbytes(size[0] * size[1]))
        how = {"quality": 94}
    (tmp_path / "large").write_bytes(saved(image, form, **how))
    (tmp_path / "small").write_bytes(saved(drawn(), form))
    if form == "JPEG":
        assert 13 < (tmp_path / "large").stat().st_size / 2**20 < 15
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, tmp_path / "large", tmp_path / "small"],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": "."},
    )
    grown, width, height = map(int, done.stdout.split())
    assert grown < 100
    assert max(width, height) == LONGEST_SIDE_PX


def bent(data: bytes, chance: random.Random) -> bytes:
    """The file with some bytes changed, lost or added, most of them near its beginning."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        at = chance.randrange(min(len(changed), chance.choice((200, len(changed)))))
        what = chance.random()
        if what < 0.7:
            changed[at] = chance.randrange(256)
        elif what < 0.85:
            del changed[at : at + chance.randrange(1, 30)]
        else:
            changed[at:at] = chance.randbytes(chance.randrange(1, 30))
    return bytes(changed)


def test_a_bent_file_is_a_picture_or_a_fault_and_never_an_error() -> None:
    chance = random.Random(2026)
    sound = [
        *(saved(drawn(), form, exif=noted(6)) for form in ("JPEG", "PNG", "WEBP")),
        saved(drawn(), "JPEG", progressive=True, exif=noted(3)),
    ]
    ends = set[str]()
    for _ in range(times(400, 20_000)):
        try:
            opened(reencode(bent(chance.choice(sound), chance)))
            ends.add("picture")
        except Invalid as refused:
            ends |= {fault.code for fault in refused.faults}
    assert {"picture", "not-a-picture", "picture-damaged"} <= ends
