"""Workers and how to reach them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Index,
    Row,
    Table,
    Text,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId

workers = Table(
    "workers",
    Base.metadata,
    Column("person", PG_UUID, primary_key=True),
    Column("phone", Text, nullable=False),
    Column("resume_hash", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("ix_workers_phone", "phone"),
)


@dataclass(frozen=True)
class Worker:
    """How a worker is reached and comes back; `phone` is E.164."""

    person: PersonId
    phone: str
    resume_hash: str
    language: str


def add_worker(session: Session, worker: Worker, now: datetime, *, event: AuditEvent) -> None:
    """Register a worker who began an application."""
    session.execute(
        insert(workers).values(
            person=worker.person,
            phone=worker.phone,
            resume_hash=worker.resume_hash,
            language=worker.language,
            created_at=now,
        )
    )
    audit.append(session, event)


def set_phone(session: Session, person: PersonId, phone: str, *, event: AuditEvent) -> None:
    """Change the number that messages go to and that opens the draft again."""
    session.execute(update(workers).where(workers.c.person == person).values(phone=phone))
    audit.append(session, event)


def find_worker(session: Session, person: PersonId) -> Worker | None:
    """The worker, or None where the person is not one."""
    row = session.execute(select(workers).where(workers.c.person == person)).first()
    return _worker(row) if row else None


def list_workers_of_phone(session: Session, phone: str) -> list[Worker]:
    """A household may share one phone; newest first, ten at most."""
    rows = session.execute(
        select(workers)
        .where(workers.c.phone == phone)
        .order_by(workers.c.created_at.desc())
        .limit(10)
    )
    return [_worker(row) for row in rows]


def _worker(row: Row[Any]) -> Worker:
    return Worker(PersonId(row.person), row.phone, row.resume_hash, row.language)


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember who opened a person's file."""
    audit.append(session, event)
