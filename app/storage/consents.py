"""Consents: which text a worker accepted, until when it counts, and whether it was taken back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Row,
    Table,
    Text,
    UniqueConstraint,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.applications import applications
from app.storage.database import Base, Session
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.consents import Consent, ConsentPurpose, ConsentWay
from permits.errors import NotFound
from permits.people import PersonId

consents = Table(
    "consents",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("worker", PG_UUID, nullable=False),
    # No foreign key: that somebody agreed outlives what they agreed to.
    Column("application", PG_UUID, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("text_version", Text, nullable=False),
    Column("given_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("withdrawn_at", DateTime(timezone=True)),
    Column("way", Text, nullable=False, server_default="own"),
    # Who saw the mark of somebody who agreed by one.
    Column("witness", PG_UUID),
    UniqueConstraint("application", "purpose", "text_version"),
    CheckConstraint("purpose IN ('application')", name="purpose"),
    CheckConstraint("given_at < expires_at", name="expires_later"),
    CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_later"),
    CheckConstraint("way IN ('own', 'code', 'witnessed')", name="way"),
    CheckConstraint("(way = 'witnessed') = (witness IS NOT NULL)", name="witness_of_a_mark"),
    CheckConstraint("witness <> worker", name="witness_is_another"),
    Index("ix_consents_worker", "worker"),
)


def witness_consent(session: Session, consent: Consent, *, event: AuditEvent) -> None:
    """Keep what somebody agreed to who does not hand in themselves; the log names who was there."""
    give_consent(session, consent)
    audit.append(session, event)


def find_shown(session: Session, application: ApplicationId, version: str) -> Consent | None:
    """The consent to this text that was shown by a code or a mark, and not taken back."""
    row = session.execute(
        select(consents).where(
            consents.c.application == application,
            consents.c.text_version == version,
            consents.c.way != ConsentWay.OWN.value,
            consents.c.withdrawn_at.is_(None),
        )
    ).one_or_none()
    return _consent(row) if row else None


def give_consent(session: Session, consent: Consent) -> None:
    """Keep a consent; one to the same text for the same application is kept once.

    It is given by handing in, which is one act in the log.
    """
    session.execute(
        pg_insert(consents).on_conflict_do_nothing(),
        {
            "id": consent.id,
            "worker": consent.worker,
            "application": consent.application,
            "purpose": consent.purpose.value,
            "text_version": consent.text_version,
            "given_at": consent.given_at,
            "expires_at": consent.expires_at,
            "way": consent.way.value,
            "witness": consent.witness,
        },
    )


def withdraw_consent(
    session: Session, consent: Consent, now: datetime, *, event: AuditEvent
) -> None:
    """Take a consent back, once and for all."""
    session.execute(
        update(consents)
        .where(consents.c.id == consent.id, consents.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    audit.append(session, event)


def get_consent(session: Session, worker: PersonId, consent: UUID) -> Consent:
    """One of this worker's consents; NotFound where it is another's or does not exist."""
    row = session.execute(
        select(consents).where(consents.c.id == consent, consents.c.worker == worker)
    ).one_or_none()
    if row is None:
        raise NotFound("no-such-consent")
    return _consent(row)


def list_of_worker(session: Session, worker: PersonId) -> list[Consent]:
    """All that a worker agreed to, newest first."""
    rows = session.execute(
        select(consents)
        .where(consents.c.worker == worker)
        .order_by(consents.c.given_at.desc(), consents.c.id)
    )
    return [_consent(row) for row in rows]


def count_over(session: Session, now: datetime) -> int:
    """How many consents are over by time although what they were given for still stands whole."""
    kept = exists().where(
        applications.c.id == consents.c.application, applications.c.erased_at.is_(None)
    )
    over = consents.c.withdrawn_at.is_(None), consents.c.expires_at <= now
    return session.execute(select(func.count()).where(*over, kept)).scalar_one()


def _consent(row: Row[Any]) -> Consent:
    return Consent(
        row.id,
        PersonId(row.worker),
        ApplicationId(row.application),
        ConsentPurpose(row.purpose),
        row.text_version,
        row.given_at,
        row.expires_at,
        row.withdrawn_at,
        ConsentWay(row.way),
        PersonId(row.witness) if row.witness else None,
    )
