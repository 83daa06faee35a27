"""Entries and exits as they arrived from the posts; each id once, however often it is sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Row,
    Table,
    Text,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.crossings import Anomaly, Crossing, CrossingId, Direction
from permits.people import PersonId

crossings = Table(
    "crossings",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("number", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("agent", PG_UUID, nullable=False),
    Column("device_time", DateTime(timezone=True), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("offline", Boolean, nullable=False),
    Column("list_issued_at", DateTime(timezone=True)),
    Column("anomalies", ARRAY(Text), nullable=False),
    CheckConstraint("direction IN ('entry', 'exit')", name="direction"),
    CheckConstraint("verdict IN ('green', 'amber', 'red', 'grey')", name="verdict"),
    Index("ix_crossings_number_device_time", "number", "device_time"),
    Index("ix_crossings_device_time_id", "device_time", "id"),
)


@dataclass(frozen=True)
class RecordedCrossing:
    """A crossing with when it arrived and what a person should look at."""

    crossing: Crossing
    received_at: datetime
    anomalies: tuple[Anomaly, ...]


def add_crossing(session: Session, recorded: RecordedCrossing, *, event: AuditEvent) -> bool:
    """Keep one crossing; False, and nothing written, where its id is known already."""
    crossing = recorded.crossing
    row = session.execute(
        pg_insert(crossings)
        .values(
            id=crossing.id,
            number=crossing.number,
            direction=crossing.direction.value,
            post=crossing.post,
            device=crossing.device,
            agent=crossing.agent,
            device_time=crossing.device_time,
            received_at=recorded.received_at,
            verdict=crossing.verdict,
            reason=crossing.reason,
            offline=crossing.offline,
            list_issued_at=crossing.list_issued_at,
            anomalies=[anomaly.value for anomaly in recorded.anomalies],
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(crossings.c.id)
    ).one_or_none()
    if row is not None:
        audit.append(session, event)
    return row is not None


def find_crossing(session: Session, crossing: UUID) -> RecordedCrossing | None:
    """One crossing by the id that its device gave it."""
    row = session.execute(select(crossings).where(crossings.c.id == crossing)).one_or_none()
    return _recorded(row) if row else None


def list_directions(session: Session, number: str, before: datetime) -> list[Direction]:
    """Directions of the permit's crossings before an instant, oldest first; the last twenty."""
    rows = session.execute(
        select(crossings.c.direction)
        .where(crossings.c.number == number, crossings.c.device_time < before)
        .order_by(crossings.c.device_time.desc())
        .limit(20)
    ).all()
    return [Direction(row.direction) for row in reversed(rows)]


def list_crossings(
    session: Session,
    *,
    limit: int,
    posts: Collection[str] | None,
    number: str | None = None,
    post: str | None = None,
    after: tuple[datetime, UUID] | None = None,
) -> list[RecordedCrossing]:
    """Newest first, `limit` rows; `after` is the key of the last row of the page before.

    Of `posts` alone, whatever `post` asks for; None means all.
    """
    query = select(crossings).order_by(crossings.c.device_time.desc(), crossings.c.id.desc())
    if number is not None:
        query = query.where(crossings.c.number == number)
    if posts is not None:
        query = query.where(crossings.c.post.in_(sorted(posts)))
    if post is not None:
        query = query.where(crossings.c.post == post)
    if after is not None:
        query = query.where(tuple_(crossings.c.device_time, crossings.c.id) < after)
    return [_recorded(row) for row in session.execute(query.limit(limit))]


def _recorded(row: Row[Any]) -> RecordedCrossing:
    crossing = Crossing(
        CrossingId(row.id),
        row.number,
        Direction(row.direction),
        row.post,
        row.device,
        PersonId(row.agent),
        row.device_time,
        row.verdict,
        row.reason,
        row.offline,
        row.list_issued_at,
    )
    return RecordedCrossing(crossing, row.received_at, tuple(Anomaly(a) for a in row.anomalies))
