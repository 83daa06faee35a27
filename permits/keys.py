"""The life of a signing key: made, published, signing, retired; or compromised, whenever it is.

Nobody may be turned away because keys change: a key is published before it signs, no permit
outlives the key that signed it, and no use is ever left without one (credential.md section 3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric import ec

from permits.errors import Conflict, NotFound
from permits.signing import KeyUse, kid_of

PUBLISHED_AHEAD = timedelta(days=7)
"""A key is published so long before its first signature, so that every scanner has it by then."""

UNDER_WAY = timedelta(minutes=5)
"""So much before its first signature a key counts already: a request that began before tells that
instant as the permit's issue, and the clocks of two machines differ."""

SIGNS = timedelta(days=90)
"""After so long another key should sign."""

LONGEST_PERMIT = timedelta(days=730)

VERIFIES = SIGNS + LONGEST_PERMIT
"""How long a key may verify; nothing is signed that ends later."""

KEPT = timedelta(days=30)
"""A retired key is listed so long after all that it signed ended: an old permit is told as
expired and not as one of an unknown key."""

SETTLES = timedelta(days=1)
"""So long after its retirement nothing more is being prepared for a key."""

LISTED = frozenset({KeyUse.PERMIT, KeyUse.STATUS, KeyUse.FACE})
"""The uses that scanners learn of by the trust list."""


class KeyState(StrEnum):
    """`next`: published, signs nothing yet; `retired`: verifies what it signed."""

    NEXT = "next"
    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


class KeyAction(StrEnum):
    """What can be done to a key; a compromised one never comes back."""

    ACTIVATE = "activate"
    RETIRE = "retire"
    COMPROMISE = "compromise"


KEY_MOVES: Mapping[tuple[KeyState, KeyAction], KeyState] = {
    (KeyState.NEXT, KeyAction.ACTIVATE): KeyState.ACTIVE,
    (KeyState.NEXT, KeyAction.RETIRE): KeyState.RETIRED,
    (KeyState.NEXT, KeyAction.COMPROMISE): KeyState.COMPROMISED,
    (KeyState.ACTIVE, KeyAction.RETIRE): KeyState.RETIRED,
    (KeyState.ACTIVE, KeyAction.COMPROMISE): KeyState.COMPROMISED,
    (KeyState.RETIRED, KeyAction.COMPROMISE): KeyState.COMPROMISED,
    # Again, for an earlier cutoff.
    (KeyState.COMPROMISED, KeyAction.COMPROMISE): KeyState.COMPROMISED,
}


class KeyPlace(StrEnum):
    """Where the private half lies; `elsewhere`: on no machine of this service."""

    FILE = "file"
    MODULE = "module"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Key:
    """One line of the register.

    `published` is when a trust list that names it was first served, `signs_from` when it first
    signed, `ended` when it stopped; `cutoff` only of a compromised key.
    """

    kid: bytes
    use: KeyUse
    state: KeyState
    not_before: datetime
    expires: datetime
    created: datetime
    public: ec.EllipticCurvePublicKey = field(repr=False)
    place: KeyPlace = KeyPlace.FILE
    published: datetime | None = None
    signs_from: datetime | None = None
    ended: datetime | None = None
    cutoff: datetime | None = None

    @property
    def name(self) -> str:
        """The key's name as people read it."""
        return self.kid.hex()

    @property
    def due_at(self) -> datetime | None:
        """When another key should sign; None of one that does not sign, and of a root."""
        if self.state is not KeyState.ACTIVE or self.use is KeyUse.TRUST or not self.signs_from:
            return None
        return self.signs_from + SIGNS

    @property
    def ready_at(self) -> datetime | None:
        """When every scanner can know it; None before it was published."""
        return self.published + PUBLISHED_AHEAD if self.published else None


def move_key(state: KeyState, action: KeyAction) -> KeyState:
    """Return the state after `action`; Conflict("no-such-key-move") where there is none."""
    try:
        return KEY_MOVES[state, action]
    except KeyError:
        raise Conflict("no-such-key-move", state=state.value, action=action.value) from None


def find_signing(keys: Sequence[Key], use: KeyUse) -> Key | None:
    """The key that signs for a use."""
    return next((k for k in keys if k.use is use and k.state is KeyState.ACTIVE), None)


def find_waiting(keys: Sequence[Key], use: KeyUse) -> Key | None:
    """The key that waits for its turn."""
    return next((k for k in keys if k.use is use and k.state is KeyState.NEXT), None)


def get_key(keys: Sequence[Key], kid: bytes) -> Key:
    """The key of this name; NotFound("key-unknown")."""
    found = next((key for key in keys if key.kid == kid), None)
    if found is None:
        raise NotFound("key-unknown")
    return found


def make_key(
    keys: Sequence[Key],
    use: KeyUse,
    public: ec.EllipticCurvePublicKey,
    now: datetime,
    place: KeyPlace = KeyPlace.FILE,
) -> Key:
    """Return a new key: the first of its use signs at once, any other waits.

    A second root is the standby. Conflict("key-already-waiting") where one waits already,
    Conflict("key-exists") where the key is there.
    """
    if any(key.kid == kid_of(public) for key in keys):
        raise Conflict("key-exists")
    if find_waiting(keys, use):
        raise Conflict("key-already-waiting", use=use.value)
    first = find_signing(keys, use) is None
    ahead = use is not KeyUse.TRUST and not first
    signs = now + PUBLISHED_AHEAD if ahead else now
    return Key(
        kid=kid_of(public),
        use=use,
        state=KeyState.ACTIVE if first else KeyState.NEXT,
        not_before=signs - UNDER_WAY if ahead else now,
        expires=signs + VERIFIES,
        created=now,
        public=public,
        place=place,
        # What no trust list names is published by being in the register.
        published=None if use in LISTED else now,
        signs_from=now if first else None,
    )


def publish(key: Key, now: datetime) -> Key:
    """Return the key as one that a served list names; the first time counts."""
    return key if key.published else replace(key, published=now)


def activate(kid: bytes, keys: Sequence[Key], now: datetime) -> tuple[Key, ...]:
    """Return the key signing from now on and, retired, the one that signed: one stroke.

    NotFound("key-unknown"); Conflict("no-such-key-move"); Conflict("key-not-published") or
    Conflict("key-too-early", ready) while a scanner may not know it. Where no key of its use signs
    (the last was compromised) it begins at once: waiting would stop the service, and an agent is
    told of an unknown key, never that a permit is false.
    """
    key = get_key(keys, kid)
    state = move_key(key.state, KeyAction.ACTIVATE)
    signing = find_signing(keys, key.use)
    if signing:
        _refuse_unknown(key, now)
    begins = min(now - UNDER_WAY, key.not_before)
    activated = replace(key, state=state, not_before=begins, signs_from=now)
    retired = (_end(signing, KeyState.RETIRED, now),) if signing else ()
    return activated, *retired


def _refuse_unknown(key: Key, now: datetime) -> None:
    if key.use is KeyUse.TRUST:
        return  # the services know which devices hold it
    if key.ready_at is None:
        raise Conflict("key-not-published")
    if now < key.ready_at:
        raise Conflict("key-too-early", ready=key.ready_at.isoformat(timespec="minutes"))


def retire(kid: bytes, keys: Sequence[Key], now: datetime) -> tuple[Key, ...]:
    """Return the key as one that signs no more; the one that waits signs in its place.

    NotFound("key-unknown");
    Conflict("key-nobody-follows") where a use would be left without a key; what `activate`
    refuses is refused. A key that waits is withdrawn.
    """
    key = get_key(keys, kid)
    state = move_key(key.state, KeyAction.RETIRE)
    if key.state is KeyState.NEXT:
        return (replace(_end(key, state, now), expires=now),)
    follower = find_waiting(keys, key.use)
    if follower is None:
        raise Conflict("key-nobody-follows", use=key.use.value)
    return tuple(reversed(activate(follower.kid, keys, now)))


def compromise(
    kid: bytes, keys: Sequence[Key], cutoff: datetime | None, now: datetime
) -> tuple[Key, ...]:
    """Return the key as compromised: what it signed at or after `cutoff` counts no more.

    Without a cutoff nothing that it ever signed counts. Seconds are whole, as in the trust list.
    NotFound("key-unknown"); Conflict("key-cutoff-ahead") for one that is still to come,
    Conflict("key-cutoff-later") where an earlier one, or none, was told already.
    """
    key = get_key(keys, kid)
    state = move_key(key.state, KeyAction.COMPROMISE)
    at = cutoff.replace(microsecond=0) if cutoff else None
    if at and at > now:
        raise Conflict("key-cutoff-ahead")
    if key.state is KeyState.COMPROMISED and at and (key.cutoff is None or at > key.cutoff):
        raise Conflict("key-cutoff-later")
    return (replace(_end(key, state, now), cutoff=at),)


def is_pinned(key: Key) -> bool:
    """Whether scanners that are enrolled now have to know this root: the active, the standby."""
    return key.use is KeyUse.TRUST and key.state in (KeyState.ACTIVE, KeyState.NEXT)


def leave(key: Key) -> Key:
    """Return a root as one whose private half is on no machine of this service."""
    return replace(key, place=KeyPlace.ELSEWHERE)


def is_at_rest(key: Key, now: datetime) -> bool:
    """Whether the key signs no more, and nothing is being prepared for it any more either.

    The log's keys never rest: what they signed is read for ever.
    """
    retired = key.state is KeyState.RETIRED and key.use is not KeyUse.LOG
    return retired and key.ended is not None and now >= key.ended + SETTLES


def settle(key: Key, last_end: datetime | None, now: datetime) -> Key:
    """Return a key at rest with its end where all that it signed has ended, and a little later.

    `last_end` is the latest end of what it signed, None where it signed nothing. Any other key is
    returned as it is.
    """
    if not is_at_rest(key, now) or key.ended is None:
        return key
    return replace(key, expires=max(last_end or key.ended, key.ended) + KEPT)


def check_outlives(key: Key, ends: datetime) -> None:
    """Conflict("key-too-old") where something that ends then would outlive the key."""
    if ends > key.expires:
        raise Conflict("key-too-old", kid=key.name)


def _end(key: Key, state: KeyState, now: datetime) -> Key:
    return replace(key, state=state, ended=key.ended or now)
