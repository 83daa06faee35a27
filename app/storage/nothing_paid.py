"""What workers said who paid nothing: a row for each phase, without a word in it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    delete,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import INSTANT, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.costs import Phase
from recruitment.nothing_paid import NothingPaid

nothing_paid = Table(
    "nothing_paid",
    Base.metadata,
    # Its own, so that the log tells of it beside no case.
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("phase", Text, nullable=False, info=PERSONAL),
    Column("said_at", INSTANT, nullable=False, info=PERSONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    UniqueConstraint("application", "phase"),
    CheckConstraint("phase IN ('before', 'during', 'after')", name="phase"),
)


def say(session: Session, said: NothingPaid, *, event: AuditEvent) -> bool:
    """Keep it; False, and nothing told, where it was said in this phase before."""
    row = {
        "id": said.id,
        "application": said.application,
        "worker": said.worker,
        "phase": said.phase.value,
        "said_at": said.said_at,
    }
    return audit.add_once(session, nothing_paid, row, "application", "phase", event=event)


def take_back(session: Session, said: NothingPaid, *, event: AuditEvent) -> None:
    """Forget it; the caller holds its application."""
    session.execute(delete(nothing_paid).where(nothing_paid.c.id == said.id))
    audit.append(session, event)


def list_said(session: Session, application: UUID) -> Sequence[NothingPaid]:
    """What was said of one application, the first one first."""
    own = nothing_paid.c
    rows = session.execute(
        select(nothing_paid).where(own.application == application).order_by(own.said_at, own.id)
    )
    return [
        NothingPaid(row.id, row.application, PersonId(row.worker), Phase(row.phase), row.said_at)
        for row in rows
    ]
