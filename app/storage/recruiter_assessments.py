"""The IRIS self-assessments of recruiters, by licence: a row for each criterion touched."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, DateTime, Integer, Row, Table, Text, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, PUBLIC
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.errors import Stale
from permits.people import PersonId
from recruitment.assessments import Assessment, AssessmentStatus, Criterion
from recruitment.recruiters import LicenceKey

recruiter_assessments = Table(
    "recruiter_assessments",
    Base.metadata,
    # By the licence and not by a line of the registry: its list is replaced as a whole.
    Column("registry", Text, primary_key=True, info=PUBLIC),
    Column("licence", Text, primary_key=True, info=PERSONAL),
    Column("criterion", Text, primary_key=True, info=OPERATIONAL),
    Column("status", Text, nullable=False, info=PUBLIC),
    Column("evidence", Text, nullable=False, info=PERSONAL),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    Column("set_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("set_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    CheckConstraint(
        "status IN ('self-declared', 'evidenced', 'audited', 'non-conform')", name="status"
    ),
    CheckConstraint("status NOT IN ('evidenced', 'audited') OR evidence <> ''", name="evidence"),
    CheckConstraint("version > 0", name="version"),
)


def list_assessments(session: Session, key: LicenceKey) -> list[Assessment]:
    """The criteria that somebody touched."""
    table = recruiter_assessments.c
    own = (table.registry == key.registry.value, table.licence == key.number)
    query = select(recruiter_assessments).where(*own).order_by(table.criterion)
    return [_assessment(row) for row in session.execute(query)]


def save_assessment(
    session: Session, key: LicenceKey, after: Assessment, set_by: PersonId, *, event: AuditEvent
) -> None:
    """Write a criterion as it stands now; Stale where somebody else was faster."""
    table = recruiter_assessments.c
    values = {
        "status": after.status.value,
        "evidence": after.evidence,
        "version": after.version,
        "set_by": set_by,
        "set_at": after.set_at,
    }
    of = {"registry": key.registry.value, "licence": key.number}
    saving = (
        insert(recruiter_assessments)
        .values(**of, criterion=after.criterion.value, **values)
        .on_conflict_do_update(
            index_elements=[table.registry, table.licence, table.criterion],
            set_=values,
            where=table.version == after.version - 1,
        )
        .returning(table.version)
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
