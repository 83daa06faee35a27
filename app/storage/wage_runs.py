"""Runs over contracts and payslips that a changed minimum wage touches, and what contracts lack."""

from collections.abc import Sequence
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
    Integer,
    Numeric,
    Row,
    Select,
    Table,
    Text,
    cast,
    delete,
    func,
    or_,
    select,
    union,
    update,
)
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.payslip_tables import payslip_findings, payslips
from app.storage.vacancies import employers
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.wage_shortfalls import Shortfall

wage_runs = Table(
    "wage_runs",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("programmes", ARRAY(Text), nullable=False, info=OPERATIONAL),
    Column("since", Date, nullable=False, info=OPERATIONAL),
    Column("total", Integer, nullable=False, info=OPERATIONAL),
    Column("judged", Integer, nullable=False, info=OPERATIONAL),
    # Those that met the minimum before the table changed, and do not since.
    Column("contracts", Integer, nullable=False, info=OPERATIONAL),
    Column("payslips", Integer, nullable=False, info=OPERATIONAL),
    Column("started_at", INSTANT, nullable=False, info=OPERATIONAL),
    Column("ended_at", INSTANT, info=OPERATIONAL),
    CheckConstraint("judged <= total", name="judged"),
    Index("ix_wage_runs_started_at", "started_at"),
)

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
class WageRun:
    """`judged` of `total` workers are done; `ended_at` is None while it goes on.

    `contracts` and `payslips`: how many of them do not reach the minimum since this change.
    """

    id: UUID
    programmes: tuple[str, ...]
    since: date
    total: int
    judged: int
    contracts: int
    payslips: int
    started_at: datetime
    ended_at: datetime | None = None


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


@dataclass(frozen=True)
class FailingAt:
    """An employer in the report of a run: how many contracts and payslips fail there since."""

    employer: UUID
    name: str
    contracts: int
    payslips: int


def add_run(session: Session, run: WageRun, *, event: AuditEvent) -> None:
    """Write down that a run begins."""
    values = {name: getattr(run, name) for name in wage_runs.c.keys()}  # noqa: SIM118
    session.execute(plain_insert(wage_runs), values | {"programmes": list(run.programmes)})
    audit.append(session, event)


def note_progress(
    session: Session,
    run: UUID,
    judged: int,
    failing: tuple[int, int],
    ended_at: datetime | None,
) -> None:
    """A batch is done: so many workers, and so many contracts and payslips that fail since."""
    table = wage_runs.c
    done = table.total if ended_at else func.least(table.judged + judged, table.total)
    values = {
        "judged": done,
        "contracts": table.contracts + failing[0],
        "payslips": table.payslips + failing[1],
        "ended_at": ended_at,
    }
    session.execute(update(wage_runs).where(table.id == run).values(values))


def find_run(session: Session, run: UUID) -> WageRun | None:
    """A run by its id."""
    row = session.execute(select(wage_runs).where(wage_runs.c.id == run)).one_or_none()
    return _run(row) if row else None


def list_runs(session: Session, limit: int = 20) -> list[WageRun]:
    """The newest first."""
    newest = (wage_runs.c.started_at.desc(), wage_runs.c.id)
    return [_run(row) for row in session.execute(select(wage_runs).order_by(*newest).limit(limit))]


def count_touched(session: Session, programmes: Sequence[str], since: date) -> int:
    """How many applications a run looks at."""
    touched = _touched(programmes, since).subquery()
    return int(session.execute(select(func.count()).select_from(touched)).scalar_one())


def list_touched(
    session: Session,
    programmes: Sequence[str],
    since: date,
    limit: int,
    after: UUID | None = None,
) -> list[UUID]:
    """The next of them by their ids."""
    touched = _touched(programmes, since).subquery()
    query = select(touched.c.id).order_by(touched.c.id).limit(limit)
    if after is not None:
        query = query.where(touched.c.id > after)
    return list(session.execute(query).scalars())


def _touched(programmes: Sequence[str], since: date) -> Any:  # noqa: ANN401  (a union of two)
    """Who had a right to work on some of those days, or has a payslip of them."""
    own = (applications.c.programme.in_(programmes), applications.c.erased_at.is_(None))
    right = authorisations.c
    at_work = (
        select(applications.c.id)
        .join(authorisations, right.application == applications.c.id)
        .where(
            *own,
            right.valid_until >= since,
            or_(right.ended_at.is_(None), cast(right.ended_at, Date) >= since),
        )
    )
    last_day = cast(cast(payslips.c.content, JSONB)["last_day"].astext, Date)
    paid = (
        select(applications.c.id)
        .join(payslips, payslips.c.application == applications.c.id)
        .where(*own, last_day >= since)
    )
    return union(at_work, paid)


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


def drop_shortfall(session: Session, application: UUID, vacancy: UUID) -> None:
    """A contract reaches the minimum (again)."""
    table = contract_shortfalls.c
    own = (table.application == application, table.vacancy == vacancy)
    session.execute(delete(contract_shortfalls).where(*own))


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


def list_failing(session: Session, run: UUID, limit: int = 200) -> list[FailingAt]:
    """The employers at whom something fails since a run, by name; nobody else is named."""
    of, found = contract_shortfalls.c, payslip_findings
    contracts = (
        select(of.employer, func.count().label("contracts"))
        .where(of.run == run)
        .group_by(of.employer)
        .subquery()
    )
    slips = (
        select(payslips.c.employer, func.count().label("payslips"))
        .join_from(payslips, found)
        .where(found.c.run == run)
        .group_by(payslips.c.employer)
        .subquery()
    )
    query = (
        select(employers.c.id, employers.c.name, contracts.c.contracts, slips.c.payslips)
        .outerjoin(contracts, contracts.c.employer == employers.c.id)
        .outerjoin(slips, slips.c.employer == employers.c.id)
        .where(or_(contracts.c.contracts > 0, slips.c.payslips > 0))
        .order_by(employers.c.name, employers.c.id)
    )
    return [
        FailingAt(row.id, row.name, row.contracts or 0, row.payslips or 0)
        for row in session.execute(query.limit(limit))
    ]


def _run(row: Row[Any]) -> WageRun:
    return WageRun(
        row.id,
        tuple(row.programmes),
        row.since,
        row.total,
        row.judged,
        row.contracts,
        row.payslips,
        row.started_at,
        row.ended_at,
    )


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
