"""Runs that judge many vacancies again: why, how far they are, and what fails since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import INSTANT, OPERATIONAL
from app.storage.database import Base, Session
from app.storage.vacancies import vacancies
from app.storage.vacancy_judgements import vacancy_judgements
from permits.audit import AuditEvent
from permits.employer_bars import OPEN

judging_runs = Table(
    "judging_runs",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("cause", Text, nullable=False, info=OPERATIONAL),
    Column("employer", PG_UUID, ForeignKey("employers.id"), info=OPERATIONAL),
    Column("total", Integer, nullable=False, info=OPERATIONAL),
    Column("judged", Integer, nullable=False, info=OPERATIONAL),
    # Those that could be named before the run, and are held since.
    Column("failing", ARRAY(PG_UUID), nullable=False, info=OPERATIONAL),
    Column("started_at", INSTANT, nullable=False, info=OPERATIONAL),
    Column("ended_at", INSTANT, info=OPERATIONAL),
    CheckConstraint(
        "cause IN ('wages', 'employer', 'day', 'measure', 'mandate', 'registry', 'farm')",
        name="cause",
    ),
    CheckConstraint("judged <= total", name="judged"),
    Index("ix_judging_runs_started_at", "started_at"),
)


@dataclass(frozen=True)
class JudgingRun:
    """`judged` of `total` are done; `ended_at` is None while it goes on."""

    id: UUID
    cause: str
    employer: UUID | None
    total: int
    judged: int
    failing: tuple[UUID, ...]
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Touched:
    """Which vacancies a run looks at: of employers, of programmes, beginning from a day on.

    Those that are written, published or waited for by an open case, not over on `today` and judged
    before; None asks for all of them. What was opened before there were checks is judged once its
    employer changes it.
    """

    today: date
    employers: tuple[UUID, ...] | None = None
    programmes: tuple[str, ...] | None = None
    since: date | None = None


def add_run(session: Session, run: JudgingRun, *, event: AuditEvent) -> None:
    """Write down that a run begins."""
    adding = insert(judging_runs).values(
        id=run.id,
        cause=run.cause,
        employer=run.employer,
        total=run.total,
        judged=run.judged,
        failing=list(run.failing),
        started_at=run.started_at,
    )
    session.execute(adding)
    audit.append(session, event)


def note_progress(
    session: Session,
    run: UUID,
    judged: int,
    failing: Collection[UUID],
    ended_at: datetime | None,
) -> None:
    """A batch is done; a vacancy that came meanwhile does not make it more than all."""
    done = func.least(judging_runs.c.judged + judged, judging_runs.c.total)
    values = {
        "judged": done if ended_at is None else judging_runs.c.total,
        "failing": judging_runs.c.failing.op("||")(sorted(failing)) if failing else None,
        "ended_at": ended_at,
    }
    kept = {name: value for name, value in values.items() if value is not None}
    session.execute(update(judging_runs).where(judging_runs.c.id == run).values(kept))


def find_run(session: Session, run: UUID) -> JudgingRun | None:
    """A run by its id."""
    row = session.execute(select(judging_runs).where(judging_runs.c.id == run)).one_or_none()
    return _run(row) if row else None


def list_runs(session: Session, limit: int = 20) -> list[JudgingRun]:
    """The runs that wages began, and others in which something fails; the newest first."""
    told = (judging_runs.c.cause == "wages") | (func.cardinality(judging_runs.c.failing) > 0)
    newest = (judging_runs.c.started_at.desc(), judging_runs.c.id)
    rows = session.execute(select(judging_runs).where(told).order_by(*newest).limit(limit))
    return [_run(row) for row in rows]


def count_touched(session: Session, touched: Touched) -> int:
    """How many vacancies a run looks at."""
    query = _touched(touched, select(func.count()).select_from(vacancies))
    return int(session.execute(query).scalar_one())


def list_touched(
    session: Session, touched: Touched, limit: int, after: UUID | None = None
) -> list[UUID]:
    """The next of them by their ids."""
    query = _touched(touched, select(vacancies.c.id))
    if after is not None:
        query = query.where(vacancies.c.id > after)
    return list(session.execute(query.order_by(vacancies.c.id).limit(limit)).scalars())


def _touched(touched: Touched, query: Select[Any]) -> Select[Any]:
    named = applications.c.vacancy == vacancies.c.id
    waited_for = exists().where(named, applications.c.status.in_(sorted(OPEN)))
    query = query.where(
        vacancies.c.status.in_(("draft", "open")) | waited_for,
        vacancies.c.ends_on >= touched.today,
        exists().where(vacancy_judgements.c.vacancy == vacancies.c.id),
    )
    if touched.employers is not None:
        query = query.where(vacancies.c.employer.in_(touched.employers))
    if touched.programmes is not None:
        query = query.where(vacancies.c.programme.in_(touched.programmes))
    if touched.since is not None:
        query = query.where(vacancies.c.starts_on >= touched.since)
    return query


def _run(row: Row[Any]) -> JudgingRun:
    return JudgingRun(
        row.id,
        row.cause,
        row.employer,
        row.total,
        row.judged,
        tuple(row.failing),
        row.started_at,
        row.ended_at,
    )
