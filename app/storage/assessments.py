"""The IRIS self-assessments of employers: a row for each criterion that somebody touched."""

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

assessments = Table(
    "assessments",
    Base.metadata,
    Column("employer", PG_UUID, ForeignKey("employers.id"), primary_key=True, info=PUBLIC),
    Column("criterion", Text, primary_key=True, info=OPERATIONAL),
    Column("status", Text, nullable=False, info=PUBLIC),
    Column("evidence", Text, nullable=False, info=PERSONAL),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    Column("set_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("set_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    CheckConstraint(
        "status IN ('self-declared', 'evidenced', 'audited', 'non-conform')", name="status"
    ),
    # Nothing is audited that nobody could look at.
    CheckConstraint("status NOT IN ('evidenced', 'audited') OR evidence <> ''", name="evidence"),
    CheckConstraint("version > 0", name="version"),
)


def list_assessments(session: Session, employer: UUID) -> list[Assessment]:
    """The criteria that somebody touched."""
    query = select(assessments).where(assessments.c.employer == employer)
    rows = session.execute(query.order_by(assessments.c.criterion))
    return [_assessment(row) for row in rows]


def save_assessment(
    session: Session, employer: UUID, after: Assessment, set_by: UUID, *, event: AuditEvent
) -> None:
    """Write a criterion as it stands now; Stale where somebody else was faster."""
    values = {
        "status": after.status.value,
        "evidence": after.evidence,
        "version": after.version,
        "set_by": set_by,
        "set_at": after.set_at,
    }
    saving = (
        insert(assessments)
        .values(employer=employer, criterion=after.criterion.value, **values)
        .on_conflict_do_update(
            index_elements=[assessments.c.employer, assessments.c.criterion],
            set_=values,
            where=assessments.c.version == after.version - 1,
        )
        .returning(assessments.c.version)
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
