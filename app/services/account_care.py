"""Looking after accounts: who has one, how it stands, locking it and opening it again."""

from dataclasses import dataclass
from uuid import UUID

from app.services.accounts import get_account
from app.services.searching import fold
from app.services.work import Work
from app.storage import account_lists, account_locks, accounts, invitations, pending_grants
from app.storage.account_lists import AccountFilter
from app.storage.accounts import Account as Account
from app.storage.invitations import Invitation
from app.storage.pending_grants import PendingGrant as PendingGrant
from permits.accounts import (
    AccountState,
    LockReason,
    check_lock,
    check_not_last,
    check_see,
)
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, DomainError
from permits.people import Permission, PersonId, Role
from permits.policies import check_permission

PAGE = 25


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; None and "" ask for all."""

    text: str = ""
    role: Role | None = None
    state: AccountState | None = None


@dataclass(frozen=True)
class Listed:
    """One page of a list: accounts and how each stands; `next` is the key of the page after."""

    rows: list[tuple[Account, AccountState]]
    total: int
    next: tuple[str, UUID] | None


@dataclass(frozen=True)
class AccountFile:
    """An account as who looks after it sees it, and what they may do with it.

    `sessions` counts those that are not over; `names` are of who invited or proposed, by person.
    """

    account: Account
    state: AccountState
    invitation: Invitation | None
    pending: tuple[PendingGrant, ...]
    sessions: int
    names: dict[UUID, str]
    may_lock: bool
    may_grant: bool
    may_invite: bool


@dataclass(frozen=True)
class Proposals:
    """Roles that wait for a second administrator: the oldest of `total`."""

    oldest: tuple[PendingGrant, ...]
    total: int


def list_accounts(work: Work, wanted: Wanted, after: tuple[str, UUID] | None = None) -> Listed:
    """One page of the accounts within reach, by name."""
    check_permission(work.actor, Permission.ACCOUNT_LIST)
    post = work.actor.post if work.actor.role is Role.POST_SUPERVISOR else None
    chosen = AccountFilter(fold(wanted.text), wanted.role, wanted.state, work.actor.agency, post)
    page = account_lists.list_page(work.session, chosen, PAGE, after)
    invited = invitations.list_invited(work.session, [one.person for one in page.accounts])
    rows = [(one, state_of(one, invited=one.person in invited)) for one in page.accounts]
    return Listed(rows, page.total, page.next)


def list_proposals(work: Work) -> Proposals:
    """Roles that wait for a second administrator; nobody else is told of them."""
    if not work.actor.can(Permission.ACCOUNT_GRANT):
        return Proposals((), 0)
    oldest = tuple(pending_grants.list_pending(work.session))
    return Proposals(oldest, pending_grants.count_pending(work.session))


def read_account(work: Work, person: PersonId) -> AccountFile:
    """One account; NotFound for one beyond reach."""
    check_permission(work.actor, Permission.ACCOUNT_LIST)
    account = get_account(work, person)
    check_see(work.actor, account.actors)
    invitation = invitations.find_invitation(work.session, person)
    pending = tuple(pending_grants.list_pending(work.session, person))
    askers: set[UUID] = {one.asked_by for one in pending}
    if invitation is not None:
        askers.add(invitation.invited_by)
    other = work.actor.person != person
    return AccountFile(
        account,
        state_of(account, invited=invitation is not None),
        invitation,
        pending,
        account_locks.count_sessions(work.session, person, work.now),
        accounts.list_names(work.session, askers),
        may_lock=_may_lock(work, account),
        may_grant=other and work.actor.can(Permission.ACCOUNT_GRANT),
        may_invite=other and not account.disabled and work.actor.can(Permission.ACCOUNT_INVITE),
    )


def state_of(account: Account, *, invited: bool) -> AccountState:
    """How an account stands; app/storage/account_lists.py says the same in SQL."""
    if account.disabled:
        return AccountState.LOCKED
    if invited and account.password_hash is None:
        return AccountState.INVITED
    return AccountState.OPEN if account.grants else AccountState.WITHOUT_ROLE


def lock_account(work: Work, person: PersonId, reason: LockReason) -> None:
    """Lock an account: its sessions end and its programs' tokens open nothing, at once.

    Conflict where it is locked already, and for the last administrator who could unlock it.
    """
    check_permission(work.actor, Permission.ACCOUNT_LOCK)
    administrators = account_locks.lock_administrators(work.session)
    account = _locked_row(work, person)
    check_lock(work.actor, person, account.actors)
    if account.disabled:
        raise Conflict("account-locked")
    check_not_last(person, administrators)
    close(work, person, reason)


def close(work: Work, person: PersonId, reason: LockReason) -> None:
    """Lock without asking who may; for the nightly look at the accounts."""
    event = work.event(Act.ACCOUNT_LOCKED, person, {"reason": reason.value})
    account_locks.close_account(work.session, person, reason, work.now, event=event)
    account_locks.end_sessions(work.session, person, event=event)


def unlock_account(work: Work, person: PersonId) -> None:
    """Open a locked account again; the person signs in as before."""
    check_permission(work.actor, Permission.ACCOUNT_LOCK)
    account = _locked_row(work, person)
    check_lock(work.actor, person, account.actors)
    if not account.disabled:
        raise Conflict("account-not-locked")
    event = work.event(Act.ACCOUNT_UNLOCKED, person)
    account_locks.open_account(work.session, person, legal_day(work.now), event=event)


def _locked_row(work: Work, person: PersonId) -> Account:
    account_locks.lock_account(work.session, person)
    return get_account(work, person)


def _may_lock(work: Work, account: Account) -> bool:
    try:
        check_lock(work.actor, account.person, account.actors)
    except DomainError:
        return False
    return True
