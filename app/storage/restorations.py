"""When this database was brought back from a backup, and the status list that began with it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, DateTime, Integer, Table, Text, func, insert, select

from app.storage import audit
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.generations import FIRST_LIST

restorations = Table(
    "restorations",
    Base.metadata,
    Column("list", Integer, primary_key=True, autoincrement=False),
    Column("restored_at", DateTime(timezone=True), nullable=False),
    Column("backup_at", DateTime(timezone=True), nullable=False),
    Column("manifest", Text, nullable=False),
)


@dataclass(frozen=True)
class Restoration:
    """`manifest` is the SHA-256 of the backup's list of parts, in hex."""

    list: int
    restored_at: datetime
    backup_at: datetime
    manifest: str


def add_restoration(session: Session, restoration: Restoration, *, event: AuditEvent) -> None:
    """Remember that the database was brought back."""
    session.execute(insert(restorations), vars(restoration))
    audit.append(session, event)


_LAST = select(func.max(restorations.c.list))


def read_generation(session: Session) -> int:
    """The status list that began with the last restore, or the first; what receipts end with."""
    last = session.scalar(_LAST)
    return FIRST_LIST if last is None else int(last)


def list_restorations(session: Session) -> list[Restoration]:
    """Every restore, oldest first."""
    rows = session.execute(select(restorations).order_by(restorations.c.list))
    return [Restoration(*row) for row in rows]
