"""Sessions: opened with a fresh token, looked up at every request, ended by time or by hand."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.services.session_limits import PROOF, SessionLimits
from app.services.work import Work, token_hash
from app.storage import accounts, sessions, sign_in_steps
from app.storage.database import Session
from app.storage.sessions import SignedIn as SignedIn
from app.storage.sign_in_steps import Stage as Stage
from permits import base64url
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Forbidden, NotFound
from permits.people import NOBODY, Actor, PersonId, Role

USUAL = SessionLimits()
SHOWN = 50
"""Of one's own sessions; signing out everywhere ends those that are not shown too."""


class Refusal(StrEnum):
    """Why nobody was signed in; the same words whether or not the account exists."""

    WRONG = "sign-in-wrong"
    WRONG_CODE = "code-wrong"
    STEP_OVER = "step-over"
    TOO_MANY = "too-many-tries"
    PROVIDER_REFUSED = "provider-refused"
    PROVIDER_AWAY = "provider-away"


@dataclass(frozen=True)
class SignIn:
    """A session (its token for the cookie, and the actor), a step that is open, or the refusal.

    `step` is the token of a sign-in that still waits for something: `stage` tells what. `known`
    is the token by which this browser is known to belong to the person from now on. A refusal is
    a value and not an exception, so that the count of tries is committed. `wait` tells in how many
    seconds another try counts, where there were too many.
    """

    token: str = ""
    actor: Actor = NOBODY
    refusal: Refusal | None = None
    step: str = ""
    stage: Stage | None = None
    known: str = ""
    wait: int = 0


def fresh_token(work: Work) -> str:
    """256 random bits for a cookie."""
    return base64url.encode(work.ports.chance.token(32))


def open_session(
    work: Work,
    actor: Actor,
    way: str,
    browser: str = "",
    device: UUID | None = None,
    after: SignedIn | None = None,
) -> SignIn:
    """Give a fresh token; the one of before, if any, is of no more use to this browser.

    `device` is the enrolled device of a border post at which the agent came in. `after` is the
    session that this one goes on from: it ends no later, and was proved then.
    """
    token = fresh_token(work)
    ends = work.now + work.ports.session_limits.of(actor.role).whole
    if after is not None:
        ends = min(ends, after.expires_at)
    proven = after.proven_at if after else work.now
    if device is not None and after is None:
        # Six digits on a shared device open the scanner; what asks for a fresh proof wants more.
        proven -= PROOF
    person, role, now = actor.person, actor.role, work.now
    signed_in = SignedIn(work.new_id(), person, role, way, now, now, proven, ends, browser, device)
    if role is not Role.WORKER:
        accounts.note_sign_in(work.session, person, legal_day(now))
    event = work.as_actor(actor).event(Act.SIGNED_IN, actor.person, {"way": way})
    sessions.add_session(work.session, token_hash(token), signed_in, event=event)
    return SignIn(token, actor)


def authenticate(
    session: Session, token: str, now: datetime, limits: SessionLimits = USUAL
) -> Actor:
    """The actor of a session's token; NOBODY where it is unknown, idle too long or over.

    Whose account is locked, or whose role was taken back, is nobody at once.
    """
    hashed = token_hash(token)
    found = sessions.find_session(session, hashed)
    if found is None:
        return NOBODY
    signed_in, actor = found
    if actor is None or is_over(signed_in, now, limits):
        return NOBODY
    if now - signed_in.seen_at > timedelta(minutes=1):
        sessions.touch_session(session, hashed, now)
    return replace(actor, proven_until=signed_in.proven_at + PROOF, device=signed_in.device)


def is_over(signed_in: SignedIn, now: datetime, limits: SessionLimits) -> bool:
    """Whether a session has been idle too long, or has lasted long enough."""
    idle = now - signed_in.seen_at > limits.of(signed_in.role).idle
    return idle or now >= signed_in.expires_at


def current(work: Work, token: str) -> SignedIn:
    """The session of this token; Forbidden("session-needed") where it is not the actor's.

    A program with an access token has none: it has no business with somebody's own account.
    """
    found = sessions.find_session(work.session, token_hash(token)) if token else None
    if found is None or found[0].person != work.actor.person:
        raise Forbidden("session-needed")
    return found[0]


def rotate(work: Work, token: str, way: str) -> SignIn:
    """The same session under a fresh token, proved now; the token of before is void."""
    fresh = fresh_token(work)
    event = work.event(Act.PROVED, work.actor.person, {"way": way})
    sessions.rotate_session(
        work.session, token_hash(token), token_hash(fresh), work.now, event=event
    )
    return SignIn(fresh, work.actor)


def sign_out(work: Work, token: str) -> None:
    """End the session; without one nothing happens."""
    event = work.event(Act.SIGNED_OUT, work.actor.person)
    sessions.remove_session(work.session, token_hash(token), event=event)


def list_own(work: Work) -> list[SignedIn]:
    """The actor's sessions that hold, the latest used first: SHOWN, and one where more are."""
    limits = work.ports.session_limits
    latest = sessions.list_sessions(work.session, work.actor.person, SHOWN + 1)
    return [one for one in latest if not is_over(one, work.now, limits)]


def end_own(work: Work, session: UUID) -> None:
    """End one of the actor's sessions; NotFound("no-such-session") for anybody else's."""
    event = work.event(Act.SESSION_ENDED, work.actor.person)
    if not sessions.end_session(work.session, work.actor.person, session, event=event):
        raise NotFound("no-such-session")


def end_all(work: Work, person: PersonId, but: UUID | None = None) -> None:
    """End every session of a person, `but` one, and every sign-in of theirs under way."""
    event = work.event(Act.SESSION_ENDED, person)
    sessions.end_sessions(work.session, person, but, event=event)
    sign_in_steps.remove_steps_of(work.session, person)
