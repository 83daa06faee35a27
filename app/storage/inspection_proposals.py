"""Inspections that the complaints office proposed, and what the labour inspection said of them."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Row,
    Table,
    Text,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.complaints.inspections import InspectionProposal, InspectionResult
from recruitment.ethics.words import Indicator

RESULTS = ", ".join(f"'{one.value}'" for one in InspectionResult)

inspection_proposals = Table(
    "inspection_proposals",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("employer", PG_UUID, ForeignKey("employers.id"), nullable=False, info=PSEUDONYMOUS),
    # Where R37 found it on one farm of theirs; such a farm has five people at least.
    Column("farm", PG_UUID, info=PSEUDONYMOUS),
    Column("indicators", JSONB, nullable=False, info=OPERATIONAL),
    Column("proposed_on", Date, nullable=False, info=OPERATIONAL),
    Column("proposed_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("result", Text, info=OPERATIONAL),
    Column("answered_on", Date, info=OPERATIONAL),
    Column("answered_by", PG_UUID, info=PSEUDONYMOUS),
    CheckConstraint(f"result IN ({RESULTS})", name="result"),
    CheckConstraint(
        "(result IS NULL) = (answered_on IS NULL) AND (result IS NULL) = (answered_by IS NULL)",
        name="answered_together",
    ),
    Index(
        "uq_inspection_proposals_waiting",
        "employer",
        text("coalesce(farm, employer)"),
        unique=True,
        postgresql_where=text("result IS NULL"),
    ),
)


def add_proposal(
    session: Session, proposal: InspectionProposal, person: PersonId, *, event: AuditEvent
) -> bool:
    """Propose an inspection; False where one of this place waits already."""
    adding = pg_insert(inspection_proposals).values(
        id=proposal.id,
        employer=proposal.employer,
        farm=proposal.farm,
        indicators=[one.value for one in proposal.indicators],
        proposed_on=proposal.proposed_on,
        proposed_by=person,
    )
    told = adding.on_conflict_do_nothing().returning(inspection_proposals.c.id)
    if not session.execute(told).all():
        return False
    audit.append(session, event)
    return True


def lock_proposal(session: Session, identity: UUID) -> InspectionProposal | None:
    """One proposal, held until the end."""
    query = select(inspection_proposals).where(inspection_proposals.c.id == identity)
    row = session.execute(query.with_for_update()).one_or_none()
    return _read(row) if row is not None else None


def lock_waiting(session: Session, employer: UUID, farm: UUID | None) -> InspectionProposal | None:
    """What waits of this place, held until the end."""
    table = inspection_proposals.c
    here = (table.employer == employer, table.farm == farm if farm else table.farm.is_(None))
    query = select(inspection_proposals).where(*here, table.result.is_(None))
    row = session.execute(query.with_for_update()).one_or_none()
    return _read(row) if row is not None else None


def save_signs(session: Session, proposal: InspectionProposal, *, event: AuditEvent) -> None:
    """Write which signs one that waits is about; the caller holds the row."""
    session.execute(
        update(inspection_proposals)
        .where(inspection_proposals.c.id == proposal.id)
        .values(indicators=[one.value for one in proposal.indicators])
    )
    audit.append(session, event)


def answer_proposal(
    session: Session, answered: InspectionProposal, person: PersonId, *, event: AuditEvent
) -> None:
    """Write what the inspection says; the caller holds the row."""
    result = answered.result.value if answered.result else None
    session.execute(
        update(inspection_proposals)
        .where(inspection_proposals.c.id == answered.id)
        .values(result=result, answered_on=answered.answered_on, answered_by=person)
    )
    audit.append(session, event)


def list_waiting(session: Session, limit: int) -> list[InspectionProposal]:
    """Those that nobody answered, the oldest first."""
    query = select(inspection_proposals).where(inspection_proposals.c.result.is_(None))
    ordered = query.order_by(inspection_proposals.c.proposed_on, inspection_proposals.c.id)
    return [_read(row) for row in session.execute(ordered.limit(limit))]


def list_newest(session: Session, limit: int) -> list[InspectionProposal]:
    """All of them, the newest first; of two of one day the one that waits."""
    kept = inspection_proposals.c
    query = select(inspection_proposals)
    ordered = query.order_by(kept.proposed_on.desc(), kept.result.is_(None).desc(), kept.id)
    return [_read(row) for row in session.execute(ordered.limit(limit))]


def _read(row: Row[Any]) -> InspectionProposal:
    return InspectionProposal(
        row.id,
        row.employer,
        tuple(Indicator(one) for one in row.indicators),
        row.proposed_on,
        InspectionResult(row.result) if row.result else None,
        row.answered_on,
        row.farm,
    )
