"""Who is signed in: opaque tokens (only their hash is kept) and the clients of the API."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    DateTime,
    Index,
    LargeBinary,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import Actor, PersonId, Role

sessions = Table(
    "sessions",
    Base.metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("person", PG_UUID, nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("post", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Index("ix_sessions_person", "person"),
)

api_clients = Table(
    "api_clients",
    Base.metadata,
    Column("client", Text, primary_key=True),
    Column("person", PG_UUID, nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("post", Text),
    Column("secret_hash", Text, nullable=False),
    Column("disabled_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True)
class SignedIn:
    """A session as stored; the service decides whether it still holds."""

    actor: Actor
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class ApiClient:
    """A system or person that signs in with a client secret (RFC 6749 section 4.4)."""

    client: str
    actor: Actor
    secret_hash: str
    disabled: bool


def add_session(
    session: Session, token_hash: bytes, signed_in: SignedIn, *, event: AuditEvent
) -> None:
    """Open a session."""
    session.execute(
        insert(sessions).values(
            token_hash=token_hash,
            person=signed_in.actor.person,
            role=signed_in.actor.role.value,
            name=signed_in.actor.name,
            post=signed_in.actor.post,
            created_at=signed_in.created_at,
            seen_at=signed_in.seen_at,
            expires_at=signed_in.expires_at,
        )
    )
    audit.append(session, event)


def find_session(session: Session, token_hash: bytes) -> SignedIn | None:
    """The session of a token, expired or not."""
    row = session.execute(select(sessions).where(sessions.c.token_hash == token_hash)).first()
    if row is None:
        return None
    actor = Actor(PersonId(row.person), Role(row.role), row.name, row.post)
    return SignedIn(actor, row.created_at, row.seen_at, row.expires_at)


def touch_session(session: Session, token_hash: bytes, now: datetime) -> None:
    """Note that the session was used; unaudited, since every act is audited by itself."""
    session.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(seen_at=now))


def remove_session(session: Session, token_hash: bytes, *, event: AuditEvent) -> None:
    """End a session; ending it twice is not an error."""
    session.execute(delete(sessions).where(sessions.c.token_hash == token_hash))
    audit.append(session, event)


def remove_expired(session: Session, now: datetime) -> int:
    """Forget sessions that are over; returns how many."""
    gone = delete(sessions).where(sessions.c.expires_at < now).returning(sessions.c.token_hash)
    return len(session.execute(gone).all())


def add_api_client(
    session: Session, client: ApiClient, now: datetime, *, event: AuditEvent
) -> None:
    """Register a client of the API."""
    session.execute(
        insert(api_clients).values(
            client=client.client,
            person=client.actor.person,
            role=client.actor.role.value,
            name=client.actor.name,
            post=client.actor.post,
            secret_hash=client.secret_hash,
            created_at=now,
        )
    )
    audit.append(session, event)


def find_api_client(session: Session, client: str) -> ApiClient | None:
    """The client of an id, disabled or not."""
    row = session.execute(select(api_clients).where(api_clients.c.client == client)).first()
    if row is None:
        return None
    actor = Actor(PersonId(row.person), Role(row.role), row.name, row.post)
    return ApiClient(row.client, actor, row.secret_hash, row.disabled_at is not None)


def note_event(session: Session, *, event: AuditEvent) -> None:
    """Remember an event about signing in that changes nothing else."""
    audit.append(session, event)
