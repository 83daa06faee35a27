"""A PDF made anew: its pages are seen, and nothing that a program or a camera wrote beside them."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from app.adapters.paper_child import BROKEN, plain, plain_jpeg
from app.adapters.papers import PlainPapers

SECRET = b"LUGAR SECRETO"


def paper(*, locked: bool = False) -> bytes:
    """A scanned page in compressed objects, that tells on who made it in every way it can."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    photo, page = BytesIO(), BytesIO()
    picture = Image.new("RGB", (40, 40), "red")
    picture.save(photo, "JPEG", exif=exif)
    photo.write(photo.getvalue())  # as phones do: a second picture behind the first
    picture.save(page, "PDF")
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(page.getvalue())))
    writer.add_metadata({"/Author": "Ana (hija)"})
    writer.add_attachment("a.txt", SECRET)
    told = StreamObject()
    told.set_data(SECRET)
    [image] = writer.pages[0]["/Resources"]["/XObject"].values()  # type: ignore[index]
    drawn = image.get_object()
    drawn._data = photo.getvalue()
    drawn[NameObject("/Metadata")] = writer._add_object(told)
    kept = DictionaryObject({NameObject("/X"): TextStringObject(SECRET.decode())})
    writer.pages[0][NameObject("/PieceInfo")] = kept
    if locked:
        writer.encrypt("clave", algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.feature("C4")
def test_a_paper_made_anew_shows_its_page_and_tells_on_nobody() -> None:
    sent = paper()
    assert SECRET in sent
    copy = PlainPapers().plain(sent)
    assert copy is not None
    assert SECRET not in copy
    assert b"Ana" not in copy
    read = PdfReader(BytesIO(copy))
    assert read.metadata is None
    assert set(read.trailer["/Root"]) == {"/Type", "/Pages"}  # type: ignore[call-overload]
    [image] = read.pages[0].images
    assert image.image is not None
    assert image.image.size == (40, 40)
    for wrong in (paper(locked=True), b"%PDF-1.4 /Author (Ana)"):
        with pytest.raises((*BROKEN, LookupError)):
            plain(wrong)
    assert PlainPapers().plain(b"%PDF-1.4 /Author (Ana)") is None


@pytest.mark.feature("C4")
def test_a_jpeg_keeps_what_draws_it_and_ends_with_its_picture() -> None:
    made = BytesIO()
    Image.effect_noise((40, 40), 90).save(made, "JPEG", progressive=True, icc_profile=b"colours")
    sent = made.getvalue()
    told = b"\xff\xe1" + (len(SECRET) + 2).to_bytes(2) + SECRET
    pictures = b"\xff\xe2" + (len(SECRET) + 6).to_bytes(2) + b"MPF\0" + SECRET
    copy = plain_jpeg(sent[:2] + b"\xff" + told + pictures + sent[2:] + SECRET)
    assert (SECRET in copy, b"ICC_PROFILE" in copy) == (False, True)
    seen = Image.open(BytesIO(copy))
    assert seen.tobytes() == Image.open(BytesIO(sent)).tobytes()
    for wrong in (b"", sent[2:], sent[:2] + b"\xff\xd9" + told, sent[:2] + b"\xff\x01" + sent[2:]):
        with pytest.raises(LookupError):
            plain_jpeg(wrong)
