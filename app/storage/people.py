"""Workers and how to reach them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    bindparam,
    exists,
    false,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.database import Base, Session
from app.storage.search_keys import keys_of
from app.storage.sign_in_steps import known_browsers
from permits.audit import AuditEvent
from permits.people import PersonId

workers = Table(
    "workers",
    Base.metadata,
    Column("person", PG_UUID, primary_key=True),
    Column("phone", Text, nullable=False),
    Column("resume_hash", Text, nullable=False),
    # Keyed, to find the one of a phone's many by; the key is in no table.
    Column("resume_index", LargeBinary, nullable=False),
    Column("language", Text, nullable=False),
    # The worker's own wish, for this number: another number begins without it.
    Column("whatsapp", Boolean, nullable=False, server_default=false()),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("ix_workers_phone_resume_index", "phone", "resume_index"),
)


@dataclass(frozen=True)
class ResumeCode:
    """What is kept of the code on paper: a slow hash, and a keyed one to find its row by."""

    slow_hash: str
    index: bytes


@dataclass(frozen=True)
class Worker:
    """How a worker is reached and comes back; `phone` is E.164.

    `whatsapp` is their own wish to be told there rather than by SMS.
    """

    person: PersonId
    phone: str
    resume: ResumeCode
    language: str
    whatsapp: bool = False


def add_worker(session: Session, worker: Worker, now: datetime, *, event: AuditEvent) -> None:
    """Register a worker who began an application."""
    session.execute(
        insert(workers),
        {
            "person": worker.person,
            "phone": worker.phone,
            "resume_hash": worker.resume.slow_hash,
            "resume_index": worker.resume.index,
            "language": worker.language,
            "whatsapp": worker.whatsapp,
            "created_at": now,
        },
    )
    audit.append(session, event)


def set_phone(session: Session, worker: Worker, phone: str, *, event: AuditEvent) -> None:
    """Change the number that messages go to and that lets the worker in.

    It changes in the worker's applications too, where it is no part of what is decided on. The
    wish for WhatsApp was for the number of before.
    """
    changed = update(workers).where(workers.c.person == worker.person)
    session.execute(changed.values(phone=phone, whatsapp=False))
    for row in session.execute(
        select(applications)
        .where(applications.c.worker == worker.person, applications.c.answers.has_key("phone"))
        .with_for_update()
    ).all():
        searched = row.search_text.replace(worker.phone, phone)
        session.execute(
            update(applications)
            .where(applications.c.id == row.id)
            .values(
                answers={**row.answers, "phone": phone},
                search_text=searched,
                search_keys=keys_of(row.worker_name, searched, row.receipt or ""),
            )
        )
    audit.append(session, event)


def set_whatsapp(session: Session, person: PersonId, *, wanted: bool, event: AuditEvent) -> None:
    """Keep whether a worker wishes to be told by WhatsApp."""
    session.execute(update(workers).where(workers.c.person == person).values(whatsapp=wanted))
    audit.append(session, event)


def set_resume_code(
    session: Session, person: PersonId, code: ResumeCode, *, event: AuditEvent
) -> None:
    """Replace the resume code; the one of before lets nobody in any more."""
    session.execute(
        update(workers)
        .where(workers.c.person == person)
        .values(resume_hash=code.slow_hash, resume_index=code.index)
    )
    audit.append(session, event)


_FINDING = select(workers).where(workers.c.person == bindparam("of_person"))


def find_worker(session: Session, person: PersonId) -> Worker | None:
    """The worker, or None where the person is not one."""
    row = session.execute(_FINDING, {"of_person": person}).first()
    return _worker(row) if row else None


def find_by_code(session: Session, phone: str, index: bytes) -> Worker | None:
    """Of those who share a phone, the one whose code has this keyed hash; the newest of equals."""
    row = session.execute(
        select(workers)
        .where(workers.c.phone == phone, workers.c.resume_index == index)
        .order_by(workers.c.created_at.desc())
        .limit(1)
    ).first()
    return _worker(row) if row else None


def is_phone_known(session: Session, phone: str) -> bool:
    """Whether any worker has this phone."""
    return bool(session.execute(select(exists().where(workers.c.phone == phone))).scalar_one())


def is_browser_of(session: Session, token_hash: bytes, phone: str) -> bool:
    """Whether somebody of this phone who has handed something in signed in from this browser."""
    known = exists().where(
        known_browsers.c.token_hash == token_hash,
        known_browsers.c.person == workers.c.person,
        workers.c.phone == phone,
        _handed_in(),
    )
    return bool(session.execute(select(known)).scalar_one())


HOUSEHOLD = 100
"""How many of one phone are named at most; a brigade may begin its applications on one."""


@dataclass(frozen=True)
class Housemate:
    """One of those who share a phone; `given_names` is empty where nothing was answered yet."""

    person: PersonId
    given_names: str


def list_household(session: Session, phone: str) -> list[Housemate]:
    """Who shares a phone, by the given names of their newest application; a hundred at most.

    Who has handed something in comes first: drafts that a stranger begins on the phone push
    nobody off the list.
    """
    newest = (
        select(applications.c.answers["given_names"].astext)
        .where(applications.c.worker == workers.c.person)
        .order_by(applications.c.created_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(workers.c.person, func.coalesce(newest, "").label("given_names"))
        .where(workers.c.phone == phone)
        .order_by(_handed_in().desc(), workers.c.created_at.desc())
        .limit(HOUSEHOLD)
    )
    return [Housemate(PersonId(row.person), row.given_names) for row in rows]


def _handed_in() -> ColumnElement[bool]:
    """Whether a worker of the query has handed something in: a stranger's drafts have not."""
    return exists().where(applications.c.worker == workers.c.person, applications.c.round > 0)


def _worker(row: Row[Any]) -> Worker:
    code = ResumeCode(row.resume_hash, row.resume_index)
    return Worker(PersonId(row.person), row.phone, code, row.language, row.whatsapp)


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember who opened a person's file."""
    audit.append(session, event)
