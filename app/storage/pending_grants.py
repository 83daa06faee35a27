"""Roles that an administrator proposed and that wait for a second one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.account_tables import SCOPE_CHECKS, accounts
from app.storage.accounts import Grant, read_scope
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId, Role

pending_grants = Table(
    "pending_grants",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("person", PG_UUID, ForeignKey("accounts.person"), nullable=False),
    Column("role", Text, nullable=False),
    Column("post", Text),
    Column("department", Text),
    Column("employer", PG_UUID),
    Column("country", Text),
    Column("asked_by", PG_UUID, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    *(CheckConstraint(rule, name=name) for name, rule in SCOPE_CHECKS),
    CheckConstraint("asked_by <> person", name="not_by_oneself"),
    UniqueConstraint("person", "role"),
)


@dataclass(frozen=True)
class PendingGrant:
    """A proposed role; `name` is the person's."""

    id: UUID
    person: PersonId
    name: str
    grant: Grant
    asked_by: PersonId
    asked_at: datetime


def add_pending(session: Session, pending: PendingGrant, *, event: AuditEvent) -> None:
    """Keep a proposal; a second one of the same role breaks the index."""
    session.execute(
        insert(pending_grants),
        {
            "id": pending.id,
            "person": pending.person,
            **pending.grant.columns,
            "asked_by": pending.asked_by,
            "asked_at": pending.asked_at,
        },
    )
    audit.append(session, event)


def lock_pending(session: Session, pending: UUID) -> PendingGrant | None:
    """A proposal, its row held; None once it was answered."""
    query = _whole().where(pending_grants.c.id == pending)
    row = session.execute(query.with_for_update(of=pending_grants)).first()
    return None if row is None else _pending(row)


def remove_pending(session: Session, pending: UUID, *, event: AuditEvent) -> None:
    """The proposal was answered, by a grant or by a no."""
    session.execute(delete(pending_grants).where(pending_grants.c.id == pending))
    audit.append(session, event)


def list_pending(
    session: Session, person: PersonId | None = None, limit: int = 50
) -> list[PendingGrant]:
    """Proposals that wait, the oldest first; of one person where one is named."""
    query = _whole().order_by(pending_grants.c.asked_at, pending_grants.c.id)
    if person is not None:
        query = query.where(pending_grants.c.person == person)
    return [_pending(row) for row in session.execute(query.limit(limit))]


def count_pending(session: Session) -> int:
    """How many proposals wait."""
    return session.execute(select(func.count()).select_from(pending_grants)).scalar_one()


def _whole() -> Select[Any]:
    joined = accounts.c.person == pending_grants.c.person
    return select(pending_grants, accounts.c.name).join(accounts, joined)


def _pending(row: Row[Any]) -> PendingGrant:
    return PendingGrant(
        row.id,
        PersonId(row.person),
        row.name,
        Grant(Role(row.role), read_scope(row)),
        PersonId(row.asked_by),
        row.asked_at,
    )
