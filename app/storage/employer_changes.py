"""Wishes for another employer, each with its frozen offer and labour's one decision."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications, list_reached
from app.storage.authorisations import authorisations
from app.storage.database import Base, Session
from app.storage.searched import EVERY, Search, of_cases
from permits import offers
from permits.applications import canonical
from permits.audit import AuditEvent
from permits.authorisations import AuthorisationId
from permits.employer_changes import ChangeId, ChangeOutcome, EmployerChange
from permits.people import PersonId
from permits.reach import Reach

employer_changes = Table(
    "employer_changes",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("authorisation", PG_UUID, nullable=False),
    Column("worker", PG_UUID, nullable=False),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), nullable=False),
    Column("offer", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("outcome", Text, nullable=False, server_default="asked"),
    Column("agency", Text, nullable=False, server_default="setrass"),
    Column("official", PG_UUID),
    Column("decided_at", DateTime(timezone=True)),
    Column("note", Text, nullable=False, server_default=""),
    ForeignKeyConstraint(
        ["authorisation", "worker"],
        ["authorisations.id", "authorisations.worker"],
        name="fk_employer_changes_right",
    ),
    # Labour alone decides, by an official who is posted there.
    ForeignKeyConstraint(
        ["official", "agency"],
        ["postings.person", "postings.agency"],
        name="fk_employer_changes_official",
    ),
    CheckConstraint("agency = 'setrass'", name="labour_decides"),
    CheckConstraint("official <> worker", name="not_own_case"),
    CheckConstraint(
        "outcome IN ('asked', 'granted', 'refused', 'withdrawn', 'lapsed')", name="outcome"
    ),
    CheckConstraint(
        "(outcome IN ('granted', 'refused')) = (official IS NOT NULL)"
        " AND (outcome = 'asked') = (decided_at IS NULL)",
        name="decided_together",
    ),
    CheckConstraint(
        "digest = encode(sha256(convert_to(offer, 'UTF8')), 'hex')", name="offer_is_its_digest"
    ),
    Index(
        "uq_employer_changes_asked",
        "authorisation",
        unique=True,
        postgresql_where=text("outcome = 'asked'"),
    ),
    Index("ix_employer_changes_outcome_asked_at", "outcome", "asked_at"),
)


@dataclass(frozen=True)
class ListedChange:
    """A wish with the case that it belongs to."""

    change: EmployerChange
    application: UUID
    receipt: str
    programme: str


def add_change(session: Session, change: EmployerChange, *, event: AuditEvent) -> None:
    """Record a wish."""
    session.execute(
        insert(employer_changes),
        {
            "id": change.id,
            "authorisation": change.authorisation,
            "worker": change.worker,
            "vacancy": change.vacancy,
            "offer": _written(change.offer),
            "digest": change.digest,
            "asked_at": change.asked_at,
        },
    )
    audit.append(session, event)


def settle_change(session: Session, change: EmployerChange, *, event: AuditEvent) -> None:
    """Record what became of a wish that waits."""
    session.execute(
        update(employer_changes)
        .where(employer_changes.c.id == change.id, employer_changes.c.outcome == "asked")
        .values(
            outcome=change.outcome.value,
            official=change.official,
            decided_at=change.decided_at,
            note=change.note,
        )
    )
    audit.append(session, event)


def list_of_right(session: Session, authorisation: UUID) -> list[EmployerChange]:
    """Every wish of a right, newest first."""
    rows = session.execute(
        select(employer_changes)
        .where(employer_changes.c.authorisation == authorisation)
        .order_by(employer_changes.c.asked_at.desc(), employer_changes.c.id)
    )
    return [_change(row) for row in rows]


def find_granted(session: Session, application: UUID) -> EmployerChange | None:
    """The last change that was granted under the right of an application, if there was one."""
    row = session.execute(_finding_granted(), {"of_application": application}).one_or_none()
    return _change(row) if row else None


@cache
def _finding_granted() -> Select[Any]:
    own = employer_changes.c
    return (
        select(employer_changes)
        .join(authorisations, authorisations.c.id == own.authorisation)
        .where(authorisations.c.application == bindparam("of_application"))
        .where(own.outcome == "granted")
        .order_by(own.decided_at.desc())
        .limit(1)
    )


def find_asked(session: Session, application: UUID) -> EmployerChange | None:
    """The wish that waits under the right of an application; None where none does."""
    row = session.execute(
        select(employer_changes)
        .join(authorisations, authorisations.c.id == employer_changes.c.authorisation)
        .where(authorisations.c.application == application)
        .where(employer_changes.c.outcome == "asked")
    ).one_or_none()
    return _change(row) if row else None


def is_asked(session: Session, application: UUID, vacancy: UUID) -> bool:
    """Whether the worker of an application waits for this vacancy as another employer's."""
    row = session.execute(
        select(employer_changes.c.id)
        .join(authorisations, authorisations.c.id == employer_changes.c.authorisation)
        .where(
            authorisations.c.application == application,
            employer_changes.c.vacancy == vacancy,
            employer_changes.c.outcome == "asked",
        )
    )
    return row.first() is not None


def list_changes(
    session: Session,
    outcome: ChangeOutcome,
    since: datetime,
    reach: Reach,
    limit: int,
    search: Search = EVERY,
) -> list[ListedChange]:
    """Wishes within reach that were asked since an instant: what waits the oldest first, what was
    settled the newest first."""
    rows = session.execute(
        select(employer_changes, authorisations.c.application, *_CASE)
        .join(authorisations, authorisations.c.id == employer_changes.c.authorisation)
        .join(applications, applications.c.id == authorisations.c.application)
        .where(
            employer_changes.c.outcome == outcome.value,
            employer_changes.c.asked_at >= since,
            authorisations.c.application.in_(list_reached(reach)),
            *of_cases(applications.c, search),
        )
        .order_by(*_in_order(outcome))
        .limit(limit)
    )
    return [
        ListedChange(_change(row), row.application, row.receipt or "", row.programme)
        for row in rows
    ]


_CASE = (applications.c.receipt, applications.c.programme)


def _written(offer: offers.Offer) -> str:
    """The canonical form of an offer, whose SHA-256 is decided on."""
    return canonical(offers.to_mapping(offer))


def _change(row: Row[Any]) -> EmployerChange:
    return EmployerChange(
        ChangeId(row.id),
        AuthorisationId(row.authorisation),
        PersonId(row.worker),
        row.vacancy,
        offers.from_mapping(json.loads(row.offer)),
        row.digest,
        row.asked_at,
        ChangeOutcome(row.outcome),
        PersonId(row.official) if row.official else None,
        row.decided_at,
        row.note,
    )


def _in_order(outcome: ChangeOutcome) -> Sequence[ColumnElement[Any]]:
    key = (employer_changes.c.asked_at, employer_changes.c.id)
    return key if outcome is ChangeOutcome.ASKED else [one.desc() for one in key]
