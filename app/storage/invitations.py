"""Invitations to set a password: of each person at most one, by the hash of its token."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    LargeBinary,
    Table,
    Text,
    delete,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.database import Base, Session
from app.storage.statements import put
from permits.audit import AuditEvent
from permits.people import PersonId


class Purpose(StrEnum):
    """A first password, or a new one for somebody who had one."""

    INVITATION = "invitation"
    RESET = "reset"


_PURPOSES = ", ".join(f"'{purpose.value}'" for purpose in Purpose)

invitations = Table(
    "invitations",
    Base.metadata,
    Column("person", PG_UUID, ForeignKey("accounts.person"), primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("purpose", Text, nullable=False),
    Column("invited_by", PG_UUID, nullable=False),
    Column("invited_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    CheckConstraint(f"purpose IN ({_PURPOSES})", name="purpose"),
    CheckConstraint("invited_by <> person", name="not_by_oneself"),
)


@dataclass(frozen=True)
class Invitation:
    """A link that waits to be used; it is taken away when it is."""

    person: PersonId
    purpose: Purpose
    invited_by: PersonId
    invited_at: datetime
    expires_at: datetime


def invite(
    session: Session, invitation: Invitation, token_hash: bytes, *, event: AuditEvent
) -> None:
    """Keep an invitation; the person's link of before works no more."""
    values: dict[str, Any] = {
        "token_hash": token_hash,
        "purpose": invitation.purpose.value,
        "invited_by": invitation.invited_by,
        "invited_at": invitation.invited_at,
        "expires_at": invitation.expires_at,
    }
    put(session, invitations, {"person": invitation.person}, values)
    audit.append(session, event)


def find_invitation(session: Session, person: PersonId) -> Invitation | None:
    """The open invitation of a person, expired or not."""
    return _first(session, invitations.c.person == person)


def list_invited(session: Session, persons: Collection[PersonId]) -> set[PersonId]:
    """Which of these persons have an invitation, expired or not."""
    query = select(invitations.c.person).where(invitations.c.person.in_(persons))
    return {PersonId(row.person) for row in session.execute(query)}


def lock_by_token(session: Session, token_hash: bytes) -> Invitation | None:
    """The invitation of a token, its row held: of two who use it at once one finds it gone."""
    return _first(session, invitations.c.token_hash == token_hash, lock=True)


def withdraw(session: Session, person: PersonId, *, event: AuditEvent) -> None:
    """Take the invitation of a person away; having none is not an error."""
    session.execute(delete(invitations).where(invitations.c.person == person))
    audit.append(session, event)


def _first(
    session: Session, condition: ColumnElement[bool], *, lock: bool = False
) -> Invitation | None:
    query = select(invitations).where(condition)
    row = session.execute(query.with_for_update() if lock else query).first()
    if row is None:
        return None
    return Invitation(
        PersonId(row.person),
        Purpose(row.purpose),
        PersonId(row.invited_by),
        row.invited_at,
        row.expires_at,
    )
