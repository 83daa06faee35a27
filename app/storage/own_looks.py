"""Who looked at a worker's files, permits and passings, as the worker reads it (N8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from app.storage.applications import applications
from app.storage.audit import audit_events
from app.storage.check_ins import check_ins
from app.storage.cost_entries import cost_entries
from app.storage.credentials import credentials
from app.storage.crossings import crossings
from app.storage.database import Session
from app.storage.documents import documents
from app.storage.own_data import numbers_of, of_worker
from app.storage.welfare_claims import welfare_claims
from permits.audit import Act
from permits.people import PersonId, Role

LOOKING = (
    *(Act.APPLICATION_READ, Act.APPLICATION_BROKEN_INTO, Act.APPLICATION_EXPORTED),
    *(Act.DOCUMENT_READ, Act.COST_CLAIM_READ, Act.COST_CLAIM_INSPECTED, Act.CHECK_IN_READ),
    Act.WELFARE_CLAIM_READ,
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
    carriers = select(credentials.c.id).where(credentials.c.number.in_(numbers_of(person)))
    subjects = (
        select(applications.c.id)
        .where(applications.c.worker == person)
        .union_all(
            select(documents.c.id).where(documents.c.application.in_(of_worker(person))),
            select(cost_entries.c.id).where(cost_entries.c.worker == person),
            select(check_ins.c.id).where(check_ins.c.worker == person),
            select(welfare_claims.c.id).where(welfare_claims.c.worker == person),
            carriers,
            select(crossings.c.id).where(crossings.c.number.in_(numbers_of(person))),
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
