"""What a piece of evidence is, by its bytes, and a copy of it that does not tell on who made it.

Photos and PDFs are made anew by who re-encodes them; here are sounds, of which the parts that hold
names, places, times and devices are blanked where they stand, so that every offset stays true.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recruitment.complaints.filed import Evidence
from recruitment.complaints.open_sounds import plain_ogg, plain_webm

_HEADS: tuple[tuple[int, bytes, Evidence, str], ...] = (
    (0, b"\xff\xd8\xff", Evidence.PHOTO, "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", Evidence.PHOTO, "image/png"),
    (8, b"WEBP", Evidence.PHOTO, "image/webp"),
    (0, b"%PDF-", Evidence.PAPER, "application/pdf"),
    (0, b"OggS", Evidence.VOICE, "audio/ogg"),
    (0, b"\x1a\x45\xdf\xa3", Evidence.VOICE, "audio/webm"),
    (4, b"ftyp", Evidence.VOICE, "audio/mp4"),
    (8, b"WAVE", Evidence.VOICE, "audio/wav"),
    (0, b"ID3", Evidence.VOICE, "audio/mpeg"),
    (0, b"\xff\xfb", Evidence.VOICE, "audio/mpeg"),
    (0, b"\xff\xf3", Evidence.VOICE, "audio/mpeg"),
    (0, b"#!AMR", Evidence.VOICE, "audio/amr"),
)
"""What phones record, photograph and scan: the bytes at a place, whatever the name says."""

_TAGS = (b"udta", b"meta", b"uuid", b"free", b"skip", b"prft", b"emsg")
"""Boxes of an MP4 that hold places, devices, names and hours, or what stood there (ISO 14496-12,
23009-1)."""

_WITHIN = (b"moov", b"trak", b"mdia", b"moof", b"traf")
"""Boxes that hold such boxes, also in a recording that is written piece by piece."""

_PLACED = b"meta"
"""The handler of a track that tells where the phone was, beside the sound: it is not blanked."""

_TIMED = (b"mvhd", b"tkhd", b"mdhd")
"""Boxes that begin with when it was recorded and changed: twice 4 bytes, 8 in their version 1."""

_AMR_IN_MP4 = (b"samr\0\0\0\0\0\0", b"sawb\0\0\0\0\0\0")
"""How the description of an AMR track begins: its name, then six bytes of nothing (TS 26.244)."""

_FOOTED, _BEHIND = 0x10, (b"APETAGEX", b"LYRICSBEGIN")
"""The flag of an ID3v2 with a foot, and what begins tags behind an MP3 (APEv2, Lyrics3)."""

_PDF_NAMES = re.compile(
    rb"/(?:Author|Creator|Producer|Title|Subject|Keywords|CreationDate|ModDate)\s*"
    rb"(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)"
)
_PDF_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)


@dataclass(frozen=True)
class Copy:
    """A copy without metadata. `clean` is False where some may be left that cannot be found."""

    data: bytes
    clean: bool


def find_kind(data: bytes) -> tuple[Evidence, str] | None:
    """What a file is and its media type; None for what is no photo, PDF or sound of a phone."""
    for place, head, kind, media in _HEADS:
        if data[place : place + len(head)] == head:
            return kind, media
    return None


def without_metadata(media: str, data: bytes) -> Copy:
    """A copy of a sound in which what tells of people is blank.

    What is not built as its kind says is left as it is, and not clean; of a PDF the names that
    stand in clear are blanked, for where it cannot be made anew. The sound itself is left: a voice
    may be known by it.
    """
    if media == "application/pdf":
        return Copy(_blanked_pdf(data), clean=False)
    if media in _PLAIN:
        plain = _PLAIN[media](data)
        return Copy(data if plain is None else plain, clean=plain is not None)
    if media == "audio/wav":
        return Copy(_plain_wav(data), clean=True)
    return Copy(data, clean=media == "audio/amr")


def plays_in_browsers(media: str, data: bytes) -> bool:
    """Whether a browser can play a sound: none has AMR, by itself or in the MP4 of an old phone."""
    in_mp4 = media == "audio/mp4" and any(one in data for one in _AMR_IN_MP4)
    return media != "audio/amr" and not in_mp4


def _plain_mp4(data: bytes) -> bytes | None:
    """With boxes of tags made free, and no time of recording.

    None where a box has no end, or a track tells places.
    """
    blank = bytearray(data)
    try:
        telling = list(_telling_boxes(data, 0, len(data)))
    except ValueError:
        return None
    for start, end in telling:
        if data[start + 4 : start + 8] in _TIMED:
            size = 16 if data[start + 8 : start + 9] == b"\x01" else 8
            blank[start + 12 : start + 12 + size] = bytes(min(size, max(end - start - 12, 0)))
            continue
        blank[start + 4 : start + 8] = b"free"
        blank[start + 8 : end] = bytes(end - start - 8)
    return bytes(blank)


def _blanked_pdf(data: bytes) -> bytes:
    """Names in clear and XMP are blanked; in compressed objects they cannot be seen."""

    def blank(found: re.Match[bytes]) -> bytes:
        whole, value = found[0], found[1]
        return whole[: -len(value)] + value[:1] + b" " * (len(value) - 2) + value[-1:]

    named = _PDF_NAMES.sub(blank, data)
    return _PDF_XMP.sub(lambda found: b" " * len(found[0]), named)


def _plain_mp3(data: bytes) -> bytes | None:
    """Without ID3v2 in front (its size is 28 bits, seven in each byte) and ID3v1 at the end.

    None where what is left is no sound, or holds the tags that others put behind it.
    """
    while data[:3] == b"ID3" and len(data) >= 10:
        size = 0
        for part in data[6:10]:
            size = size << 7 | part & 0x7F
        data = data[10 + size + (10 if data[5] & _FOOTED else 0) :]
    while data[-128:-125] == b"TAG":
        data = data[:-128]
    sounds = data[:1] == b"\xff" and data[1:2] >= b"\xe0"
    behind = data[-227:-223] == b"TAG+" or data[-10:-7] == b"3DI"
    return None if behind or not sounds or any(one in data for one in _BEHIND) else data


def _plain_wav(data: bytes) -> bytes:
    """With every chunk but format and sound blanked (RIFF)."""
    blank, at = bytearray(data), 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = min(at + 8 + size, len(data))
        if data[at : at + 4] not in {b"fmt ", b"data", b"fact"}:
            blank[at : at + 4] = b"JUNK"
            blank[at + 8 : end] = bytes(end - at - 8)
        at = at + 8 + size + size % 2
    return bytes(blank)


def _telling_boxes(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """ValueError for a box that ends beyond what it stands in, or before it begins, and for a track
    that tells places."""
    at = start
    while at + 8 <= end:
        size = int.from_bytes(data[at : at + 4])
        head = 8
        if size == 1 and at + 16 <= end:
            size, head = int.from_bytes(data[at + 8 : at + 16]), 16
        until = end if size == 0 else at + size
        if until > end or until < at + head:
            raise ValueError("no box")
        name = data[at + 4 : at + 8]
        if name == b"hdlr" and data[at + head + 8 : at + head + 12] == _PLACED:
            raise ValueError("a track of places")
        if name in _TAGS or name in _TIMED:
            yield at, until
        elif name in _WITHIN:
            yield from _telling_boxes(data, at + head, until)
        at = until


_PLAIN = {
    "audio/ogg": plain_ogg,
    "audio/webm": plain_webm,
    "audio/mpeg": _plain_mp3,
    "audio/mp4": _plain_mp4,
}
"""Who makes a sound plain, None where it is not built so that anybody could."""
