"""Workers and how to reach them; officials' accounts and the agency that each speaks for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Row,
    Table,
    Text,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import AGENCY_OF, Actor, PersonId, Role

workers = Table(
    "workers",
    Base.metadata,
    Column("person", PG_UUID, primary_key=True),
    Column("phone", Text, nullable=False),
    Column("resume_hash", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Index("ix_workers_phone", "phone"),
)

accounts = Table(
    "accounts",
    Base.metadata,
    # One account a person: nobody can hold two roles, hence never both agencies (domain 4.3).
    Column("person", PG_UUID, primary_key=True),
    Column("email", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("post", Text),
    Column("password_hash", Text, nullable=False),
    Column("disabled_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("email = lower(email)", name="email_lower"),
    CheckConstraint(
        "role IN ('setrass-officer', 'inm-officer', 'border-agent', 'administrator')", name="role"
    ),
)

postings = Table(
    "postings",
    Base.metadata,
    # Rows stay when an official moves on: decisions refer to them.
    Column("person", PG_UUID, ForeignKey("accounts.person"), primary_key=True),
    Column("agency", Text, primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
    CheckConstraint("agency IN ('setrass', 'inm')", name="agency"),
)


@dataclass(frozen=True)
class Worker:
    """How a worker is reached and comes back; `phone` is E.164."""

    person: PersonId
    phone: str
    resume_hash: str
    language: str


@dataclass(frozen=True)
class Account:
    """An official's sign-in; `disabled` accounts never get a session."""

    actor: Actor
    email: str
    password_hash: str
    disabled: bool


def add_worker(session: Session, worker: Worker, now: datetime, *, event: AuditEvent) -> None:
    """Register a worker who began an application."""
    session.execute(
        insert(workers).values(
            person=worker.person,
            phone=worker.phone,
            resume_hash=worker.resume_hash,
            language=worker.language,
            created_at=now,
        )
    )
    audit.append(session, event)


def set_phone(session: Session, person: PersonId, phone: str, *, event: AuditEvent) -> None:
    """Change the number that messages go to and that opens the draft again."""
    session.execute(update(workers).where(workers.c.person == person).values(phone=phone))
    audit.append(session, event)


def find_worker(session: Session, person: PersonId) -> Worker | None:
    """The worker, or None where the person is not one."""
    row = session.execute(select(workers).where(workers.c.person == person)).first()
    return _worker(row) if row else None


def list_workers_of_phone(session: Session, phone: str) -> list[Worker]:
    """A household may share one phone; newest first, ten at most."""
    rows = session.execute(
        select(workers)
        .where(workers.c.phone == phone)
        .order_by(workers.c.created_at.desc())
        .limit(10)
    )
    return [_worker(row) for row in rows]


def add_account(session: Session, account: Account, now: datetime, *, event: AuditEvent) -> None:
    """Add an official and, where the role speaks for an agency, the posting."""
    actor = account.actor
    session.execute(
        insert(accounts).values(
            person=actor.person,
            email=account.email.lower(),
            name=actor.name,
            role=actor.role.value,
            post=actor.post,
            password_hash=account.password_hash,
            created_at=now,
        )
    )
    agency = AGENCY_OF.get(actor.role)
    if agency is not None:
        session.execute(
            insert(postings).values(person=actor.person, agency=agency.value, since=now)
        )
    audit.append(session, event)


def find_account(session: Session, email: str) -> Account | None:
    """The account of an e-mail address, in whatever case it was typed."""
    row = session.execute(select(accounts).where(accounts.c.email == email.lower())).first()
    return _account(row) if row else None


def find_account_of(session: Session, person: PersonId) -> Account | None:
    """The account of a person; None for workers."""
    row = session.execute(select(accounts).where(accounts.c.person == person)).first()
    return _account(row) if row else None


def list_accounts(session: Session, role: Role | None = None) -> list[Account]:
    """Accounts by role and name; of every role where none is named."""
    query = select(accounts).order_by(accounts.c.role, accounts.c.email)
    if role is not None:
        query = query.where(accounts.c.role == role.value)
    return [_account(row) for row in session.execute(query)]


def list_names(session: Session, persons: set[UUID]) -> dict[UUID, str]:
    """Names of officials by person, for timelines; unknown persons are left out."""
    rows = session.execute(
        select(accounts.c.person, accounts.c.name).where(accounts.c.person.in_(persons))
    )
    return {row.person: row.name for row in rows}


def _worker(row: Row[Any]) -> Worker:
    return Worker(PersonId(row.person), row.phone, row.resume_hash, row.language)


def _account(row: Row[Any]) -> Account:
    actor = Actor(PersonId(row.person), Role(row.role), row.name, row.post)
    return Account(actor, row.email, row.password_hash, row.disabled_at is not None)


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember who opened a person's file."""
    audit.append(session, event)
