"""What a device that was ended still had: kept apart until somebody answers for it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, Index, Table, delete, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.crossings import Crossing, CrossingId, Direction
from permits.devices import DeviceId
from permits.minors import Minor
from permits.people import PersonId

handed_in = Table(
    "handed_in",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("device", PG_UUID, ForeignKey("devices.id"), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("crossing", JSONB, nullable=False),
    Index("ix_handed_in_device", "device"),
)


@dataclass(frozen=True)
class Pile:
    """What one device handed in: how many crossings, from when to when it says."""

    crossings: int
    first: datetime
    last: datetime


def add(
    session: Session,
    device: DeviceId,
    sent: Sequence[Crossing],
    now: datetime,
    *,
    event: AuditEvent,
) -> int:
    """Keep crossings; how many are new. What was handed in before stays as it was."""
    rows = [
        {"id": one.id, "device": device, "received_at": now, "crossing": _write(one)}
        for one in sent
    ]
    if not rows:
        return 0
    statement = pg_insert(handed_in).on_conflict_do_nothing(index_elements=["id"])
    added = session.execute(statement.returning(handed_in.c.id), rows).all()
    if added:
        audit.append(session, event)
    return len(added)


def list_piles(session: Session, devices: Sequence[DeviceId]) -> dict[DeviceId, Pile]:
    """What waits for an answer, by device; a device without anything is left out."""
    at = handed_in.c.crossing["device_time"].astext
    query = (
        select(handed_in.c.device, func.count(), func.min(at), func.max(at))
        .where(handed_in.c.device.in_(devices))
        .group_by(handed_in.c.device)
    )
    return {
        DeviceId(UUID(str(device))): Pile(
            number, datetime.fromisoformat(first), datetime.fromisoformat(last)
        )
        for device, number, first, last in session.execute(query)
    }


def take(session: Session, device: DeviceId, *, event: AuditEvent) -> list[Crossing]:
    """Everything of a device, which is gone from here; whoever comes second takes nothing."""
    mine = delete(handed_in).where(handed_in.c.device == device)
    taken = session.execute(mine.returning(handed_in.c.crossing)).scalars().all()
    if taken:
        audit.append(session, event)
    return [_read(crossing) for crossing in taken]


def remove_before(session: Session, instant: datetime, limit: int) -> int:
    """Forget what nobody answered for in time; how many went."""
    old = select(handed_in.c.id).where(handed_in.c.received_at < instant).limit(limit)
    gone = delete(handed_in).where(handed_in.c.id.in_(old)).returning(handed_in.c.id)
    return len(session.execute(gone).all())


def count_before(session: Session, instant: datetime) -> int:
    """How many were handed in before an instant."""
    old = select(func.count()).select_from(handed_in).where(handed_in.c.received_at < instant)
    return session.execute(old).scalar_one()


def _write(crossing: Crossing) -> dict[str, Any]:
    values = asdict(crossing)
    for name in ("device_time", "list_issued_at"):
        values[name] = values[name] and values[name].isoformat()
    return values | {"id": str(crossing.id), "agent": str(crossing.agent)}


def _read(values: dict[str, Any]) -> Crossing:
    issued = values["list_issued_at"]
    return Crossing(
        **values
        | {
            "id": CrossingId(UUID(values["id"])),
            "direction": Direction(values["direction"]),
            "agent": PersonId(UUID(values["agent"])),
            "device_time": datetime.fromisoformat(values["device_time"]),
            "list_issued_at": issued and datetime.fromisoformat(issued),
            "minors": tuple(Minor(**one) for one in values["minors"]),
        }
    )
