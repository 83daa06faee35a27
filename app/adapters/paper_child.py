"""A PDF made anew with nothing but what is seen of its pages: a program that reads and writes it.

    python paper_child.py < sent.pdf > plain.pdf

It runs by itself, with little memory and little time, as a PDF may be made to break its reader.
Only pages are taken over, of each only what draws it, so that neither names, dates and programs
nor attachments, scripts, earlier versions or comments come along. Photos in it lose what a camera
wrote. Where that cannot be done it ends with 1 and writes nothing.
"""

import resource
import sys
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

MEMORY_BYTES, SECONDS = 768 * 1024 * 1024, 15
MOST_PAGES, MOST_OBJECTS = 300, 50_000

PAGE = frozenset(
    {
        *("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit"),
        *("/Group", "/Annots"),
    }
)
"""Of a page; what is not here is not seen (ISO 32000-2, table 31)."""

MARK = frozenset(
    {
        *("/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F", "/QuadPoints", "/C", "/Border"),
        "/BS",
    }
)
"""Of a mark on a page, such as a stamp or a filled-in field: who set it and when falls away."""

TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/Alternates", "/OPI", "/Measure", "/PtData")
"""Of anything that a page is drawn with: names, places and what programs keep for themselves."""

BROKEN = (
    *(PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, MemoryError),
    *(RecursionError, OverflowError, NotImplementedError, AssertionError, OSError),
)
"""What the reader raises on damaged or hostile files."""

SHOWN_SEGMENTS = frozenset({0xE0, 0xE2, 0xEE})
"""Of a JPEG: its frame, its colours, Adobe's mark; other APP segments and comments fall away."""


def plain(data: bytes) -> bytes:
    """The copy; any of BROKEN, or LookupError for what is encrypted or too large."""
    reader, writer = PdfReader(BytesIO(data)), PdfWriter()
    if reader.is_encrypted or len(reader.pages) > MOST_PAGES:
        raise LookupError("encrypted, or too many pages")
    seen: set[int] = set()
    for page in reader.pages:
        _keep(page, PAGE)
        _keep_marks(page)
        _clean(page, seen)
        writer.add_page(page)
    writer.metadata = None
    packed = BytesIO()
    writer.write(packed)
    return packed.getvalue()


def _keep(of: DictionaryObject, names: frozenset[str]) -> None:
    for name in [one for one in of if one not in names]:
        if name != "/Parent":
            del of[name]


def _keep_marks(page: DictionaryObject) -> None:
    marks = page.get("/Annots")
    marks = marks.get_object() if marks is not None else None
    if marks is None:
        return
    seen = [one.get_object() for one in marks]
    kept = [one for one in seen if isinstance(one, DictionaryObject) and "/AP" in one]
    for one in kept:
        _keep(one, MARK)
        one.pop("/Parent", None)
    page[NameObject("/Annots")] = ArrayObject(kept)


def _clean(start: PdfObject, seen: set[int]) -> None:
    """Take what tells from everything that a page is drawn with."""
    waiting: list[PdfObject] = [start]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            if len(seen) > MOST_OBJECTS:
                raise LookupError("too many objects")
            found = one.get_object()
            if found is not None:
                waiting.append(found)
        elif isinstance(one, DictionaryObject):
            for name in TELLING:
                one.pop(name, None)
            if isinstance(one, StreamObject):
                _clean_picture(one)
            waiting += [value for name, value in one.items() if name != "/Parent"]
        elif isinstance(one, ArrayObject):
            waiting += list(one)


def _clean_picture(stream: StreamObject) -> None:
    filters = stream.get("/Filter")
    filters = filters.get_object() if filters is not None else None
    names = list(filters) if isinstance(filters, ArrayObject) else [filters]
    if "/JPXDecode" in names or ("/DCTDecode" in names and len(names) > 1):
        raise LookupError("a picture that cannot be looked into")
    if names == ["/DCTDecode"]:
        stream._data = plain_jpeg(stream._data)


def plain_jpeg(data: bytes) -> bytes:
    """A JPEG without what a camera wrote beside the picture (EXIF, XMP, IPTC, comments)."""
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if kind == 0xDA:  # the picture itself begins
            return b"".join((*kept, data[at:]))
        if kind in SHOWN_SEGMENTS or not (0xE0 <= kind <= 0xEF or kind == 0xFE):
            kept.append(data[at : at + 2 + size])
        at += 2 + size
    raise LookupError("no JPEG")


def main() -> int:
    """Bound what this process may use, then copy."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        made = plain(sys.stdin.buffer.read())
    except (*BROKEN, LookupError):
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
