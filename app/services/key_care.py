"""What time asks of the keys: to take turns, to end, to be known; and what is not well."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.services.keys import activate_key, subject_of
from app.services.work import Work
from app.storage import audit, key_uses
from permits import keys, status_list
from permits.audit import Act
from permits.errors import Conflict
from permits.keys import Key, KeyState
from permits.people import SYSTEM_PERSON
from permits.signing import KeyUse
from permits.trust_list import TrustList

__all__ = [
    "find_waiting_permits",
    "list_key_troubles",
    "list_list_troubles",
    "log_list",
    "note_changed_keys",
    "renew_trust_list",
    "rotate_due_keys",
    "settle_retired_keys",
]

LIST_RENEWED = timedelta(days=10)
"""So long before its end the next trust list should be there."""

UNSIGNED_AFTER = timedelta(minutes=10)
"""A permit is signed within seconds; after this something is wrong."""

FOLLOWER_AHEAD = timedelta(days=21)
"""So long before a key is due another should wait: a week to be published, two to be signed."""

STATUS_LASTS, OTHERS_LAST = timedelta(seconds=status_list.LIFETIME), timedelta(days=30)
"""How long a status list may be in use, and a trust list."""


def renew_trust_list(work: Work) -> int:
    """The list of trusted keys, a day old or behind the register; 1 where it was signed anew."""
    served = work.ports.keys.renew_trust_list(work.now)
    if served is None:
        return 0
    log_list(work, Act.TRUST_LIST_SERVED, served)
    return 1


def log_list(work: Work, act: Act, listed: TrustList) -> None:
    """Note in the log which trust list was drawn or served."""
    facts = {"version": listed.version, "keys": len(listed.keys), "expires": listed.expires}
    event = work.event(act, SYSTEM_PERSON, facts)
    key_uses.note_key_act(work.session, event=event)


def rotate_due_keys(work: Work) -> int:
    """Let the waiting key sign where the one before has signed its time; returns how many did.

    A key that is not published for a week yet is left waiting.
    """
    standing = work.ports.keys.list_keys()
    due = [key for key in standing if key.due_at and key.due_at <= work.now]
    followers = (keys.find_waiting(standing, key.use) for key in due)
    return sum(_activates(work, follower) for follower in followers if follower)


def _activates(work: Work, key: Key) -> bool:
    try:
        with work.attempt():
            activate_key(work, key.kid)
    except Conflict:
        return False
    return True


def settle_retired_keys(work: Work) -> int:
    """Let each retired key end with the last that it signed; returns how many ends changed."""
    changed: list[Key] = []

    def act(standing: Sequence[Key]) -> Sequence[Key]:
        for key in standing:
            if keys.is_at_rest(key, work.now):
                after = keys.settle(key, _find_last_end(work, key), work.now)
                changed.extend([after] if after != key else [])
        for key in changed:
            facts = {"kid": key.name, "ends": key.expires.isoformat()}
            event = work.event(Act.KEY_SETTLED, subject_of(key.kid), facts)
            key_uses.note_key_act(work.session, event=event)
        return changed

    if any(keys.is_at_rest(key, work.now) for key in work.ports.keys.list_keys()):
        work.ports.keys.change(act)
    return len(changed)


def _find_last_end(work: Work, key: Key) -> datetime | None:
    ended = key.ended or work.now
    if key.use is KeyUse.PERMIT:
        return key_uses.count_uses(work.session, key.kid, work.now).last_end
    if key.use is KeyUse.FACE:
        return key_uses.find_last_end(work.session, ended + keys.SETTLES)
    if key.use is KeyUse.TOKEN:
        return ended + keys.LONGEST_PERMIT  # it signed permits for wallets, which nobody counts
    return ended + (STATUS_LASTS if key.use is KeyUse.STATUS else OTHERS_LAST)


def note_changed_keys(work: Work) -> int:
    """Note in the log each key that stands otherwise than the log last told; returns how many.

    The first keys of a house, and whatever was changed by no command: by hand, from a copy of
    before, or by a process that was killed between the register and its commit.
    """
    standing = work.ports.keys.list_keys()
    told: dict[object, object] = {}
    for event in audit.list_about(work.session, [subject_of(key.kid) for key in standing], 1000):
        if "state" in event.facts:
            told.setdefault(event.subject, event.facts["state"])
    changed = [key for key in standing if told.get(subject_of(key.kid)) != key.state.value]
    for key in changed:
        facts = {"kid": key.name, "use": key.use.value, "state": key.state.value}
        event = work.event(Act.KEY_NOTED, subject_of(key.kid), facts)
        key_uses.note_key_act(work.session, event=event)
    return len(changed)


def find_waiting_permits(work: Work) -> list[str]:
    """One line where permits wait too long for their signature; empty if all is well."""
    count, oldest = key_uses.find_oldest_pending(work.session)
    if oldest is None or work.now - oldest <= UNSIGNED_AFTER:
        return []
    return [f"{count} permits wait for a signature since {oldest.isoformat(timespec='seconds')}"]


def list_key_troubles(standing: Sequence[Key], now: datetime) -> list[str]:
    """What an operator has to do about the keys, one line each; empty if all is well."""
    troubles = []
    for use in (KeyUse.PERMIT, KeyUse.STATUS, KeyUse.TOKEN, KeyUse.LOG):
        signing, waiting = keys.find_signing(standing, use), keys.find_waiting(standing, use)
        if signing is None:
            troubles.append(f"no {use.value} key signs")
        elif signing.due_at and now >= signing.due_at - FOLLOWER_AHEAD and waiting is None:
            troubles.append(f"the {use.value} key has nobody to follow it: keys new {use.value}")
    if keys.find_waiting(standing, KeyUse.TRUST) is None:
        troubles.append("there is no standby root")
    unpublished = [key for key in standing if key.state is KeyState.NEXT and not key.published]
    if unpublished:
        troubles.append("a key waits to be published: keys draft-list")
    return troubles


def list_list_troubles(served: TrustList | None, behind: bool, now: datetime) -> list[str]:
    """What is not well with the trust list that is served, one line each; empty if all is well."""
    if served is None:
        return ["there is none that one of our roots signed"]
    ends = datetime.fromtimestamp(served.expires, now.tzinfo)
    late = ends - now < LIST_RENEWED
    troubles = ((late, f"ends {ends.date().isoformat()}"), (behind, "is behind the register"))
    return [told for wrong, told in troubles if wrong]
