"""Keys on disk: encrypted, private to their owner, rotated and published in signed trust lists."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.adapters.key_files import FileSigner, KeyUnusable
from app.adapters.keys import KeyFolder
from permits import signing
from permits.errors import Conflict, NotFound
from permits.keys import PUBLISHED_AHEAD, UNDER_WAY, KeyPlace, KeyState, make_key, publish
from permits.signing import KeyUse
from tests import key_acts

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + PUBLISHED_AHEAD


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys", "correct horse")


def states(keys: KeyFolder, use: KeyUse) -> list[KeyState]:
    return [record.state for record in keys.records() if record.use is use]


def test_an_empty_folder_has_no_keys(keys: KeyFolder) -> None:
    assert keys.records() == ()
    assert keys.roots() == []
    with pytest.raises(Conflict) as refused:
        keys.signer(KeyUse.PERMIT)
    assert refused.value.code == "no-active-key"


def test_the_first_key_of_a_use_signs_at_once(keys: KeyFolder) -> None:
    key = keys.create(KeyUse.PERMIT, NOW)

    signer = keys.signer(KeyUse.PERMIT)

    assert (key.state, key.not_before, signer.kid) == (KeyState.ACTIVE, NOW, key.kid)
    assert signing.kid_of(key.public) == key.kid
    assert signing.verify_es256(key.public, b"message", signer.sign(b"message"))
    assert keys.find(key.kid) == key
    assert keys.find(b"nobody") is None


@pytest.mark.asvs("13.3.1")
def test_nothing_on_disk_is_readable_without_the_passphrase(
    keys: KeyFolder, tmp_path: Path
) -> None:
    keys.create(KeyUse.PERMIT, NOW)
    keys.create(KeyUse.TRUST, NOW)
    signer = keys.signer(KeyUse.PERMIT)
    assert isinstance(signer, FileSigner)
    private = signer.private.private_numbers().private_value
    files = [path for path in (tmp_path / "keys").rglob("*") if path.is_file()]

    assert {path.suffix for path in files} == {".pem", ".json", ""}
    assert all(f"{private:064x}" not in path.read_bytes().hex() for path in files)
    pems = [path for path in files if path.suffix == ".pem"]
    assert len(pems) == 2
    assert all(b"BEGIN ENCRYPTED PRIVATE KEY" in path.read_bytes() for path in pems)
    with pytest.raises(KeyUnusable, match="wrong passphrase"):
        KeyFolder(tmp_path / "keys", "wrong").signer(KeyUse.PERMIT)
    with pytest.raises(ValueError, match="passphrase"):
        KeyFolder(tmp_path / "keys", "")


@pytest.mark.asvs("13.3.1")
def test_only_the_owner_reads_the_files(keys: KeyFolder, tmp_path: Path) -> None:
    record = keys.create(KeyUse.TRUST, NOW)
    folder = tmp_path / "keys"
    written = (folder / "keys.json", folder / "root" / f"{record.kid.hex()}.pem")

    assert [stat.S_IMODE(path.stat().st_mode) for path in written] == [0o600, 0o600]
    assert [stat.S_IMODE(p.stat().st_mode) for p in (folder, folder / "root")] == [0o700, 0o700]
    assert [path.name for path in folder.rglob("*.new")] == []


@pytest.mark.asvs("16.2.5")
def test_neither_a_signer_nor_a_record_shows_its_key(keys: KeyFolder) -> None:
    keys.create(KeyUse.PERMIT, NOW)

    assert "private" not in repr(keys.signer(KeyUse.PERMIT))
    assert "public" not in repr(keys.records())


@pytest.mark.promise("P10")
@pytest.mark.asvs("11.2.2")
@pytest.mark.feature("D7")
def test_rotation(keys: KeyFolder) -> None:
    first = keys.create(KeyUse.PERMIT, NOW)
    second = keys.create(KeyUse.PERMIT, NOW)
    with pytest.raises(Conflict) as refused:
        keys.create(KeyUse.PERMIT, NOW)
    assert refused.value.code == "key-already-waiting"
    assert len(list(keys.files.path(first.kid, KeyUse.PERMIT).parent.glob("*.pem"))) == 2
    key_acts.publish(keys, NOW)
    with pytest.raises(Conflict) as refused:
        key_acts.activate(keys, second.kid, LATER - timedelta(seconds=1))
    assert refused.value.code == "key-too-early"
    assert keys.signer(KeyUse.PERMIT).kid == first.kid

    key_acts.activate(keys, second.kid, LATER)

    assert states(keys, KeyUse.PERMIT) == [KeyState.RETIRED, KeyState.ACTIVE]
    assert keys.signer(KeyUse.PERMIT).kid == second.kid
    owed = keys.signer_of(first.kid).sign(
        b"owed"
    )  # what was prepared before is signed all the same
    assert signing.verify_es256(first.public, b"owed", owed)


@pytest.mark.promise("P10")
def test_nothing_is_signed_with_a_compromised_key(keys: KeyFolder) -> None:
    first, second = (keys.create(KeyUse.PERMIT, NOW) for _ in range(2))
    key_acts.compromise(keys, first.kid, NOW, NOW)
    with pytest.raises(Conflict) as refused:
        keys.signer_of(first.kid)
    assert (refused.value.code, refused.value.facts) == ("key-compromised", {"kid": first.name})
    activated = key_acts.activate(keys, second.kid, NOW + timedelta(hours=1))
    assert activated.not_before == NOW + timedelta(hours=1) - UNDER_WAY
    assert states(keys, KeyUse.PERMIT) == [KeyState.COMPROMISED, KeyState.ACTIVE]
    for act in (keys.signer_of, lambda kid: key_acts.activate(keys, kid, NOW)):
        with pytest.raises(NotFound):
            act(b"nobody")


def test_uses_do_not_mix(keys: KeyFolder) -> None:
    kids = {use: keys.create(use, NOW).kid for use in KeyUse}

    assert {use: keys.signer(use).kid for use in KeyUse} == kids
    assert len(set(kids.values())) == len(KeyUse)


def test_without_the_root_s_folder_everything_else_still_signs(
    keys: KeyFolder, tmp_path: Path
) -> None:
    root = keys.create(KeyUse.TRUST, NOW)
    keys.create(KeyUse.PERMIT, NOW)
    found = keys.find_root()
    assert found is not None
    assert found.kid == root.kid
    (tmp_path / "keys" / "root").rename(tmp_path / "taken offline")

    assert keys.signer(KeyUse.PERMIT).sign(b"")
    assert [signing.kid_of(public) for public in keys.roots()] == [root.kid]
    assert keys.find_root() is None


def test_a_root_made_elsewhere_is_known_by_its_public_half(keys: KeyFolder, tmp_path: Path) -> None:
    there = KeyFolder(tmp_path / "offline machine", "another passphrase")
    root = there.create(KeyUse.TRUST, NOW)
    keys.change(
        lambda standing: [make_key(standing, KeyUse.TRUST, root.public, NOW, KeyPlace.ELSEWHERE)]
    )
    assert keys.roots() == [root.public]
    assert keys.find_root() is None
    with pytest.raises(KeyUnusable, match="No such file"):
        keys.signer(KeyUse.TRUST)


def test_a_file_put_in_the_place_of_another_is_not_used(keys: KeyFolder, tmp_path: Path) -> None:
    permit, status = keys.create(KeyUse.PERMIT, NOW), keys.create(KeyUse.STATUS, NOW)
    folder = tmp_path / "keys"
    (folder / f"{status.kid.hex()}.pem").replace(folder / f"{permit.kid.hex()}.pem")

    with pytest.raises(KeyUnusable, match="not the key of the register"):
        keys.signer(KeyUse.PERMIT)


def test_the_register_holds_only_public_things(keys: KeyFolder, tmp_path: Path) -> None:
    keys.create(KeyUse.PERMIT, NOW)
    register = json.loads((tmp_path / "keys" / "keys.json").read_text("utf-8"))

    (entry,) = register["keys"]
    assert set(entry) == {
        *("kid", "use", "state", "place", "not_before", "expires", "created", "published"),
        *("signs_from", "ended", "cutoff", "x", "y"),
    }


def test_a_register_of_before_is_read(keys: KeyFolder, tmp_path: Path) -> None:
    key = keys.create(KeyUse.PERMIT, NOW)
    file = tmp_path / "keys" / "keys.json"
    register = json.loads(file.read_text("utf-8"))
    for name in ("place", "published", "signs_from", "ended"):
        del register["keys"][0][name]
    file.write_text(json.dumps(register), encoding="utf-8")
    assert KeyFolder(tmp_path / "keys", "correct horse").records() == (publish(key, NOW),)


def test_what_another_process_changed_is_seen(keys: KeyFolder, tmp_path: Path) -> None:
    keys.create(KeyUse.PERMIT, NOW)
    other = KeyFolder(tmp_path / "keys", "correct horse")
    assert other.records() == keys.records()
    other.create(KeyUse.STATUS, NOW)
    assert [key.use for key in keys.records()] == [KeyUse.PERMIT, KeyUse.STATUS]


def test_a_change_that_changes_nothing_writes_nothing(keys: KeyFolder, tmp_path: Path) -> None:
    keys.create(KeyUse.PERMIT, NOW)
    key_acts.publish(keys, NOW)
    before = keys.register.seen_as
    key_acts.publish(keys, LATER)
    assert keys.register.seen_as == before
