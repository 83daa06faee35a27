"""Runs over contracts and payslips that a changed minimum wage touches: how far, what fails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Row,
    Table,
    Text,
    cast,
    func,
    or_,
    select,
    union,
    update,
)
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.columns import INSTANT, OPERATIONAL
from app.storage.contract_shortfalls import contract_shortfalls
from app.storage.database import Base, Session
from app.storage.payslip_tables import payslip_findings, payslips
from app.storage.vacancies import employers
from permits.audit import AuditEvent

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
