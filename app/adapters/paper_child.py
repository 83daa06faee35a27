"""A PDF made anew with nothing but what is seen of its pages: a program that reads and writes it.

    python paper_child.py < sent.pdf > plain.pdf

It runs by itself, with little memory and little time, as a PDF may be made to break its reader.
Only pages are taken over, of each only what draws it, so that neither names, dates and programs
nor attachments, scripts, earlier versions or comments come along. Photos in it lose what a camera
wrote. Where that cannot be done it ends with 1 and writes nothing.
"""

import re
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
LARGEST_BYTES = 32 * 1024 * 1024
"""Of a copy: who waits for it holds all of it in memory. What is sent is of 5 MB at most."""

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

TELLING = (
    *("/Metadata", "/PieceInfo", "/LastModified", "/Alternates", "/OPI", "/Measure", "/PtData"),
    *("/Usage", "/Ref"),
)
"""Of anything that a page is drawn with: names, places and what programs keep for themselves, the
users of a layer and the path of another file among them."""

BROKEN = (
    *(PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, MemoryError),
    *(RecursionError, OverflowError, NotImplementedError, AssertionError, OSError),
)
"""What the reader raises on damaged or hostile files."""

PHOTOS = frozenset({"/DCTDecode", "/DCT", "/JPXDecode", "/JPX"})
"""Filters behind which a picture may carry what a camera wrote."""

SHOWN_SEGMENTS = {0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""What begins the APP segments of a JPEG that its colours need; others, thumbnails and pictures
behind the picture among them, fall away as comments do."""

TABLES = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)})
"""Segments without which a JPEG is not drawn (ITU-T T.81, table B.1)."""

SCAN_END = re.compile(rb"\xff(?=[^\x00\xd0-\xd7\xff])")
"""Where lines of a picture end: at a marker that is neither a filled-in byte nor a restart."""


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
    if packed.tell() > LARGEST_BYTES:
        raise LookupError("too large a copy")
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
    named = list(filters) if isinstance(filters, ArrayObject) else [filters]
    names = [one.get_object() for one in named if one is not None]
    if names == ["/DCTDecode"]:
        stream._data = plain_jpeg(stream._data)
    elif PHOTOS.intersection(names):
        raise LookupError("a picture that cannot be looked into")


def plain_jpeg(data: bytes) -> bytes:
    """A JPEG without what a camera wrote beside the picture (EXIF, XMP, IPTC, comments).

    It ends where the picture ends: phones append another one, with its own place and hour.
    LookupError for what is no JPEG, or holds a segment that is not known.
    """
    kept, at, drawn = [data[:2]], 2, False
    if data[:2] != b"\xff\xd8":
        raise LookupError("no JPEG")
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xd9":
        if data[at + 1 : at + 2] == b"\xff":  # filled in before a marker
            at += 1
            continue
        segment = data[at : at + 2 + int.from_bytes(data[at + 2 : at + 4])]
        if len(segment) < 4:
            break
        after = at + len(segment)
        if segment[1] == 0xDA:  # the lines of the picture
            drawn, end = True, SCAN_END.search(data, after)
            after = end.start() if end else len(data)
            segment = data[at:after]
        if _is_shown(segment):
            kept.append(segment)
        at = after
    if not drawn:
        raise LookupError("no JPEG")
    return b"".join((*kept, b"\xff\xd9"))


def _is_shown(segment: bytes) -> bool:
    kind = segment[1]
    if kind in TABLES:
        return True
    if kind != 0xFE and not 0xE0 <= kind <= 0xEF:
        raise LookupError("an unknown segment")
    begins = SHOWN_SEGMENTS.get(kind)
    return begins is not None and segment.startswith(begins, 4)


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
