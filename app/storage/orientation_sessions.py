"""Sessions of orientation: where, when, in which language, and for how many."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    Row,
    Table,
    Text,
    Time,
    UniqueConstraint,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, PUBLIC
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.orientation import OrientationSession, SessionKind
from permits.people import PersonId

orientation_sessions = Table(
    "orientation_sessions",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PUBLIC),
    Column("host", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("kind", Text, nullable=False, info=PUBLIC),
    Column("department", Text, nullable=False, info=PUBLIC),
    Column("municipality", Text, nullable=False, info=PUBLIC),
    Column("place", Text, nullable=False, info=PUBLIC),
    Column("day", Date, nullable=False, info=PUBLIC),
    Column("begins", Time, nullable=False, info=PUBLIC),
    Column("language", Text, nullable=False, info=PUBLIC),
    Column("seats", Integer, nullable=False, info=PUBLIC),
    Column("cancelled_at", DateTime(timezone=True), info=OPERATIONAL),
    UniqueConstraint("id", "seats"),
    CheckConstraint("kind IN ('pre-departure', 'arrival')", name="kind"),
    CheckConstraint("seats BETWEEN 1 AND 200", name="seats"),
    Index("ix_orientation_sessions_day", "day", "id"),
)


def add_session(session: Session, held: OrientationSession, *, event: AuditEvent) -> None:
    """Tell of a session."""
    session.execute(
        insert(orientation_sessions),
        {
            "id": held.id,
            "host": held.host,
            "kind": held.kind.value,
            "department": held.department,
            "municipality": held.municipality,
            "place": held.place,
            "day": held.day,
            "begins": held.begins,
            "language": held.language,
            "seats": held.seats,
        },
    )
    audit.append(session, event)


def find_session(
    session: Session, identity: UUID, *, hold: bool = False
) -> OrientationSession | None:
    """One by id; with `hold` its row until the end, so that seats are given one by one."""
    query = select(orientation_sessions).where(orientation_sessions.c.id == identity)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else read_session(row)


def read_session(row: Row[Any]) -> OrientationSession:
    """The value of a row that has the table's columns."""
    return OrientationSession(
        SessionKind(row.kind),
        row.department,
        row.municipality,
        row.place,
        row.day,
        row.begins,
        row.language,
        row.seats,
        id=row.id,
        host=PersonId(row.host),
        cancelled_at=row.cancelled_at,
    )
