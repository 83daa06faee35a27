"""What an institution outside said of cases in which everybody of the office has a part."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Column, Date, ForeignKey, Table, Text, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from recruitment.complaints.filed import ComplaintId

complaint_outside = Table(
    "complaint_outside",
    Base.metadata,
    Column("complaint", PG_UUID, ForeignKey("complaints.id"), primary_key=True, info=PSEUDONYMOUS),
    Column("taken_on", Date, nullable=False, info=OPERATIONAL),
    # The file number that the institution gave it, "" for none.
    Column("number", Text, nullable=False, info=OPERATIONAL),
)


def add_taken(
    session: Session, complaint: ComplaintId, day: date, number: str, *, event: AuditEvent
) -> bool:
    """Keep that the institution knows of a case; False, and nothing logged, where it said so."""
    row = {"complaint": complaint, "taken_on": day, "number": number}
    return audit.add_once(session, complaint_outside, row, "complaint", event=event)


def list_taken(
    session: Session, cases: Sequence[ComplaintId]
) -> dict[ComplaintId, tuple[date, str]]:
    """Of these cases those that it knows of: since when, and under which number."""
    if not cases:
        return {}
    kept = complaint_outside.c
    query = select(complaint_outside).where(kept.complaint.in_(cases)).order_by(kept.complaint)
    return {
        ComplaintId(row.complaint): (row.taken_on, row.number) for row in session.execute(query)
    }
