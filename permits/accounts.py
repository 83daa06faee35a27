"""Who may look after whose account: invite, lock, grant, and what needs a second administrator."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from permits.errors import Conflict, Forbidden, NotFound
from permits.people import Actor, Permission, PersonId, Role
from permits.policies import check_permission


class LockReason(StrEnum):
    """Why an account was locked; a code, because free text would name people in the log."""

    LEFT_SERVICE = "left-service"
    LOST_FACTOR = "lost-factor"
    SUSPECTED_MISUSE = "suspected-misuse"
    LONG_UNUSED = "long-unused"
    ON_LEAVE = "on-leave"


class Concern(StrEnum):
    """What the nightly look at the accounts finds."""

    ROLES_CONFLICT = "roles-conflict"
    NO_SECOND_FACTOR = "no-second-factor"
    LONG_UNUSED = "long-unused"


class AccountState(StrEnum):
    """How an account stands; the first that fits."""

    LOCKED = "locked"
    INVITED = "invited"
    WITHOUT_ROLE = "without-role"
    OPEN = "open"


UNUSED_FOR = timedelta(days=90)
"""An account that nobody used for so long is locked."""

UNUSED_BY_PHONE_FOR = timedelta(days=400)
"""The same of one that a code by telephone opens: its grower comes for a harvest, once a year."""

FOUR_EYES = frozenset(
    {
        Role.SETRASS_OFFICER,
        Role.SETRASS_SUPERVISOR,
        Role.INM_OFFICER,
        Role.INM_SUPERVISOR,
        Role.INM_SECOND_LOOK,
        Role.CONSULATE_OFFICER,
        Role.CONSULATE_SUPERVISOR,
        Role.COMPLAINT_SUPERVISOR,
        Role.ADMINISTRATOR,
        Role.DATA_PROTECTION_OFFICER,
        Role.AUDITOR,
    }
)
"""Roles that one administrator proposes and another confirms (ASVS 5.0 2.3.5)."""


def reaches(actor: Actor, held: Collection[Actor]) -> bool:
    """Whether an account with these roles lies within what the actor looks after.

    Administrators: every account. Supervisors: those of their agency. A post's supervisor: its
    agents.
    """
    if actor.role is Role.ADMINISTRATOR:
        return True
    if actor.role is Role.POST_SUPERVISOR:
        return any(one.role is Role.BORDER_AGENT and one.post == actor.post for one in held)
    return actor.agency is not None and any(one.agency is actor.agency for one in held)


def check_see(actor: Actor, held: Collection[Actor]) -> None:
    """NotFound where the actor may not know of an account with these roles."""
    check_permission(actor, Permission.ACCOUNT_LIST)
    if not reaches(actor, held):
        raise NotFound("no-such-account")


def check_lock(actor: Actor, person: PersonId, held: Collection[Actor]) -> None:
    """Nobody locks or unlocks themselves, or an account that is not theirs to look after."""
    check_see(actor, held)
    check_permission(actor, Permission.ACCOUNT_LOCK)
    check_not_oneself(actor, person)


def check_not_oneself(actor: Actor, person: PersonId) -> None:
    """Forbidden("own-account"): another person does it (domain 4.3)."""
    if actor.person == person:
        raise Forbidden("own-account")


def check_not_last(person: PersonId, administrators: Collection[PersonId]) -> None:
    """Conflict("last-administrator") where nobody would be left to look after the accounts.

    `administrators` are those whose accounts are open now.
    """
    if person in administrators and len(administrators) == 1:
        raise Conflict("last-administrator")


def check_confirm(actor: Actor, person: PersonId, asked_by: PersonId) -> None:
    """Who proposed a role does not confirm it, and who would get it does not either."""
    check_permission(actor, Permission.ACCOUNT_GRANT)
    check_not_oneself(actor, person)
    if actor.person == asked_by:
        raise Forbidden("second-administrator-needed")
