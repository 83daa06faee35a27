"""Files that officials opened beyond their bounds for a stated reason, and what was said of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    func,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.account_tables import accounts
from app.storage.applications import applications
from app.storage.database import Base, Session
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.people import PersonId, Role

REASON, NOTE = "openings.reason", "openings.note"
"""The places that the texts are sealed to: what somebody writes in a hurry may name people."""

openings = Table(
    "openings",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("person", PG_UUID, nullable=False),
    Column("role", Text, nullable=False),
    Column("application", PG_UUID, ForeignKey("applications.id"), nullable=False),
    Column("reason", LargeBinary, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("reviewed_at", DateTime(timezone=True)),
    Column("reviewed_by", PG_UUID),
    Column("justified", Boolean),
    Column("note", LargeBinary),
    CheckConstraint("ends_at > opened_at", name="ends_later"),
    CheckConstraint(
        "(reviewed_at IS NULL) = (reviewed_by IS NULL)"
        " AND (reviewed_at IS NULL) = (justified IS NULL)"
        " AND (reviewed_at IS NULL) = (note IS NULL)",
        name="reviewed_together",
    ),
    CheckConstraint("reviewed_by <> person", name="not_by_oneself"),
    Index("ix_openings_person_ends_at", "person", "ends_at"),
    Index("ix_openings_opened_at", "opened_at", "id"),
)


@dataclass(frozen=True)
class Opening:
    """One file opened by one official; `name` is the official's, `receipt` the file's number.

    `reason` and `note` are sealed. `note` and `justified` are None until it was reviewed.
    """

    id: UUID
    person: PersonId
    role: Role
    application: ApplicationId
    reason: bytes
    opened_at: datetime
    ends_at: datetime
    name: str = ""
    receipt: str = ""
    reviewed_at: datetime | None = None
    justified: bool | None = None
    note: bytes | None = None


def add_opening(session: Session, opening: Opening, *, event: AuditEvent) -> None:
    """Write an opening down."""
    session.execute(
        insert(openings),
        {
            "id": opening.id,
            "person": opening.person,
            "role": opening.role.value,
            "application": opening.application,
            "reason": opening.reason,
            "opened_at": opening.opened_at,
            "ends_at": opening.ends_at,
        },
    )
    audit.append(session, event)


def review_opening(
    session: Session,
    opening: Opening,
    reviewer: PersonId,
    now: datetime,
    *,
    justified: bool,
    note: bytes,
    event: AuditEvent,
) -> bool:
    """Write a review down; False where there was one already, which stays."""
    reviewed = (
        update(openings)
        .where(openings.c.id == opening.id, openings.c.reviewed_at.is_(None))
        .values(
            reviewed_at=now,
            reviewed_by=reviewer,
            justified=justified,
            note=note,
        )
        .returning(openings.c.id)
    )
    first = session.execute(reviewed).first() is not None
    if first:
        audit.append(session, event)
    return first


def find_opening(session: Session, opening: UUID) -> Opening | None:
    """An opening; None for an unknown id."""
    row = session.execute(_whole().where(openings.c.id == opening)).first()
    return None if row is None else _opening(row)


def find_file(session: Session, receipt: str) -> tuple[ApplicationId, PersonId] | None:
    """The application of a receipt number and its worker; None for an unknown number."""
    row = session.execute(
        select(applications.c.id, applications.c.worker).where(applications.c.receipt == receipt)
    ).first()
    return None if row is None else (ApplicationId(row.id), PersonId(row.worker))


def list_openings(
    session: Session,
    limit: int,
    *,
    reviewed: bool | None = None,
    person: PersonId | None = None,
    before: tuple[datetime, UUID] | None = None,
) -> list[Opening]:
    """The newest openings first, of one person or of everybody; `before` is the key of a page."""
    conditions: list[ColumnElement[bool]] = []
    if reviewed is not None:
        done = openings.c.reviewed_at
        conditions.append(done.is_not(None) if reviewed else done.is_(None))
    if person is not None:
        conditions.append(openings.c.person == person)
    key = tuple_(openings.c.opened_at, openings.c.id)
    if before is not None:
        conditions.append(key < tuple_(*before))
    newest = (openings.c.opened_at.desc(), openings.c.id.desc())
    rows = session.execute(_whole().where(*conditions).order_by(*newest).limit(limit))
    return [_opening(row) for row in rows]


def count_unreviewed(session: Session) -> int:
    """How many openings wait for a review."""
    waiting = select(func.count()).where(openings.c.reviewed_at.is_(None))
    return session.execute(waiting.select_from(openings)).scalar_one()


def _whole() -> Select[Any]:
    return (
        select(openings, accounts.c.name, applications.c.receipt)
        .outerjoin(accounts, accounts.c.person == openings.c.person)
        .join(applications, applications.c.id == openings.c.application)
    )


def _opening(row: Row[Any]) -> Opening:
    return Opening(
        row.id,
        PersonId(row.person),
        Role(row.role),
        ApplicationId(row.application),
        row.reason,
        row.opened_at,
        row.ends_at,
        row.name or "",
        row.receipt or "",
        row.reviewed_at,
        row.justified,
        row.note,
    )
