"""Symbols: what is drawn is read by zxing, in the version that the card has room for."""

import re
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from app.adapters.symbols import QUIET_ZONE, NoPicture, Symbols, read_picture
from tests.vectors import forge

TEXT = forge.permit().text()


@pytest.fixture(scope="module")
def drawn() -> Symbols:
    return Symbols()


def test_a_png_is_read_as_its_text(drawn: Symbols, tmp_path: Path) -> None:
    path = tmp_path / "permit.png"
    path.write_bytes(drawn.png(TEXT, 4))

    assert read_picture(path) == [TEXT]


def test_the_symbol_is_alphanumeric_at_m_and_no_larger_than_it_must_be(drawn: Symbols) -> None:
    side = len(drawn.modules(TEXT))

    assert (side - 17) // 4 == 15  # 529 to 600 characters
    picture = Image.open(BytesIO(drawn.png(TEXT, 3)))
    assert (picture.mode, picture.size) == ("1", ((side + 2 * QUIET_ZONE) * 3,) * 2)
    (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert found.ec_level == "M"


def test_the_svg_draws_the_same_modules(drawn: Symbols) -> None:
    svg = drawn.svg(TEXT)
    modules = drawn.modules(TEXT)
    side = len(modules) + 2 * QUIET_ZONE

    assert f'viewBox="0 0 {side} {side}"' in svg
    dark = {
        (int(x) + step - QUIET_ZONE, int(y) - QUIET_ZONE)
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg)
        for step in range(int(length))
    }
    assert dark == {
        (column, row) for row, line in enumerate(modules) for column, on in enumerate(line) if on
    }
    assert TEXT not in svg


def test_other_texts_become_bytes(drawn: Symbols, tmp_path: Path) -> None:
    path = tmp_path / "link.png"
    link = f"https://vereda.example/v#{TEXT[:40]}"
    path.write_bytes(drawn.png(link))

    assert read_picture(path) == [link]


def test_the_same_symbol_is_drawn_once_and_the_oldest_is_dropped() -> None:
    kept = Symbols(kept=2)
    first = kept.modules("A")
    kept.modules("B")

    assert kept.modules("A") is first
    second = kept.modules("B")
    kept.modules("C")  # drops A, the one not asked for longest
    assert kept.modules("B") is second
    assert kept.modules("A") is not first
    assert kept.modules("A") == first


def test_a_picture_without_a_symbol_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "white.png"
    Image.new("L", (300, 300), 255).save(path)

    assert read_picture(path) == []


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_what_is_no_picture_is_refused_by_name_only(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "permit.png"
    path.write_bytes(content)

    with pytest.raises(NoPicture, match=r"^permit\.png$"):
        read_picture(path)


def test_a_picture_too_large_is_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    Image.new("1", (8_000, 5_001)).save(path)

    with pytest.raises(NoPicture, match="huge"):
        read_picture(path)
