"""The IRIS self-assessments of employers: a row for each criterion that somebody touched."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    Row,
    Table,
    Text,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, PUBLIC
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.errors import Stale
from recruitment.assessments import Assessment, AssessmentStatus, Criterion

STATUSES = "'self-declared', 'evidenced', 'audited', 'non-conform'"


def get_columns() -> tuple[Column[Any] | CheckConstraint, ...]:
    """How a criterion stands; whose it is stands before it in each table."""
    return (
        Column("criterion", Text, primary_key=True, info=OPERATIONAL),
        Column("status", Text, nullable=False, info=PUBLIC),
        Column("evidence", Text, nullable=False, info=PERSONAL),
        Column("version", Integer, nullable=False, info=OPERATIONAL),
        Column("set_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
        Column("set_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
        CheckConstraint(f"status IN ({STATUSES})", name="status"),
        # Nothing is audited that nobody could look at.
        CheckConstraint(
            "status NOT IN ('evidenced', 'audited') OR evidence <> ''", name="evidence"
        ),
        CheckConstraint("version > 0", name="version"),
    )


assessments = Table(
    "assessments",
    Base.metadata,
    Column("employer", PG_UUID, ForeignKey("employers.id"), primary_key=True, info=PUBLIC),
    *get_columns(),
)


def list_assessments(session: Session, employer: UUID) -> list[Assessment]:
    """The criteria that somebody touched."""
    return list_rows(session, assessments, {"employer": employer})


def save_assessment(
    session: Session, employer: UUID, after: Assessment, set_by: UUID, *, event: AuditEvent
) -> None:
    """Write a criterion as it stands now; Stale where somebody else was faster."""
    save_row(session, assessments, {"employer": employer}, after, set_by, event=event)


def list_rows(session: Session, table: Table, of: Mapping[str, object]) -> list[Assessment]:
    """The criteria that somebody touched, of whom `of` names by the columns of the table."""
    own = (table.c[name] == value for name, value in of.items())
    rows = session.execute(select(table).where(*own).order_by(table.c.criterion))
    return [_assessment(row) for row in rows]


def save_row(
    session: Session,
    table: Table,
    of: Mapping[str, object],
    after: Assessment,
    set_by: UUID,
    *,
    event: AuditEvent,
) -> None:
    """Write a criterion of whom `of` names; Stale where somebody else was faster."""
    values = {
        "status": after.status.value,
        "evidence": after.evidence,
        "version": after.version,
        "set_by": set_by,
        "set_at": after.set_at,
    }
    saving = (
        insert(table)
        .values(**of, criterion=after.criterion.value, **values)
        .on_conflict_do_update(
            index_elements=[table.c[name] for name in (*of, "criterion")],
            set_=values,
            where=table.c.version == after.version - 1,
        )
        .returning(table.c.version)
    )
    if session.execute(audit.telling(saving, event)).first() is None:
        raise Stale("changed-meanwhile")


def _assessment(row: Row[Any]) -> Assessment:
    return Assessment(
        Criterion(row.criterion),
        AssessmentStatus(row.status),
        row.evidence,
        row.version,
        row.set_at,
    )
