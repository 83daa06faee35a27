"""Roles that are given, proposed, confirmed by a second administrator, and taken back."""

from uuid import UUID

from app.services.accounts import may, scope_faults
from app.services.work import Work
from app.storage import account_locks, accounts, pending_grants
from app.storage.accounts import Account, Grant
from app.storage.pending_grants import PendingGrant
from permits.accounts import FOUR_EYES, check_confirm, check_not_last, check_not_oneself
from permits.audit import Act
from permits.duties import check_grant
from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.people import ACCOUNT_ROLES, SYSTEM, Permission, PersonId, Role, Scope


def grant_role(work: Work, person: PersonId, role: Role, scope: Scope) -> bool:
    """Give a role, or propose one that takes two administrators; True where it counts at once.

    Invalid for bounds that do not fit, Conflict where the person holds it, or one that must not
    meet it. Nobody gives themselves anything.
    """
    may(work, Permission.ACCOUNT_GRANT)
    check_not_oneself(work.actor, person)
    if role not in ACCOUNT_ROLES:
        refuse_if([Fault("not-an-option", "role")])
    refuse_if(scope_faults(work, role, scope))
    account = _lock(work, person)
    asked = {one.grant.role for one in pending_grants.list_pending(work.session, person)}
    if role in account.roles | asked:
        raise Conflict("role-held", role=role.value)
    check_grant(account.roles | asked, role)
    grant = Grant(role, scope)
    if role in FOUR_EYES and work.actor != SYSTEM:
        pending = PendingGrant(
            work.new_id(), person, account.name, grant, work.actor.person, work.now
        )
        event = work.event(Act.ROLE_ASKED, person, {"role": role.value})
        pending_grants.add_pending(work.session, pending, event=event)
        return False
    event = work.event(Act.ROLE_GRANTED, person, {"role": role.value})
    accounts.add_grant(work.session, person, grant, work.actor.person, work.now, event=event)
    return True


def confirm_role(work: Work, pending: UUID) -> PendingGrant:
    """The second administrator says yes: the role counts from now on.

    Forbidden for who proposed it and for whom it is meant. Conflict where the person holds by now
    a role that must not meet it.
    """
    may(work, Permission.ACCOUNT_GRANT)
    found = _pending(work, pending)
    check_confirm(work.actor, found.person, found.asked_by)
    account = _lock(work, found.person)
    role = found.grant.role
    check_grant(account.roles, role)
    facts = {"role": role.value, "asked_by": str(found.asked_by)}
    event = work.event(Act.ROLE_GRANTED, found.person, facts)
    accounts.add_grant(
        work.session,
        found.person,
        found.grant,
        work.actor.person,
        work.now,
        asked_by=found.asked_by,
        event=event,
    )
    pending_grants.remove_pending(work.session, pending, event=event)
    return found


def reject_role(work: Work, pending: UUID) -> PendingGrant:
    """An administrator says no, or takes the own proposal back."""
    may(work, Permission.ACCOUNT_GRANT)
    found = _pending(work, pending)
    check_not_oneself(work.actor, found.person)
    event = work.event(Act.ROLE_REJECTED, found.person, {"role": found.grant.role.value})
    pending_grants.remove_pending(work.session, pending, event=event)
    return found


def take_back_role(work: Work, person: PersonId, role: Role) -> None:
    """End a role at once: its sessions end, and its programs' tokens open nothing any more.

    Conflict("last-administrator") where nobody would be left to look after the accounts.
    """
    may(work, Permission.ACCOUNT_GRANT)
    check_not_oneself(work.actor, person)
    if role is Role.ADMINISTRATOR:
        check_not_last(person, account_locks.lock_administrators(work.session))
    account = _lock(work, person)
    if role not in account.roles:
        raise Conflict("role-not-held", role=role.value)
    event = work.event(Act.ROLE_ENDED, person, {"role": role.value})
    accounts.end_grant(work.session, person, role, work.actor.person, work.now, event=event)
    account_locks.end_sessions(work.session, person, role, event=event)


def _lock(work: Work, person: PersonId) -> Account:
    account = account_locks.lock_account(work.session, person)
    if account is None:
        raise NotFound("no-such-account")
    return account


def _pending(work: Work, pending: UUID) -> PendingGrant:
    found = pending_grants.lock_pending(work.session, pending)
    if found is None:
        raise NotFound("no-such-proposal")
    return found
