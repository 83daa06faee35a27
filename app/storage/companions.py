"""Who travels with a worker; the number of a document stands sealed. No permit refers to a row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import PERSONAL, PSEUDONYMOUS, SECRET
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.companions import Companion, CompanionId, CompanionWay, Relation
from permits.errors import NotFound
from permits.people import PersonId

COMPANION_DOCUMENT = "companions.document"
"""Where the number is sealed."""

companions = Table(
    "companions",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("application", PG_UUID, nullable=False),
    Column("worker", PG_UUID, nullable=False),
    Column("relation", Text, nullable=False),
    Column("full_name", Text, nullable=False),
    Column("date_of_birth", Date, nullable=False),
    Column("document", LargeBinary),
    Column("added_at", DateTime(timezone=True), nullable=False),
    # A grown one's own phone, and the link that asks them there.
    Column("phone", Text, nullable=False, server_default="", info=PERSONAL),
    Column("token_hash", LargeBinary, unique=True, info=SECRET),
    Column("asked_at", DateTime(timezone=True), info=PERSONAL),
    Column("way", Text, info=PERSONAL),
    Column("consented_at", DateTime(timezone=True), info=PERSONAL),
    Column("witness", PG_UUID, info=PSEUDONYMOUS),
    Column("text_version", Text, info=PERSONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("relation IN ('child', 'spouse', 'other')", name="relation"),
    CheckConstraint("way IN ('link', 'witnessed')", name="way"),
    CheckConstraint(
        "(consented_at IS NULL) = (way IS NULL)"
        " AND (consented_at IS NULL) = (text_version IS NULL)",
        name="consented_together",
    ),
    CheckConstraint(
        "(witness IS NOT NULL) = (way IS NOT DISTINCT FROM 'witnessed') AND witness <> worker",
        name="witness_of_a_mark",
    ),
    CheckConstraint("(asked_at IS NULL) = (token_hash IS NULL)", name="asked_by_link"),
    Index("ix_companions_application", "application"),
)


def add_companion(
    session: Session, vault: Vault, companion: Companion, *, event: AuditEvent
) -> None:
    """Record somebody who travels along."""
    number = companion.document
    session.execute(
        insert(companions),
        {
            "id": companion.id,
            "application": companion.application,
            "worker": companion.worker,
            "relation": companion.relation.value,
            "full_name": companion.full_name,
            "date_of_birth": companion.date_of_birth,
            "document": vault.seal(COMPANION_DOCUMENT, companion.id, number) if number else None,
            "added_at": companion.added_at,
            "phone": companion.phone,
        },
    )
    audit.append(session, event)


def remove_companion(
    session: Session, application: ApplicationId, companion: UUID, *, event: AuditEvent
) -> bool:
    """Forget somebody who does not travel along; False, and nothing logged, where nobody is."""
    gone = delete(companions).where(
        companions.c.id == companion, companions.c.application == application
    )
    removed = session.execute(gone.returning(companions.c.id)).first() is not None
    if removed:
        audit.append(session, event)
    return removed


def list_companions(session: Session, vault: Vault, application: UUID) -> list[Companion]:
    """Who travels along, the oldest first."""
    rows = session.execute(
        select(companions)
        .where(companions.c.application == application)
        .order_by(companions.c.date_of_birth, companions.c.id)
    )
    return [_companion(vault, row) for row in rows]


def ask_companion(
    session: Session, companion: UUID, token_hash: bytes, now: datetime, *, event: AuditEvent
) -> None:
    """Remember the link that asks somebody; the one of before opens nothing any more."""
    here = companions.c.id == companion
    session.execute(update(companions).where(here).values(token_hash=token_hash, asked_at=now))
    audit.append(session, event)


def set_consent(
    session: Session, companion: Companion, text_version: str, *, event: AuditEvent
) -> None:
    """Keep somebody's yes; one that stands is not written over."""
    session.execute(
        update(companions)
        .where(companions.c.id == companion.id, companions.c.consented_at.is_(None))
        .values(
            way=companion.way.value if companion.way else None,
            consented_at=companion.consented_at,
            witness=companion.witness,
            text_version=text_version,
        )
    )
    audit.append(session, event)


def lock_by_token(session: Session, vault: Vault, token_hash: bytes, since: datetime) -> Companion:
    """Who a link asks, held; NotFound for a wrong link and one that was sent before an instant."""
    row = session.execute(
        select(companions)
        .where(companions.c.token_hash == token_hash, companions.c.asked_at > since)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("no-such-question")
    return _companion(vault, row)


def lock_companion(session: Session, vault: Vault, companion: UUID) -> Companion:
    """Somebody by their id, held; NotFound where nobody of it travels."""
    row = session.execute(
        select(companions).where(companions.c.id == companion).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("no-such-companion")
    return _companion(vault, row)


def find_application(session: Session, receipt: str) -> ApplicationId | None:
    """The application of a receipt, for who comes to a witness with it; not an erased one."""
    query = select(applications.c.id).where(
        applications.c.receipt == receipt, applications.c.erased_at.is_(None)
    )
    found = session.execute(query).scalar_one_or_none()
    return ApplicationId(found) if found else None


def read_worker_name(session: Session, application: UUID) -> str:
    """The name of who told of somebody, as they wrote it."""
    query = select(applications.c.worker_name).where(applications.c.id == application)
    return str(session.execute(query).scalar_one())


def _companion(vault: Vault, row: Row[Any]) -> Companion:
    sealed = row.document
    return Companion(
        CompanionId(row.id),
        ApplicationId(row.application),
        PersonId(row.worker),
        Relation(row.relation),
        row.full_name,
        row.date_of_birth,
        row.added_at,
        "" if sealed is None else vault.open(COMPANION_DOCUMENT, row.id, sealed),
        row.phone,
        CompanionWay(row.way) if row.way else None,
        row.consented_at,
        PersonId(row.witness) if row.witness else None,
    )
