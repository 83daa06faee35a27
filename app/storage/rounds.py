"""What was handed in, round by round: the content that was decided on, never written again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import applications
from app.storage.database import Base, Session
from permits.applications import Application, ApplicationId
from permits.audit import AuditEvent

application_rounds = Table(
    "application_rounds",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("worker", PG_UUID, nullable=False),
    Column("content", Text, nullable=False),
    Column("submitted_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("application", "round", "digest", "worker"),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    # The text that was decided on cannot be changed behind its digest.
    CheckConstraint("digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')", name="digest"),
    CheckConstraint("round >= 1", name="round"),
)


@dataclass(frozen=True)
class SubmittedRound:
    """The content of one submission, as canonical JSON text."""

    round: int
    digest: str
    content: str
    submitted_at: datetime


def hand_in(
    session: Session,
    before: Application,
    after: Application,
    submitted: SubmittedRound,
    now: datetime,
    *,
    event: AuditEvent,
) -> Application:
    """Keep what was handed in and move the application to its new round: one act, one event.

    A round is never written again. Returns `after` with its next version; Stale where somebody
    was faster.
    """
    session.execute(
        insert(application_rounds).values(
            application=after.id,
            round=submitted.round,
            digest=submitted.digest,
            worker=after.worker,
            content=submitted.content,
            submitted_at=submitted.submitted_at,
        )
    )
    return applications.save(session, before, after, now, event=event)


def find_round(session: Session, application: ApplicationId, round_: int) -> SubmittedRound | None:
    """The content of one round; None before the first submission."""
    row = session.execute(
        select(application_rounds).where(
            application_rounds.c.application == application,
            application_rounds.c.round == round_,
        )
    ).first()
    return SubmittedRound(row.round, row.digest, row.content, row.submitted_at) if row else None
