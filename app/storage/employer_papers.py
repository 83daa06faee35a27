"""Papers of employers: where each lies in the object store, and what it shows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from recruitment.employer_papers import MOST_PAPERS, About, Paper
from recruitment.recruiters import LicenceKey
from recruitment.registries import Registry

employer_papers = Table(
    "employer_papers",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("registration", PG_UUID, ForeignKey("employer_registrations.id"), info=PSEUDONYMOUS),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), info=OPERATIONAL),
    # Of a recruiter's criterion, by the licence: its telephone brought it.
    Column("registry", Text, info=OPERATIONAL),
    Column("licence", Text, info=PERSONAL),
    Column("about", Text, nullable=False, info=OPERATIONAL),
    Column("subject", Text, nullable=False, info=OPERATIONAL),
    Column("object_key", Text, nullable=False, unique=True, info=SENSITIVE),
    Column("media_type", Text, nullable=False, info=OPERATIONAL),
    Column("size_bytes", Integer, nullable=False, info=OPERATIONAL),
    Column("sha256", Text, nullable=False, info=OPERATIONAL),
    Column("attached_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("attached_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    # Taken away by who brought it; the object goes, and that it was there stays.
    Column("removed_at", DateTime(timezone=True), info=OPERATIONAL),
    CheckConstraint(
        "about IN ('registration', 'iris', 'verification', 'labour-market')", name="about"
    ),
    CheckConstraint("(registration IS NULL) = (vacancy IS NOT NULL)", name="of_one"),
    CheckConstraint("(about = 'labour-market') = (vacancy IS NOT NULL)", name="about_vacancy"),
    CheckConstraint(
        "(registry IS NULL) = (licence IS NULL) AND (licence IS NULL OR about = 'iris')",
        name="licence",
    ),
    CheckConstraint("media_type IN ('image/jpeg', 'application/pdf')", name="media_type"),
    CheckConstraint("size_bytes > 0", name="size"),
    Index("ix_employer_papers_registration", "registration"),
    Index("ix_employer_papers_vacancy", "vacancy"),
    Index("ix_employer_papers_licence", "licence", "registry"),
)


def add_paper(session: Session, paper: Paper, *, event: AuditEvent) -> None:
    """Keep a paper; its object lies there already."""
    session.execute(
        insert(employer_papers),
        {
            "id": paper.id,
            "registration": paper.registration,
            "vacancy": paper.vacancy,
            "about": paper.about.value,
            "subject": paper.subject,
            "object_key": paper.object_key,
            "media_type": paper.media_type,
            "size_bytes": paper.size_bytes,
            "sha256": paper.sha256,
            "attached_by": paper.attached_by,
            "attached_at": paper.attached_at,
            "registry": paper.licence.registry.value if paper.licence else None,
            "licence": paper.licence.number if paper.licence else None,
        },
    )
    audit.append(session, event)


def remove_paper(session: Session, paper: Paper, now: datetime, *, event: AuditEvent) -> bool:
    """It is shown to nobody any more; False where it was taken away already."""
    table = employer_papers.c
    removing = update(employer_papers).where(table.id == paper.id, table.removed_at.is_(None))
    told = audit.telling(removing.values(removed_at=now).returning(table.id), event)
    return session.execute(told).first() is not None


def list_of_registration(session: Session, registration: UUID) -> tuple[Paper, ...]:
    """The papers of a registration, the oldest first."""
    own = employer_papers.c.registration == registration
    return _papers(session, _standing().where(own).limit(MOST_PAPERS))


def list_of_licence(session: Session, key: LicenceKey) -> tuple[Paper, ...]:
    """The papers that show how a recruiter meets IRIS, the oldest first."""
    table = employer_papers.c
    own = (table.licence == key.number, table.registry == key.registry.value)
    return _papers(session, _standing().where(*own).limit(MOST_PAPERS))


def list_of_vacancy(session: Session, vacancy: UUID) -> tuple[Paper, ...]:
    """The papers of a vacancy's steps, the oldest first."""
    own = employer_papers.c.vacancy == vacancy
    return _papers(session, _standing().where(own).limit(MOST_PAPERS))


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember that an official opened one."""
    audit.append(session, event)


def _standing() -> Select[Any]:
    table = employer_papers.c
    query = select(employer_papers).where(table.removed_at.is_(None))
    return query.order_by(table.attached_at, table.id)


def _papers(session: Session, query: Select[Any]) -> tuple[Paper, ...]:
    return tuple(_paper(row) for row in session.execute(query))


def _paper(row: Row[Any]) -> Paper:
    return Paper(
        row.id,
        About(row.about),
        row.subject,
        row.registration,
        row.vacancy,
        row.object_key,
        row.media_type,
        row.size_bytes,
        row.sha256,
        row.attached_by,
        row.attached_at,
        LicenceKey(Registry(row.registry), row.licence) if row.licence else None,
    )
