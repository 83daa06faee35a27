"""Who travels with a worker; the number of a document stands sealed. No permit refers to a row."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.companions import Companion, CompanionId, Relation
from permits.people import PersonId

COMPANION_DOCUMENT = "companions.document"
"""Where the number is sealed."""

companions = Table(
    "companions",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("application", PG_UUID, nullable=False),
    Column("worker", PG_UUID, nullable=False),
    Column("relation", Text, nullable=False),
    Column("full_name", Text, nullable=False),
    Column("date_of_birth", Date, nullable=False),
    Column("document", LargeBinary),
    Column("added_at", DateTime(timezone=True), nullable=False),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("relation IN ('child', 'spouse', 'other')", name="relation"),
    Index("ix_companions_application", "application"),
)


def add_companion(
    session: Session, vault: Vault, companion: Companion, *, event: AuditEvent
) -> None:
    """Record somebody who travels along."""
    number = companion.document
    session.execute(
        insert(companions).values(
            id=companion.id,
            application=companion.application,
            worker=companion.worker,
            relation=companion.relation.value,
            full_name=companion.full_name,
            date_of_birth=companion.date_of_birth,
            document=vault.seal(COMPANION_DOCUMENT, companion.id, number) if number else None,
            added_at=companion.added_at,
        )
    )
    audit.append(session, event)


def remove_companion(
    session: Session, application: ApplicationId, companion: UUID, *, event: AuditEvent
) -> bool:
    """Forget somebody who does not travel along; False, and nothing logged, where nobody is."""
    gone = delete(companions).where(
        companions.c.id == companion, companions.c.application == application
    )
    removed = session.execute(gone.returning(companions.c.id)).first() is not None
    if removed:
        audit.append(session, event)
    return removed


def list_companions(session: Session, vault: Vault, application: UUID) -> list[Companion]:
    """Who travels along, the oldest first."""
    rows = session.execute(
        select(companions)
        .where(companions.c.application == application)
        .order_by(companions.c.date_of_birth, companions.c.id)
    )
    return [_companion(vault, row) for row in rows]


def count_companions(session: Session, application: UUID) -> int:
    """How many travel along."""
    query = select(func.count()).where(companions.c.application == application)
    return session.execute(query).scalar_one()


def _companion(vault: Vault, row: Row[Any]) -> Companion:
    sealed = row.document
    return Companion(
        CompanionId(row.id),
        ApplicationId(row.application),
        PersonId(row.worker),
        Relation(row.relation),
        row.full_name,
        row.date_of_birth,
        row.added_at,
        "" if sealed is None else vault.open(COMPANION_DOCUMENT, row.id, sealed),
    )
