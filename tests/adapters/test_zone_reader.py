"""The reader of pictures: absent where its extra is not installed, lines in order where it is."""

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from app.adapters.zone_reader import RapidOcr, open_zone_reader

FAKE = """
class RapidOCR:
    use_cls = True

    def __call__(self, picture):
        assert not self.use_cls
        if picture == b"empty":
            return None, None
        def box(left, top):
            return [[left, top], [left + 90, top + 2], [left + 90, top + 22], [left, top + 20]]
        found = [
            [box(300, 104), "GTM<<<", 0.9],
            [box(10, 10), "PASAPORTE", 0.9],
            [box(10, 130), "A123", 0.8],
            [box(10, 100), "P<", 0.9],
        ]
        return found, [0.1, 0.1]
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package of another's making, in a folder of its own."""
    name = "a_reader_of_pictures"
    (tmp_path / f"{name}.py").write_text(FAKE, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    sys.modules.pop(name, None)


@pytest.mark.feature("W5")
def test_lines_come_from_top_to_bottom_and_pieces_of_one_line_together(package: str) -> None:
    reader = open_zone_reader(package)
    assert reader is not None
    assert reader.read_lines(b"picture") == ["PASAPORTE", "P<GTM<<<", "A123"]
    assert reader.read_lines(b"empty") == []


@pytest.mark.feature("W5")
def test_without_the_extra_there_is_no_reader() -> None:
    assert open_zone_reader("a_package_that_nobody_has") is None


def test_who_waits_too_long_is_told(package: str) -> None:
    told = Event()

    class Slow:
        def __call__(self, picture: bytes) -> tuple[None, None]:
            told.wait(5)
            return None, None

    reader = RapidOcr(package, longest_wait=0.01)
    reader._engine = Slow()
    first = Thread(target=reader.read_lines, args=(b"picture",))
    first.start()
    while not reader._lock.locked():
        pass
    with pytest.raises(OSError, match="busy"):
        reader.read_lines(b"picture")
    told.set()
    first.join()
