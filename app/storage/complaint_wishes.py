"""What complainants wrote and asked for after their first message, and whether it was answered."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select, true, update
from sqlalchemy.orm import aliased

from app.storage.complaint_messages import complaint_messages
from app.storage.complaint_steps import complaint_steps
from app.storage.complaints import complaints
from app.storage.database import Session
from recruitment.complaints.filed import ComplaintId, Side
from recruitment.complaints.waiting import CARING, Asked
from recruitment.complaints.words import Request, Status


def list_asked(session: Session, complaint: ComplaintId) -> list[Asked]:
    """What was asked for in one case, from the first; messages only while nobody answered them."""
    rows = session.execute(_asking(of_one=True), {"wanted": complaint, "most": 1000})
    return [_asked(row) for row in rows]


def list_all_asked(session: Session, limit: int) -> dict[ComplaintId, list[Asked]]:
    """The same of every case whose content is there, the longest waiting first."""
    found: dict[ComplaintId, list[Asked]] = {}
    for row in session.execute(_asking(of_one=False), {"most": limit}):
        found.setdefault(ComplaintId(row.complaint), []).append(_asked(row))
    return found


def list_cared(session: Session, cases: Collection[UUID]) -> dict[UUID, date]:
    """The last day on which a handler spoke with the complainant otherwise, or protected them."""
    kept = complaint_steps.c
    rows = session.execute(
        select(kept.complaint, func.max(kept.taken_on))
        .where(kept.complaint.in_(cases), kept.deed.in_(sorted(CARING)))
        .group_by(kept.complaint)
    )
    return {complaint: day for complaint, day in rows}  # noqa: C416  (rows are no pairs to mypy)


def list_unalarmed(session: Session, limit: int) -> list[tuple[UUID, ComplaintId]]:
    """Word of retaliation that nobody was alarmed of: the message and its case."""
    kept = complaint_messages.c
    rows = session.execute(
        select(kept.id, kept.complaint)
        .join(complaints, complaints.c.id == kept.complaint)
        .where(
            kept.asks == Request.REPORT_RETALIATION.value,
            ~kept.alarmed,
            complaints.c.status != Status.ANONYMISED.value,
        )
        .order_by(kept.complaint, kept.place)
        .limit(limit)
        .with_for_update(of=complaint_messages, skip_locked=True)
    )
    return [(row.id, ComplaintId(row.complaint)) for row in rows]


def note_alarmed(session: Session, messages: Sequence[UUID]) -> None:
    """The office was alarmed of these; each once."""
    kept = complaint_messages.c
    session.execute(update(complaint_messages).where(kept.id.in_(messages)).values(alarmed=True))


@cache
def _asking(*, of_one: bool) -> Select[Any]:
    kept, later = complaint_messages.c, aliased(complaint_messages)
    answered = (
        select(later.c.id)
        .where(
            later.c.complaint == kept.complaint,
            later.c.place > kept.place,
            later.c.side == Side.HANDLERS.value,
        )
        .exists()
    )
    these = kept.complaint == bindparam("wanted") if of_one else true()
    return (
        select(kept.complaint, kept.written_on, kept.asks, answered.label("answered"))
        .join(complaints, complaints.c.id == kept.complaint)
        .where(
            and_(these, kept.side == Side.COMPLAINANT.value, kept.place > 1),
            complaints.c.status != Status.ANONYMISED.value,
            or_(~answered, kept.asks == Request.APPEAL.value),
        )
        .order_by(kept.written_on, kept.complaint, kept.place)
        .limit(bindparam("most"))
    )


def _asked(row: Row[Any]) -> Asked:
    return Asked(row.written_on, Request(row.asks) if row.asks else None, row.answered)
