"""Copies of sounds: names, programs and dates are gone, and a player finds everything else."""

import pytest

from recruitment.complaints.evidence import Copy, plays_in_browsers, without_metadata

NAME = b"Ana Ficticia, 14.84 N"
SOUND = bytes(range(1, 200))

pytestmark = pytest.mark.feature("C4")


def page(serial: int, number: int, flags: int, *packets: bytes, open_end: bool = False) -> bytes:
    """A page of Ogg without its checksum; with `open_end` its last packet goes on."""
    laces = b"".join(b"\xff" * (len(one) // 255) + bytes([len(one) % 255]) for one in packets)
    laces = laces[:-1] if open_end else laces
    head = b"OggS\0" + bytes([flags]) + bytes(8) + serial.to_bytes(4, "little")
    return b"".join(
        (head, number.to_bytes(4, "little"), bytes(4), bytes([len(laces)]), laces, *packets)
    )


def comments(begins: bytes) -> bytes:
    said = b"ARTIST=" + NAME * 20
    vendor = len(NAME).to_bytes(4, "little") + NAME
    return begins + vendor + b"\x01\0\0\0" + len(said).to_bytes(4, "little") + said


def test_an_ogg_has_no_comments_and_true_checksums() -> None:
    told = comments(b"OpusTags")
    ogg = b"".join(
        (
            page(7, 0, 2, b"OpusHead\x01\x01" + bytes(9)),
            page(7, 1, 0, told[:255], open_end=True),
            page(7, 2, 1, told[255:], SOUND),
            page(7, 3, 4, SOUND),
        )
    )
    copy = without_metadata("audio/ogg", ogg)
    assert copy.clean
    assert len(copy.data) == len(ogg)
    assert b"Ana" not in copy.data
    assert copy.data.count(SOUND) == 2
    assert copy.data[-len(SOUND) - 28 :] == ogg[-len(SOUND) - 28 :]  # a page of sound is as it was
    assert copy.data[22:26] == crc_of(copy.data[: 28 + 19]).to_bytes(4, "little")
    vorbis = page(1, 0, 2, b"\x01vorbis" + bytes(23)) + page(
        1, 1, 0, comments(b"\x03vorbis") + b"\x01", b"\x05vorbis"
    )
    plain = without_metadata("audio/ogg", vorbis)
    assert plain.clean
    assert b"Ana" not in plain.data
    assert b"\0\0\0\0\x01\x05vorbis" in plain.data
    for wrong in (ogg[:-1], b"x" + ogg, ogg.replace(b"OpusHead", b"fishead\0"), ogg[: 28 + 19]):
        assert without_metadata("audio/ogg", wrong) == Copy(wrong, clean=False)


def crc_of(sealed: bytes) -> int:
    """The checksum as RFC 3533 tells it, bit by bit."""
    crc = 0
    for byte in sealed[:22] + bytes(4) + sealed[26:]:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc >> 31 else 0)) & 0xFFFFFFFF
    return crc


def element(name: str, content: bytes, *, sized: bool = True) -> bytes:
    size = (len(content) | 1 << 28).to_bytes(4) if sized else b"\x01" + b"\xff" * 7
    return bytes.fromhex(name) + size + content


def test_a_webm_keeps_what_a_player_needs() -> None:
    info = element("2ad7b1", b"\x0f\x42\x40") + element("5741", NAME) + element("4461", bytes(8))
    track = element("d7", b"\x01") + element("536e", NAME) + element("86", b"A_OPUS")
    parts = (
        element("1549a966", info + element("7ba9", NAME)),
        element("1654ae6b", element("ae", track)),
        element("1f43b675", element("e7", b"\0") + element("a3", SOUND), sized=False),
        element("ec", NAME),  # what a program struck out, and left standing
        element("1254c367", element("7373", NAME * 9)),
    )
    head = element("1a45dfa3", element("4282", b"webm"))
    webm = head + element("18538067", b"".join(parts), sized=False)
    copy = without_metadata("audio/webm", webm)
    assert copy.clean
    assert len(copy.data) == len(webm)
    assert b"Ana" not in copy.data
    for kept in (head, parts[2], element("86", b"A_OPUS"), element("5741", b" " * len(NAME))):
        assert kept in copy.data
    void = element("ec", b"")[:1] + (1 << 56 | len(parts[4]) - 9).to_bytes(8)
    assert copy.data.endswith(void + bytes(len(parts[4]) - 9))
    vorbis = head + element("63a2", b"\x02\x1e\x10\x01vorbis" + NAME)
    for wrong in (webm[:-1], webm + b"\0", vorbis):
        assert without_metadata("audio/webm", wrong) == Copy(wrong, clean=False)


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4) + name + content


def test_an_mp4_does_not_tell_when_it_was_recorded() -> None:
    when, scale = b"\xe3\x01\x02\x03" * 2, b"\0\0\x03\xe8"
    head = box(b"mvhd", bytes(4) + when + scale)
    later = box(b"tkhd", b"\x01" + bytes(3) + when * 2 + scale)
    told = box(b"moov", head + box(b"trak", later) + box(b"udta", NAME))
    piece = box(b"moof", box(b"traf", box(b"uuid", NAME))) + box(b"prft", NAME)
    whole = box(b"ftyp", b"M4A ") + told + box(b"mdat", SOUND) + piece
    copy = without_metadata("audio/mp4", whole)
    assert copy.clean
    assert b"\xe3\x01" not in copy.data
    assert NAME not in copy.data
    assert (copy.data.count(scale), copy.data.count(SOUND)) == (2, 1)
    places = box(b"moov", box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + b"meta" + NAME))))
    for wrong in (
        places,
        told[:-1],
        told + box(b"udta", NAME)[:-1],
        (1 << 30).to_bytes(4) + told[4:],
    ):
        assert without_metadata("audio/mp4", wrong) == Copy(wrong, clean=False)


def test_an_mp3_is_plain_only_without_any_tag() -> None:
    sound = b"\xff\xfb" + SOUND
    front = b"ID3\x04\0\0" + len(NAME).to_bytes(4) + NAME
    footed = b"ID3\x04\0\x10" + len(NAME).to_bytes(4) + NAME + b"3DI" + bytes(7)
    back = b"TAG" + NAME.ljust(125)
    for told in (front + sound, footed + front + sound + back, sound + back + back, sound):
        assert without_metadata("audio/mpeg", told) == Copy(sound, clean=True)
    for told in (
        sound + b"APETAGEX" + NAME + back,
        sound + footed[:-10] + b"3DI" + bytes(7),
        sound + b"LYRICSBEGIN" + NAME + back,
        sound + (b"TAG+" + NAME).ljust(227) + back,
        front,
        front[:9] + b"\x7f" + NAME + sound,
    ):
        assert not without_metadata("audio/mpeg", told).clean


def test_no_browser_plays_amr_nor_the_mp4_of_an_old_phone() -> None:
    track = box(b"stsd", bytes(8) + box(b"samr", bytes(28)))
    old = box(b"ftyp", b"3gp4") + box(b"moov", box(b"trak", track))
    told = (("audio/amr", b"#!AMR\n"), ("audio/mp4", old), ("audio/mp4", old.replace(b"r", b"4")))
    assert [plays_in_browsers(*one) for one in told] == [False, False, True]
