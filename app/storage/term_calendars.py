"""The closed days with which running terms were counted, and the terms that others move."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    Date,
    SmallInteger,
    Table,
    bindparam,
    select,
    update,
)

from app.storage import audit
from app.storage.applications import applications
from app.storage.columns import INSTANT, OPERATIONAL
from app.storage.database import Base, Session
from app.storage.statements import put
from permits.applications import WITH_WORKER, Status
from permits.audit import AuditEvent

term_calendar = Table(
    "term_calendar",
    Base.metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False, info=OPERATIONAL),
    Column("closures", ARRAY(Date), nullable=False, info=OPERATIONAL),
    Column("counted_at", INSTANT, nullable=False, info=OPERATIONAL),
    CheckConstraint("id = 1", name="one"),
)

_RUNNING = [one.value for one in sorted({Status.UNDER_REVIEW, *WITH_WORKER})]


class RunningTerm(NamedTuple):
    """A case whose agencies still have time: since when, and until when (exclusive)."""

    application: UUID
    submitted_at: datetime
    due_at: datetime


def lock_counted(session: Session) -> frozenset[date] | None:
    """The closed days that running terms know; held, so that two do not move them at once.

    None where nobody has counted yet.
    """
    query = select(term_calendar.c.closures).with_for_update()
    days = session.execute(query).scalar_one_or_none()
    return None if days is None else frozenset(days)


def keep_counted(session: Session, closures: Collection[date], now: datetime) -> None:
    """Remember the closed days that running terms know from now on."""
    put(session, term_calendar, {"id": 1}, {"closures": sorted(closures), "counted_at": now})


def list_running(
    session: Session, now: datetime, after: UUID | None, limit: int
) -> list[RunningTerm]:
    """Terms that are not over, by application; the next ones `after` one."""
    own = applications.c
    query = select(own.id, own.submitted_at, own.due_at).where(
        own.status.in_(_RUNNING), own.due_at > now, own.submitted_at.is_not(None)
    )
    if after is not None:
        query = query.where(own.id > after)
    rows = session.execute(query.order_by(own.id).limit(limit))
    return [RunningTerm(row.id, row.submitted_at, row.due_at) for row in rows]


def move_terms(
    session: Session, moved: Sequence[RunningTerm], *, events: Sequence[AuditEvent]
) -> None:
    """Let terms end on other days; none is not an error."""
    if not moved:
        return
    one = update(applications).where(applications.c.id == bindparam("of_case"))
    told = [{"of_case": term.application, "new_due_at": term.due_at} for term in moved]
    session.connection().execute(one.values(due_at=bindparam("new_due_at")), told)
    audit.append_all(session, events)
