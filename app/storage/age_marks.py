"""Marks that a worker may be a child: of an application, each agent's own, with how it ended."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Row,
    Table,
    Text,
    exists,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import INSTANT, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.age_marks import AgeMark, Sign
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.errors import NotFound
from permits.people import PersonId

age_marks = Table(
    "age_marks",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column(
        "application", PG_UUID, ForeignKey("applications.id"), nullable=False, info=PSEUDONYMOUS
    ),
    Column("sign", Text, nullable=False, info=PERSONAL),
    Column("marked_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("marked_at", INSTANT, nullable=False, info=PERSONAL),
    Column("ended_by", PG_UUID, info=PSEUDONYMOUS),
    Column("ended_at", INSTANT, info=PERSONAL),
    Column("reason", Text, nullable=False, server_default="", info=PERSONAL),
    Column("seen_by", PG_UUID, info=PSEUDONYMOUS),
    Column("seen_at", INSTANT, info=PERSONAL),
    CheckConstraint(
        "sign IN ('looks', 'said', 'paper-of-another', 'told-by-another')", name="sign"
    ),
    CheckConstraint(
        "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (reason = '')",
        name="ended_together",
    ),
    CheckConstraint("(seen_at IS NULL) = (seen_by IS NULL)", name="seen_together"),
    Index(
        "uq_age_marks_standing",
        "application",
        "marked_by",
        unique=True,
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index("ix_age_marks_marked_at", "marked_at"),
)


@dataclass(frozen=True)
class ListedMark:
    """A mark with the receipt of what it is on; no name."""

    mark: AgeMark
    receipt: str


def is_marked(files: Table) -> ColumnElement[bool]:
    """Whether a mark stands on whose application is asked for, on this case or another of theirs.

    A mark is of a person: it does not go away with the case, nor with a new account for the same
    document.
    """
    other = applications.alias("marked")
    same = or_(
        other.c.worker == files.c.worker,
        other.c.worker_number == files.c.worker_number,
        other.c.document_index == files.c.document_index,
    )
    standing = (age_marks.c.application == other.c.id) & age_marks.c.ended_at.is_(None)
    return exists().where(standing, same)


def add_mark(session: Session, mark: AgeMark, *, event: AuditEvent) -> bool:
    """Keep a mark; False, and nothing logged, where this person's stands already."""
    adding = (
        insert(age_marks)
        .values(
            id=mark.id,
            application=mark.application,
            sign=mark.sign.value,
            marked_by=mark.marked_by,
            marked_at=mark.marked_at,
        )
        .on_conflict_do_nothing()
        .returning(age_marks.c.id)
    )
    return session.execute(audit.telling(adding, event)).first() is not None


def find_standing(session: Session, application: UUID, marked_by: PersonId) -> ListedMark | None:
    """The mark of one person that stands on an application."""
    own = age_marks.c
    query = (
        select(age_marks, applications.c.receipt)
        .join(applications, applications.c.id == own.application)
        .where(own.application == application, own.marked_by == marked_by, own.ended_at.is_(None))
    )
    row = session.execute(query).one_or_none()
    return ListedMark(_mark(row), row.receipt or "") if row is not None else None


def lock_mark(session: Session, mark: UUID) -> AgeMark:
    """A mark, its row held; NotFound("no-such-mark")."""
    query = select(age_marks).where(age_marks.c.id == mark).with_for_update()
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("no-such-mark")
    return _mark(row)


def see_mark(session: Session, mark: AgeMark, *, event: AuditEvent) -> None:
    """Write down who took note of it, and when."""
    values = {"seen_by": mark.seen_by, "seen_at": mark.seen_at}
    session.execute(update(age_marks).where(age_marks.c.id == mark.id).values(values))
    audit.append(session, event)


def end_mark(session: Session, mark: AgeMark, *, event: AuditEvent) -> None:
    """Write down that it was taken back, by whom and why."""
    values = {"ended_by": mark.ended_by, "ended_at": mark.ended_at, "reason": mark.reason}
    session.execute(update(age_marks).where(age_marks.c.id == mark.id).values(values))
    audit.append(session, event)


def list_standing(
    session: Session, marked_by: PersonId | None = None, limit: int = 200
) -> list[ListedMark]:
    """The marks that stand, of one person or of all: unseen ones first, the oldest on top."""
    own = age_marks.c
    query = (
        select(age_marks, applications.c.receipt)
        .join(applications, applications.c.id == own.application)
        .where(own.ended_at.is_(None), applications.c.erased_at.is_(None))
        .order_by(own.seen_at.is_not(None), own.marked_at, own.id)
        .limit(limit)
    )
    if marked_by is not None:
        query = query.where(own.marked_by == marked_by)
    return [ListedMark(_mark(row), row.receipt or "") for row in session.execute(query)]


def _mark(row: Row[Any]) -> AgeMark:
    return AgeMark(
        row.id,
        ApplicationId(row.application),
        Sign(row.sign),
        PersonId(row.marked_by),
        row.marked_at,
        PersonId(row.ended_by) if row.ended_by else None,
        row.ended_at,
        row.reason,
        PersonId(row.seen_by) if row.seen_by else None,
        row.seen_at,
    )
