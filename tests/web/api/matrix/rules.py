"""The rules that a row of the matrix may have: who, about which file, is answered how."""

from collections.abc import Callable
from enum import StrEnum

from permits.people import Actor, Permission, Role
from permits.reach import covers, reach_of
from permits.visibility import Group, sees
from tests.web.api.matrix.cast import Owned


class Answer(StrEnum):
    """What a cell expects."""

    ALLOWED = "allowed"
    FORBIDDEN = "403"
    HIDDEN = "404"
    SIGN_IN = "sign in"


Rule = Callable[[Actor | None, Owned | None], Answer]
"""For a person (None: nobody) and a file (None: there is none of that id)."""

FREE, NO, GONE, ENTER = Answer.ALLOWED, Answer.FORBIDDEN, Answer.HIDDEN, Answer.SIGN_IN


def everybody(actor: Actor | None, owned: Owned | None) -> Answer:
    """Told to the whole world."""
    return FREE


def _signed_in(rule: Callable[[Actor, Owned | None], Answer]) -> Rule:
    return lambda actor, owned: ENTER if actor is None else rule(actor, owned)


def signed_in() -> Rule:
    """Whoever is signed in."""
    return _signed_in(lambda actor, _: FREE)


def in_session() -> Rule:
    """Whoever is signed in at a browser; the matrix asks with tokens, whose programs may not."""
    return _signed_in(lambda actor, _: NO)


def a_session() -> Rule:
    """A browser's session: a program's token is none, whoever it speaks for."""
    return _signed_in(lambda actor, _: NO)


def nothing() -> Rule:
    """One's own things by an id that nobody has."""
    return _signed_in(lambda actor, _: GONE)


def may(*permissions: Permission) -> Rule:
    """Who has one of these permissions; 403 for everybody else who is signed in."""
    return _signed_in(lambda actor, _: FREE if any(actor.can(one) for one in permissions) else NO)


def absent(*permissions: Permission) -> Rule:
    """Something else than a file, asked for by an id that nothing has: 403 comes before 404."""
    return _signed_in(lambda actor, _: GONE if all(map(actor.can, permissions)) else NO)


def absent_any(*permissions: Permission) -> Rule:
    """The same where one of several permissions is enough."""
    return _signed_in(lambda actor, _: GONE if any(map(actor.can, permissions)) else NO)


def role(*roles: Role, otherwise: Answer = NO) -> Rule:
    """Who acts in one of these roles."""
    return _signed_in(lambda actor, _: FREE if actor.role in roles else otherwise)


def official(permission: Permission) -> Rule:
    """Officials of an agency with the permission."""
    return _signed_in(lambda actor, _: FREE if actor.agency and actor.can(permission) else NO)


def known(actor: Actor, owned: Owned | None) -> bool:
    """Whether the file is there for this person: theirs, or within reach of who reads files."""
    if owned is None or not covers(reach_of(actor), owned.file):
        return False
    return actor.role is Role.WORKER or actor.can(Permission.APPLICATION_READ)


def own() -> Rule:
    """The worker's own; for everybody else it is not there."""
    return _signed_in(
        lambda actor, owned: FREE if actor.role is Role.WORKER and known(actor, owned) else GONE
    )


def reads(group: Group | None = None) -> Rule:
    """Who knows of the file, and may see this group of its fields."""

    def rule(actor: Actor, owned: Owned | None) -> Answer:
        if not known(actor, owned):
            return GONE
        return FREE if group is None or sees(actor, group) else NO

    return _signed_in(rule)


def reads_none(group: Group) -> Rule:
    """The same of something in the file, by an id that nothing has: who may look finds nothing."""
    return lacking(reads(group))


def lacking(rule: Rule) -> Rule:
    """The same of something that is not there: who may look finds nothing."""

    def lacks(actor: Actor | None, owned: Owned | None) -> Answer:
        answer = rule(actor, owned)
        return GONE if answer is FREE else answer

    return lacks


def changes(permission: Permission) -> Rule:
    """404 for who may not know of the file, then 403 for who may not do this to it."""

    def rule(actor: Actor, owned: Owned | None) -> Answer:
        if not known(actor, owned):
            return GONE
        return FREE if actor.can(permission) else NO

    return _signed_in(rule)


def acts(permission: Permission, *, officials: bool = False) -> Rule:
    """403 for who may never do this, whatever the file; then 404 for what is out of reach."""

    def rule(actor: Actor, owned: Owned | None) -> Answer:
        if not actor.can(permission) or (officials and actor.agency is None):
            return NO
        return FREE if known(actor, owned) else GONE

    return _signed_in(rule)


def carried(rule: Rule) -> Rule:
    """The same about the permit that an application led to; where there is none it is missing."""
    return lambda actor, owned: rule(actor, owned if owned and owned.credential else None)


def opens_permit() -> Rule:
    """The worker's own permit, and those within reach of who may read permits."""

    def rule(actor: Actor, owned: Owned | None) -> Answer:
        fits = actor.role is Role.WORKER or actor.can(Permission.CREDENTIAL_READ)
        return FREE if fits and known(actor, owned) else GONE

    return carried(_signed_in(rule))


def acts_on_permit(permission: Permission) -> Rule:
    """On the page of a case: without a permit that one may know of there is nothing to act on."""

    def rule(actor: Actor, owned: Owned | None) -> Answer:
        if owned is None or not covers(reach_of(actor), owned.file):
            return GONE
        if owned.credential is None or not sees(actor, Group.NUMBER):
            return GONE
        return FREE if actor.agency and actor.can(permission) else NO

    return _signed_in(rule)
