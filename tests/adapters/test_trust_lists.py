"""Trust lists as a house draws, signs and serves them; and those that it refuses to serve."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.adapters.keyring import KeyRing
from app.adapters.keys import KeyFolder
from permits import keys, trust_list
from permits.errors import Conflict
from permits.keys import PUBLISHED_AHEAD, UNDER_WAY
from permits.signing import KeyUse, NotTrusted, Signer
from permits.trust_list import TrustList, TrustState
from tests import key_acts

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + PUBLISHED_AHEAD
ISSUER, WORDS = "https://vereda.example", "correct horse"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    ring = KeyRing(tmp_path, WORDS, ISSUER)
    ring.prepare(NOW)
    return ring


def root_of(ring: KeyRing) -> Signer:
    return ring.house.open(next(k for k in ring.list_keys() if k.use is KeyUse.TRUST))


def offline(ring: KeyRing, tmp_path: Path) -> Signer:
    """Move the private half of the root away; who signs from now on is an operator."""
    root = root_of(ring)
    for private in (tmp_path / "root").iterdir():
        private.rename(tmp_path.parent / private.name)
    return root


@pytest.mark.feature("D7")
def test_the_list_names_what_may_verify_and_nothing_else(ring: KeyRing) -> None:
    lost = ring.signer(KeyUse.FACE).kid
    key_acts.compromise(ring.house, lost, NOW, NOW)
    ring.house.create(KeyUse.PERMIT, NOW)
    ring.renew_trust_list(NOW)

    listed = trust_list.read(ring.trust_list(), ring.roots())

    told = sorted((k.use, k.state, k.not_before, k.cutoff) for k in listed.keys.values())
    now, later = int(NOW.timestamp()), int((LATER - UNDER_WAY).timestamp())
    assert [each[:3] for each in told] == [
        (KeyUse.FACE, TrustState.COMPROMISED, now),
        (KeyUse.PERMIT, TrustState.ACTIVE, now),
        (KeyUse.PERMIT, TrustState.ACTIVE, later),
        (KeyUse.STATUS, TrustState.ACTIVE, now),
    ]
    assert (told[0][3], told[1][3]) == (now, None)
    assert {key.issuer for key in listed.keys.values()} == {ISSUER}
    assert (listed.issued_at, listed.expires) == (now, now + trust_list.LIFETIME)


def test_every_list_has_a_higher_version_in_whatever_process(ring: KeyRing, tmp_path: Path) -> None:
    again = KeyRing(tmp_path, WORDS, ISSUER)
    drawn = [each.lists.draw(NOW).version for each in (ring, again, ring)]
    assert drawn == [2, 3, 4]  # 1 is served


def test_a_key_at_its_end_leaves_the_list(ring: KeyRing) -> None:
    key = keys.get_key(ring.list_keys(), ring.signer(KeyUse.PERMIT).kid)
    before, after = (
        ring.lists.draw(at).keys for at in (key.expires - timedelta(seconds=1), key.expires)
    )
    assert (key.kid in before, key.kid in after) == (True, False)


@pytest.mark.promise("P10")
def test_an_operator_signs_elsewhere_and_brings_the_list(ring: KeyRing, tmp_path: Path) -> None:
    root = offline(ring, tmp_path)
    waiting = ring.house.create(KeyUse.PERMIT, NOW)
    assert ring.renew_trust_list(NOW) is None
    assert ring.lists.is_due(NOW) is True
    claims = trust_list.write_claims(ring.lists.draw(NOW))  # a file goes there
    day = NOW + timedelta(days=1)
    taken = ring.lists.take(trust_list.sign_claims(claims, root), day)  # and one comes back
    assert waiting.kid in taken.keys
    assert (
        keys.get_key(ring.list_keys(), waiting.kid).ready_at == day + PUBLISHED_AHEAD
    )  # it counts from here
    assert ring.lists.is_due(NOW) is False


@pytest.mark.promise("P10")
def test_a_list_drawn_before_a_rotation_is_good_after_it(ring: KeyRing, tmp_path: Path) -> None:
    root = offline(ring, tmp_path)
    waiting = ring.house.create(KeyUse.PERMIT, NOW)
    ring.lists.take(trust_list.sign(ring.lists.draw(NOW), root), NOW)
    drawn = ring.lists.draw(LATER)
    key_acts.activate(ring.house, waiting.kid, LATER)
    assert ring.lists.take(trust_list.sign(drawn, root), LATER).version == drawn.version


@pytest.mark.promise("P10")
@pytest.mark.asvs("11.2.2")
def test_a_list_that_would_strand_permits_or_help_a_thief_is_not_served(
    ring: KeyRing, tmp_path: Path
) -> None:
    root, served = offline(ring, tmp_path), ring.trust_list()
    permit = ring.signer(KeyUse.PERMIT).kid
    drawn = ring.lists.draw(NOW)

    def without(kid: bytes) -> TrustList:
        return replace(drawn, keys={n: key for n, key in drawn.keys.items() if n != kid})

    def bent(**changes: Any) -> TrustList:  # noqa: ANN401
        key = replace(drawn.keys[permit], **changes)
        return replace(drawn, keys={**drawn.keys, permit: key})

    stranger = KeyFolder(tmp_path / "stranger", WORDS).create(KeyUse.PERMIT, NOW)
    named = trust_list.trusted(stranger, ISSUER, ("HND",))
    seconds = int(NOW.timestamp())
    cases = {
        "list-foreign": replace(drawn, issuer="https://elsewhere.example"),
        "list-over": replace(drawn, issued_at=seconds - trust_list.LIFETIME, expires=seconds),
        "list-ahead": replace(drawn, issued_at=seconds + 301),
        "list-lacks-key": without(permit),
        "list-names-stranger": replace(drawn, keys={**drawn.keys, stranger.kid: named}),
        "list-behind": bent(not_before=seconds + 1),
    }
    for code, wrong in cases.items():
        assert _refusal(ring, wrong, root) == code
    assert _refusal(ring, bent(expires=drawn.keys[permit].expires - 1), root) == "list-lacks-key"
    assert _refusal(ring, bent(state=TrustState.COMPROMISED, cutoff=1), root) == "list-behind"
    assert _refusal(ring, bent(issuer="https://x.example"), root) == "list-behind"
    key_acts.compromise(ring.house, permit, NOW, NOW)
    assert _refusal(ring, drawn, root) == "list-behind"  # drawn before the theft was known
    assert ring.trust_list() == served


def test_rollback_and_a_foreign_root_are_refused(ring: KeyRing, tmp_path: Path) -> None:
    root = offline(ring, tmp_path)
    older, newer = ring.lists.draw(NOW), ring.lists.draw(NOW)
    ring.lists.take(trust_list.sign(newer, root), NOW)
    with pytest.raises(NotTrusted) as refused:
        ring.lists.take(trust_list.sign(older, root), NOW)
    assert refused.value.code == "rolled-back"
    assert _refusal(ring, newer, root) == "list-not-newer"
    other = KeyFolder(tmp_path / "other", WORDS)
    other.create(KeyUse.TRUST, NOW)
    with pytest.raises(NotTrusted) as refused:
        ring.lists.take(trust_list.sign(ring.lists.draw(NOW), other.signer(KeyUse.TRUST)), NOW)
    assert refused.value.code == "unknown-key"


@pytest.mark.promise("P10")
def test_the_standby_root_takes_over_from_a_stolen_one(ring: KeyRing) -> None:
    first = next(k for k in ring.list_keys() if k.use is KeyUse.TRUST)
    pinned = [first.public, ring.house.create(KeyUse.TRUST, NOW).public]
    assert list(ring.roots()) == pinned
    held = trust_list.read(ring.trust_list(), pinned)
    key_acts.compromise(ring.house, first.kid, None, NOW)
    key_acts.activate(
        ring.house, next(k for k in ring.list_keys() if k.public == pinned[1]).kid, NOW
    )
    assert ring.renew_trust_list(NOW) is not None
    assert trust_list.read(ring.trust_list(), pinned, held).version > held.version
    assert list(ring.roots()) == pinned[1:]


def _refusal(ring: KeyRing, wrong: TrustList, root: Signer) -> str:
    with pytest.raises(Conflict) as refused:
        ring.lists.take(trust_list.sign(wrong, root), NOW)
    return refused.value.code
