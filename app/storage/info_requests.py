"""Questions to the worker within a round. Both texts stand sealed, and go with the file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import applications, audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from permits.applications import Application, ApplicationId
from permits.audit import AuditEvent
from permits.info_requests import InfoRequest, Item, Question, QuestionKind
from permits.people import Agency, PersonId

QUESTION, ANSWER = "info_items.question", "info_items.answer"

info_requests = Table(
    "info_requests",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("round", Integer, nullable=False, info=OPERATIONAL),
    Column("digest", Text, nullable=False, info=PSEUDONYMOUS),
    Column("agency", Text, nullable=False, info=PERSONAL),
    Column("official", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("asked_at", DateTime(timezone=True), nullable=False, info=PERSONAL),
    # NULL while it waits, and for ever where the application lapsed or was withdrawn.
    Column("answered_at", DateTime(timezone=True), info=PERSONAL),
    UniqueConstraint("id", "worker"),
    ForeignKeyConstraint(
        ["application", "round", "digest", "worker"],
        [
            "application_rounds.application",
            "application_rounds.round",
            "application_rounds.digest",
            "application_rounds.worker",
        ],
        name="fk_info_requests_round",
    ),
    ForeignKeyConstraint(["official", "agency"], ["postings.person", "postings.agency"]),
    CheckConstraint("official <> worker", name="not_own_case"),
    Index("ix_info_requests_application", "application", "round"),
)

info_items = Table(
    "info_items",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("request", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("position", Integer, nullable=False, info=OPERATIONAL),
    Column("kind", Text, nullable=False, info=PERSONAL),
    # NULL once the file was erased; the answer also until it is given.
    Column("question", LargeBinary, info=SENSITIVE),
    Column("answer", LargeBinary, info=SENSITIVE),
    Column("document", PG_UUID, ForeignKey("documents.id", ondelete="SET NULL"), info=PSEUDONYMOUS),
    UniqueConstraint("request", "position"),
    ForeignKeyConstraint(["request", "worker"], ["info_requests.id", "info_requests.worker"]),
    CheckConstraint("kind IN ('document', 'fact', 'explanation')", name="kind"),
    CheckConstraint("position BETWEEN 1 AND 5", name="position"),
)


def add_request(
    session: Session,
    vault: Vault,
    before: Application,
    after: Application,
    request: InfoRequest,
    *,
    event: AuditEvent,
) -> Application:
    """Keep what is asked and move the application: one act, one event."""
    session.execute(
        insert(info_requests),
        {
            "id": request.id,
            "application": request.application,
            "worker": request.worker,
            "round": request.round,
            "digest": request.digest,
            "agency": request.agency.value,
            "official": request.official,
            "asked_at": request.asked_at,
        },
    )
    rows = [
        {
            "id": item.id,
            "request": request.id,
            "worker": request.worker,
            "position": item.position,
            "kind": item.question.kind.value,
            "question": vault.seal(QUESTION, item.id, item.question.text),
        }
        for item in request.items
    ]
    session.execute(insert(info_items), rows)
    return applications.save(session, before, after, request.asked_at, event=event)


def save_answer(session: Session, vault: Vault, item: Item, *, event: AuditEvent) -> None:
    """Keep the answer to one question; what was answered before is overwritten."""
    saving = (
        update(info_items)
        .where(info_items.c.id == item.id)
        .values(
            answer=vault.seal(ANSWER, item.id, item.answer) if item.answer else None,
            document=item.document,
        )
        .returning(info_items.c.id)
    )
    session.execute(audit.telling(saving, event))


def close_request(
    session: Session,
    before: Application,
    after: Application,
    request: InfoRequest,
    now: datetime,
    *,
    event: AuditEvent,
) -> Application:
    """The answers are handed in: the request is closed and the application moves back."""
    session.execute(
        update(info_requests).where(info_requests.c.id == request.id).values(answered_at=now)
    )
    return applications.save(session, before, after, now, event=event)


def list_requests(session: Session, vault: Vault, application: ApplicationId) -> list[InfoRequest]:
    """Every request about an application, the oldest first."""
    rows = session.execute(
        select(info_requests)
        .where(info_requests.c.application == application)
        .order_by(info_requests.c.asked_at, info_requests.c.id)
    ).all()
    items = session.execute(
        select(info_items)
        .where(info_items.c.request.in_([row.id for row in rows]))
        .order_by(info_items.c.position)
    ).all()
    return [_request(vault, row, [one for one in items if one.request == row.id]) for row in rows]


def find_asked_at(session: Session, application: Application) -> datetime | None:
    """When something was asked last in the present round."""
    asked = (
        select(info_requests.c.asked_at)
        .where(
            info_requests.c.application == application.id,
            info_requests.c.round == application.round,
        )
        .order_by(info_requests.c.asked_at.desc())
        .limit(1)
    )
    return session.execute(asked).scalar_one_or_none()


def _request(vault: Vault, row: Row[Any], items: Sequence[Row[Any]]) -> InfoRequest:
    return InfoRequest(
        row.id,
        ApplicationId(row.application),
        PersonId(row.worker),
        row.round,
        row.digest,
        Agency(row.agency),
        PersonId(row.official),
        row.asked_at,
        tuple(_item(vault, item) for item in items),
        row.answered_at,
    )


def _item(vault: Vault, row: Row[Any]) -> Item:
    return Item(
        row.id,
        row.position,
        Question(QuestionKind(row.kind), _opened(vault, QUESTION, row.id, row.question)),
        _opened(vault, ANSWER, row.id, row.answer),
        row.document,
    )


def _opened(vault: Vault, place: str, item: UUID, sealed: bytes | None) -> str:
    return "" if sealed is None else vault.open(place, item, sealed)
