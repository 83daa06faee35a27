"""What operators do with signing keys: each act is in the log before it counts.

The register of keys is a file beside their private halves and no table: a restored database must
not bring a stolen key back. So the event is written first, the register inside the same
transaction, and what was changed by no command is noted by the worker (`key_care`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.services.work import Work
from app.storage import key_uses
from app.storage.key_uses import KeyUses
from permits import keys
from permits.audit import Act, Fact
from permits.errors import Conflict, NotFound
from permits.keys import Key, KeyState
from permits.signing import KeyUse

__all__ = [
    "KeyUses",
    "Loss",
    "activate_key",
    "compromise_key",
    "count_pending",
    "find_key",
    "foresee_loss",
    "list_keys",
    "make_key",
    "retire_key",
    "subject_of",
]

SHORTEST_NAME = 4
"""Hexadecimal digits by which an operator may name a key."""

_ACT_OF_STATE = {
    KeyState.ACTIVE: Act.KEY_ACTIVATED,
    KeyState.RETIRED: Act.KEY_RETIRED,
    KeyState.COMPROMISED: Act.KEY_COMPROMISED,
}


@dataclass(frozen=True)
class Loss:
    """What a compromise costs: `uses.since` permits turn red, `follower` would sign from now on."""

    key: Key
    uses: KeyUses
    follower: Key | None


def list_keys(work: Work) -> list[tuple[Key, KeyUses]]:
    """Every key, oldest first, with what hangs on it."""
    return [(key, _uses(work, key)) for key in work.ports.keys.list_keys()]


def find_key(work: Work, name: str) -> Key:
    """The one key whose name begins so; NotFound("key-unknown"), Conflict("key-ambiguous")."""
    found = [key for key in work.ports.keys.list_keys() if key.name.startswith(name.lower())]
    if len(name) < SHORTEST_NAME or not found:
        raise NotFound("key-unknown")
    if len(found) > 1:
        raise Conflict("key-ambiguous", keys=len(found))
    return found[0]


def make_key(work: Work, use: KeyUse) -> Key:
    """Make a key: the first of its use signs at once, any other waits, to be published.

    Conflict("key-already-waiting").
    """
    return work.ports.keys.create(use, work.now, lambda key: _log(work, key, Act.KEY_MADE))


def activate_key(work: Work, kid: bytes) -> Key:
    """Let a waiting key sign from now on; the one that signed verifies on.

    What `permits.keys.activate` refuses; Conflict("root-unknown-to-devices", devices) for a root
    that came later than a device that is in use, unless the other root is lost anyway.
    """

    def act(standing: Sequence[Key]) -> Sequence[Key]:
        changed = keys.activate(kid, standing, work.now)
        if len(changed) > 1:
            _refuse_unknown_root(work, changed[0])
        return _logged(work, changed)

    return work.ports.keys.change(act)[0]


def retire_key(work: Work, kid: bytes) -> Sequence[Key]:
    """Let a key sign no more, and the one that waits sign instead; what was recorded under it
    before is still signed with it. What `permits.keys.retire` refuses is refused."""

    def act(standing: Sequence[Key]) -> Sequence[Key]:
        changed = keys.retire(kid, standing, work.now)
        if len(changed) > 1:
            _refuse_unknown_root(work, changed[1])
        return _logged(work, changed)

    return work.ports.keys.change(act)


def foresee_loss(work: Work, kid: bytes, cutoff: datetime | None) -> Loss:
    """What would be lost if the key were given up now; refuses what `compromise_key` refuses."""
    return _loss(work, kid, _compromised(work, kid, cutoff)(work.ports.keys.list_keys()))


def compromise_key(work: Work, kid: bytes, cutoff: datetime | None) -> Loss:
    """Give a key up: what it signed at or after the cutoff is red wherever the new trust list is.

    The key that waits signs at once. What waits for a signature of the lost one is prepared anew.
    What `permits.keys.compromise` refuses is refused.
    """
    act = _compromised(work, kid, cutoff)
    changed = work.ports.keys.change(lambda standing: _logged(work, act(standing)))
    return _loss(work, kid, changed)


def _compromised(
    work: Work, kid: bytes, cutoff: datetime | None
) -> Callable[[Sequence[Key]], Sequence[Key]]:
    """The lost key, and the one that waits in its place where it was signing."""

    def act(standing: Sequence[Key]) -> Sequence[Key]:
        (lost,) = keys.compromise(kid, standing, cutoff, work.now)
        others = [key for key in standing if key.kid != kid]
        waiting = keys.find_waiting(others, lost.use)
        if keys.find_signing(others, lost.use) or waiting is None:
            return [lost]
        return [lost, *keys.activate(waiting.kid, others, work.now)]

    return act


def _loss(work: Work, kid: bytes, changed: Sequence[Key]) -> Loss:
    lost, *followers = changed
    uses = key_uses.count_uses(work.session, kid, work.now, lost.cutoff)
    standing = [key for key in work.ports.keys.list_keys() if key.kid != kid]
    signing = keys.find_signing(standing, lost.use)
    return Loss(lost, uses, followers[0] if followers else signing)


def count_pending(work: Work, kid: bytes) -> int:
    """How many permits were recorded under a key and wait for its signature."""
    return key_uses.count_uses(work.session, kid, work.now).pending


def subject_of(kid: bytes) -> UUID:
    """The key's name as the log files it: the last eight bytes of a UUID."""
    return UUID(bytes=kid.rjust(16, b"\0"))


def _uses(work: Work, key: Key) -> KeyUses:
    return key_uses.count_uses(work.session, key.kid, work.now)


def _refuse_unknown_root(work: Work, key: Key) -> None:
    if key.use is not KeyUse.TRUST:
        return
    devices = key_uses.count_devices_before(work.session, key.created)
    if devices:
        raise Conflict("root-unknown-to-devices", devices=devices)


def _logged(work: Work, changed: Sequence[Key]) -> Sequence[Key]:
    for key in changed:
        _log(work, key, _ACT_OF_STATE[key.state])
    return changed


def _log(work: Work, key: Key, act: Act) -> None:
    facts: dict[str, Fact] = {
        "kid": key.name,
        "use": key.use.value,
        "state": key.state.value,
    }
    if act is Act.KEY_COMPROMISED:
        facts["cutoff"] = key.cutoff.isoformat() if key.cutoff else None
    event = work.event(act, subject_of(key.kid), facts)
    key_uses.note_key_act(work.session, event=event)
