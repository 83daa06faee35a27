"""The conversation of a complaint: who wrote which message on which day; the words are sealed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    false,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.complaints.filed import ComplaintId, Side
from recruitment.complaints.words import Request

REQUESTS = ", ".join(f"'{one.value}'" for one in Request)

complaint_messages = Table(
    "complaint_messages",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("complaint", PG_UUID, ForeignKey("complaints.id"), nullable=False, info=PSEUDONYMOUS),
    Column("place", Integer, nullable=False, info=OPERATIONAL),
    Column("side", Text, nullable=False, info=OPERATIONAL),
    Column("asks", Text, info=OPERATIONAL),
    Column("author", PG_UUID, info=PSEUDONYMOUS),
    Column("written_on", Date, nullable=False, info=OPERATIONAL),
    Column("sealed", LargeBinary, nullable=False, info=SENSITIVE),
    # Whether the nightly batch has told the log of it, and written its row anew.
    Column("noted", Boolean, nullable=False, info=OPERATIONAL),
    # Whether the office was alarmed of it, where it is word of retaliation.
    Column("alarmed", Boolean, nullable=False, server_default=false(), info=OPERATIONAL),
    UniqueConstraint("complaint", "place"),
    CheckConstraint("side IN ('complainant', 'handlers')", name="side"),
    # Of the complainant nothing is known but the case; a handler answers by name.
    CheckConstraint("(side = 'handlers') = (author IS NOT NULL)", name="author"),
    CheckConstraint(
        f"asks IS NULL OR (side = 'complainant' AND asks IN ({REQUESTS}))", name="asks"
    ),
    CheckConstraint("place >= 1", name="place"),
    Index("ix_complaint_messages_noted", "written_on", postgresql_where=text("NOT noted")),
    Index(
        "ix_complaint_messages_alarmed",
        "complaint",
        "place",
        postgresql_where=text("asks = 'report-retaliation' AND NOT alarmed"),
    ),
)


@dataclass(frozen=True)
class SealedMessage:
    """A message as it is kept; `author` is a handler, None on the complainant's side."""

    id: UUID
    complaint: ComplaintId
    place: int
    side: Side
    written_on: date
    sealed: bytes
    asks: Request | None = None
    author: PersonId | None = None


def add_told(session: Session, message: SealedMessage) -> None:
    """Keep what a complainant wrote; the log is told by the nightly batch, by the day."""
    session.execute(insert(complaint_messages), {**_row(message), "noted": False})


def add_answer(session: Session, message: SealedMessage, *, event: AuditEvent) -> None:
    """Keep what a handler answered."""
    session.execute(insert(complaint_messages), {**_row(message), "noted": True})
    audit.append(session, event)


def _row(message: SealedMessage) -> dict[str, Any]:
    return {
        "id": message.id,
        "complaint": message.complaint,
        "place": message.place,
        "side": message.side.value,
        "asks": message.asks.value if message.asks else None,
        "author": message.author,
        "written_on": message.written_on,
        "sealed": message.sealed,
    }


def count_messages(session: Session, complaint: ComplaintId) -> int:
    """How many a conversation has; who adds one holds the complaint's row."""
    return session.execute(
        select(func.count())
        .select_from(complaint_messages)
        .where(complaint_messages.c.complaint == complaint)
    ).scalar_one()


def list_messages(session: Session, complaint: ComplaintId) -> list[SealedMessage]:
    """The whole conversation, from its beginning."""
    rows = session.execute(
        select(complaint_messages)
        .where(complaint_messages.c.complaint == complaint)
        .order_by(complaint_messages.c.place)
    )
    return [
        SealedMessage(
            row.id,
            ComplaintId(row.complaint),
            row.place,
            Side(row.side),
            row.written_on,
            row.sealed,
            Request(row.asks) if row.asks else None,
            PersonId(row.author) if row.author else None,
        )
        for row in rows
    ]


def list_answered(session: Session, cases: Collection[UUID]) -> dict[UUID, date]:
    """Those of these cases in which the complainant has the last word, with its day."""
    kept = complaint_messages.c
    newest = (
        select(kept.complaint, func.max(kept.place).label("place"))
        .where(kept.complaint.in_(cases))
        .group_by(kept.complaint)
        .subquery()
    )
    rows = session.execute(
        select(kept.complaint, kept.written_on)
        .join(newest, (newest.c.complaint == kept.complaint) & (newest.c.place == kept.place))
        .where(kept.side == Side.COMPLAINANT.value, kept.place > 1)
        .order_by(kept.complaint)
    )
    return {row.complaint: row.written_on for row in rows}
