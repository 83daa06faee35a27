"""Keys on disk: encrypted, private to their owner, rotated and published in signed trust lists."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.adapters.key_register import KeyRecord, KeyState
from app.adapters.keys import PUBLISHED_AHEAD, KeyFolder, KeyUnusable
from permits import signing, trust_list
from permits.errors import Conflict, NotFound
from permits.signing import KeyUse
from permits.trust_list import TrustState

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + PUBLISHED_AHEAD
ISSUER = "https://vereda.example"


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys", "correct horse")


def states(keys: KeyFolder, use: KeyUse) -> list[KeyState]:
    return [record.state for record in keys.records() if record.use is use]


def test_an_empty_folder_has_no_keys(keys: KeyFolder) -> None:
    assert keys.records() == []
    assert keys.roots() == []
    with pytest.raises(NotFound) as refused:
        keys.signer(KeyUse.PERMIT)
    assert refused.value.code == "no-active-key"


def test_the_first_key_of_a_use_signs_at_once(keys: KeyFolder) -> None:
    record = keys.create(KeyUse.PERMIT, NOW)

    signer = keys.signer(KeyUse.PERMIT)

    assert (record.state, record.not_before, signer.kid) == (KeyState.ACTIVE, NOW, record.kid)
    assert signing.kid_of(record.public) == record.kid
    assert signing.verify_es256(record.public, b"message", signer.sign(b"message"))
    assert keys.find(record.kid) == record
    assert keys.find(b"nobody") is None


@pytest.mark.asvs("13.3.1")
def test_nothing_on_disk_is_readable_without_the_passphrase(
    keys: KeyFolder, tmp_path: Path
) -> None:
    keys.create(KeyUse.PERMIT, NOW)
    keys.create(KeyUse.TRUST, NOW)
    private = keys.signer(KeyUse.PERMIT).private.private_numbers().private_value
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

    assert (second.state, second.not_before) == (KeyState.NEXT, LATER)
    with pytest.raises(Conflict) as refused:
        keys.create(KeyUse.PERMIT, NOW)
    assert refused.value.code == "key-already-waiting"
    with pytest.raises(Conflict) as refused:
        keys.activate(second.kid, LATER - timedelta(seconds=1))
    assert refused.value.code == "key-too-early"
    assert keys.signer(KeyUse.PERMIT).kid == first.kid

    keys.activate(second.kid, LATER)

    assert states(keys, KeyUse.PERMIT) == [KeyState.RETIRED, KeyState.ACTIVE]
    assert keys.signer(KeyUse.PERMIT).kid == second.kid
    for kid, code in ((second.kid, "key-not-waiting"), (first.kid, "key-not-waiting")):
        with pytest.raises(Conflict) as refused:
            keys.activate(kid, LATER)
        assert refused.value.code == code


@pytest.mark.promise("P10")
def test_after_a_compromise_the_waiting_key_begins_at_once(keys: KeyFolder) -> None:
    first, second = (keys.create(KeyUse.PERMIT, NOW) for _ in range(2))
    keys.compromise(first.kid, cutoff=NOW)

    activated = keys.activate(second.kid, NOW + timedelta(hours=1))

    assert activated.not_before == NOW + timedelta(hours=1)
    assert states(keys, KeyUse.PERMIT) == [KeyState.COMPROMISED, KeyState.ACTIVE]
    assert keys.find(first.kid) == _with(first, KeyState.COMPROMISED, NOW)
    with pytest.raises(NotFound):
        keys.compromise(b"nobody")


def _with(record: KeyRecord, state: KeyState, cutoff: datetime) -> KeyRecord:
    return KeyRecord(**{**vars(record), "state": state, "cutoff": cutoff})


def test_uses_do_not_mix(keys: KeyFolder) -> None:
    kids = {use: keys.create(use, NOW).kid for use in KeyUse}

    assert {use: keys.signer(use).kid for use in KeyUse} == kids
    assert len(set(kids.values())) == len(KeyUse)


@pytest.mark.feature("D7")
def test_the_trust_list_names_what_may_verify_and_nothing_else(keys: KeyFolder) -> None:
    for use in (KeyUse.TRUST, KeyUse.TOKEN, KeyUse.STATUS, KeyUse.PERMIT, KeyUse.PERMIT):
        keys.create(use, NOW)
    lost = keys.create(KeyUse.FACE, NOW)
    keys.compromise(lost.kid, cutoff=NOW)

    trust = trust_list.read(keys.sign_trust_list(ISSUER, NOW), keys.roots())

    told = sorted((k.use, k.state, k.not_before, k.cutoff) for k in trust.keys.values())
    now, later = int(NOW.timestamp()), int(LATER.timestamp())
    assert [each[:3] for each in told] == [
        (KeyUse.FACE, TrustState.COMPROMISED, now),
        (KeyUse.PERMIT, TrustState.ACTIVE, now),
        (KeyUse.PERMIT, TrustState.ACTIVE, later),
        (KeyUse.STATUS, TrustState.ACTIVE, now),
    ]
    assert (told[0][3], told[1][3]) == (now, None)
    assert {key.issuer for key in trust.keys.values()} == {ISSUER}
    assert (trust.issued_at, trust.expires) == (now, now + trust_list.LIFETIME)


def test_every_trust_list_has_a_higher_version(keys: KeyFolder, tmp_path: Path) -> None:
    keys.create(KeyUse.TRUST, NOW)
    again = KeyFolder(tmp_path / "keys", "correct horse")

    tokens = [folder.sign_trust_list(ISSUER, NOW) for folder in (keys, again, keys)]

    assert [trust_list.read(t, keys.roots()).version for t in tokens] == [1, 2, 3]


def test_a_key_at_its_end_leaves_the_trust_list(keys: KeyFolder) -> None:
    keys.create(KeyUse.TRUST, NOW)
    record = keys.create(KeyUse.PERMIT, NOW)

    before, after = (
        trust_list.read(keys.sign_trust_list(ISSUER, at), keys.roots())
        for at in (record.expires - timedelta(seconds=1), record.expires)
    )

    assert (list(before.keys), list(after.keys)) == ([record.kid], [])


def test_without_the_root_s_folder_everything_else_still_signs(
    keys: KeyFolder, tmp_path: Path
) -> None:
    root = keys.create(KeyUse.TRUST, NOW)
    keys.create(KeyUse.PERMIT, NOW)
    (tmp_path / "keys" / "root").rename(tmp_path / "taken offline")

    assert keys.signer(KeyUse.PERMIT).sign(b"")
    assert [signing.kid_of(public) for public in keys.roots()] == [root.kid]
    with pytest.raises(KeyUnusable, match="No such file"):
        keys.sign_trust_list(ISSUER, NOW)


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
        *("kid", "use", "state", "not_before", "expires", "created", "cutoff", "x", "y")
    }
