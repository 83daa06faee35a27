"""Requests about the own data that wait for the office; the words stand sealed."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.data_requests import DataRequest, RequestKind, RequestStatus
from permits.errors import Conflict, NotFound
from permits.people import PersonId

WORDS, ANSWER = "data_requests.words", "data_requests.answer"

data_requests = Table(
    "data_requests",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("worker", PG_UUID, nullable=False),
    Column("application", PG_UUID, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("words", LargeBinary),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("answer", LargeBinary),
    Column("answered_at", DateTime(timezone=True)),
    Column("answered_by", PG_UUID),
    CheckConstraint("kind IN ('correction', 'erasure')", name="kind"),
    CheckConstraint("status IN ('open', 'done', 'declined')", name="status"),
    CheckConstraint(
        "(status = 'open') = (answered_at IS NULL)"
        " AND (answered_at IS NULL) = (answered_by IS NULL)",
        name="answered_together",
    ),
    CheckConstraint("status <> 'open' OR words IS NOT NULL", name="open_has_words"),
    # One open request of a kind for each application: asking again adds nothing.
    Index(
        "uq_data_requests_open",
        "application",
        "kind",
        unique=True,
        postgresql_where=text("status = 'open'"),
    ),
    Index("ix_data_requests_worker", "worker"),
    Index("ix_data_requests_status_asked_at", "status", "asked_at"),
)


def add_request(session: Session, vault: Vault, request: DataRequest, *, event: AuditEvent) -> None:
    """Leave a request for the office; Conflict("already-asked") where one of its kind is open."""
    standing = select(data_requests.c.id).where(
        data_requests.c.application == request.application,
        data_requests.c.kind == request.kind.value,
        data_requests.c.status == RequestStatus.OPEN.value,
    )
    if session.execute(standing).first() is not None:
        raise Conflict("already-asked")
    session.execute(
        insert(data_requests),
        {
            "id": request.id,
            "worker": request.worker,
            "application": request.application,
            "kind": request.kind.value,
            "status": request.status.value,
            "words": vault.seal(WORDS, request.id, request.words),
            "asked_at": request.asked_at,
        },
    )
    audit.append(session, event)


def lock_request(session: Session, vault: Vault, request: UUID) -> DataRequest:
    """One request, held until the transaction ends; NotFound where there is none."""
    row = session.execute(
        select(data_requests).where(data_requests.c.id == request).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("no-such-request")
    return _request(vault, row)


def answer_request(
    session: Session, vault: Vault, request: DataRequest, *, event: AuditEvent
) -> None:
    """Write the office's answer, once."""
    session.execute(
        update(data_requests)
        .where(data_requests.c.id == request.id, data_requests.c.status == "open")
        .values(
            status=request.status.value,
            answer=vault.seal(ANSWER, request.id, request.answer),
            answered_at=request.answered_at,
            answered_by=request.answered_by,
        )
    )
    audit.append(session, event)


def list_open(session: Session, vault: Vault, limit: int) -> list[tuple[DataRequest, str | None]]:
    """What waits for the office, oldest first, with the programme of a file that is still kept."""
    rows = session.execute(
        select(data_requests, applications.c.programme)
        .outerjoin(applications, applications.c.id == data_requests.c.application)
        .where(data_requests.c.status == RequestStatus.OPEN.value)
        .order_by(data_requests.c.asked_at, data_requests.c.id)
        .limit(limit)
    )
    return [(_request(vault, row), row.programme) for row in rows]


def list_of_worker(session: Session, vault: Vault, worker: PersonId) -> list[DataRequest]:
    """What a worker asked, newest first; one whose words are gone shows none."""
    rows = session.execute(
        select(data_requests)
        .where(data_requests.c.worker == worker)
        .order_by(data_requests.c.asked_at.desc(), data_requests.c.id)
    )
    return [_request(vault, row) for row in rows]


def count_answered_before(session: Session, instant: datetime) -> int:
    """How many answered requests of before an instant still have their words."""
    found = select(func.count()).select_from(data_requests).where(*_worded_before(instant))
    return session.execute(found).scalar_one()


def forget_words_before(session: Session, instant: datetime, limit: int) -> int:
    """Take the words away from requests that were answered before an instant."""
    due = select(data_requests.c.id).where(*_worded_before(instant)).limit(limit)
    gone = (
        update(data_requests)
        .where(data_requests.c.id.in_(due))
        .values(words=None, answer=None)
        .returning(data_requests.c.id)
    )
    return len(session.execute(gone).all())


def _worded_before(instant: datetime) -> tuple[Any, ...]:
    return data_requests.c.answered_at < instant, data_requests.c.words.is_not(None)


def _request(vault: Vault, row: Row[Any]) -> DataRequest:
    request = DataRequest(
        row.id,
        PersonId(row.worker),
        ApplicationId(row.application),
        RequestKind(row.kind),
        RequestStatus(row.status),
        "" if row.words is None else vault.open(WORDS, row.id, row.words),
        row.asked_at,
        "" if row.answer is None else vault.open(ANSWER, row.id, row.answer),
        row.answered_at,
    )
    by = PersonId(row.answered_by) if row.answered_by else None
    return replace(request, answered_by=by)
