"""Who looked at what is kept about a worker, as the worker reads it: never who by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from app.storage.applications import applications
from app.storage.audit import audit_events
from app.storage.authorisations import authorisations
from app.storage.check_ins import check_ins
from app.storage.cost_entries import cost_entries
from app.storage.credentials import credentials
from app.storage.crossings import crossings
from app.storage.database import Session
from app.storage.documents import documents
from permits.audit import Act
from permits.people import PersonId, Role

LOOKING = (
    *(Act.APPLICATION_READ, Act.APPLICATION_BROKEN_INTO, Act.APPLICATION_EXPORTED),
    *(Act.DOCUMENT_READ, Act.COST_CLAIM_READ, Act.CHECK_IN_READ),
    *(Act.CREDENTIAL_READ, Act.CREDENTIAL_TAKEN, Act.CREDENTIAL_VERIFIED),
    Act.CROSSING_RECORDED,
)
"""Acts by which somebody sees a person's file, permit or passing."""


@dataclass(frozen=True)
class Look:
    """Somebody looked: in which role, at what, when and to what end; never who by name."""

    at: datetime
    act: Act
    role: Role
    purpose: str


def list_looks(session: Session, person: PersonId, since: datetime, limit: int) -> Sequence[Look]:
    """Who looked at a worker's files, permits and passings, newest first; not the worker."""
    carriers = select(credentials.c.id).where(credentials.c.number.in_(_numbers(person)))
    subjects = (
        select(applications.c.id)
        .where(applications.c.worker == person)
        .union_all(
            select(documents.c.id).where(documents.c.application.in_(_files(person))),
            select(cost_entries.c.id).where(cost_entries.c.worker == person),
            select(check_ins.c.id).where(check_ins.c.worker == person),
            carriers,
            select(crossings.c.id).where(crossings.c.number.in_(_numbers(person))),
        )
    )
    rows = session.execute(
        select(audit_events)
        .where(
            audit_events.c.subject.in_(subjects),
            audit_events.c.act.in_([act.value for act in LOOKING]),
            audit_events.c.person != person,
            audit_events.c.at >= since,
        )
        .order_by(audit_events.c.id.desc())
        .limit(limit)
    )
    return [_look(row) for row in rows]


def _look(row: Row[Any]) -> Look:
    told = ("purpose", "kind", "form", "direction")
    purpose = next((row.facts[name] for name in told if row.facts.get(name)), "")
    return Look(row.at, Act(row.act), Role(row.role), str(purpose))


def _files(person: PersonId) -> Select[tuple[UUID]]:
    return select(applications.c.id).where(
        applications.c.worker == person, applications.c.erased_at.is_(None)
    )


def _numbers(person: PersonId) -> Select[tuple[str]]:
    return (
        select(credentials.c.number)
        .join(authorisations, authorisations.c.id == credentials.c.authorisation)
        .where(authorisations.c.worker == person)
    )
