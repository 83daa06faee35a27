"""Who is signed in: opaque tokens, of which only the hash is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    DateTime,
    Index,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.account_tables import accounts, grants
from app.storage.accounts import note_sign_in, read_scope
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.deadlines import legal_day
from permits.people import Actor, PersonId, Role, actor_in

sessions = Table(
    "sessions",
    Base.metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    # What its owner sees and ends it by; the token itself is never shown again.
    Column("id", PG_UUID, nullable=False, unique=True),
    Column("person", PG_UUID, nullable=False),
    Column("role", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("browser", Text, nullable=False),
    Column("device", PG_UUID),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("proven_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Index("ix_sessions_person", "person"),
)


@dataclass(frozen=True)
class SignedIn:
    """A session as stored; the service decides whether it still holds.

    `role` is the one that was chosen at sign-in. `way` tells how ("password", "passkey" …),
    `browser` in two or three words from where, `device` which enrolled device of a border post.
    `proven_at` is the last instant at which the person proved who they are.
    """

    id: UUID
    person: PersonId
    role: Role
    way: str
    created_at: datetime
    seen_at: datetime
    proven_at: datetime
    expires_at: datetime
    browser: str = ""
    device: UUID | None = None


def add_session(
    session: Session, token_hash: bytes, signed_in: SignedIn, *, event: AuditEvent
) -> None:
    """Open a session."""
    session.execute(
        insert(sessions),
        {
            "token_hash": token_hash,
            "id": signed_in.id,
            "person": signed_in.person,
            "role": signed_in.role.value,
            "way": signed_in.way,
            "browser": signed_in.browser,
            "device": signed_in.device,
            "created_at": signed_in.created_at,
            "seen_at": signed_in.seen_at,
            "proven_at": signed_in.proven_at,
            "expires_at": signed_in.expires_at,
        },
    )
    if signed_in.role is not Role.WORKER:
        note_sign_in(session, signed_in.person, legal_day(signed_in.created_at))
    audit.append(session, event)


def find_session(session: Session, token_hash: bytes) -> tuple[SignedIn, Actor | None] | None:
    """The session of a token, expired or not, and the actor that it still stands for.

    The actor is None where the account is locked or the role was taken back: both count at once.
    """
    row = session.execute(_FINDING, {"token": token_hash}).first()
    if row is None:
        return None
    return _signed_in(row), _actor(row)


def _finding() -> Select[Any]:
    held = (
        (grants.c.person == sessions.c.person)
        & (grants.c.role == sessions.c.role)
        & grants.c.ended_at.is_(None)
    )
    open_account = (accounts.c.person == sessions.c.person) & accounts.c.disabled_at.is_(None)
    return (
        select(
            sessions,
            accounts.c.name,
            grants.c.id.label("grant"),
            grants.c.post,
            grants.c.department,
            grants.c.employer,
            grants.c.country,
        )
        .outerjoin(accounts, open_account)
        .outerjoin(grants, held)
        .where(sessions.c.token_hash == bindparam("token"))
    )


_FINDING = _finding()
"""Made once: each request asks it."""


def _signed_in(row: Row[Any]) -> SignedIn:
    return SignedIn(
        row.id,
        PersonId(row.person),
        Role(row.role),
        row.way,
        row.created_at,
        row.seen_at,
        row.proven_at,
        row.expires_at,
        row.browser,
        row.device,
    )


def _actor(row: Row[Any]) -> Actor | None:
    if row.role == Role.WORKER.value:
        return Actor(PersonId(row.person), Role.WORKER)
    if row.name is None or row.grant is None:
        return None
    return actor_in(PersonId(row.person), Role(row.role), row.name, read_scope(row))


def touch_session(session: Session, token_hash: bytes, now: datetime) -> None:
    """Note that the session was used; unaudited, since every act is audited by itself."""
    session.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(seen_at=now))


def list_sessions(session: Session, person: PersonId, limit: int) -> list[SignedIn]:
    """The sessions of a person, over or not, the latest used first."""
    own = select(sessions).where(sessions.c.person == person)
    rows = session.execute(own.order_by(sessions.c.seen_at.desc(), sessions.c.id).limit(limit))
    return [_signed_in(row) for row in rows]


def rotate_session(
    session: Session, old_hash: bytes, new_hash: bytes, now: datetime, *, event: AuditEvent
) -> None:
    """Put a session under another token, and note that its owner proved themselves now."""
    values = {"token_hash": new_hash, "proven_at": now, "seen_at": now}
    session.execute(update(sessions).where(sessions.c.token_hash == old_hash).values(**values))
    audit.append(session, event)


def end_session(session: Session, person: PersonId, identity: UUID, *, event: AuditEvent) -> bool:
    """End a session of a person by its id; False where they have no such session."""
    own = (sessions.c.id == identity, sessions.c.person == person)
    gone = session.execute(delete(sessions).where(*own).returning(sessions.c.id)).first()
    audit.append(session, event)
    return gone is not None


def end_sessions(
    session: Session, person: PersonId, but: UUID | None, *, event: AuditEvent
) -> None:
    """End every session of a person, `but` one where that is named."""
    gone = delete(sessions).where(sessions.c.person == person)
    session.execute(gone if but is None else gone.where(sessions.c.id != but))
    audit.append(session, event)


def remove_session(session: Session, token_hash: bytes, *, event: AuditEvent) -> None:
    """End a session; ending it twice is not an error."""
    session.execute(delete(sessions).where(sessions.c.token_hash == token_hash))
    audit.append(session, event)


def remove_expired(session: Session, now: datetime) -> int:
    """Forget sessions that are over; returns how many."""
    gone = delete(sessions).where(sessions.c.expires_at < now).returning(sessions.c.token_hash)
    return len(session.execute(gone).all())


def note_event(session: Session, *, event: AuditEvent) -> None:
    """Remember an event about signing in that changes nothing else."""
    audit.append(session, event)
