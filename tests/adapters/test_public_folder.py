"""The public folder: whole files for everybody, read again only once they changed."""

import os
from pathlib import Path

import pytest

from app.adapters.list_reader import ListReader
from app.adapters.public_folder import PublicFolder
from permits import status_list, trust_list
from permits.signing import NotTrusted
from tests.vectors import forge

ROOTS = [forge.ROOT.public]


@pytest.fixture
def folder(tmp_path: Path) -> PublicFolder:
    return PublicFolder(tmp_path / "public")


def test_a_file_is_there_for_everybody_and_whole(folder: PublicFolder, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        assert folder.put("st/1.cwt", b"one")
    finally:
        os.umask(before)
    path = tmp_path / "public" / "st" / "1.cwt"
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"one", 0o644)
    assert folder.names("st") == ["st/1.cwt"]


def test_the_same_bytes_leave_a_file_as_it_is(folder: PublicFolder, tmp_path: Path) -> None:
    folder.put("a", b"one")
    seen = (tmp_path / "public" / "a").stat()
    assert not folder.put("a", b"one")
    assert (tmp_path / "public" / "a").stat() == seen
    assert folder.put("a", b"two")
    assert (tmp_path / "public" / "a").stat().st_ino != seen.st_ino


def test_what_another_process_wrote_is_seen_at_once(folder: PublicFolder, tmp_path: Path) -> None:
    folder.put("a", b"one")
    assert folder.get("a") == b"one"
    PublicFolder(tmp_path / "public").put("a", b"two")
    assert folder.get("a") == b"two"
    PublicFolder(tmp_path / "public").remove("a")
    assert folder.get("a") is None


def test_nothing_is_there_before_the_first_file(folder: PublicFolder) -> None:
    assert (folder.get("a"), folder.names("st")) == (None, [])
    folder.remove("a")


def test_what_is_being_written_is_no_file_yet(folder: PublicFolder, tmp_path: Path) -> None:
    with folder.alone():
        folder.put("st/1.cwt", b"one")
        (tmp_path / "public" / "st" / ".2.cwt.7.new").write_bytes(b"half")
    assert folder.names("st") == ["st/1.cwt"]
    assert folder.names(".") == []


@pytest.mark.parametrize("name", ["../keys/keys.json", "st/../../x", "/etc/passwd"])
def test_no_name_leads_out_of_the_folder(folder: PublicFolder, name: str) -> None:
    for act in (folder.get, folder.remove, folder.names):
        with pytest.raises(ValueError, match="leads out"):
            act(name)


def test_a_list_is_read_once_while_it_and_the_keys_are_the_same() -> None:
    reader = ListReader()
    token = trust_list.sign(forge.make_trust(), forge.ROOT)
    trust = reader.trust(token, ROOTS)
    assert reader.trust(bytes(bytearray(token)), list(ROOTS)) is trust
    ours = status_list.sign(forge.make_list(), forge.STATUS)
    lists = reader.status_lists([ours], trust)
    assert reader.status_lists([bytes(bytearray(ours))], trust) is lists
    later = forge.make_list(forge.make_list().issued_at + 1)
    other = reader.status_lists([ours, status_list.sign(later, forge.STATUS)], trust)
    assert other.find(forge.LIST_URI) == later
    both = [status_list.sign(later, forge.STATUS), ours]
    assert reader.status_lists(both, trust).find(forge.LIST_URI) == later


def test_a_list_that_cannot_be_believed_is_left_out_and_a_root_must_be_ours() -> None:
    reader = ListReader()
    token = trust_list.sign(forge.make_trust(), forge.ROOT)
    trust = reader.trust(token, ROOTS)
    ours = status_list.sign(forge.make_list(), forge.STATUS)
    forged = status_list.sign(forge.make_list(), forge.PARTNERS_STATUS)
    assert reader.status_lists([forged, b"", ours], trust).by_uri.keys() == {forge.LIST_URI}
    assert reader.status_lists([forged], trust).by_uri == {}
    with pytest.raises(NotTrusted, match="unknown-key"):
        reader.trust(token, [forge.STANDBY_ROOT.public])
