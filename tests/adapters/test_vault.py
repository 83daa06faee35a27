"""The vault: what is sealed opens only where it belongs, and keys can be rotated."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.adapters.key_files import KeyUnusable
from app.adapters.vault import DataKeys, FileVault, MemoryVault, SealBroken

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ROW, OTHER = UUID(int=1), UUID(int=2)
PLACE = "applications.document_sealed"
NUMBER = "2007 68442 0101"
WORDS = "correct horse"


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    vault = FileVault(tmp_path, WORDS)
    vault.prepare(NOW)
    return vault


@pytest.mark.asvs("11.3.2")
@pytest.mark.parametrize("text", [NUMBER, "", "ñandú ʼ 🪪", "x" * 10_000])
def test_what_is_sealed_opens_again_and_does_not_show(vault: FileVault, text: str) -> None:
    sealed = vault.seal(PLACE, ROW, text)
    assert vault.open(PLACE, ROW, sealed) == text
    assert len(sealed) == len(text.encode()) + 33
    assert not text or text.encode() not in sealed


@pytest.mark.asvs("11.3.4")
def test_the_same_text_is_sealed_differently_each_time(vault: FileVault) -> None:
    assert len({vault.seal(PLACE, ROW, NUMBER) for _ in range(50)}) == 50


@pytest.mark.asvs("11.3.2", "11.3.3")
def test_what_was_moved_does_not_open(vault: FileVault) -> None:
    sealed = vault.seal(PLACE, ROW, NUMBER)
    for place, row in [(PLACE, OTHER), ("workers.phone", ROW), (PLACE + "x", ROW)]:
        with pytest.raises(SealBroken, match=r"altered, or moved"):
            vault.open(place, row, sealed)


@pytest.mark.asvs("11.3.3")
def test_no_flipped_bit_and_no_cut_opens(vault: FileVault) -> None:
    sealed = vault.seal(PLACE, ROW, NUMBER)
    forged = [
        sealed[:place] + bytes([sealed[place] ^ bit]) + sealed[place + 1 :]
        for place in range(len(sealed))
        for bit in (1, 128)
    ]
    for text in [*forged, *(sealed[:end] for end in range(len(sealed))), sealed + b"\0"]:
        with pytest.raises(SealBroken):
            vault.open(PLACE, ROW, text)


@pytest.mark.asvs("16.2.5")
def test_an_error_tells_the_place_and_never_the_text(vault: FileVault) -> None:
    sealed = vault.seal(PLACE, ROW, NUMBER)
    with pytest.raises(SealBroken) as raised:
        vault.open(PLACE, OTHER, sealed)
    assert PLACE in str(raised.value)
    assert NUMBER not in str(raised.value)


def test_equal_texts_are_found_by_a_hash_of_their_place(vault: FileVault, tmp_path: Path) -> None:
    assert vault.index(PLACE, NUMBER) == vault.index(PLACE, NUMBER)
    assert len(vault.index(PLACE, NUMBER)) == 32
    assert vault.index(PLACE, NUMBER) != vault.index(PLACE, NUMBER + "0")
    assert vault.index(PLACE, NUMBER) != vault.index("workers.phone", NUMBER)
    assert MemoryVault(DataKeys.fresh()).index(PLACE, NUMBER) != vault.index(PLACE, NUMBER)


@pytest.mark.asvs("11.2.2")
def test_after_a_rotation_the_new_key_seals_and_the_old_one_still_opens(vault: FileVault) -> None:
    old = vault.seal(PLACE, ROW, NUMBER)
    found_by = vault.index(PLACE, NUMBER)
    newest = vault.rotate(NOW + timedelta(days=365))
    new = vault.seal(PLACE, ROW, NUMBER)
    assert (vault.is_current(old), vault.is_current(new)) == (False, True)
    assert vault.open(PLACE, ROW, old) == vault.open(PLACE, ROW, new) == NUMBER
    assert vault.index(PLACE, NUMBER) == found_by
    assert [name for name, _ in vault.names()][-1:] == [newest]
    assert [at for _, at in vault.names()] == [NOW, NOW + timedelta(days=365)]


def test_another_process_sees_the_rotation_and_reads_what_it_sealed(
    vault: FileVault, tmp_path: Path
) -> None:
    other = FileVault(tmp_path, WORDS)
    before = other.seal(PLACE, ROW, NUMBER)
    vault.rotate(NOW)
    sealed = vault.seal(PLACE, ROW, NUMBER)
    assert other.open(PLACE, ROW, sealed) == NUMBER
    assert not other.is_current(before)


def test_preparing_again_changes_nothing(vault: FileVault, tmp_path: Path) -> None:
    before = (tmp_path / "fields.json").read_bytes()
    FileVault(tmp_path, WORDS).prepare(NOW + timedelta(days=1))
    assert (tmp_path / "fields.json").read_bytes() == before


@pytest.mark.asvs("13.3.1")
def test_the_file_is_of_its_owner_alone_and_holds_no_key_in_clear(
    vault: FileVault, tmp_path: Path
) -> None:
    file = tmp_path / "fields.json"
    assert file.stat().st_mode & 0o777 == 0o600
    keys = vault._keys()
    written = file.read_text()
    for key in [*keys.by_id.values(), keys.index]:
        assert key.hex() not in written
    assert repr(keys) == f"DataKeys(newest={keys.newest!r})"


def test_another_passphrase_or_a_missing_file_is_a_clear_refusal(
    vault: FileVault, tmp_path: Path
) -> None:
    with pytest.raises(KeyUnusable, match="wrong passphrase"):
        FileVault(tmp_path, "wrong horse").seal(PLACE, ROW, NUMBER)
    with pytest.raises(KeyUnusable, match="wrong passphrase"):
        FileVault(tmp_path, "wrong horse").rotate(NOW)
    with pytest.raises(KeyUnusable, match=r"fields\.json"):
        FileVault(tmp_path / "elsewhere", WORDS).seal(PLACE, ROW, NUMBER)
    with pytest.raises(ValueError, match="passphrase"):
        FileVault(tmp_path, "")


def test_a_key_that_was_thrown_away_opens_nothing_any_more() -> None:
    keys = DataKeys.fresh()
    sealed = MemoryVault(keys).seal(PLACE, ROW, NUMBER)
    left = keys.with_new_key()
    without = DataKeys(left.newest, {left.newest: left.by_id[left.newest]}, left.index)
    with pytest.raises(SealBroken, match="not kept"):
        MemoryVault(without).open(PLACE, ROW, sealed)


CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.adapters.vault import FileVault
vault = FileVault(Path(sys.argv[1]), "correct horse")
vault.prepare(datetime(2026, 11, 24, tzinfo=UTC))
print(vault.index("p", "t").hex())
"""


def test_processes_that_start_together_make_one_set_of_keys(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CHILD, str(tmp_path / "keys")]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    told = {child.communicate()[0] for child in children}
    assert len(told) == 1
    assert {child.returncode for child in children} == {0}
