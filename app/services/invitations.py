"""Inviting a person to an account: a link that works once, and a password only they know."""

from dataclasses import dataclass
from datetime import timedelta

from app.services import notices, sign_in
from app.services.accounts import Newcomer, check_new, find_faults, get_account, may
from app.services.sign_in import SignIn
from app.services.work import Work, token_hash
from app.storage import account_locks, accounts, invitations, pending_grants
from app.storage.accounts import Account, Grant
from app.storage.invitations import Invitation, Purpose
from app.storage.pending_grants import PendingGrant
from permits import base64url
from permits.accounts import FOUR_EYES, check_not_oneself, check_see
from permits.audit import Act
from permits.errors import Conflict, NotFound, refuse_if
from permits.notices import Notice, NoticeKind
from permits.passwords import check_password
from permits.people import SYSTEM, Permission, PersonId

LIFETIME = timedelta(hours=72)

KINDS = {
    Purpose.INVITATION: NoticeKind.ACCOUNT_INVITED,
    Purpose.RESET: NoticeKind.ACCOUNT_RESET,
}


@dataclass(frozen=True)
class Invited:
    """What a link opens: whose account it is, and whether a password was lost or never set."""

    person: PersonId
    name: str
    address: str
    purpose: Purpose


def invite_person(work: Work, newcomer: Newcomer) -> PersonId:
    """Add an account without a password and send its link.

    A role that takes two administrators is proposed only, unless the service's own shell invites.
    Conflict where the address or the person (by their document) has an account already.
    """
    may(work, Permission.ACCOUNT_INVITE)
    refuse_if(find_faults(work, newcomer))
    index = check_new(work, newcomer)
    person, grant = PersonId(work.new_id()), Grant(newcomer.role, newcomer.scope)
    waits = newcomer.role in FOUR_EYES and work.actor != SYSTEM
    account = Account(
        person,
        newcomer.name,
        newcomer.email.lower() if newcomer.email else None,
        newcomer.phone,
        None,
        disabled=False,
        grants=() if waits else (grant,),
        identity_index=index,
    )
    event = work.event(Act.ACCOUNT_ADDED, person, {"role": newcomer.role.value})
    accounts.add_account(work.session, account, work.actor.person, work.now, event=event)
    if waits:
        asked = PendingGrant(
            work.new_id(), person, account.name, grant, work.actor.person, work.now
        )
        event = work.event(Act.ROLE_ASKED, person, {"role": newcomer.role.value})
        pending_grants.add_pending(work.session, asked, event=event)
    _send(work, account, Purpose.INVITATION)
    return person


def invite_again(work: Work, person: PersonId) -> None:
    """Send a new link: to who never came, and to who lost their password.

    The password of before is worth nothing from now on and every session ends; the second factor
    stays (ASVS 5.0 6.4.3), and who starts it neither sets nor sees a password (6.4.6).
    """
    may(work, Permission.ACCOUNT_INVITE)
    account = get_account(work, person)
    if work.actor != SYSTEM:
        check_see(work.actor, account.actors)
    check_not_oneself(work.actor, person)
    if account.disabled:
        raise Conflict("account-locked")
    purpose = Purpose.RESET if account.password_hash is not None else Purpose.INVITATION
    open_now = invitations.find_invitation(work.session, person)
    if open_now is not None and account.password_hash is None:
        purpose = open_now.purpose
    event = work.event(Act.ACCOUNT_INVITED, person, {"purpose": purpose.value})
    account_locks.end_sessions(work.session, person, event=event)
    if account.password_hash is not None:
        accounts.set_password(work.session, person, None, event=event)
    _send(work, account, purpose)


def read_invitation(work: Work, token: str) -> Invited:
    """What a link opens; NotFound("no-such-invitation") for any that opens nothing, or no more."""
    account, invitation = _open(work, token)
    address = account.email or account.phone or ""
    return Invited(account.person, account.name, address, invitation.purpose)


def accept_invitation(work: Work, token: str, password: str, browser: str = "") -> SignIn:
    """Set the password and go on to sign in; the link is spent.

    Invalid where the password is too weak: the link stays. A SignIn without a token and a step
    where the account has no role yet.
    """
    account, invitation = _open(work, token)
    common = work.ports.reference.common_passwords
    check_password(password, (account.name, account.email or ""), common)
    hashed = work.ports.passwords.hash(password)
    facts = {"purpose": invitation.purpose.value}
    event = work.as_person(account.person).event(Act.INVITATION_ACCEPTED, account.person, facts)
    invitations.withdraw(work.session, account.person, event=event)
    accounts.set_password(work.session, account.person, hashed, event=event)
    account_locks.end_sessions(work.session, account.person, event=event)
    if not account.actors:
        return SignIn()
    return sign_in.admit(work, account, "invitation", strong=False, browser=browser)


def _open(work: Work, token: str) -> tuple[Account, Invitation]:
    invitation = invitations.lock_by_token(work.session, token_hash(token))
    if invitation is not None and work.now < invitation.expires_at:
        account = account_locks.lock_account(work.session, invitation.person)
        if account is not None and not account.disabled:
            return account, invitation
    raise NotFound("no-such-invitation")


def _send(work: Work, account: Account, purpose: Purpose) -> None:
    token = base64url.encode(work.ports.chance.token(32))
    invitation = Invitation(
        account.person, purpose, work.actor.person, work.now, work.now + LIFETIME
    )
    hashed = token_hash(token)
    event = work.event(Act.ACCOUNT_INVITED, account.person, {"purpose": purpose.value})
    invitations.invite(work.session, invitation, hashed, event=event)
    link = f"{work.ports.public_url}/invitacion/{token}"
    key = f"{KINDS[purpose].value}:{account.person}:{hashed.hex()[:16]}"
    phone = None if account.email else account.phone
    notices.leave(work, Notice(KINDS[purpose], "es", key, phone, account.email, {"link": link}))
