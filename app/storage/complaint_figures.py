"""What is counted of complaints for everybody: what stands in clear, and what was told of it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Row,
    Table,
    UniqueConstraint,
    func,
    select,
    update,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.columns import OPERATIONAL
from app.storage.complaint_clocks import complaint_clocks
from app.storage.complaint_remedies import SealedRemedy, complaint_remedies, read_remedy
from app.storage.complaints import complaints
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from recruitment.complaints.figures import ClockFigure, Met, QuarterFigures, Received
from recruitment.complaints.remedies import WITH_MONEY, RemedyState

ZONE = "America/Tegucigalpa"

complaint_figures = Table(
    "complaint_figures",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("quarter", Date, nullable=False, info=OPERATIONAL),
    # As everybody reads it: no count of fewer than five stands here.
    Column("told", JSONB, nullable=False, info=OPERATIONAL),
    Column("repaid", JSONB, info=OPERATIONAL),
    UniqueConstraint("quarter"),
    CheckConstraint("extract(day FROM quarter) = 1", name="quarter"),
)


def find_first_day(session: Session) -> date | None:
    """The day of the oldest complaint; None where there is none."""
    oldest = select(complaints.c.received_on).order_by(complaints.c.received_on).limit(1)
    found: date | None = session.execute(oldest).scalar_one_or_none()
    return found


def list_received(session: Session, first: date, end: date) -> list[Received]:
    """What was received from a day on and before another."""
    kept = complaints.c
    rows = session.execute(
        select(kept.categories, func.coalesce(kept.severity, kept.proposed), kept.department)
        .where(kept.received_on >= first, kept.received_on < end)
        .order_by(kept.received_on, kept.id)
    )
    return [Received(tuple(row[0]), row[1], row[2]) for row in rows]


def list_ended(session: Session, first: date, end: date) -> list[str]:
    """How cases ended that were closed from a day on and before another."""
    kept = complaints.c
    query = select(kept.status).where(kept.closed_on >= first, kept.closed_on < end)
    return list(session.scalars(query.order_by(kept.closed_on, kept.id)))


def list_met(session: Session, first: date, end: date) -> list[Met]:
    """Terms that were met from a day on and before another, with the days that they took."""
    kept = complaint_clocks.c
    met_on = sql_cast(func.timezone(ZONE, kept.met_at), Date)
    began_on = sql_cast(func.timezone(ZONE, kept.started_at), Date)
    rows = session.execute(
        select(kept.kind, met_on - began_on, kept.met_at < kept.due_at)
        .where(met_on >= first, met_on < end)
        .order_by(kept.complaint, kept.kind)
    )
    return [Met(row[0], row[1], row[2]) for row in rows]


def list_confirmed(session: Session, first: date, end: date) -> list[str]:
    """The kinds of remedies that were confirmed from a day on and before another."""
    kept = complaint_remedies.c
    query = select(kept.kind).where(kept.verified_on >= first, kept.verified_on < end)
    return list(session.scalars(query.order_by(kept.complaint, kept.id)))


def list_money(session: Session, first: date, end: date) -> list[SealedRemedy]:
    """Remedies of money that were confirmed then; their amounts are sealed in their cases."""
    kept = complaint_remedies.c
    rows = session.execute(
        select(complaint_remedies)
        .where(
            kept.verified_on >= first,
            kept.verified_on < end,
            kept.state == RemedyState.VERIFIED.value,
            kept.kind.in_([one.value for one in WITH_MONEY]),
        )
        .order_by(kept.complaint, kept.id)
    )
    return [read_remedy(row) for row in rows]


def add_quarter(
    session: Session, identity: UUID, figures: QuarterFigures, *, event: AuditEvent
) -> bool:
    """Tell a quarter, once; False where it was told already."""
    said = asdict(figures)
    del said["quarter"], said["repaid"]
    adding = pg_insert(complaint_figures).values(id=identity, quarter=figures.quarter, told=said)
    done = session.execute(adding.on_conflict_do_nothing().returning(complaint_figures.c.id)).all()
    if done:
        audit.append(session, event)
    return bool(done)


def lock_quarter(session: Session, quarter: date) -> tuple[UUID, QuarterFigures] | None:
    """What was told of a quarter, held until the end; None where nothing was."""
    here = complaint_figures.c.quarter == quarter
    query = select(complaint_figures).where(here).with_for_update()
    row = session.execute(query).one_or_none()
    return (row.id, _figures(row)) if row is not None else None


def set_repaid(
    session: Session, identity: UUID, repaid: Mapping[str, int], *, event: AuditEvent
) -> None:
    """Tell what was repaid, once; the caller holds the row."""
    here = complaint_figures.c.id == identity
    session.execute(update(complaint_figures).where(here).values(repaid=dict(repaid)))
    audit.append(session, event)


def list_quarters(session: Session, limit: int) -> list[QuarterFigures]:
    """What was told, the newest quarter first."""
    query = select(complaint_figures).order_by(complaint_figures.c.quarter.desc()).limit(limit)
    return [_figures(row) for row in session.execute(query)]


def _figures(row: Row[Any]) -> QuarterFigures:
    said = dict(row.told)
    clocks = {kind: ClockFigure(**one) for kind, one in said.pop("clocks").items()}
    return QuarterFigures(quarter=row.quarter, clocks=clocks, repaid=row.repaid, **said)
