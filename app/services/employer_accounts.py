"""The account of an employer who registered by telephone: made at the verifying, opened by a code.

It has no password and no e-mail; the registration's telephone is the way in (decision 81).
"""

from dataclasses import dataclass
from enum import StrEnum

from app.services import accounts as care
from app.services import registrations, sessions, sign_in
from app.services.sign_in import SignIn
from app.services.work import Work
from app.storage import accounts, employer_accounts, factors
from app.storage import registrations as kept
from app.storage.accounts import Account, Grant
from permits.audit import Act
from permits.errors import Conflict, NotFound
from permits.people import PersonId, Role, Scope
from recruitment.registrations import Registration

WAY = "phone-code"


class WayIn(StrEnum):
    """`open`: signed in; `code`: by another code; `other`: by the account that acts for it.

    `closed`: the account is locked, or the telephone opens somebody else's.
    """

    OPEN = "open"
    CODE = "code"
    OTHER = "other"
    CLOSED = "closed"


@dataclass(frozen=True)
class CameIn:
    """What a right code opens: the registration (`access` is its browser's token), the account.

    `signed_in` is None before SETRASS has verified, and where no account hangs on this telephone.
    It may wait for the second factor of who holds one.
    """

    access: str
    signed_in: SignIn | None


def make(work: Work, verified: Registration) -> None:
    """Give an employer who is verified an account, unless somebody acts for it with one already.

    Whom an administrator invited keeps that account, and no second one is made.
    Conflict("phone-of-an-account") where the telephone opens an account of somebody else.
    """
    if verified.employer is None or find_own(work, verified) is not None:
        return
    if employer_accounts.has_open_account(work.session, verified.employer):
        return
    if accounts.find_account(work.session, verified.phone) is not None:
        raise Conflict("phone-of-an-account")
    told = verified.told
    new = Account(
        PersonId(work.new_id()),
        (told.contact or told.name or "")[: care.LONGEST_NAME],
        email=None,
        phone=verified.phone,
        password_hash=None,
        disabled=False,
        grants=(Grant(Role.EMPLOYER, Scope(employer=verified.employer)),),
    )
    care.add(work, new)


def find_own(work: Work, registration: Registration) -> Account | None:
    """The account of this employer that the registration's telephone opens."""
    account = accounts.find_account(work.session, registration.phone)
    if account is None or registration.employer is None:
        return None
    acting = {grant.scope.employer for grant in account.grants}
    return account if registration.employer in acting else None


def way_in(work: Work, verified: Registration) -> WayIn:
    """How whoever came in by telephone gets to the account of the employer that they became."""
    if verified.employer is None:
        raise Conflict("not-verified-yet")
    if work.actor.employer == verified.employer:
        return WayIn.OPEN
    account = find_own(work, verified)
    if account is not None:
        return WayIn.CLOSED if account.disabled else WayIn.CODE
    if employer_accounts.has_open_account(work.session, verified.employer):
        return WayIn.OTHER
    taken = accounts.find_account(work.session, verified.phone) is not None
    return WayIn.CLOSED if taken else WayIn.CODE


def come_in(
    work: Work, token: str, typed: str, address: str, *, browser: str = "", known: str = ""
) -> CameIn | None:
    """Open the registration of the telephone whose code was typed, and its account; None: wrong."""
    access = registrations.come_in(work, token, typed, address)
    if access is None:
        return None
    own = registrations.find_by_code(work, access)
    if own is None:  # it was opened a moment ago, in this very transaction
        raise NotFound("no-such-registration")
    # Who was verified before there were such accounts gets theirs now; the row is held by now.
    _make_late(work.as_system(), own)
    account = find_own(work, own)
    if account is None or account.disabled:
        return CameIn(access, None)
    return CameIn(access, _admit(work, account, browser, known))


def _admit(work: Work, account: Account, browser: str, known: str) -> SignIn:
    """A second factor is asked of who holds one, and need not be enrolled for this role alone.

    Whoever acts for several employers has more than the registration's telephone at stake, and
    chooses, as everybody with several roles. No message tells of the browser: the code has just
    come to the same telephone.
    """
    only = account.roles == {Role.EMPLOYER} and len(account.actors) == 1
    if not only or factors.list_factors(work.session, account.person):
        return sign_in.admit(work, account, WAY, strong=False, browser=browser, known=known)
    return sign_in.open_quietly(work, account.actors[0], WAY, browser, known)


def _make_late(work: Work, own: Registration) -> None:
    if accounts.find_account(work.session, own.phone) is None:
        make(work, own)


def move(work: Work, before: Registration, phone: str) -> None:
    """Let the account in by another telephone from now on: who was in is let out.

    Conflict("phone-registered") where the new one opens an account of somebody else.
    """
    account = find_own(work, before)
    if account is None:
        return
    if accounts.find_account(work.session, phone) is not None:
        raise Conflict("phone-registered")
    event = work.event(Act.PHONE_CHANGED, account.person)
    employer_accounts.set_phone(work.session, account.person, phone, event=event)
    sessions.end_all(work, account.person)


def leave(work: Work) -> None:
    """Who signs out of the account lets the browser out of the registration, too."""
    own = _registration_of(work)
    if own is not None:
        event = work.event(Act.SIGNED_OUT, own.id)
        kept.open_access(work.session, own.id, None, work.now, event=event)


def is_by_phone(work: Work) -> bool:
    """Whether this person's account is the one that the employer's registration opens."""
    return _registration_of(work) is not None


def _registration_of(work: Work) -> Registration | None:
    employer = work.actor.employer
    own = kept.find_by_employer(work.session, employer) if employer else None
    account = find_own(work, own) if own else None
    return own if account and account.person == work.actor.person else None
