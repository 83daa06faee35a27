"""Second factors: apps that show codes and codes on paper; how they are added, shown and lost."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.services import alerts, one_time_codes
from app.services.throttling import Limit, Tries, count
from app.services.work import Work, token_hash
from app.storage import factors, sign_in_steps
from app.storage.factors import Factor as Factor
from app.storage.factors import FactorKind as FactorKind
from permits.audit import Act
from permits.errors import Conflict, Fault, Invalid, NotFound
from permits.notices import NoticeKind
from permits.people import PersonId

SEALED = "factors.secret_sealed"
WAITING = "enrolments.secret_sealed"
TIME_TO_ENROL = timedelta(minutes=20)
LONGEST_NAME = 40

PER_PERSON = Limit("factor", 10)
PER_PERSON_A_DAY = Limit("factor-day", 30, timedelta(days=1))
"""Three codes hold at any time: guesses find one in 11,000 days."""


@dataclass(frozen=True)
class Enrolment:
    """What somebody is shown to set their app up: the secret in groups, and its address."""

    secret: str
    address: str


def guard(work: Work, person: PersonId, known: str = "") -> Tries:
    """Count a try at a second factor before it is looked at.

    A browser known to the person has counters of its own, so that who knows a colleague's
    password cannot keep them out by guessing.
    """
    own = known and sign_in_steps.is_known_browser(work.session, token_hash(known), person)
    subject = f"{person}:{token_hash(known).hex()}" if own else str(person)
    return count(work, (PER_PERSON_A_DAY, subject), (PER_PERSON, subject))


def check_code(work: Work, person: PersonId, typed: str) -> str | None:
    """What kind of code this was, used up now: "totp" or "paper"; None where it fits nothing.

    Each code works once: the step of an app, the code on paper.
    """
    if digits := one_time_codes.digits(typed):
        return "totp" if _use_digits(work, person, digits) else None
    code = one_time_codes.paper_code(typed)
    if not code:
        return None
    place = int(code[0])
    hashed = factors.find_paper_code(work.session, person, place)
    fits = work.ports.passwords.verify(code, hashed)
    return (
        "paper" if fits and factors.use_paper_code(work.session, person, place, work.now) else None
    )


def _use_digits(work: Work, person: PersonId, digits: str) -> bool:
    for factor in factors.list_factors(work.session, person):
        if factor.secret_sealed is None or factor.last_step is None:
            continue
        secret = work.ports.vault.open(SEALED, factor.id, factor.secret_sealed)
        step = one_time_codes.step_of(secret, digits, work.now, factor.last_step)
        if step is not None:
            return factors.use_step(work.session, factor.id, step, work.now)
    return False


def begin_totp(work: Work, subject: UUID, name: str) -> Enrolment:
    """A secret to set an app up with, kept until `confirm_totp`; `subject` is step or session.

    Opening the page again shows the same secret, so that a symbol read before still fits.
    """
    waiting = sign_in_steps.find_enrolment(work.session, subject, work.now)
    if waiting is not None:
        secret = work.ports.vault.open(WAITING, subject, waiting)
    else:
        secret = one_time_codes.new_secret(work.ports.chance)
        sealed = work.ports.vault.seal(WAITING, subject, secret)
        until = work.now + TIME_TO_ENROL
        sign_in_steps.put_enrolment(work.session, subject, sealed, until)
    address = one_time_codes.address(secret, name)
    return Enrolment(one_time_codes.grouped(secret), address)


def confirm_totp(work: Work, subject: UUID, person: PersonId, typed: str, name: str) -> bool:
    """Add the app whose code this is; False where the code is wrong or the secret is gone."""
    waiting = sign_in_steps.find_enrolment(work.session, subject, work.now)
    if waiting is None:
        return False
    secret = work.ports.vault.open(WAITING, subject, waiting)
    step = one_time_codes.step_of(secret, one_time_codes.digits(typed), work.now, -1)
    if step is None:
        return False
    sign_in_steps.remove_enrolment(work.session, subject)
    add_totp(work, person, secret, name, step)
    return True


def add_totp(work: Work, person: PersonId, secret: str, name: str, last_step: int = -1) -> None:
    """Add an app by its secret; codes up to `last_step` count no more."""
    identity = work.new_id()
    sealed = work.ports.vault.seal(SEALED, identity, secret)
    kind = FactorKind.TOTP
    given = checked_name(name)
    factor = Factor(identity, person, kind, given, work.now, None, sealed, last_step)
    event = work.event(Act.FACTOR_ADDED, person, {"kind": kind.value})
    factors.add_factor(work.session, factor, event=event)


def checked_name(name: str) -> str:
    """A name for a factor: 1 to 40 characters, outer blanks dropped; Invalid otherwise."""
    given = " ".join(name.split())
    if not given:
        raise Invalid([Fault("missing", "name")])
    if len(given) > LONGEST_NAME:
        raise Invalid([Fault("too-long", "name", {"limit": LONGEST_NAME})])
    return given


def make_paper_codes(work: Work, person: PersonId) -> list[str]:
    """Ten new codes as they are printed, shown once; those of before count no more."""
    codes = one_time_codes.new_paper_codes(work.ports.chance)
    hashes = [work.ports.passwords.hash(code) for code in codes]
    event = work.event(Act.PAPER_CODES_MADE, person)
    factors.replace_paper_codes(work.session, person, hashes, work.now, event=event)
    return [one_time_codes.written(code) for code in codes]


def count_paper_codes(work: Work) -> int:
    """How many unused codes the actor has."""
    return factors.count_paper_codes(work.session, work.actor.person)


def list_own(work: Work) -> list[Factor]:
    """The actor's factors, oldest first."""
    return factors.list_factors(work.session, work.actor.person)


def rename_own(work: Work, factor: UUID, name: str) -> None:
    """Give one of the actor's factors another name; NotFound("no-such-factor")."""
    person, given = work.actor.person, checked_name(name)
    event = work.event(Act.FACTOR_RENAMED, person)
    if not factors.rename_factor(work.session, person, factor, given, event=event):
        raise NotFound("no-such-factor")


def remove_own(work: Work, factor: UUID, *, may_be_last: bool) -> None:
    """Forget one of the actor's factors and tell them.

    Conflict("last-factor") for the last one of an account; NotFound("no-such-factor").
    """
    person = work.actor.person
    held = factors.lock_factors(work.session, person)
    found = next((one for one in held if one.id == factor), None)
    if found is None:
        raise NotFound("no-such-factor")
    if len(held) == 1 and not may_be_last:
        raise Conflict("last-factor")
    event = work.event(Act.FACTOR_REMOVED, person, {"kind": found.kind.value})
    factors.remove_factor(work.session, person, factor, event=event)
    alerts.alert(work, person, NoticeKind.FACTOR_REMOVED)


def remove_all(work: Work, person: PersonId) -> None:
    """A person lost their factors: all are forgotten, and the next sign-in enrols anew."""
    event = work.event(Act.FACTOR_REMOVED, person, {"kind": "all"})
    factors.remove_all(work.session, person, event=event)
    sign_in_steps.remove_browsers_of(work.session, person)
    alerts.alert(work, person, NoticeKind.FACTOR_REMOVED)


def last_step(work: Work, person: PersonId) -> int:
    """The last step whose code a person used; -1 before the first."""
    held = factors.list_factors(work.session, person)
    return max((one.last_step for one in held if one.last_step is not None), default=-1)
