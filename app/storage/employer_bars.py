"""Which employers may not hire, since when and why; what was lifted stays written down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    Row,
    Table,
    Text,
    exists,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, PUBLIC
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.employer_bars import BarReason, EmployerBar
from permits.people import PersonId

employer_bars = Table(
    "employer_bars",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("employer", PG_UUID, ForeignKey("employers.id"), nullable=False, info=PUBLIC),
    Column("reason", Text, nullable=False, info=OPERATIONAL),
    Column("barred_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("barred_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("lifted_by", PG_UUID, info=PSEUDONYMOUS),
    Column("lifted_at", DateTime(timezone=True), info=OPERATIONAL),
    CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted_together"),
    Index("ix_employer_bars_employer", "employer", "barred_at"),
    Index(
        "uq_employer_bars_standing",
        "employer",
        unique=True,
        postgresql_where=text("lifted_at IS NULL"),
    ),
)


def is_barred(employer: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the employer of this column may not hire."""
    here = employer_bars.c.employer == employer
    return exists().where(here, employer_bars.c.lifted_at.is_(None))


def add_bar(session: Session, bar: EmployerBar, *, event: AuditEvent) -> bool:
    """Write a bar down; False where one stands already, which stays."""
    return audit.add_once(
        session,
        employer_bars,
        {
            "id": bar.id,
            "employer": bar.employer,
            "reason": bar.reason.value,
            "barred_by": bar.barred_by,
            "barred_at": bar.barred_at,
        },
        event=event,
    )


def lift_bar(
    session: Session, bar: EmployerBar, official: PersonId, now: datetime, *, event: AuditEvent
) -> bool:
    """Lift a bar that stands; False where somebody was faster."""
    lifting = (
        update(employer_bars)
        .where(employer_bars.c.id == bar.id, employer_bars.c.lifted_at.is_(None))
        .values(lifted_by=official, lifted_at=now)
        .returning(employer_bars.c.id)
    )
    return session.execute(audit.telling(lifting, event)).first() is not None


def find_bar(session: Session, bar: UUID) -> EmployerBar | None:
    """A bar by its id, whether or not it stands."""
    row = session.execute(select(employer_bars).where(employer_bars.c.id == bar)).one_or_none()
    return _bar(row) if row else None


def list_bars(session: Session, employer: UUID, limit: int = 50) -> list[EmployerBar]:
    """The bars of an employer, the newest first."""
    rows = session.execute(
        select(employer_bars)
        .where(employer_bars.c.employer == employer)
        .order_by(employer_bars.c.barred_at.desc(), employer_bars.c.id)
        .limit(limit)
    )
    return [_bar(row) for row in rows]


def _bar(row: Row[Any]) -> EmployerBar:
    return EmployerBar(
        row.id,
        row.employer,
        BarReason(row.reason),
        PersonId(row.barred_by),
        row.barred_at,
        PersonId(row.lifted_by) if row.lifted_by else None,
        row.lifted_at,
    )
