"""The life of a key: every pair of state and act, and what each act refuses."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from permits import keys
from permits.errors import Conflict, NotFound
from permits.keys import (
    KEPT,
    PUBLISHED_AHEAD,
    SETTLES,
    SIGNS,
    VERIFIES,
    Key,
    KeyAction,
    KeyPlace,
    KeyState,
)
from permits.signing import KeyUse
from tests.vectors import forge

NOW = datetime(2026, 11, 23, 12, 0, 0, 123, tzinfo=UTC)
LATER = NOW + PUBLISHED_AHEAD
LEADS = {
    "next": {"activate": "active", "retire": "retired", "compromise": "compromised"},
    "active": {"retire": "retired", "compromise": "compromised"},
    "retired": {"compromise": "compromised"},
    "compromised": {"compromise": "compromised"},
}


def made(*uses: KeyUse) -> list[Key]:
    """Keys made one after the other, at once published where a list names them."""
    found: list[Key] = []
    for at, use in enumerate(uses):
        key = keys.make_key(found, use, forge.FixedKey(f"key {at}").public, NOW)
        found.append(keys.publish(key, NOW))
    return found


def refusal(act: object, *given: object) -> Conflict:
    with pytest.raises(Conflict) as refused:
        act(*given)  # type: ignore[operator]
    return refused.value


@pytest.mark.promise("P10")
@pytest.mark.parametrize(("state", "action"), list(itertools.product(KeyState, KeyAction)))
def test_only_the_listed_moves_exist(state: KeyState, action: KeyAction) -> None:
    after = LEADS[state.value].get(action.value)
    if after is not None:
        assert keys.move_key(state, action) is KeyState(after)
        return
    refused = refusal(keys.move_key, state, action)
    assert refused.code == "no-such-key-move"
    assert refused.facts == {"state": state.value, "action": action.value}


def test_the_first_of_a_use_signs_and_the_next_waits_a_week() -> None:
    first, second = made(KeyUse.PERMIT, KeyUse.PERMIT)
    assert (first.state, first.not_before, first.signs_from) == (KeyState.ACTIVE, NOW, NOW)
    begins = LATER - keys.UNDER_WAY
    assert (second.state, second.not_before, second.signs_from) == (KeyState.NEXT, begins, None)
    assert (first.expires - first.not_before, second.expires - LATER) == (VERIFIES, VERIFIES)
    third = forge.FixedKey("third").public
    assert refusal(keys.make_key, [first, second], KeyUse.PERMIT, third, NOW).code == (
        "key-already-waiting"
    )
    again = refusal(keys.make_key, [first], KeyUse.STATUS, first.public, NOW)
    assert again.code == "key-exists"


def test_what_no_trust_list_names_is_published_as_it_is_made() -> None:
    public = forge.FixedKey("key").public
    for use in KeyUse:
        key = keys.make_key([], use, public, NOW)
        assert key.published == (None if use in keys.LISTED else NOW)


def test_a_standby_root_counts_at_once() -> None:
    root, standby = made(KeyUse.TRUST, KeyUse.TRUST)
    assert (root.state, standby.state, standby.not_before) == (KeyState.ACTIVE, KeyState.NEXT, NOW)
    changed = keys.activate(standby.kid, [root, standby], NOW)
    assert [key.state for key in changed] == [KeyState.ACTIVE, KeyState.RETIRED]


@pytest.mark.promise("P10")
@pytest.mark.feature("D7")
def test_a_key_signs_only_once_every_scanner_can_know_it() -> None:
    signing, waiting = made(KeyUse.PERMIT, KeyUse.PERMIT)
    unknown = replace(waiting, published=None)
    late = replace(waiting, published=NOW + timedelta(days=3))  # the root signed the list so late
    assert (
        refusal(keys.activate, unknown.kid, [signing, unknown], LATER).code == "key-not-published"
    )
    early = refusal(keys.activate, late.kid, [signing, late], LATER)
    assert (early.code, early.facts) == ("key-too-early", {"ready": "2026-12-03T12:00+00:00"})
    second = timedelta(seconds=1)
    assert refusal(keys.activate, waiting.kid, [signing, waiting], LATER - second).code == (
        "key-too-early"
    )
    activated, retired = keys.activate(waiting.kid, [signing, waiting], LATER)
    assert (activated.state, activated.signs_from, activated.not_before) == (
        KeyState.ACTIVE,
        LATER,
        LATER - keys.UNDER_WAY,
    )
    assert (retired.state, retired.ended, retired.expires) == (
        KeyState.RETIRED,
        LATER,
        signing.expires,
    )


@pytest.mark.promise("P10")
def test_where_no_key_signs_the_waiting_one_begins_at_once() -> None:
    signing, waiting = made(KeyUse.PERMIT, KeyUse.PERMIT)
    (lost,) = keys.compromise(signing.kid, [signing], NOW, NOW)
    (activated,) = keys.activate(waiting.kid, [lost, waiting], NOW + timedelta(hours=1))
    begins = NOW + timedelta(hours=1) - keys.UNDER_WAY
    assert (activated.state, activated.not_before) == (KeyState.ACTIVE, begins)


@pytest.mark.promise("P10")
def test_a_use_is_never_left_without_a_key() -> None:
    signing, waiting = made(KeyUse.PERMIT, KeyUse.PERMIT)
    assert refusal(keys.retire, signing.kid, [signing], LATER).code == "key-nobody-follows"
    assert refusal(keys.retire, signing.kid, [signing, waiting], NOW).code == "key-too-early"
    retired, follower = keys.retire(signing.kid, [signing, waiting], LATER)
    assert (retired.kid, retired.state) == (signing.kid, KeyState.RETIRED)
    assert (follower.kid, follower.state) == (waiting.kid, KeyState.ACTIVE)
    (withdrawn,) = keys.retire(waiting.kid, [signing, waiting], NOW)
    assert (withdrawn.state, withdrawn.expires) == (KeyState.RETIRED, NOW)


def test_a_compromise_only_grows_stricter() -> None:
    (signing,) = made(KeyUse.PERMIT)
    hour = timedelta(hours=1)
    assert (
        refusal(keys.compromise, signing.kid, [signing], NOW + hour, NOW).code == "key-cutoff-ahead"
    )
    (lost,) = keys.compromise(signing.kid, [signing], NOW, NOW)
    assert (lost.state, lost.cutoff, lost.ended) == (
        KeyState.COMPROMISED,
        NOW.replace(microsecond=0),
        NOW,
    )
    (earlier,) = keys.compromise(lost.kid, [lost], NOW - hour, NOW)
    (whole,) = keys.compromise(earlier.kid, [earlier], None, NOW)
    assert (earlier.cutoff, whole.cutoff) == ((NOW - hour).replace(microsecond=0), None)
    assert refusal(keys.compromise, earlier.kid, [earlier], NOW, NOW).code == "key-cutoff-later"
    assert refusal(keys.compromise, whole.kid, [whole], NOW - hour, NOW).code == "key-cutoff-later"


@pytest.mark.promise("P10")
def test_a_retired_key_ends_with_the_last_that_it_signed() -> None:
    signing, waiting = made(KeyUse.PERMIT, KeyUse.PERMIT)
    retired = keys.retire(signing.kid, [signing, waiting], LATER)[0]
    last = LATER + timedelta(days=100)
    assert keys.settle(retired, last, LATER + SETTLES - timedelta(seconds=1)) == retired
    settled = keys.settle(retired, last, LATER + SETTLES)
    assert settled == replace(retired, expires=last + KEPT)
    assert keys.settle(retired, None, LATER + SETTLES).expires == LATER + KEPT
    assert keys.settle(signing, last, LATER + SETTLES) == signing


def test_the_log_s_keys_never_end() -> None:
    signing, waiting = made(KeyUse.LOG, KeyUse.LOG)
    retired = keys.retire(signing.kid, [signing, waiting], LATER)[0]
    assert keys.settle(retired, None, LATER + SETTLES) == retired


@pytest.mark.promise("P10")
def test_nothing_outlives_the_key_that_signs_it() -> None:
    (signing,) = made(KeyUse.PERMIT)
    keys.check_outlives(signing, signing.expires)
    late = refusal(keys.check_outlives, signing, signing.expires + timedelta(seconds=1))
    assert (late.code, late.facts) == ("key-too-old", {"kid": signing.name})


def test_when_another_key_should_sign() -> None:
    signing, waiting = made(KeyUse.PERMIT, KeyUse.PERMIT)
    (root,) = made(KeyUse.TRUST)
    assert signing.due_at == NOW + SIGNS
    assert (waiting.due_at, root.due_at) == (None, None)
    assert waiting.ready_at == LATER
    assert signing.place is KeyPlace.FILE


def test_a_key_that_is_not_there() -> None:
    (signing,) = made(KeyUse.PERMIT)
    acts: tuple[Callable[[], object], ...] = (
        lambda: keys.activate(b"nobody", [signing], NOW),
        lambda: keys.retire(b"nobody", [signing], NOW),
        lambda: keys.compromise(b"nobody", [signing], None, NOW),
    )
    for act in acts:
        with pytest.raises(NotFound) as refused:
            act()
        assert refused.value.code == "key-unknown"
