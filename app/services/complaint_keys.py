"""How a handler opens complaints: a phrase of their own, for an hour of one session.

The phrase seals the private half of the handler's own pair, and is kept nowhere. What it opened is
sealed for the session under a key that is drawn from the session's token, so that neither the
database nor who runs the server can open a complaint while its handler is away.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from app.services import throttling
from app.services.throttling import PER_ACCOUNT
from app.services.work import Work
from app.storage import complaint_groups, complaint_keys
from app.storage.complaint_groups import HandlerKey
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, refuse_if
from permits.people import Permission, PersonId
from permits.policies import check_permission
from recruitment.complaints.filed import ComplaintId

UNLOCKED = timedelta(hours=1)
"""For so long a phrase opens what a session may read; then it is asked anew."""

PHRASE_LEAST, PHRASE_MOST = 20, 200
"""Letters of a phrase: five words, which only its handler knows."""


class Door(StrEnum):
    """How far a handler's way to complaints is open."""

    NO_PHRASE = "no-phrase"
    WAITING = "waiting"
    """They chose a phrase, and nobody let them in yet."""
    LOCKED = "locked"
    OPEN = "open"


@dataclass(frozen=True)
class CaseSeal:
    """A complaint that is open: what seals and opens its content. The key is in no log."""

    complaint: ComplaintId
    key: bytes = field(repr=False)

    def seal(self, work: Work, purpose: str, row: object, data: bytes, least: int = 0) -> bytes:
        """Seal something of this case for one purpose and one row."""
        return work.ports.seals.seal(self.key, self._place(purpose, row), data, least)

    def open(self, work: Work, purpose: str, row: object, sealed: bytes) -> bytes:
        """What was sealed so; Conflict("complaint-damaged") where it was altered or moved."""
        data = work.ports.seals.open(self.key, self._place(purpose, row), sealed)
        if data is None:
            raise Conflict("complaint-damaged")
        return data

    def _place(self, purpose: str, row: object) -> str:
        return f"case {self.complaint} {purpose} {row}"


def key_place(complaint: ComplaintId) -> str:
    """Where a case's key opens, of either seal."""
    return f"key of case {complaint}"


def choose_phrase(work: Work, phrase: str) -> None:
    """Give the actor a pair of their own, its private half sealed under the phrase.

    A phrase that was forgotten is chosen anew so; then somebody lets them in again.
    """
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    letters = len(phrase.strip())
    if not PHRASE_LEAST <= letters <= PHRASE_MOST:
        refuse_if([Fault("phrase-too-short", "phrase", {"limit": PHRASE_LEAST})])
    seals, person = work.ports.seals, work.actor.person
    salt = work.ports.chance.token(16)
    private, public = seals.make_pair()
    under = seals.part(seals.stretch(phrase.strip(), salt), "phrase")
    sealed = seals.seal(under, _pair_place(person), private)
    event = work.event(Act.COMPLAINT_PHRASE_CHOSEN, person)
    key = HandlerKey(person, salt, public, sealed)
    complaint_groups.save_handler(work.session, key, legal_day(work.now), event=event)


def unlock(work: Work, token: str, phrase: str) -> bool:
    """Open the door of this session for an hour; False for a wrong phrase, or one never chosen.

    Wrong tries are counted with the account's; more than ten in a quarter of an hour are all wrong.
    """
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    seals, person = work.ports.seals, work.actor.person
    tries = throttling.count(work, (PER_ACCOUNT, f"complaints:{person}"))
    if tries.wait:
        return False
    found = complaint_groups.find_handler(work.session, person)
    stretched = seals.stretch(phrase.strip(), found.salt if found else bytes(16))
    under = seals.part(stretched, "phrase")
    private = seals.open(under, _pair_place(person), found.private) if found else None
    if private is None:
        return False
    throttling.were_right(work, tries)
    hashed, key = _door(work, token)
    sealed = seals.seal(key, _door_place(person), private)
    complaint_groups.open_door(work.session, hashed, person, sealed, work.now + UNLOCKED)
    return True


def lock(work: Work, token: str) -> None:
    """Shut the door of this session."""
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    complaint_groups.close_door(work.session, _door(work, token)[0])


def door_of(work: Work, token: str) -> Door:
    """How far the actor's way to complaints is open in this session."""
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    person = work.actor.person
    if complaint_groups.find_handler(work.session, person) is None:
        return Door.NO_PHRASE
    group = complaint_groups.find_group(work.session)
    if group is None or complaint_groups.find_share(work.session, group.id, person) is None:
        return Door.WAITING
    return Door.OPEN if _own_private(work, token) is not None else Door.LOCKED


def open_case(work: Work, token: str, complaint: ComplaintId) -> CaseSeal:
    """The key of a complaint, for a handler whose session is unlocked.

    Conflict("complaints-locked") where the phrase is asked first, ("complaints-not-let-in") where
    nobody let them in yet, ("complaint-shredded") where its time is over. Whether this handler may
    handle this complaint the caller has checked.
    """
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    kept = complaint_keys.find_key(work.session, complaint)
    if kept is None:
        raise Conflict("complaint-shredded")
    private = group_private(work, token, kept.group)
    key = work.ports.seals.open_with(private, key_place(complaint), kept.group_sealed)
    if key is None:
        raise Conflict("complaint-damaged")
    return CaseSeal(complaint, key)


def group_private(work: Work, token: str, group: UUID) -> bytes:
    """The private key of a group, for who is unlocked and was let in; Conflict as `open_case`."""
    private = _own_private(work, token)
    if private is None:
        raise Conflict("complaints-locked")
    person = work.actor.person
    share = complaint_groups.find_share(work.session, group, person)
    if share is None:
        raise Conflict("complaints-not-let-in")
    opened = work.ports.seals.open_with(private, share_place(group, person), share)
    if opened is None:
        raise Conflict("complaints-not-let-in")
    return opened


def share_place(group: UUID, person: PersonId) -> str:
    """Where a handler's share of a group opens."""
    return f"share of group {group} for {person}"


def _own_private(work: Work, token: str) -> bytes | None:
    hashed, key = _door(work, token)
    person = work.actor.person
    sealed = complaint_groups.find_door(work.session, hashed, person, work.now)
    return work.ports.seals.open(key, _door_place(person), sealed) if sealed else None


def _door(work: Work, token: str) -> tuple[bytes, bytes]:
    """The name of a session's door and the key to it, both drawn from the token of its cookie."""
    if not token:
        raise Conflict("complaints-locked")
    secret = token.encode()
    return work.ports.seals.part(secret, "door"), work.ports.seals.part(secret, "door key")


def _pair_place(person: PersonId) -> str:
    return f"pair of {person}"


def _door_place(person: PersonId) -> str:
    return f"door of {person}"
