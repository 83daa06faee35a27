"""Access tokens of the API: a client shows its secret and gets a signed, short-lived token."""

from dataclasses import dataclass

from app.services.throttling import PER_ACCOUNT, PER_ADDRESS, allow_try
from app.services.work import Work
from app.storage import sessions
from permits.audit import Act
from permits.people import ROLE_PERMISSIONS, Actor


@dataclass(frozen=True)
class Granted:
    """A token, or the error code of RFC 6749 section 5.2."""

    token: str = ""
    scope: str = ""
    error: str = ""


def create_token(work: Work, client: str, secret: str, address: str) -> Granted:
    """Client credentials (RFC 6749 section 4.4); a refusal is a value: the try is counted."""
    allowed = allow_try(work, PER_ACCOUNT, f"client {client}")
    if not (allow_try(work, PER_ADDRESS, address) and allowed):
        return Granted(error="slow_down")
    found = sessions.find_api_client(work.session, client)
    fits = work.ports.passwords.verify(secret, found.secret_hash if found else None)
    if found is None or not fits or found.disabled:
        return Granted(error="invalid_client")
    return Granted(sign_token(work, found.actor, client), _scope(found.actor))


def create_dev_token(work: Work, client: str) -> str | None:
    """A token of a client without its secret, for the demonstration; None for an unknown one."""
    found = sessions.find_api_client(work.session, client)
    return sign_token(work, found.actor, client) if found else None


def sign_token(work: Work, actor: Actor, client: str) -> str:
    """A token for an actor; its scope is what the role permits."""
    claims = {
        "sub": str(actor.person),
        "client_id": client,
        "role": actor.role.value,
        "name": actor.name,
        "post": actor.post,
        "department": actor.department,
        "employer": str(actor.employer) if actor.employer else None,
        "country": actor.country,
        "scope": _scope(actor),
    }
    facts = {"client": client, "scope": _scope(actor)}
    event = work.as_actor(actor).event(Act.TOKEN_CREATED, actor.person, facts)
    sessions.note_event(work.session, event=event)
    return work.ports.tokens.create_access_token(claims, work.now)


def _scope(actor: Actor) -> str:
    return " ".join(sorted(permission.value for permission in ROLE_PERMISSIONS[actor.role]))
