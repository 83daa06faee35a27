"""Access tokens of the API: a client shows its secret and gets a signed, short-lived token."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.services.throttling import PER_ACCOUNT, PER_ADDRESS, count, place_of, were_right
from app.services.work import Work
from app.storage import api_clients, sessions
from app.storage.api_clients import ApiClient
from app.storage.database import Session
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import Actor, Permission

WAY = "client-secret"
NOT_KNOWN = UUID(int=0)
KNOWN: Mapping[str, Permission] = {one.value: one for one in Permission}


@dataclass(frozen=True)
class Granted:
    """A token, or the error code of RFC 6749 section 5.2; `wait` in seconds where it says so."""

    token: str = ""
    scope: str = ""
    error: str = ""
    wait: int = 0


def create_token(
    work: Work, client: str, secret: str, address: str, scope: str | None = None
) -> Granted:
    """Client credentials (RFC 6749 section 4.4); a refusal is a value: the try is counted.

    `scope` asks for less than the client may have, permissions with blanks between; more is
    refused. None asks for all of it. Tries are counted by client and address: who knows a client's
    name keeps it out from nowhere else, and nobody guesses its secret of 256 bits.
    """
    place = place_of(address)
    tries = count(work, (PER_ACCOUNT, f"client {client} {place}"), (PER_ADDRESS, place))
    if tries.wait:
        return _refuse(work, "slow_down", wait=tries.wait)
    found = api_clients.find_api_client(work.session, client)
    fits = _fits(work, found, secret)
    if found is None or not fits or api_clients.find_standing(work.session, client) is None:
        return _refuse(work, "invalid_client")
    were_right(work, tries)
    actor = _narrowed(found.actor, scope)
    if actor is None:
        return _refuse(work, "invalid_scope", found.actor.person)
    api_clients.note_use(work.session, client, legal_day(work.now))
    return Granted(sign_token(work, actor, client), _scope(actor))


def create_dev_token(work: Work, client: str) -> str | None:
    """A token of a client without its secret, for the demonstration; None for an unknown one."""
    found = api_clients.find_api_client(work.session, client)
    return sign_token(work, found.actor, client) if found else None


def sign_token(work: Work, actor: Actor, client: str) -> str:
    """A token for an actor; its scope is what the actor may do, and who reads it looks again."""
    claims = {
        "sub": str(actor.person),
        "client_id": client,
        "role": actor.role.value,
        "scope": _scope(actor),
    }
    facts = {"client": client, "scope": _scope(actor)}
    event = work.as_actor(actor).event(Act.TOKEN_CREATED, actor.person, facts)
    sessions.note_event(work.session, event=event)
    return work.ports.tokens.create_access_token(claims, work.now)


def authenticate(session: Session, claims: Mapping[str, object]) -> Actor | None:
    """Whom a token stands for now; None where it counts no more.

    A disabled client, a locked account and a role that was taken back count at once (ASVS 5.0
    8.3.2), and so does a smaller scope of the client. What the token does not name it never opens.
    """
    actor = api_clients.find_standing(session, str(claims.get("client_id", "")))
    if actor is None:
        return None
    if (str(claims.get("sub")), claims.get("role")) != (str(actor.person), actor.role.value):
        return None
    named = str(claims.get("scope", "")).split()
    return actor.bounded({KNOWN[one] for one in named if one in KNOWN})


def _refuse(work: Work, error: str, person: UUID = NOT_KNOWN, wait: int = 0) -> Granted:
    """Note that no token was given; the program only where its secret was right."""
    event = work.event(Act.SIGN_IN_REFUSED, person, {"way": WAY})
    sessions.note_event(work.session, event=event)
    return Granted(error=error, wait=wait)


def _fits(work: Work, found: ApiClient | None, secret: str) -> bool:
    """Whether it is the secret, or the one before within its hours; no costs the same time."""
    verify = work.ports.passwords.verify
    hashed = found.secret_hash if found else None
    previous = None
    if found and found.previous_until is not None and work.now < found.previous_until:
        previous = found.previous_secret_hash
    return verify(secret, hashed) or verify(secret, previous)


def _narrowed(actor: Actor, scope: str | None) -> Actor | None:
    """The actor with what was asked for; None where something of it was never given."""
    if scope is None or not scope.strip():
        return actor
    asked = set(scope.split())
    if not asked <= {one.value for one in actor.allowed}:
        return None
    return actor.bounded({KNOWN[one] for one in asked})


def _scope(actor: Actor) -> str:
    return " ".join(sorted(permission.value for permission in actor.allowed))
