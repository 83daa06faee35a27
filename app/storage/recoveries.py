"""Recoveries at an office: who asked, who decided, which phone followed which."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    case,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.database import Base, Session
from app.storage.people import workers
from app.storage.sealed import Vault, index_of_number
from app.storage.statements import constant
from permits.audit import AuditEvent
from permits.errors import NotFound
from permits.identity_documents import IdentityKind
from permits.people import PersonId
from permits.recoveries import Compared, Recovery, RecoveryId, RecoveryStatus

recoveries = Table(
    "recoveries",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("worker", PG_UUID, ForeignKey("workers.person"), nullable=False),
    Column("application", PG_UUID, nullable=False),
    Column("document_kind", Text, nullable=False),
    Column("compared", ARRAY(Text), nullable=False),
    Column("asked_by", PG_UUID, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("status", Text, nullable=False),
    Column("old_phone", Text, nullable=False),
    Column("new_phone", Text),
    Column("decided_by", PG_UUID),
    Column("decided_at", DateTime(timezone=True)),
    Column("refusal", Text),
    Column("code_shown_at", DateTime(timezone=True)),
    # Hash of what the phone of before is sent, to say that it was not its holder.
    Column("objection_hash", LargeBinary, unique=True),
    CheckConstraint(
        "status IN ('begun', 'waiting', 'approved', 'refused', 'objected', 'dropped')",
        name="status",
    ),
    CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided_together"),
    CheckConstraint(
        "(decided_by IS NOT NULL) = (status IN ('approved', 'refused', 'objected'))",
        name="decided",
    ),
    # Whatever the service believes: two people, and neither is the worker.
    CheckConstraint("decided_by <> asked_by", name="by_another"),
    CheckConstraint("worker <> asked_by AND worker <> decided_by", name="not_about_oneself"),
    CheckConstraint("(refusal IS NOT NULL) = (status = 'refused')", name="refusal"),
    CheckConstraint("status IN ('begun', 'dropped') OR new_phone IS NOT NULL", name="new_phone"),
    CheckConstraint(
        "code_shown_at IS NULL OR status IN ('approved', 'objected')", name="code_shown"
    ),
    Index("ix_recoveries_status_asked_at", "status", "asked_at"),
    Index("ix_recoveries_worker", "worker"),
)


@dataclass(frozen=True)
class Found:
    """Whose document it is, and the newest application that names it."""

    worker: PersonId
    application: UUID
    phone: str


def find_person(
    session: Session, vault: Vault, kind: IdentityKind, number: str, born: date
) -> Found | None:
    """The worker whose submitted application names exactly this document and this day of birth."""
    row = session.execute(
        select(applications.c.worker, applications.c.id, workers.c.phone)
        .join(workers, workers.c.person == applications.c.worker)
        .where(
            applications.c.document_index == index_of_number(vault, number),
            applications.c.round > constant(0),
            applications.c.answers["document_kind"].astext == kind.value,
            applications.c.answers["date_of_birth"].astext == born.isoformat(),
        )
        .order_by(applications.c.submitted_at.desc(), applications.c.id)
        .limit(1)
    ).first()
    return Found(PersonId(row.worker), row.id, row.phone) if row else None


def find_name(session: Session, application: UUID) -> str:
    """The name on a file; empty where it was erased."""
    query = select(applications.c.worker_name).where(applications.c.id == application)
    return str(session.execute(query).scalar_one_or_none() or "")


def note_search(session: Session, *, event: AuditEvent) -> None:
    """Remember that somebody looked for a person, found or not."""
    audit.append(session, event)


def add_recovery(session: Session, recovery: Recovery, *, event: AuditEvent) -> None:
    """Begin a recovery; one of the same worker that was not decided is dropped."""
    undecided = recoveries.c.status.in_(["begun", "waiting"])
    session.execute(
        update(recoveries)
        .where(recoveries.c.worker == recovery.worker, undecided)
        .values(status="dropped")
    )
    session.execute(insert(recoveries), {"id": recovery.id, **_values(recovery)})
    audit.append(session, event)


def get_recovery(session: Session, recovery: RecoveryId) -> Recovery:
    """One recovery; NotFound where there is none."""
    return _one(session.execute(select(recoveries).where(recoveries.c.id == recovery)).first())


def lock_recovery(session: Session, recovery: RecoveryId) -> Recovery:
    """The same, its row held until the transaction ends."""
    query = select(recoveries).where(recoveries.c.id == recovery).with_for_update()
    return _one(session.execute(query).first())


def lock_by_objection(session: Session, objection_hash: bytes) -> Recovery | None:
    """The recovery that a link of the phone of before is about, its row held."""
    query = select(recoveries).where(recoveries.c.objection_hash == objection_hash)
    row = session.execute(query.with_for_update()).first()
    return _read(row) if row else None


def find_by_objection(session: Session, objection_hash: bytes) -> Recovery | None:
    """The recovery that a link of the phone of before is about."""
    query = select(recoveries).where(recoveries.c.objection_hash == objection_hash)
    row = session.execute(query).first()
    return _read(row) if row else None


def list_recoveries(
    session: Session, status: RecoveryStatus, since: datetime, limit: int = 100
) -> list[Recovery]:
    """Recoveries in a status that were asked for after an instant, oldest first."""
    rows = session.execute(
        select(recoveries)
        .where(recoveries.c.status == status.value, recoveries.c.asked_at > since)
        .order_by(recoveries.c.asked_at, recoveries.c.id)
        .limit(limit)
    )
    return [_read(row) for row in rows]


def save_recovery(
    session: Session,
    recovery: Recovery,
    *,
    event: AuditEvent,
    refusal: str | None = None,
    objection_hash: bytes | None = None,
) -> None:
    """Write a recovery's new state over the row that is held."""
    values = _values(recovery)
    if refusal is not None:
        values["refusal"] = refusal
    if objection_hash is not None:
        values["objection_hash"] = objection_hash
    session.execute(update(recoveries).where(recoveries.c.id == recovery.id).values(**values))
    audit.append(session, event)


def forget_phones(session: Session, before: datetime) -> None:
    """Forget the phones of recoveries that were asked for before an instant; the rest stands."""
    old = (recoveries.c.asked_at < before, recoveries.c.old_phone != "")
    emptied = case((recoveries.c.new_phone.is_(None), None), else_="")
    session.execute(update(recoveries).where(*old).values(old_phone="", new_phone=emptied))


def _values(recovery: Recovery) -> dict[str, Any]:
    return {
        "worker": recovery.worker,
        "application": recovery.application,
        "document_kind": recovery.document_kind.value,
        "compared": sorted(one.value for one in recovery.compared),
        "asked_by": recovery.asked_by,
        "asked_at": recovery.asked_at,
        "status": recovery.status.value,
        "old_phone": recovery.old_phone,
        "new_phone": recovery.new_phone,
        "decided_by": recovery.decided_by,
        "decided_at": recovery.decided_at,
        "code_shown_at": recovery.code_shown_at,
    }


def _one(row: Row[Any] | None) -> Recovery:
    if row is None:
        raise NotFound("no-such-recovery")
    return _read(row)


def _read(row: Row[Any]) -> Recovery:
    return Recovery(
        RecoveryId(row.id),
        PersonId(row.worker),
        row.application,
        IdentityKind(row.document_kind),
        PersonId(row.asked_by),
        row.asked_at,
        RecoveryStatus(row.status),
        row.old_phone,
        row.new_phone,
        frozenset(Compared(one) for one in row.compared),
        PersonId(row.decided_by) if row.decided_by else None,
        row.decided_at,
        row.code_shown_at,
    )
