"""Signing in and out: officials by password, workers by phone and resume code."""

import base64
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.services.throttling import PER_ACCOUNT, PER_ADDRESS, allow_try
from app.services.work import Work, token_hash
from app.storage import accounts, people, sessions
from app.storage.database import Session
from permits.audit import Act
from permits.people import NOBODY, Actor, Role


class Refusal(StrEnum):
    """Why nobody was signed in; the same words whether or not the account exists."""

    WRONG = "sign-in-wrong"
    TOO_MANY = "too-many-tries"
    PROVIDER_REFUSED = "provider-refused"
    PROVIDER_AWAY = "provider-away"


@dataclass(frozen=True)
class SignIn:
    """A session (its token for the cookie, and the actor), a step that is open, or the refusal.

    `step` is the token of a sign-in that still waits for something: a second factor, its
    enrolment, or the choice of a role. A refusal is a value and not an exception, so that the
    count of tries is committed.
    """

    token: str = ""
    actor: Actor = NOBODY
    refusal: Refusal | None = None
    step: str = ""


@dataclass(frozen=True)
class Lengths:
    """How long sessions last: idle, and in all."""

    idle: timedelta
    absolute: timedelta


OFFICIAL = Lengths(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
WORKER = Lengths(idle=timedelta(hours=20), absolute=timedelta(hours=20))
"""WCAG 2.2.1: a draft may be worked on for a day without being signed out."""

BORDER = Lengths(idle=timedelta(hours=16), absolute=timedelta(hours=16))
"""A shift; the post may be without a network for hours."""


PROOF = timedelta(minutes=15)
"""How long a proof of who somebody is counts for acts that ask for a fresh one (ASVS 7.5.3)."""


def sign_in(work: Work, email: str, password: str, address: str) -> SignIn:
    """Sign an official in. Unknown accounts cost the same time as wrong passwords."""
    account = accounts.find_account(work.session, email.strip())
    if not _may_try(work, email.strip().lower(), address):
        return _refused(work, Refusal.TOO_MANY, "password")
    fits = work.ports.passwords.verify(password, account.password_hash if account else None)
    if account is None or not fits or account.disabled or not account.actors:
        return _refused(work, Refusal.WRONG, "password")
    return admit(work, account, "password", strong=False)


def admit(
    work: Work, account: accounts.Account, way: str, *, strong: bool, browser: str = ""
) -> SignIn:
    """Let in who has proved to be the holder of this account by `way` ("password", "oidc" …).

    `strong`: more than one factor was shown already. `browser` is where from, in two words.
    """
    if account.disabled or not account.actors:
        return _refused(work, Refusal.WRONG, way)
    return open_session(work, account.actors[0], way, browser)


def resume(work: Work, phone: str, code: str, address: str) -> SignIn:
    """Bring a worker back to their applications; `phone` is E.164, `code` eight digits."""
    digits = "".join(c for c in code if c.isdigit())
    if not _may_try(work, phone, address):
        return _refused(work, Refusal.TOO_MANY, "resume-code")
    household = people.list_workers_of_phone(work.session, phone)
    hashes: list[str | None] = [worker.resume_hash for worker in household] or [None]
    fits = [work.ports.passwords.verify(digits, hashed) for hashed in hashes]
    if not any(fits):
        return _refused(work, Refusal.WRONG, "resume-code")
    worker = household[fits.index(True)]
    return open_session(work, Actor(worker.person, Role.WORKER), "resume-code")


def open_session(
    work: Work, actor: Actor, way: str, browser: str = "", device: UUID | None = None
) -> SignIn:
    """Give a fresh token; the one of before, if any, is of no more use to this browser.

    `device` is the enrolled device of a border post at which the agent came in.
    """
    token = base64.urlsafe_b64encode(work.ports.chance.token(32)).decode().rstrip("=")
    ends = work.now + _lengths(actor.role).absolute
    signed_in = sessions.SignedIn(
        work.new_id(),
        actor.person,
        actor.role,
        way,
        work.now,
        work.now,
        work.now,
        ends,
        browser,
        device,
    )
    event = work.as_actor(actor).event(Act.SIGNED_IN, actor.person, {"way": way})
    sessions.add_session(work.session, token_hash(token), signed_in, event=event)
    return SignIn(token, actor)


def authenticate(session: Session, token: str, now: datetime) -> Actor:
    """The actor of a session's token; NOBODY where it is unknown, idle too long or over.

    Whose account is locked, or whose role was taken back, is nobody at once.
    """
    hashed = token_hash(token)
    found = sessions.find_session(session, hashed)
    if found is None:
        return NOBODY
    signed_in, actor = found
    idle = now - signed_in.seen_at > _lengths(signed_in.role).idle
    if actor is None or idle or now >= signed_in.expires_at:
        return NOBODY
    if now - signed_in.seen_at > timedelta(minutes=1):
        sessions.touch_session(session, hashed, now)
    return replace(actor, proven_until=signed_in.proven_at + PROOF, device=signed_in.device)


def sign_out(work: Work, token: str) -> None:
    """End the session; without one nothing happens."""
    event = work.event(Act.SIGNED_OUT, work.actor.person)
    sessions.remove_session(work.session, token_hash(token), event=event)


def _may_try(work: Work, subject: str, address: str) -> bool:
    account = allow_try(work, PER_ACCOUNT, subject)
    return allow_try(work, PER_ADDRESS, address) and account


def _refused(work: Work, refusal: Refusal, way: str) -> SignIn:
    event = work.event(Act.SIGN_IN_REFUSED, UUID(int=0), {"way": way})
    sessions.note_event(work.session, event=event)
    return SignIn(refusal=refusal)


def _lengths(role: Role) -> Lengths:
    if role is Role.WORKER:
        return WORKER
    return BORDER if role is Role.BORDER_AGENT else OFFICIAL
