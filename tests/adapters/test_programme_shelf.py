"""The folder of loaded programmes: over the bundled ones, read anew when it changes."""

import shutil
from pathlib import Path

import pytest

from app.adapters.bad_reference import BadReference
from app.adapters.programme_shelf import ProgrammeShelf
from app.adapters.reference import BUNDLED
from permits.errors import Invalid

SPAIN = (BUNDLED / "programmes/twap-spain.toml").read_text("utf-8")
ITALY = SPAIN.replace("twap-spain", "twap-italy").replace("ESP", "ITA")
OLDER = SPAIN.replace("value = 21", "value = 25")


@pytest.fixture
def shelf(tmp_path: Path) -> ProgrammeShelf:
    return ProgrammeShelf(tmp_path / "programmes")


def test_without_a_folder_the_bundled_ones_count(shelf: ProgrammeShelf) -> None:
    assert list(shelf) == ["coffee-hn-gt", "twap-canada", "twap-spain"]
    assert len(shelf) == 3
    assert "twap-italy" not in shelf


def test_a_file_replaces_or_adds_and_goes_again(shelf: ProgrammeShelf) -> None:
    twin = ProgrammeShelf(shelf.folder)  # another process
    shelf.put("twap-italy", ITALY)
    shelf.put("twap-spain", OLDER)
    assert list(twin) == ["coffee-hn-gt", "twap-canada", "twap-italy", "twap-spain"]
    assert twin["twap-italy"].destination == "ITA"
    assert twin["twap-spain"].minimum_age_years.value == 25
    assert twin.has_own("twap-spain")
    assert (shelf.folder / "twap-spain.toml").stat().st_mode & 0o777 == 0o644
    shelf.drop("twap-spain")
    shelf.drop("twap-italy")
    assert twin["twap-spain"].minimum_age_years.value == 21
    assert "twap-italy" not in twin
    assert not twin.has_own("twap-spain")


def test_a_bad_text_is_never_put(shelf: ProgrammeShelf) -> None:
    with pytest.raises(Invalid):
        shelf.put("twap-spain", SPAIN.replace("value = 21", "value = 2"))
    assert not shelf.folder.exists()


def test_a_file_broken_by_hand_leaves_what_stood_and_keeps_from_starting(
    shelf: ProgrammeShelf, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.put("twap-spain", OLDER)
    assert shelf["twap-spain"].minimum_age_years.value == 25
    shutil.copy(shelf.folder / "twap-spain.toml", shelf.folder / "twap-france.toml")
    assert shelf["twap-spain"].minimum_age_years.value == 25
    assert "twap-france" not in shelf
    assert len(caplog.records) == 1  # told once, not at every question
    assert "twap-france.toml: its code is twap-spain" in caplog.text
    with pytest.raises(BadReference):
        ProgrammeShelf(shelf.folder)
    (shelf.folder / "twap-france.toml").unlink()
    shelf.put("twap-spain", SPAIN)
    assert shelf["twap-spain"].minimum_age_years.value == 21
