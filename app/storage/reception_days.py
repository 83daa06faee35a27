"""Days on which a brigade or an office receives people."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Table,
    Text,
    Time,
    UniqueConstraint,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, PUBLIC
from app.storage.database import Base, Session
from permits.appointments import ReceptionDay
from permits.audit import AuditEvent
from permits.people import Agency, PersonId

reception_days = Table(
    "reception_days",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PUBLIC),
    Column("agency", Text, info=PUBLIC),
    Column("host", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("department", Text, nullable=False, info=PUBLIC),
    Column("municipality", Text, nullable=False, info=PUBLIC),
    Column("place", Text, nullable=False, info=PUBLIC),
    Column("day", Date, nullable=False, info=PUBLIC),
    Column("opens", Time, nullable=False, info=PUBLIC),
    Column("closes", Time, nullable=False, info=PUBLIC),
    Column("places", Integer, nullable=False, info=PUBLIC),
    Column("languages", ARRAY(Text), nullable=False, info=PUBLIC),
    Column("cancelled_at", DateTime(timezone=True), info=OPERATIONAL),
    Column("cancelled_by", PG_UUID, info=PSEUDONYMOUS),
    UniqueConstraint("id", "places"),
    ForeignKeyConstraint(["agency"], ["agencies.agency"]),
    CheckConstraint("opens < closes", name="opens_before_it_closes"),
    CheckConstraint("places BETWEEN 1 AND 50", name="places"),
    CheckConstraint("(cancelled_at IS NULL) = (cancelled_by IS NULL)", name="cancelled_together"),
    Index("ix_reception_days_day", "day", "id"),
)


def add_day(session: Session, day: ReceptionDay, *, event: AuditEvent) -> None:
    """Tell of a day."""
    session.execute(
        insert(reception_days),
        {
            "id": day.id,
            "agency": day.agency.value if day.agency else None,
            "host": day.host,
            "department": day.department,
            "municipality": day.municipality,
            "place": day.place,
            "day": day.day,
            "opens": day.opens,
            "closes": day.closes,
            "places": day.places,
            "languages": list(day.languages),
        },
    )
    audit.append(session, event)


def find_day(session: Session, identity: UUID, *, hold: bool = False) -> ReceptionDay | None:
    """A day by its id; with `hold` its row until the end, so that places are given one by one."""
    query = select(reception_days).where(reception_days.c.id == identity)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else read_day(row)


def list_days(session: Session, first: date, limit: int) -> list[ReceptionDay]:
    """Days from one on that were not called off, the next first."""
    query = select(reception_days).where(
        reception_days.c.day >= first, reception_days.c.cancelled_at.is_(None)
    )
    ordered = query.order_by(reception_days.c.day, reception_days.c.id).limit(limit)
    return [read_day(row) for row in session.execute(ordered)]


def save_cancelled(
    session: Session, day: ReceptionDay, official: PersonId, now: datetime, *, event: AuditEvent
) -> None:
    """Call a day off."""
    session.execute(
        update(reception_days)
        .where(reception_days.c.id == day.id)
        .values(cancelled_at=now, cancelled_by=official)
    )
    audit.append(session, event)


def read_day(row: Row[Any]) -> ReceptionDay:
    """The value of a row that has the table's columns."""
    return ReceptionDay(
        row.department,
        row.municipality,
        row.place,
        row.day,
        row.opens,
        row.closes,
        row.places,
        tuple(row.languages),
        id=row.id,
        agency=Agency(row.agency) if row.agency else None,
        host=PersonId(row.host),
        cancelled_at=row.cancelled_at,
    )
