"""What the labour inspection wants mended on farms, and what employers said of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.farms import farms
from app.storage.registrations import employer_registrations
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.complaints.words import Category
from recruitment.improvements import CheckedBy, Point, PointStatus, Week

improvement_points = Table(
    "improvement_points",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("farm", PG_UUID, ForeignKey("farms.id"), nullable=False, info=PSEUDONYMOUS),
    Column("inspection", PG_UUID, ForeignKey("housing_inspections.id"), info=OPERATIONAL),
    Column("topic", Text, nullable=False, info=OPERATIONAL),
    Column("change", Text, nullable=False, info=PERSONAL),
    Column("checked_by", Text, nullable=False, info=OPERATIONAL),
    Column("told_from", Date, nullable=False, info=OPERATIONAL),
    Column("due_by", Date, nullable=False, info=OPERATIONAL),
    Column("status", Text, nullable=False, info=OPERATIONAL),
    Column("said", Text, nullable=False, info=PERSONAL),
    Column("note", Text, nullable=False, info=PERSONAL),
    Column("step", Integer, nullable=False, info=OPERATIONAL),
    Column("moved_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    CheckConstraint("checked_by IN ('visit', 'payslips', 'papers')", name="checked_by"),
    CheckConstraint("status IN ('open', 'said', 'met', 'withdrawn')", name="status"),
    # No day of a finding stands here: a month is all that is told.
    CheckConstraint("extract(day FROM told_from) = 1", name="told_from"),
    CheckConstraint("extract(day FROM due_by + 1) = 1 AND due_by > told_from", name="due_by"),
    CheckConstraint("length(change) BETWEEN 1 AND 500", name="change"),
    CheckConstraint("length(said) <= 500 AND length(note) <= 500", name="words"),
    CheckConstraint("status <> 'said' OR said <> ''", name="said_in_words"),
    CheckConstraint("step >= 0", name="step"),
    Index("ix_improvement_points_farm", "farm", "told_from"),
)


def add_point(session: Session, point: Point, person: PersonId, *, event: AuditEvent) -> bool:
    """Write a point down; False, and nothing logged, where one of this id is there already."""
    row = {
        "id": point.id,
        "farm": point.farm,
        "inspection": point.inspection,
        "topic": point.topic.value,
        "change": point.change,
        "checked_by": point.checked_by.value,
        "told_from": point.told_from,
        "due_by": point.due_by,
        "status": point.status.value,
        "said": point.said,
        "note": point.note,
        "step": point.step,
        "moved_by": person,
    }
    return audit.add_once(session, improvement_points, row, "id", event=event)


def lock_point(session: Session, identity: UUID) -> Point | None:
    """One point, held until the end."""
    query = select(improvement_points).where(improvement_points.c.id == identity)
    row = session.execute(query.with_for_update()).one_or_none()
    return _read(row) if row is not None else None


def find_point(session: Session, identity: UUID) -> Point | None:
    """One point."""
    query = select(improvement_points).where(improvement_points.c.id == identity)
    row = session.execute(query).one_or_none()
    return _read(row) if row is not None else None


def move_point(session: Session, after: Point, person: PersonId, *, event: AuditEvent) -> None:
    """Write what became of a point; the caller holds the row."""
    session.execute(
        update(improvement_points)
        .where(improvement_points.c.id == after.id)
        .values(
            status=after.status.value,
            said=after.said,
            note=after.note,
            step=after.step,
            moved_by=person,
        )
    )
    audit.append(session, event)


def list_points(session: Session, some: Collection[UUID], limit: int) -> list[Point]:
    """The points of these farms, those that were told last on top."""
    table = improvement_points.c
    query = select(improvement_points).where(table.farm.in_(some))
    ordered = query.order_by(table.told_from.desc(), table.due_by, table.id)
    return [_read(row) for row in session.execute(ordered.limit(limit))] if some else []


@dataclass(frozen=True)
class ToTell:
    """An employer who hears of open points: by which phone, and the first day that one is due."""

    employer: UUID
    phone: str
    due_by: date


def list_to_tell(session: Session, week: Week, limit: int) -> list[ToTell]:
    """The employers of open points that are new in a week or near their day, once each."""
    table, theirs = improvement_points.c, employer_registrations.c
    heard = table.told_from.between(*week.told) | table.due_by.between(*week.due)
    query = (
        select(theirs.employer, theirs.phone, func.min(table.due_by).label("due_by"))
        .join(farms, farms.c.id == table.farm)
        .join(employer_registrations, theirs.id == farms.c.registration)
        .where(heard, table.status == PointStatus.OPEN.value, theirs.employer.is_not(None))
        .group_by(theirs.employer, theirs.phone)
        .order_by(theirs.employer)
        .limit(limit)
    )
    return [ToTell(row.employer, row.phone, row.due_by) for row in session.execute(query)]


def count_overdue(session: Session, some: Collection[UUID], today: date) -> dict[UUID, int]:
    """How many points of each of these farms are open after their last day."""
    table = improvement_points.c
    query = (
        select(table.farm, func.count().label("overdue"))
        .where(
            table.farm.in_(some),
            table.status == PointStatus.OPEN.value,
            table.due_by < today,
        )
        .group_by(table.farm)
    )
    return {row.farm: row.overdue for row in session.execute(query)} if some else {}


def _read(row: Row[Any]) -> Point:
    return Point(
        row.id,
        row.farm,
        row.inspection,
        Category(row.topic),
        row.change,
        CheckedBy(row.checked_by),
        row.told_from,
        row.due_by,
        PointStatus(row.status),
        row.said,
        row.note,
        row.step,
    )
