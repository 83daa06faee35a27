"""What contracts of people at work lack to a raised minimum wage, with the run that found it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Numeric,
    Row,
    Select,
    Table,
    Text,
    delete,
    exists,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.vacancies import employers
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.wage_shortfalls import Shortfall

contract_shortfalls = Table(
    "contract_shortfalls",
    Base.metadata,
    Column("application", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("vacancy", PG_UUID, ForeignKey("vacancies.id"), primary_key=True, info=OPERATIONAL),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("employer", PG_UUID, ForeignKey("employers.id"), nullable=False, info=OPERATIONAL),
    # From this day on the difference is owed, in lempiras for each day.
    Column("counts_from", Date, nullable=False, info=PERSONAL),
    Column("earned", Numeric(12, 2), nullable=False, info=PERSONAL),
    Column("minimum", Numeric(12, 2), nullable=False, info=OPERATIONAL),
    Column("source", Text, nullable=False, info=OPERATIONAL),
    Column("derived", Boolean, nullable=False, info=OPERATIONAL),
    Column("run", PG_UUID, ForeignKey("wage_runs.id"), nullable=False, info=OPERATIONAL),
    Column("found_at", INSTANT, nullable=False, info=OPERATIONAL),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("earned < minimum", name="lacking"),
    Index("ix_contract_shortfalls_employer", "employer"),
    Index("ix_contract_shortfalls_run", "run"),
)


@dataclass(frozen=True)
class ShortContract:
    """A contract that does not reach the minimum, and whose it is."""

    application: UUID
    vacancy: UUID
    worker: PersonId
    worker_name: str
    employer: UUID
    employer_name: str
    counts_from: date
    shortfall: Shortfall


def keep_shortfall(
    session: Session, short: ShortContract, run: UUID, now: datetime, *, event: AuditEvent
) -> None:
    """What a contract lacks, in the place of what it lacked before."""
    values = {
        "employer": short.employer,
        "counts_from": short.counts_from,
        "earned": short.shortfall.earned,
        "minimum": short.shortfall.minimum,
        "source": short.shortfall.source,
        "derived": short.shortfall.derived,
        "run": run,
        "found_at": now,
    }
    key = {"application": short.application, "vacancy": short.vacancy, "worker": short.worker}
    keeping = insert(contract_shortfalls).values(**key, **values)
    session.execute(
        keeping.on_conflict_do_update(index_elements=["application", "vacancy"], set_=values)
    )
    audit.append(session, event)


def drop_shortfall(
    session: Session, application: UUID, vacancy: UUID, *, event: AuditEvent
) -> None:
    """A contract reaches the minimum again; nothing is logged where it always did."""
    table = contract_shortfalls.c
    own = (table.application == application, table.vacancy == vacancy)
    dropping = delete(contract_shortfalls).where(*own).returning(table.vacancy)
    if session.execute(dropping).first() is not None:
        audit.append(session, event)


def has_shortfall(session: Session, application: UUID) -> bool:
    """Whether any contract of an application lacks something."""
    own = contract_shortfalls.c.application == application
    return bool(session.scalar(select(exists().where(own))))


def list_short(
    session: Session,
    *,
    employer: UUID | None = None,
    application: UUID | None = None,
    limit: int = 500,
) -> list[ShortContract]:
    """Contracts of an employer or of one application that lack something, by the worker's name."""
    table = contract_shortfalls.c
    query: Select[Any] = (
        select(
            contract_shortfalls,
            applications.c.worker_name,
            employers.c.name.label("employer_name"),
        )
        .join(applications, applications.c.id == table.application)
        .join(employers, employers.c.id == table.employer)
        .where(applications.c.erased_at.is_(None))
        .order_by(applications.c.worker_name, table.application, table.vacancy)
    )
    if employer is not None:
        query = query.where(table.employer == employer)
    if application is not None:
        query = query.where(table.application == application)
    return [_short(row) for row in session.execute(query.limit(limit))]


def _short(row: Row[Any]) -> ShortContract:
    return ShortContract(
        row.application,
        row.vacancy,
        PersonId(row.worker),
        row.worker_name,
        row.employer,
        row.employer_name,
        row.counts_from,
        Shortfall(row.earned, row.minimum, row.source, row.derived),
    )
