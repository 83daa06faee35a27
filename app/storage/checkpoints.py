"""Checkpoints of the log, and where they were sent; only added to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, DateTime, Table, Text, insert, select

from app.storage.database import Base, Session

audit_checkpoints = Table(
    "audit_checkpoints",
    Base.metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    Column("sealed_at", DateTime(timezone=True), nullable=False),
    Column("sealed_below", BigInteger, nullable=False),
)
audit_exports = Table(
    "audit_exports",
    Base.metadata,
    Column("place", Text, primary_key=True),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("exported_at", DateTime(timezone=True), nullable=False),
    Column("answer", Text, nullable=False),
)


@dataclass(frozen=True)
class Sealed:
    """A checkpoint as it is kept.

    `sealed_below`: every event of a transaction below this number is under this checkpoint or an
    earlier one.
    """

    size: int
    note: str
    sealed_at: datetime
    sealed_below: int


@dataclass(frozen=True)
class Export:
    """A checkpoint that arrived at a second place; a witness's answer is its cosignatures."""

    place: str
    size: int
    exported_at: datetime
    answer: str


def find_head(session: Session) -> Sealed | None:
    """The newest checkpoint; None before the first."""
    newest = select(audit_checkpoints).order_by(audit_checkpoints.c.size.desc()).limit(1)
    row = session.execute(newest).one_or_none()
    return Sealed(*row) if row else None


def find_checkpoint(session: Session, size: int) -> Sealed | None:
    """The first checkpoint of this size or a greater one: what a leaf below `size` is under."""
    newer = select(audit_checkpoints).where(audit_checkpoints.c.size >= size)
    row = session.execute(newer.order_by(audit_checkpoints.c.size).limit(1)).one_or_none()
    return Sealed(*row) if row else None


def list_checkpoints(session: Session, after: int, limit: int) -> list[Sealed]:
    """Checkpoints of more than `after` leaves, smallest first."""
    more = select(audit_checkpoints).where(audit_checkpoints.c.size > after)
    return [
        Sealed(*row)
        for row in session.execute(more.order_by(audit_checkpoints.c.size).limit(limit))
    ]


def find_last_export(session: Session, place: str) -> Export | None:
    """What a place has as its newest, as we remember it."""
    there = select(audit_exports).where(audit_exports.c.place == place)
    row = session.execute(there.order_by(audit_exports.c.size.desc()).limit(1)).one_or_none()
    return Export(*row) if row else None


def add_checkpoint(session: Session, sealed: Sealed) -> None:
    """Add a checkpoint; one of that size is an error."""
    session.execute(insert(audit_checkpoints), vars(sealed))


def add_export(session: Session, export: Export) -> None:
    """Remember that a checkpoint arrived."""
    session.execute(insert(audit_exports), vars(export))
