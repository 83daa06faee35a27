"""Workers whom a complaint shields: since when and until when, and never which complaint."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, Index, Row, Table, insert, select, update
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from permits.retaliation import Shield, ShieldId

permit_shields = Table(
    "permit_shields",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    # No key leads from here to a complaint: its case tells the id of its shield, under seal.
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("since", Date, nullable=False, info=OPERATIONAL),
    Column("ends_on", Date, info=OPERATIONAL),
    CheckConstraint("ends_on >= since", name="days"),
    Index("ix_permit_shields_worker", "worker"),
)


def add_shield(session: Session, shield: Shield, *, event: AuditEvent) -> None:
    """Begin to shield a worker."""
    session.execute(
        insert(permit_shields),
        {
            "id": shield.id,
            "worker": shield.worker,
            "since": shield.since,
            "ends_on": shield.ends_on,
        },
    )
    audit.append(session, event)


def set_end(session: Session, shield: UUID, ends_on: date | None, *, event: AuditEvent) -> None:
    """Say when it ends, or that it stands again without an end (a case was opened anew)."""
    session.execute(
        update(permit_shields).where(permit_shields.c.id == shield).values(ends_on=ends_on)
    )
    audit.append(session, event)


def list_shields(session: Session, worker: PersonId, day: date) -> list[Shield]:
    """Those that stand for a worker on a day, the oldest first."""
    rows = session.execute(
        select(permit_shields)
        .where(
            permit_shields.c.worker == worker,
            permit_shields.c.ends_on.is_(None) | (permit_shields.c.ends_on >= day),
        )
        .order_by(permit_shields.c.since, permit_shields.c.id)
    )
    return [_read(row) for row in rows]


def list_shielded(session: Session, workers: Collection[PersonId], day: date) -> set[PersonId]:
    """Those of these workers for whom one stands on a day."""
    rows = session.scalars(
        select(permit_shields.c.worker)
        .where(
            permit_shields.c.worker.in_(workers),
            permit_shields.c.ends_on.is_(None) | (permit_shields.c.ends_on >= day),
        )
        .distinct()
        .order_by(permit_shields.c.worker)
    )
    return {PersonId(one) for one in rows}


def remove_over(session: Session, day: date) -> int:
    """Forget those that ended before a day; how many went."""
    over = permit_shields.delete().where(permit_shields.c.ends_on < day)
    return len(session.execute(over.returning(permit_shields.c.id)).all())


def _read(row: Row[Any]) -> Shield:
    return Shield(ShieldId(row.id), PersonId(row.worker), row.since, row.ends_on)
