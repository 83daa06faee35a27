"""The clocks of complaints: when each term began and ends, and how far its alarm has gone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.complaints import complaints
from app.storage.database import Base, Session
from app.storage.statements import put
from recruitment.complaints.clocks import ClockKind, ComplaintClock
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.words import Severity, Status

complaint_clocks = Table(
    "complaint_clocks",
    Base.metadata,
    Column("complaint", PG_UUID, ForeignKey("complaints.id"), primary_key=True, info=PSEUDONYMOUS),
    Column("kind", Text, primary_key=True, info=OPERATIONAL),
    Column("started_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("due_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("working_days", Integer, nullable=False, info=OPERATIONAL),
    Column("paused_at", DateTime(timezone=True), info=OPERATIONAL),
    Column("paused_days", Integer, nullable=False, info=OPERATIONAL),
    Column("met_at", DateTime(timezone=True), info=OPERATIONAL),
    # How often somebody was alarmed, and whether the breach was told.
    Column("alarms", Integer, nullable=False, server_default="0", info=OPERATIONAL),
    CheckConstraint(
        "kind IN ('acknowledge', 'first-contact', 'decision', 'before-departure')", name="kind"
    ),
    CheckConstraint("paused_days BETWEEN 0 AND 10", name="ten_days"),
    CheckConstraint("paused_at IS NULL OR (kind = 'decision' AND met_at IS NULL)", name="pauses"),
)


@dataclass(frozen=True)
class KeptClock:
    """A clock with its case and how often its alarm went."""

    complaint: ComplaintId
    clock: ComplaintClock
    alarms: int = 0


def save_clocks(session: Session, complaint: ComplaintId, clocks: Sequence[ComplaintClock]) -> None:
    """Keep these clocks of a case as they stand now."""
    for one in clocks:
        key = {"complaint": complaint, "kind": one.kind.value}
        put(session, complaint_clocks, key, _columns(one))


def remove_clocks(session: Session, complaint: ComplaintId, kinds: Collection[ClockKind]) -> None:
    """Take away terms that the severity does not have."""
    session.execute(
        delete(complaint_clocks).where(
            complaint_clocks.c.complaint == complaint,
            complaint_clocks.c.kind.in_([one.value for one in kinds]),
        )
    )


def note_alarm(session: Session, kept: KeptClock, alarms: int) -> None:
    """So often the alarm of a term has gone by now."""
    session.execute(
        update(complaint_clocks)
        .where(
            complaint_clocks.c.complaint == kept.complaint,
            complaint_clocks.c.kind == kept.clock.kind.value,
        )
        .values(alarms=alarms)
    )


def list_clocks(session: Session, cases: Collection[UUID]) -> dict[UUID, list[KeptClock]]:
    """The clocks of these cases, by case, in the order of what they ask for."""
    rows = session.execute(_of_cases(), {"cases": list(cases)})
    found: dict[UUID, list[KeptClock]] = {one: [] for one in cases}
    for row in rows:
        found[row.complaint].append(_read(row))
    return found


@cache
def _of_cases() -> Select[Any]:
    own = complaint_clocks.c
    these = own.complaint.in_(bindparam("cases", expanding=True))
    return select(complaint_clocks).where(these).order_by(own.complaint, own.kind)


def list_alarming(session: Session, now: datetime, limit: int) -> list[KeptClock]:
    """The terms that somebody may have to be told of: unread danger first, then the newly ended.

    What was told once and still runs late is left out, so that it never stands before danger.
    """
    clocks = complaint_clocks.c
    gravity = func.coalesce(complaints.c.severity, complaints.c.proposed)
    danger = (clocks.kind == ClockKind.ACKNOWLEDGE.value) & (gravity == Severity.S1.value)
    ended = (clocks.due_at <= now) & (clocks.alarms == 0)
    rows = session.execute(
        select(complaint_clocks)
        .join(complaints, complaints.c.id == clocks.complaint)
        .where(clocks.met_at.is_(None), danger | ended)
        .order_by(danger.desc(), clocks.due_at, clocks.complaint, clocks.kind)
        .limit(limit)
    )
    return [_read(row) for row in rows]


def list_unstarted(session: Session, limit: int) -> list[ComplaintId]:
    """Cases that were received and have no clock yet."""
    started = select(complaint_clocks.c.complaint).where(
        complaint_clocks.c.complaint == complaints.c.id
    )
    rows = session.scalars(
        select(complaints.c.id)
        .where(complaints.c.status == Status.RECEIVED.value, ~started.exists())
        .order_by(complaints.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [ComplaintId(one) for one in rows]


def _columns(clock: ComplaintClock) -> dict[str, Any]:
    return {
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "working_days": clock.working_days,
        "paused_at": clock.paused_at,
        "paused_days": clock.paused_days,
        "met_at": clock.met_at,
    }


def _read(row: Row[Any]) -> KeptClock:
    clock = ComplaintClock(
        ClockKind(row.kind),
        row.started_at,
        row.due_at,
        row.working_days,
        row.paused_at,
        row.paused_days,
        row.met_at,
    )
    return KeptClock(ComplaintId(row.complaint), clock, row.alarms)
