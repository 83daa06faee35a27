"""The key of each complaint, sealed twice: to the handlers' group, and under its number."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    SmallInteger,
    Table,
    delete,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, SECRET
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from recruitment.complaints.filed import ComplaintId

complaint_keys = Table(
    "complaint_keys",
    Base.metadata,
    Column("complaint", PG_UUID, ForeignKey("complaints.id"), primary_key=True, info=PSEUDONYMOUS),
    Column("group", PG_UUID, ForeignKey("complaint_groups.id"), nullable=False, info=OPERATIONAL),
    Column("group_sealed", LargeBinary, nullable=False, info=SECRET),
    Column("number_index", LargeBinary, nullable=False, unique=True, info=SECRET),
    Column("number_sealed", LargeBinary, nullable=False, info=SECRET),
    # Whether its number was shown once more, at the first return.
    Column("returned", Boolean, nullable=False, info=OPERATIONAL),
    # How slow the hash of its number was: app/adapters/complaint_seals.py numbers the costs.
    Column("cost", SmallInteger, nullable=False, server_default="1", info=OPERATIONAL),
    # Whether a night wrote the row anew since then: what wrote it first tells an hour.
    Column("noted", Boolean, nullable=False, server_default="false", info=OPERATIONAL),
    Index("ix_complaint_keys_group", "group"),
    Index("ix_complaint_keys_cost", "cost"),
)


@dataclass(frozen=True)
class CaseKey:
    """The two seals of a case's key, and the group of the first."""

    complaint: ComplaintId
    group: UUID
    group_sealed: bytes
    number_index: bytes
    number_sealed: bytes
    cost: int
    returned: bool = False


def add_key(session: Session, key: CaseKey) -> None:
    """Keep the key of a new complaint."""
    session.execute(
        insert(complaint_keys),
        {
            "complaint": key.complaint,
            "group": key.group,
            "group_sealed": key.group_sealed,
            "number_index": key.number_index,
            "number_sealed": key.number_sealed,
            "returned": False,
            "cost": key.cost,
        },
    )


def find_key(session: Session, complaint: ComplaintId) -> CaseKey | None:
    """The key of a complaint; None once its content is shredded."""
    return _find(session, complaint_keys.c.complaint == complaint)


def find_by_index(session: Session, number_index: bytes) -> CaseKey | None:
    """The key that a complainant's number leads to."""
    return _find(session, complaint_keys.c.number_index == number_index)


def has_cost(session: Session, cost: int) -> bool:
    """Whether any number was hashed at this cost."""
    return bool(session.scalar(select(exists().where(complaint_keys.c.cost == cost))))


def _find(session: Session, wanted: ColumnElement[bool]) -> CaseKey | None:
    row = session.execute(select(complaint_keys).where(wanted)).one_or_none()
    return None if row is None else _key(row)


def _key(row: Row[Any]) -> CaseKey:
    kept = tuple(row)
    return CaseKey(ComplaintId(kept[0]), kept[1], kept[2], kept[3], kept[4], kept[6], kept[5])


def note_return(session: Session, complaint: ComplaintId) -> None:
    """The number was shown once more."""
    session.execute(
        update(complaint_keys).where(complaint_keys.c.complaint == complaint).values(returned=True)
    )


def list_keys_of(session: Session, group: UUID, limit: int) -> list[CaseKey]:
    """Keys that are still sealed to a group; their rows are held."""
    rows = session.execute(
        select(complaint_keys)
        .where(complaint_keys.c.group == group)
        .order_by(complaint_keys.c.complaint)
        .limit(limit)
        .with_for_update()
    )
    return [_key(row) for row in rows]


def move_key(session: Session, complaint: ComplaintId, group: UUID, group_sealed: bytes) -> None:
    """Seal a case's key to another group; the rotation is logged."""
    session.execute(
        update(complaint_keys)
        .where(complaint_keys.c.complaint == complaint)
        .values({"group": group, "group_sealed": group_sealed})
    )


def shred_keys(
    session: Session, complaints_: Collection[ComplaintId], *, event: AuditEvent
) -> None:
    """Destroy the keys, and with them all that they sealed."""
    session.execute(delete(complaint_keys).where(complaint_keys.c.complaint.in_(complaints_)))
    audit.append(session, event)
