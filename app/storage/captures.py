"""Registrations written down with no network: each is made once, however often it is sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, LargeBinary, Table, delete, select, update
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage.applications import applications
from app.storage.database import Base, Session
from permits.applications import ApplicationId
from permits.people import PersonId

captures = Table(
    "captures",
    Base.metadata,
    # The name that the tablet gave the registration, by chance.
    Column("id", PG_UUID, primary_key=True),
    Column("facilitator", PG_UUID, nullable=False),
    # SHA-256 of what was sent: the same name with other words is told apart.
    Column("fingerprint", LargeBinary, nullable=False),
    # No foreign key: that it was made outlives what was made.
    Column("application", PG_UUID),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Index("ix_captures_received_at", "received_at"),
)


@dataclass(frozen=True)
class Capture:
    """What is known of one that was sent before.

    `receipt` is empty where its file is gone or was not handed in.
    """

    facilitator: PersonId
    fingerprint: bytes
    receipt: str
    application: UUID | None


def claim(
    session: Session, capture: UUID, facilitator: PersonId, fingerprint: bytes, now: datetime
) -> bool:
    """Be the first to send it; False where somebody was. Waits for a first one under way."""
    row = session.execute(
        pg_insert(captures).on_conflict_do_nothing(index_elements=["id"]).returning(captures.c.id),
        {
            "id": capture,
            "facilitator": facilitator,
            "fingerprint": fingerprint,
            "received_at": now,
        },
    ).one_or_none()
    return row is not None


def settle(session: Session, capture: UUID, application: ApplicationId) -> None:
    """Remember what became of it, in the same transaction."""
    session.execute(
        update(captures).where(captures.c.id == capture).values(application=application)
    )


def find_capture(session: Session, capture: UUID) -> Capture | None:
    """What became of one that was sent before."""
    row = session.execute(
        select(captures, applications.c.receipt)
        .outerjoin(applications, applications.c.id == captures.c.application)
        .where(captures.c.id == capture)
    ).one_or_none()
    if row is None:
        return None
    return Capture(PersonId(row.facilitator), row.fingerprint, row.receipt or "", row.application)


def remove_before(session: Session, instant: datetime) -> None:
    """Forget those that were received before an instant."""
    session.execute(delete(captures).where(captures.c.received_at < instant))
