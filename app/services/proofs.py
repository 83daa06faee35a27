"""Showing once more who one is, before what cannot be taken back; the session's token changes."""

from dataclasses import dataclass
from uuid import UUID

from app.services import passkeys, resume_codes, second_factors, sessions
from app.services.passkeys import Purpose
from app.services.sessions import Refusal, SignIn
from app.services.sign_in import refuse
from app.services.throttling import PER_ACCOUNT, allow_try, were_right
from app.services.work import Work
from app.storage import accounts, factors, people
from app.storage.factors import FactorKind
from permits.people import Role


@dataclass(frozen=True)
class Ways:
    """What the actor can prove themselves with.

    `password` only where there is no second factor: whoever holds one shows that one. `resume`
    is a worker's code. `phone`: nothing is enrolled, and a new code by telephone signs in anew.
    Nothing at all: sign in anew.
    """

    code: bool = False
    passkey: bool = False
    password: bool = False
    resume: bool = False
    phone: bool = False


def ways(work: Work) -> Ways:
    """The ways of the actor, by what they have enrolled."""
    person = work.actor.person
    kinds = {one.kind for one in factors.list_factors(work.session, person)}
    passkey = FactorKind.PASSKEY in kinds
    account = accounts.find_account_of(work.session, person)
    if account is None:
        return Ways(passkey=passkey, resume=people.find_worker(work.session, person) is not None)
    paper = bool(factors.count_paper_codes(work.session, person))
    code = FactorKind.TOTP in kinds or paper
    if code or passkey:
        return Ways(code, passkey)
    by_phone = account.roles == {Role.EMPLOYER} and not (account.email or account.password_hash)
    return Ways(password=bool(account.password_hash), phone=by_phone)


def prove(work: Work, token: str, typed: str, known: str = "") -> SignIn:
    """Prove by what was typed: a code, or else the password or the worker's own code."""
    sessions.current(work, token)
    guard = second_factors.guard(work, work.actor.person, known)
    if guard.wait:
        return refuse(work, Refusal.TOO_MANY, "proof", work.actor.person, guard.wait)
    way = _way_of(work, typed)
    if way is None:
        return refuse(work, Refusal.WRONG_CODE, "proof", work.actor.person)
    were_right(work, guard)
    return sessions.rotate(work, token, way)


def prove_by_passkey(work: Work, token: str, answer: str) -> SignIn:
    """Prove by a passkey that was asked in this session."""
    session = sessions.current(work, token)
    person = work.actor.person
    if passkeys.check(work, answer, Purpose.PROOF, session.id, person) is None:
        return refuse(work, Refusal.WRONG_CODE, "proof", person)
    return sessions.rotate(work, token, "passkey")


def check_password(work: Work, password: str) -> bool:
    """Whether this is the actor's password; tries are counted as at the sign-in."""
    account = accounts.find_account_of(work.session, work.actor.person)
    if account is None or not allow_try(work, PER_ACCOUNT, str(work.actor.person)):
        return False
    return work.ports.passwords.verify(password, account.password_hash)


def ask_passkey(work: Work, token: str) -> dict[str, object]:
    """What the browser asks the actor's passkeys, for this session alone."""
    session: UUID = sessions.current(work, token).id
    return passkeys.ask_use(work, Purpose.PROOF, session, work.actor.person)


def _way_of(work: Work, typed: str) -> str | None:
    open_to = ways(work)
    if open_to.code:
        return second_factors.check_code(work, work.actor.person, typed)
    if open_to.password and check_password(work, typed):
        return "password"
    worker = people.find_worker(work.session, work.actor.person) if open_to.resume else None
    return "resume-code" if resume_codes.is_own(work, worker, typed) else None
