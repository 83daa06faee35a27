"""Copies of Ogg and WebM sounds in which names, titles, dates and programs are blank.

Both are written over where they stand, at the same length, so that every offset stays true. What
is not built as its standard says is given back as it is: the caller marks it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_PAGE, _LACES, _LACE = 27, 26, 255
"""Of an Ogg page: bytes of its head, where the number of its laces stands, a full lace."""

_CRC_AT, _FRESH = 22, 2
"""Where its checksum stands, and the flag of a stream's first page (RFC 3533, 6)."""

_COMMENTS = {b"OpusHead": b"OpusTags", b"\x01vorbis": b"\x03vorbis"}
"""What the second packet of a stream begins with, by its first (RFC 7845, 5.2; Vorbis I, 5)."""

_ENTERED = frozenset({0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675})
"""Of Matroska (RFC 9559): segment, its info, tracks, each track, clusters."""

_KEPT = frozenset(
    {
        *(0x1A45DFA3, 0x114D9B74, 0x1C53BB6B),  # head, places of parts, cues
        *(0x2AD7B1, 0x4489),  # scale of time and length
        *(0xD7, 0x73C5, 0x83, 0xB9, 0x88, 0x55AA, 0x9C, 0x23E383, 0x86, 0x63A2, 0x56AA, 0x56BB),
        *(0x22B59C, 0xE1, 0xE0, 0x6DE7, 0x6DF8, 0x55EE, 0x23314F, 0x6D80),  # of a track
        *(0xE7, 0xA7, 0xAB, 0xA3, 0xA0),  # of a cluster
    }
)
"""What a player needs; every other element is made void, and what a void hides is blanked too."""

_NAMED = frozenset({0x4D80, 0x5741})
"""The programs that made it: they have to stand there, so they become blanks."""

_VOID = 0xEC


@dataclass(frozen=True)
class _Page:
    """A page of an Ogg file: whose it is, whether it is a first one, and its packets' parts.

    A part is where it begins, where it ends, and whether its packet ends with it.
    """

    start: int
    end: int
    serial: bytes
    fresh: bool
    parts: tuple[tuple[int, int, bool], ...]


def plain_ogg(data: bytes) -> bytes | None:
    """An Ogg file without its comments; None for a stream that is neither Opus nor Vorbis."""
    blank, touched = bytearray(data), set()
    packets: dict[bytes, list[list[tuple[int, int]]]] = {}
    try:
        pages = list(_pages(data))
    except ValueError:
        return None
    for page in pages:
        if page.fresh:
            packets[page.serial] = [[]]
        seen = packets.get(page.serial)
        if seen is None:
            return None
        for start, end, whole in page.parts:
            if len(seen) > 2:  # the sound itself
                break
            seen[-1].append((start, end))
            touched.add(page)
            if whole:
                if not _is_clean(blank, seen):
                    return None
                seen.append([])
    if any(len(seen) < 3 for seen in packets.values()):
        return None
    for page in touched:
        _seal_page(blank, page)
    return bytes(blank)


def _pages(data: bytes) -> Iterator[_Page]:
    """ValueError where there is anything between pages, or the last one is cut off."""
    at = 0
    while at < len(data):
        head = data[at : at + _PAGE]
        laces = data[at + _PAGE : at + _PAGE + (head[_LACES] if len(head) == _PAGE else 0)]
        start = place = at + _PAGE + len(laces)
        if len(head) < _PAGE or head[:4] != b"OggS" or start + sum(laces) > len(data):
            raise ValueError("not a page")
        parts = []
        for number, lace in enumerate(laces):
            place += lace
            if lace < _LACE or number == len(laces) - 1:
                parts.append((start, place, lace < _LACE))
                start = place
        yield _Page(at, place, head[14:18], bool(head[5] & _FRESH), tuple(parts))
        at = place


def _is_clean(blank: bytearray, seen: list[list[tuple[int, int]]]) -> bool:
    """Whether the packet that just ended is known; the second of a stream is blanked."""
    first = b"".join(bytes(blank[start:end]) for start, end in seen[0])
    head = next((name for name in _COMMENTS if first.startswith(name)), None)
    if head is None:
        return False
    if len(seen) == 2:
        spans, begins = seen[1], _COMMENTS[head]
        size = sum(end - start for start, end in spans)
        ends = b"\x01" if head == b"\x01vorbis" else b""
        room = size - len(begins) - 8 - len(ends)
        packet = b"".join(bytes(blank[start:end]) for start, end in spans)
        if not packet.startswith(begins) or room < 0:
            return False
        # All the room is the name of the program, in blanks; of comments there are none. Vorbis
        # ends with a bit that says so.
        plain = begins + room.to_bytes(4, "little") + b" " * room + bytes(4) + ends
        for start, end in spans:
            blank[start:end], plain = plain[: end - start], plain[end - start :]
    return True


def _seal_page(blank: bytearray, page: _Page) -> None:
    """Write its checksum anew: the polynomial 0x04c11db7 from 0, not mirrored (RFC 3533, 6)."""
    blank[page.start + _CRC_AT : page.start + _CRC_AT + 4] = bytes(4)
    crc = 0
    for byte in blank[page.start : page.end]:
        crc = (crc << 8) & 0xFFFFFFFF ^ _CRCS[crc >> 24 ^ byte]
    blank[page.start + _CRC_AT : page.start + _CRC_AT + 4] = crc.to_bytes(4, "little")


def _crc_of(byte: int) -> int:
    crc = byte << 24
    for _ in range(8):
        crc = (crc << 1) & 0xFFFFFFFF ^ (0x04C11DB7 if crc & 0x80000000 else 0)
    return crc


_CRCS = tuple(_crc_of(byte) for byte in range(256))


def plain_webm(data: bytes) -> bytes | None:
    """A WebM file of what a player needs and nothing else; None where it is built otherwise.

    Recorders write segment and clusters without a size, so what holds others is gone into and
    everything else is stepped over. Vorbis hides comments in its set-up: None too.
    """
    blank, at = bytearray(data), 0
    while at < len(data):
        name, start = _number(data, at, keep_mark=True)
        size, body = _number(data, start, keep_mark=False)
        unknown = size == (1 << 7 * (body - start)) - 1
        if not start or not body or (unknown and name not in _ENTERED):
            return None
        if name in _ENTERED:
            at = body
            continue
        end = body + size
        if end > len(data) or (name == 0x63A2 and b"vorbis" in data[body:end]):
            return None
        if name in _NAMED:
            blank[body:end] = b" " * size
        elif name not in _KEPT:
            blank[at:end] = _void(end - at)
        at = end
    return bytes(blank)


def _number(data: bytes, at: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number of EBML (RFC 8794, 4) and where it ends; an end of 0 where there is none."""
    width = 9 - data[at].bit_length() if at < len(data) else 9
    end = at + width
    if width > 8 or end > len(data):
        return 0, 0
    number = int.from_bytes(data[at:end])
    return (number if keep_mark else number & ~(1 << 7 * width)), end


def _void(size: int) -> bytes:
    """An element without content, of so many bytes in all (two at least, as every element)."""
    if size < 9:
        return bytes((_VOID, 0x80 | size - 2)) + bytes(size - 2)
    return bytes((_VOID,)) + (1 << 56 | size - 9).to_bytes(8) + bytes(size - 9)
