"""The handlers' group of complaints: made once, others let in, a leaver shut out.

1. `vereda complaints keys-init` makes the group and prints the recovery key, once.
2. Who is in, or the recovery key, seals the group's private key to a handler who chose a phrase.
3. When somebody leaves, who is unlocked begins a new group and seals every case's key to it.
"""

import base64
from dataclasses import dataclass
from hashlib import sha256

from app.services.complaint_hands import find_office, read_office
from app.services.complaint_keys import group_private, key_place, share_place
from app.services.work import Work
from app.storage import accounts, complaint_groups, complaint_keys
from app.storage.complaint_groups import Group
from app.storage.database import Session
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Forbidden, NotFound, refuse_if
from permits.people import OF_COMPLAINTS, Permission, PersonId
from permits.policies import check_permission

REWRAPPED_AT_ONCE = 500
"""Keys of cases that are read at once; sealing one to a new group takes 0.5 ms."""

RECOVERY_BYTES, CHECK_BYTES = 32, 3
"""Of the recovery key, and of the check behind it: 56 letters in all."""


@dataclass(frozen=True)
class HandlerStanding:
    """How a handler stands: chose a phrase, is let in, and is still a handler by role."""

    person: PersonId
    name: str
    let_in: bool
    holds_role: bool


def init_group(work: Work) -> str:
    """Make the first group and return the recovery key, which is printed once and kept nowhere.

    Conflict("complaints-ready") where there is a group already.
    """
    if complaint_groups.find_group(work.session) is not None:
        raise Conflict("complaints-ready")
    secret = work.ports.chance.token(32)
    _begin_group(work, work.ports.seals.public_of(_recovery_private(work, secret)))
    return show_recovery(secret)


def show_recovery(secret: bytes) -> str:
    """The recovery key as it is written down: groups of four letters, the last ones a check."""
    whole = secret + sha256(b"vereda recovery" + secret).digest()[:CHECK_BYTES]
    letters = base64.b32encode(whole).decode()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def read_recovery(text: str) -> bytes:
    """The recovery key of what was typed; Invalid("recovery-key-wrong") for a slip."""
    letters = "".join(letter for letter in text.upper() if letter.isalnum())
    try:
        whole = base64.b32decode(letters)
    except ValueError:
        whole = b""
    secret = whole[:RECOVERY_BYTES]
    if (
        len(whole) != RECOVERY_BYTES + CHECK_BYTES
        or show_recovery(secret).replace("-", "") != letters
    ):
        refuse_if([Fault("recovery-key-wrong", "recovery")])
    return secret


def list_handlers(work: Work) -> list[HandlerStanding]:
    """Everybody who chose a phrase, for who lets in and who shuts out."""
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    group = find_group(work)
    return [
        _standing(work, person, has_share=has)
        for person, (_, has) in complaint_groups.list_handlers(work.session, group.id).items()
    ]


def list_leavers(session: Session) -> list[PersonId]:
    """Who handles complaints no more and still has a share of the key: it waits to be changed.

    Whoever copied the database while they were here opens with it what came since. A locked
    account counts: nobody knows for how long.
    """
    group = complaint_groups.find_group(session)
    if group is None:
        return []
    office, every = read_office(session), complaint_groups.list_handlers(session, group.id)
    return [one for one, (_, has) in every.items() if has and not office.works_here(one)]


def let_in(work: Work, token: str, person: PersonId) -> None:
    """Seal the group's key to a handler who chose a phrase; the actor is unlocked and in."""
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    group = find_group(work)
    _share(work, group, group_private(work, token, group.id), person)


def let_in_by_recovery(work: Work, recovery: bytes, person: PersonId) -> None:
    """The same with the recovery key, for the first handler, and when all forgot their phrases."""
    group = find_group(work)
    private = work.ports.seals.open_with(
        _recovery_private(work, recovery), _group_place(group.id), group.recovery_sealed
    )
    if private is None:
        refuse_if([Fault("recovery-key-wrong", "recovery")])
    else:
        _share(work, group, private, person)


def let_in_named(work: Work, recovery: bytes, name: str) -> None:
    """The same for the account that is named by its e-mail address; NotFound where none is."""
    account = accounts.find_account(work.session, name.strip().lower())
    if account is None:
        raise NotFound("no-such-handler")
    let_in_by_recovery(work, recovery, account.person)


def rotate(work: Work, token: str, leaving: PersonId | None = None) -> int:
    """Begin a new group without who left, and seal every case's key to it; returns how many.

    Who no longer holds the role is left out by itself. Copies of the database that are older than
    this stay open to who could open them: see docs/decisions/0056-complaints.md.
    """
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    before = find_group(work, hold=True)
    _check_shut_out(work, leaving)
    private_before = group_private(work, token, before.id)
    if leaving is not None and leaving != work.actor.person:
        event = work.event(Act.COMPLAINT_HANDLER_SHUT_OUT, leaving)
        complaint_groups.remove_handler(work.session, leaving, event=event)
    kept = complaint_groups.list_handlers(work.session, before.id)
    group, private = _begin_group(work, before.recovery)
    for person, (_, has) in kept.items():
        if has and _holds_role(work, person):
            _share(work, group, private, person)
    moved = _rewrap(work, before, private_before, group)
    event = work.event(Act.COMPLAINT_KEYS_ROTATED, group.id, {"cases": moved})
    complaint_groups.remove_shares(work.session, before.id, event=event)
    return moved


def rotate_without_leavers(work: Work, token: str) -> int:
    """At an unlocking: a new group where somebody left for good and still has a share of the key.

    How many cases were sealed anew; 0 where nobody left, or who unlocked is not let in. A locked
    account alone is no reason, for nobody knows for how long: of that the digest tells. A case
    that cannot be read keeps nobody out; the key stays, and the digest goes on asking.
    """
    if not any(_has_no_role(work, one) for one in list_leavers(work.session)):
        return 0
    every = complaint_groups.list_handlers(work.session, find_group(work).id)
    if not every.get(work.actor.person, (None, False))[1]:
        return 0
    try:
        with work.attempt():
            return rotate(work, token)
    except Conflict:
        return 0


def _check_shut_out(work: Work, leaving: PersonId | None) -> None:
    """Forbidden("supervisor-shuts-out") for a handler who takes the key of one who is still one.

    An office without a supervisor settles that among its handlers.
    """
    if leaving is None or work.actor.can(Permission.COMPLAINT_SUPERVISE):
        return
    office = find_office(work)
    if office.supervised and office.works_here(leaving):
        raise Forbidden("supervisor-shuts-out")


def _rewrap(work: Work, before: Group, private: bytes, after: Group) -> int:
    seals, moved = work.ports.seals, 0
    while batch := complaint_keys.list_keys_of(work.session, before.id, REWRAPPED_AT_ONCE):
        for kept in batch:
            place = key_place(kept.complaint)
            key = seals.open_with(private, place, kept.group_sealed)
            if key is None:
                raise Conflict("complaint-damaged")
            sealed = seals.seal_to(after.public, place, key)
            complaint_keys.move_key(work.session, kept.complaint, after.id, sealed)
        moved += len(batch)
    return moved


def _begin_group(work: Work, recovery: bytes) -> tuple[Group, bytes]:
    seals, identity = work.ports.seals, work.new_id()
    private, public = seals.make_pair()
    sealed = seals.seal_to(recovery, _group_place(identity), private)
    group = Group(identity, public, recovery, sealed)
    event = work.event(Act.COMPLAINT_GROUP_BEGUN, identity)
    complaint_groups.add_group(work.session, group, legal_day(work.now), event=event)
    return group, private


def _share(work: Work, group: Group, private: bytes, person: PersonId) -> None:
    handler = complaint_groups.find_handler(work.session, person)
    if handler is None or not _holds_role(work, person):
        raise NotFound("no-such-handler")
    if complaint_groups.find_share(work.session, group.id, person) is not None:
        return
    sealed = work.ports.seals.seal_to(handler.public, share_place(group.id, person), private)
    event = work.event(Act.COMPLAINT_HANDLER_LET_IN, person)
    complaint_groups.add_share(work.session, group.id, person, sealed, event=event)


def find_group(work: Work, *, hold: bool = False) -> Group:
    """The group that takes new complaints; Conflict("complaints-not-ready") before keys-init."""
    group = complaint_groups.find_group(work.session, hold=hold)
    if group is None:
        raise Conflict("complaints-not-ready")
    return group


def _standing(work: Work, person: PersonId, *, has_share: bool) -> HandlerStanding:
    account = accounts.find_account_of(work.session, person)
    name = account.name if account else ""
    return HandlerStanding(person, name, has_share, _holds_role(work, person))


def _has_no_role(work: Work, person: PersonId) -> bool:
    """Whether somebody handles complaints no more, and is not only locked."""
    account = accounts.find_account_of(work.session, person)
    return account is None or OF_COMPLAINTS.isdisjoint(account.roles)


def _holds_role(work: Work, person: PersonId) -> bool:
    account = accounts.find_account_of(work.session, person)
    if account is None or account.disabled:
        return False
    return not OF_COMPLAINTS.isdisjoint(account.roles)


def _recovery_private(work: Work, secret: bytes) -> bytes:
    """The recovery pair's private half, drawn from what is written on paper."""
    names = ("recovery lattice 1", "recovery lattice 2", "recovery point")
    return b"".join(work.ports.seals.part(secret, name) for name in names)


def _group_place(group: object) -> str:
    return f"private key of group {group}"
