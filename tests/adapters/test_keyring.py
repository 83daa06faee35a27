"""The ring of keys of one process: made once, rotated under way, served as a trust list."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.adapters.keyring import USES, KeyRing
from app.adapters.keys import KeyFolder
from app.adapters.trust_lists import RENEW_AFTER
from permits import signing, trust_list
from permits.errors import Conflict, NotFound
from permits.keys import PUBLISHED_AHEAD, KeyState
from permits.signing import KeyUse
from tests import key_acts

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ISSUER, WORDS = "https://vereda.example", "correct horse"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    ring = KeyRing(tmp_path, WORDS, ISSUER)
    ring.prepare(NOW)
    return ring


def listed(ring: KeyRing) -> trust_list.TrustList:
    return trust_list.read(ring.trust_list(), ring.roots())


def test_every_use_has_a_key_and_the_trust_list_vouches_for_those_that_sign_permits(
    ring: KeyRing, tmp_path: Path
) -> None:
    uses = [record.use for record in KeyFolder(tmp_path, WORDS).records()]
    assert sorted(uses) == sorted(USES)
    vouched = {key.use: key.kid for key in listed(ring).keys.values()}
    uses_of_scanners = (KeyUse.PERMIT, KeyUse.STATUS, KeyUse.FACE)
    assert vouched == {use: ring.signer(use).kid for use in uses_of_scanners}
    assert listed(ring).issuer == ISSUER


def test_preparing_again_changes_nothing(ring: KeyRing, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ring.prepare(NOW + timedelta(hours=1))
    KeyRing(tmp_path, WORDS, ISSUER).prepare(NOW)
    assert {p.name: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_keys_may_be_older_than_the_day_they_are_made(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path, WORDS, ISSUER)
    ring.prepare(NOW, NOW - timedelta(days=400))
    [old] = [key for key in listed(ring).keys.values() if key.use is KeyUse.PERMIT]
    assert old.not_before == int((NOW - timedelta(days=400)).timestamp())
    assert listed(ring).issued_at == int(NOW.timestamp())


CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.adapters.keyring import KeyRing
sys.stdin.readline()  # all begin at once
KeyRing(Path(sys.argv[1]), "correct horse", "https://vereda.example").prepare(datetime.now(UTC))
"""


def test_processes_that_start_together_make_one_set_of_keys(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CHILD, str(tmp_path / "keys")]
    environment = {**os.environ, "PYTHONPATH": "."}
    children = [subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) for _ in range(3)]
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"\n")
        child.stdin.close()
    assert [child.wait() for child in children] == [0, 0, 0]
    records = KeyFolder(tmp_path / "keys", WORDS).records()
    assert sorted(record.use for record in records) == sorted(USES)
    assert {record.state for record in records} == {KeyState.ACTIVE}


@pytest.mark.promise("P10")
@pytest.mark.asvs("11.2.2")
def test_a_rotation_by_another_process_is_seen_without_a_restart(
    ring: KeyRing, tmp_path: Path
) -> None:
    before = ring.signer(KeyUse.PERMIT)
    operator = KeyFolder(tmp_path, WORDS)
    waiting = operator.create(KeyUse.PERMIT, NOW)
    ring.renew_trust_list(NOW)
    assert ring.signer(KeyUse.PERMIT).kid == before.kid
    key_acts.activate(operator, waiting.kid, NOW + PUBLISHED_AHEAD)
    assert ring.signer(KeyUse.PERMIT).kid == waiting.kid
    assert ring.verifying(KeyUse.PERMIT).keys() == {before.kid}
    owed = ring.signer_of(before.kid)  # what was prepared with the old key is still signed with it
    assert [signing.kid_of(key) for key in ring.publics(KeyUse.PERMIT)] == [before.kid, waiting.kid]
    public = ring.verifying(KeyUse.PERMIT)[before.kid]
    assert signing.verify_es256(public, b"owed", owed.sign(b"owed"))


@pytest.mark.promise("P10")
def test_a_key_that_waits_is_published_before_it_signs(ring: KeyRing, tmp_path: Path) -> None:
    waiting = KeyFolder(tmp_path, WORDS).create(KeyUse.PERMIT, NOW)
    assert waiting.kid not in listed(ring).keys
    assert ring.renew_trust_list(NOW) is not None
    assert waiting.kid in listed(ring).keys
    known = ring.find(waiting.kid)
    assert known is not None
    assert known.published == NOW
    assert ring.renew_trust_list(NOW + timedelta(hours=1)) is None


def test_the_trust_list_is_signed_anew_when_it_is_a_day_old(ring: KeyRing) -> None:
    first = listed(ring)
    assert ring.renew_trust_list(NOW + RENEW_AFTER - timedelta(seconds=1)) is None
    assert ring.renew_trust_list(NOW + RENEW_AFTER) is not None
    second = listed(ring)
    assert (second.version, second.keys) == (first.version + 1, first.keys)
    assert trust_list.read(ring.trust_list(), ring.roots(), first) == second


def test_with_the_root_offline_an_operator_brings_the_list(ring: KeyRing, tmp_path: Path) -> None:
    served = ring.trust_list()
    for private in (tmp_path / "root").iterdir():
        private.rename(tmp_path.parent / private.name)
    assert ring.renew_trust_list(NOW + 3 * RENEW_AFTER) is None
    assert ring.trust_list() == served
    assert ring.signer(KeyUse.PERMIT).sign(b"still signs")
    ring.prepare(NOW + 3 * RENEW_AFTER)
    assert len(KeyFolder(tmp_path, WORDS).records()) == len(USES)


def test_nothing_is_signed_without_keys(tmp_path: Path) -> None:
    empty = KeyRing(tmp_path, WORDS, ISSUER)
    with pytest.raises(Conflict) as refused:
        empty.signer(KeyUse.PERMIT)
    assert refused.value.code == "no-active-key"
    with pytest.raises(NotFound):
        empty.signer_of(b"12345678")


@pytest.mark.promise("P10")
def test_a_compromised_key_signs_no_more_and_is_told_in_the_list(
    ring: KeyRing, tmp_path: Path
) -> None:
    lost = ring.signer(KeyUse.PERMIT).kid
    cutoff = NOW + timedelta(hours=1)
    key_acts.compromise(KeyFolder(tmp_path, WORDS), lost, cutoff, cutoff)
    with pytest.raises(Conflict):
        ring.signer(KeyUse.PERMIT)
    with pytest.raises(Conflict):
        ring.signer_of(lost)
    assert ring.renew_trust_list(cutoff) is not None
    key = listed(ring).keys[lost]
    assert not key.vouches(int(cutoff.timestamp()))
    assert key.vouches(int(cutoff.timestamp()) - 1)
