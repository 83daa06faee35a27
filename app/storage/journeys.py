"""What was noted of a visa abroad, of the departure and the arrival."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Row,
    Table,
    Text,
    UniqueConstraint,
    delete,
    exists,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.journeys import MOST_NOTES, JourneyNote, JourneyStep, Source
from permits.people import PersonId

journey_notes = Table(
    "journey_notes",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("step", Text, nullable=False, info=PERSONAL),
    Column("happened_on", Date, nullable=False, info=PERSONAL),
    Column("source", Text, nullable=False, info=PERSONAL),
    Column("noted_at", INSTANT, nullable=False, info=PERSONAL),
    Column("noted_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    # Of a departure: when the person was asked whether they arrived.
    Column("asked_at", INSTANT, info=OPERATIONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    # Saying the same of the same day twice is saying it once.
    UniqueConstraint("application", "step", "happened_on"),
    CheckConstraint(
        "step IN ('visa-submitted', 'visa-asked', 'visa-granted', 'visa-refused', 'departed',"
        " 'arrived')",
        name="step",
    ),
    CheckConstraint("(source = 'worker') = (noted_by = worker)", name="source"),
    Index(
        "ix_journey_notes_unasked",
        "happened_on",
        postgresql_where=text("step = 'departed' AND asked_at IS NULL"),
    ),
)


def add_note(session: Session, note: JourneyNote, *, event: AuditEvent) -> None:
    """Keep a step; the same step of the same day a second time keeps the first and tells none."""
    audit.add_once(
        session,
        journey_notes,
        {
            "id": note.id,
            "application": note.application,
            "worker": note.worker,
            "step": note.step.value,
            "happened_on": note.on,
            "source": note.source.value,
            "noted_at": note.noted_at,
            "noted_by": note.noted_by,
        },
        event=event,
    )


def remove_note(session: Session, note: UUID, *, event: AuditEvent) -> None:
    """Take a step out that was noted by mistake."""
    session.execute(delete(journey_notes).where(journey_notes.c.id == note))
    audit.append(session, event)


def list_notes(session: Session, application: UUID) -> list[JourneyNote]:
    """What was noted of a journey, by day."""
    own = journey_notes.c
    rows = session.execute(
        select(journey_notes)
        .where(own.application == application)
        .order_by(own.happened_on, own.noted_at, own.id)
        .limit(MOST_NOTES)
    )
    return [_note(row) for row in rows]


def lock_unasked(session: Session, since: date, until: date, limit: int) -> list[JourneyNote]:
    """Departures between two days of which nobody knows whether they led anywhere."""
    own, other = journey_notes.c, journey_notes.alias("arrivals")
    arrived = exists().where(other.c.application == own.application, other.c.step == "arrived")
    rows = session.execute(
        select(journey_notes)
        .where(own.step == "departed", own.asked_at.is_(None))
        .where(own.happened_on.between(since, until), ~arrived)
        .order_by(own.happened_on, own.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_note(row) for row in rows]


def save_asked(session: Session, note: JourneyNote, now: datetime, *, event: AuditEvent) -> None:
    """Remember that somebody was asked whether they arrived."""
    here = journey_notes.c.id == note.id
    session.execute(update(journey_notes).where(here).values(asked_at=now))
    audit.append(session, event)


def _note(row: Row[Any]) -> JourneyNote:
    return JourneyNote(
        row.id,
        row.application,
        PersonId(row.worker),
        JourneyStep(row.step),
        row.happened_on,
        Source(row.source),
        row.noted_at,
        PersonId(row.noted_by),
    )
