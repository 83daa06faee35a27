"""Alerts for minors who came without a parent; each id once, however often it is sent."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Row,
    Table,
    Text,
    delete,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.minors import AlertId, ChildAlert, Minor
from permits.people import PersonId

child_alerts = Table(
    "child_alerts",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("post", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("agent", PG_UUID, nullable=False),
    Column("device_time", DateTime(timezone=True), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("minors", JSONB, nullable=False),
    Column("number", Text),
    CheckConstraint("direction IN ('entry', 'exit')", name="direction"),
    CheckConstraint("jsonb_array_length(minors) BETWEEN 1 AND 12", name="minors"),
    Index("ix_child_alerts_device_time", "device_time"),
)


@dataclass(frozen=True)
class ReceivedAlert:
    """An alert with when it arrived."""

    alert: ChildAlert
    received_at: datetime


def add_alert(session: Session, alert: ChildAlert, now: datetime, *, event: AuditEvent) -> bool:
    """Keep one alert; False, and nothing written, where its id is known already."""
    values = asdict(alert) | {"received_at": now, "minors": [asdict(one) for one in alert.minors]}
    statement = pg_insert(child_alerts).values(**values)
    statement = statement.on_conflict_do_nothing(index_elements=["id"])
    added = session.execute(statement.returning(child_alerts.c.id)).first() is not None
    if added:
        audit.append(session, event)
    return added


def list_alerts(
    session: Session,
    posts: Collection[str] | None,
    since: datetime,
    until: datetime,
    *,
    limit: int,
) -> list[ReceivedAlert]:
    """Alerts of these posts (None: of all) from one instant to another, newest first."""
    at = child_alerts.c.device_time
    query = select(child_alerts).where(at >= since, at < until).order_by(at.desc())
    if posts is not None:
        query = query.where(child_alerts.c.post.in_(sorted(posts)))
    return [_read(row) for row in session.execute(query.limit(limit))]


def remove_before(session: Session, instant: datetime, limit: int) -> int:
    """Forget alerts that arrived before an instant; how many went."""
    old = select(child_alerts.c.id).where(child_alerts.c.received_at < instant).limit(limit)
    gone = delete(child_alerts).where(child_alerts.c.id.in_(old)).returning(child_alerts.c.id)
    return len(session.execute(gone).all())


def count_before(session: Session, instant: datetime) -> int:
    """How many arrived before an instant."""
    old = select(func.count()).where(child_alerts.c.received_at < instant)
    return session.execute(old).scalar_one()


def _read(row: Row[Any]) -> ReceivedAlert:
    alert = ChildAlert(
        AlertId(UUID(str(row.id))),
        row.post,
        row.direction,
        row.device,
        PersonId(UUID(str(row.agent))),
        row.device_time,
        tuple(Minor(**one) for one in row.minors),
        row.number,
    )
    return ReceivedAlert(alert, row.received_at)
