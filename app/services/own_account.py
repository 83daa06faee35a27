"""What somebody does with their own account: factors, password, another role."""

from uuid import UUID

from app.services import alerts, employer_accounts, passkeys, proofs, second_factors, sessions
from app.services.second_factors import Enrolment
from app.services.sessions import SignIn, open_session
from app.services.work import Work
from app.storage import accounts, people
from app.storage.accounts import Account
from permits.audit import Act
from permits.errors import Fault, Forbidden, Invalid
from permits.notices import NoticeKind
from permits.passwords import check_password
from permits.people import Actor, Role


def find(work: Work) -> Account | None:
    """The actor's account; None for workers, who need none."""
    return accounts.find_account_of(work.session, work.actor.person)


def begin_app(work: Work, token: str) -> Enrolment:
    """What to set another app up with; kept for this session."""
    session = sessions.current(work, token)
    return second_factors.begin_totp(work, session.id, _name(work))


def add_app(work: Work, token: str, typed: str, name: str) -> None:
    """Add the app whose code this is and tell its owner; Invalid("code-wrong")."""
    session = sessions.current(work, token)
    second_factors.checked_name(name)
    if not second_factors.confirm_totp(work, session.id, work.actor.person, typed, name):
        raise Invalid([Fault("code-wrong", "code")])
    alerts.alert(work, work.actor.person, NoticeKind.FACTOR_ADDED)


def ask_passkey(work: Work, token: str) -> dict[str, object]:
    """What the browser makes a new passkey with, for this session alone."""
    session = sessions.current(work, token)
    label = work.actor.name or _name(work)
    return passkeys.ask_enrol(work, session.id, work.actor.person, _name(work), label)


def add_passkey(work: Work, token: str, answer: str, name: str) -> None:
    """Add the passkey that was made and tell its owner; Invalid("passkey-refused")."""
    session = sessions.current(work, token)
    if not passkeys.enrol(work, answer, session.id, work.actor.person, name):
        raise Invalid([Fault("passkey-refused", "name")])
    alerts.alert(work, work.actor.person, NoticeKind.FACTOR_ADDED)


def remove_factor(work: Work, token: str, factor: UUID) -> None:
    """Forget a factor; every other session ends. An account keeps its last one."""
    second_factors.remove_own(work, factor, may_be_last=work.actor.role is Role.WORKER)
    sessions.end_all(work, work.actor.person, but=sessions.current(work, token).id)


def change_password(work: Work, token: str, old: str, new: str) -> bool:
    """Replace the actor's password; every other session ends. Invalid where it is none.

    False where the old one is wrong: a value, so that the try is counted.
    """
    account = find(work)
    if account is None:
        raise Forbidden("no-account")
    about = [one for one in (account.email, account.phone, account.name) if one]
    check_password(new, about, work.ports.reference.common_passwords)
    if account.password_hash and not proofs.check_password(work, old):
        return False
    event = work.event(Act.PASSWORD_CHANGED, account.person)
    hashed = work.ports.passwords.hash(new)
    accounts.set_password(work.session, account.person, hashed, event=event)
    sessions.end_all(work, account.person, but=sessions.current(work, token).id)
    alerts.alert(work, account.person, NoticeKind.PASSWORD_CHANGED)
    return True


def roles(work: Work) -> tuple[Actor, ...]:
    """Every role that the actor may work in."""
    account = find(work)
    return account.actors if account else (work.actor,)


def change_role(work: Work, token: str, role: Role) -> SignIn:
    """Go on in another role: a new session, proved when the one before was, which ends."""
    session = sessions.current(work, token)
    actor = next((one for one in roles(work) if one.role is role), None)
    if actor is None:
        raise Forbidden("not-permitted")
    sessions.sign_out(work, token)
    return open_session(work, actor, session.way, session.browser, session.device, session)


def sign_out_everywhere(work: Work) -> None:
    """End all sessions of the actor, this one too."""
    employer_accounts.leave(work)
    sessions.end_all(work, work.actor.person)


def end_session(work: Work, session: UUID) -> None:
    """End one of the actor's own sessions."""
    sessions.end_own(work, session)


def _name(work: Work) -> str:
    """What the actor signs in with, as their app and passkeys show it."""
    account = find(work)
    if account is not None:
        return account.email or account.phone or account.name
    worker = people.find_worker(work.session, work.actor.person)
    return worker.phone if worker else "Vereda"
