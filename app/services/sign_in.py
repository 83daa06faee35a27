"""Signing in, in steps: a first proof, a second factor, the role; a session only after all.

Workers come back by phone and code, or with a passkey.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.services import alerts, passkeys, resume_codes, second_factors
from app.services.accounts import sign_in_name
from app.services.passkeys import Purpose
from app.services.second_factors import Enrolment
from app.services.sessions import Refusal as Refusal
from app.services.sessions import SignIn as SignIn
from app.services.sessions import Stage as Stage
from app.services.sessions import authenticate as authenticate
from app.services.sessions import fresh_token
from app.services.sessions import open_session as open_session
from app.services.sessions import sign_out as sign_out
from app.services.throttling import PER_ACCOUNT, PER_ADDRESS, count, place_of, were_right
from app.services.work import Work, token_hash
from app.storage import accounts, factors, people, sessions, sign_in_steps
from app.storage.accounts import Account
from app.storage.sign_in_steps import Step
from permits.audit import Act
from permits.notices import NoticeKind
from permits.people import Actor, PersonId, Role

TIME_FOR_A_STEP = timedelta(minutes=10)
NOT_KNOWN = UUID(int=0)
WRONG_FACTORS = 5
"""After so many wrong second factors a sign-in begins anew, and its owner is told."""


@dataclass(frozen=True)
class Held:
    """A sign-in under way and the account that it is for; `token` names it."""

    token: str
    step: Step
    account: Account


def sign_in(
    work: Work, name: str, password: str, address: str, *, browser: str = "", known: str = ""
) -> SignIn:
    """The first step, by e-mail or phone (E.164) and password.

    Unknown accounts cost the same time as wrong passwords, and get the same answer. `known` is
    the token of a browser in which somebody signed in before: it has a counter of its own, and
    others' tries from its address do not hold it up.
    """
    name = name.strip().lower()
    account = accounts.find_account(work.session, name)
    if account and known and _is_known(work, known, account.person):
        tries = count(work, (PER_ACCOUNT, f"{name} {token_hash(known).hex()}"))
    else:
        tries = count(work, (PER_ACCOUNT, name), (PER_ADDRESS, place_of(address)))
    if tries.wait:
        return refuse(work, Refusal.TOO_MANY, "password", wait=tries.wait)
    fits = work.ports.passwords.verify(password, account.password_hash if account else None)
    if account is None or not fits or account.disabled or not account.actors:
        return refuse(work, Refusal.WRONG, "password")
    were_right(work, tries)
    return admit(work, account, "password", strong=False, browser=browser, known=known)


def admit(
    work: Work, account: Account, way: str, *, strong: bool, browser: str = "", known: str = ""
) -> SignIn:
    """Let in who has proved to be the holder of this account by `way` ("password", "openid" …).

    `strong`: more than one factor was shown already. Otherwise a second one is asked for, or,
    where there is none yet, enrolled. `browser` is where from, in two words.
    """
    if account.disabled or not account.actors:
        return refuse(work, Refusal.WRONG, way)
    if strong:
        return _go_on(work, account, way, browser, known)
    held = factors.list_factors(work.session, account.person)
    return _begin(work, account, Stage.FACTOR if held else Stage.ENROL, way, browser)


def find_step(work: Work, token: str, *stages: Stage) -> Held | None:
    """The sign-in under way of this token, waiting for one of these; None where there is none."""
    step = sign_in_steps.lock_step(work.session, token_hash(token), work.now) if token else None
    account = accounts.find_account_of(work.session, step.person) if step else None
    if step is None or account is None or account.disabled or step.stage not in stages:
        return None
    return Held(token, step, account)


def enter_code(work: Work, token: str, typed: str, known: str = "") -> SignIn:
    """The second step with a code of an app or of the paper."""
    held = find_step(work, token, Stage.FACTOR)
    if held is None:
        return SignIn(refusal=Refusal.STEP_OVER)
    guard = second_factors.guard(work, held.step.person, known)
    if guard.wait:
        return refuse(work, Refusal.TOO_MANY, "second-factor", held.step.person, guard.wait)
    way = second_factors.check_code(work, held.step.person, typed)
    if way is None:
        return _wrong_factor(work, held)
    were_right(work, guard)
    return _advance(work, held, way, known)


def enter_passkey(work: Work, token: str, answer: str, known: str = "") -> SignIn:
    """The second step with a passkey; `answer` is what the browser was given."""
    held = find_step(work, token, Stage.FACTOR)
    if held is None:
        return SignIn(refusal=Refusal.STEP_OVER)
    step = held.step
    if passkeys.check(work, answer, Purpose.STEP, step.id, step.person) is None:
        return _wrong_factor(work, held)
    return _advance(work, held, "passkey", known)


def sign_in_with_passkey(work: Work, answer: str, *, browser: str = "", known: str = "") -> SignIn:
    """In one step, by a passkey that knows whose it is; officials, agents and workers alike.

    Nobody guesses what it signs, so that no tries are counted.
    """
    found = passkeys.check(work, answer, Purpose.SIGN_IN)
    if found is None:
        return refuse(work, Refusal.WRONG, "passkey")
    account = accounts.find_account_of(work.session, found.person)
    if account is not None:
        return admit(work, account, "passkey", strong=True, browser=browser, known=known)
    if people.find_worker(work.session, found.person) is None:
        return refuse(work, Refusal.WRONG, "passkey")
    return open_for_worker(work, found.person, "passkey", known)


def begin_enrolment(work: Work, held: Held) -> Enrolment:
    """What whoever has no second factor yet is shown."""
    return second_factors.begin_totp(work, held.step.id, sign_in_name(held.account))


def enrol_app(work: Work, token: str, typed: str, name: str) -> bool:
    """Confirm the first app with its code; the paper codes come next."""
    held = find_step(work, token, Stage.ENROL)
    if held is None:
        return False
    step = held.step
    added = second_factors.confirm_totp(work, step.id, step.person, typed, name)
    return added and _to_codes(work, step, "totp")


def enrol_passkey(work: Work, token: str, answer: str, name: str) -> bool:
    """Add a passkey as the first second factor; the paper codes come next."""
    held = find_step(work, token, Stage.ENROL)
    if held is None:
        return False
    added = passkeys.enrol(work, answer, held.step.id, held.step.person, name)
    return added and _to_codes(work, held.step, "passkey")


def make_codes(work: Work, token: str) -> list[str]:
    """The paper codes of somebody who enrols, shown once; none where the step is over."""
    held = find_step(work, token, Stage.CODES)
    return second_factors.make_paper_codes(work, held.step.person) if held else []


def keep_codes(work: Work, token: str, known: str = "") -> SignIn:
    """Whoever enrolled says that the codes are kept; without any codes made, nothing goes on."""
    held = find_step(work, token, Stage.CODES)
    if held is None or not factors.count_paper_codes(work.session, held.step.person):
        return SignIn(refusal=Refusal.STEP_OVER)
    step = held.step
    alerts.alert(work, step.person, NoticeKind.FACTOR_ADDED)
    sign_in_steps.remove_step(work.session, step.id)
    return _go_on(work, held.account, step.way, step.browser, known)


def choose_role(work: Work, token: str, role: Role, known: str = "") -> SignIn:
    """The last step of who holds several roles; one that is not held is refused."""
    held = find_step(work, token, Stage.ROLE)
    actor = next((a for a in held.account.actors if a.role is role), None) if held else None
    if held is None or actor is None:
        return SignIn(refusal=Refusal.STEP_OVER)
    sign_in_steps.remove_step(work.session, held.step.id)
    return _open(work, actor, held.step.way, held.step.browser, known)


def resume(work: Work, phone: str, code: str, address: str, known: str = "") -> SignIn:
    """Bring a worker back to their applications; `phone` is E.164, `code` eight digits.

    Where others used up the tries of the phone or of the address, a browser (`known`) still lets
    in those whom it is known to, by a counter of its own, and nobody else of the phone: so drafts
    that a stranger begins on it buy no more guesses at the others' codes.
    """
    way = "resume-code"
    tries = count(work, (PER_ACCOUNT, phone), (PER_ADDRESS, place_of(address)))
    if tries.wait and not _may_all_the_same(work, known):
        return refuse(work, Refusal.TOO_MANY, way, wait=tries.wait)
    worker = resume_codes.find_holder(work, phone, code)
    if tries.wait and (worker is None or not _is_known(work, known, worker.person)):
        return refuse(work, Refusal.TOO_MANY, way, wait=tries.wait)
    if worker is None:
        return refuse(work, Refusal.WRONG, way)
    were_right(work, tries)
    return open_for_worker(work, worker.person, way, known)


def open_for_worker(work: Work, person: PersonId, way: str, known: str) -> SignIn:
    """A worker's session; no message tells of their browser."""
    return open_quietly(work, Actor(person, Role.WORKER), way, "", known)


def open_quietly(work: Work, actor: Actor, way: str, browser: str, known: str) -> SignIn:
    """A session; the browser is known from now on, of which no message tells."""
    kept = _browser_token(work, known)
    sign_in_steps.keep_browser(work.session, token_hash(kept), actor.person, work.now)
    opened = open_session(work, actor, way, browser)
    return SignIn(opened.token, opened.actor, known=kept)


def refuse(
    work: Work, refusal: Refusal, way: str, person: UUID = NOT_KNOWN, wait: int = 0
) -> SignIn:
    """Note that nobody was signed in by this way; the person only where a first proof held."""
    event = work.event(Act.SIGN_IN_REFUSED, person, {"way": way})
    sessions.note_event(work.session, event=event)
    return SignIn(refusal=refusal, wait=wait)


def _begin(work: Work, account: Account, stage: Stage, way: str, browser: str) -> SignIn:
    token = fresh_token(work)
    ends = work.now + TIME_FOR_A_STEP
    step = Step(work.new_id(), account.person, stage, way, browser, 0, ends)
    sign_in_steps.add_step(work.session, token_hash(token), step)
    event = work.event(Act.SIGN_IN_BEGUN, account.person, {"way": way})
    sessions.note_event(work.session, event=event)
    return SignIn(step=token, stage=stage)


def _advance(work: Work, held: Held, way: str, known: str) -> SignIn:
    sign_in_steps.remove_step(work.session, held.step.id)
    whole = f"{held.step.way}+{way}"
    return _go_on(work, held.account, whole, held.step.browser, known)


def _go_on(work: Work, account: Account, way: str, browser: str, known: str) -> SignIn:
    """Everything was proved: the one role, or the choice of one."""
    if len(account.actors) > 1:
        return _begin(work, account, Stage.ROLE, way, browser)
    return _open(work, account.actors[0], way, browser, known)


def _open(work: Work, actor: Actor, way: str, browser: str, known: str) -> SignIn:
    """Open the session; whoever comes from a browser not known yet is told by message."""
    if known and _is_known(work, known, actor.person):
        kept = ""
    else:
        kept = _browser_token(work, known)
        alerts.alert(work, actor.person, NoticeKind.NEW_BROWSER, browser=browser)
    sign_in_steps.keep_browser(work.session, token_hash(kept or known), actor.person, work.now)
    opened = open_session(work, actor, way, browser)
    return SignIn(opened.token, opened.actor, known=kept)


def _may_all_the_same(work: Work, known: str) -> bool:
    """Whether a browser that is known to somebody may still try, by what it tried itself."""
    if not known or not sign_in_steps.is_anybodys_browser(work.session, token_hash(known)):
        return False
    return not count(work, (PER_ACCOUNT, f"browser {token_hash(known).hex()}")).wait


def _browser_token(work: Work, known: str) -> str:
    """The token of a browser that somebody signed in from; for any other a fresh one of ours.

    One that was planted there would be known to whoever planted it.
    """
    if known and sign_in_steps.is_anybodys_browser(work.session, token_hash(known)):
        return known
    return fresh_token(work)


def _is_known(work: Work, known: str, person: PersonId) -> bool:
    return sign_in_steps.is_known_browser(work.session, token_hash(known), person)


def _to_codes(work: Work, step: Step, way: str) -> bool:
    sign_in_steps.advance_step(work.session, step.id, Stage.CODES, f"{step.way}+{way}")
    return True


def _wrong_factor(work: Work, held: Held) -> SignIn:
    """Count it; too many end the step, and its owner hears that somebody knows the password."""
    step = held.step
    if step.tries + 1 < WRONG_FACTORS:
        sign_in_steps.count_wrong(work.session, step.id)
        return refuse(work, Refusal.WRONG_CODE, "second-factor", step.person)
    sign_in_steps.remove_step(work.session, step.id)
    alerts.alert(work, step.person, NoticeKind.PASSWORD_KNOWN)
    return refuse(work, Refusal.STEP_OVER, "second-factor", step.person)
