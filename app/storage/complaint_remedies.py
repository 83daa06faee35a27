"""What makes good what was found, and the days on which somebody asks afterwards."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.complaints import complaints
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.moves import UNDER_WAY
from recruitment.complaints.remedies import UNCONFIRMED, RemedyState, Verifier
from recruitment.complaints.words import RemedyKind

KINDS = ", ".join(f"'{one.value}'" for one in RemedyKind)
STATES = ", ".join(f"'{one.value}'" for one in RemedyState)

complaint_remedies = Table(
    "complaint_remedies",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("complaint", PG_UUID, ForeignKey("complaints.id"), nullable=False, info=PSEUDONYMOUS),
    Column("kind", Text, nullable=False, info=OPERATIONAL),
    Column("due_on", Date, nullable=False, info=OPERATIONAL),
    Column("state", Text, nullable=False, info=OPERATIONAL),
    Column("verifier", Text, info=OPERATIONAL),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    Column("verified_on", Date, info=OPERATIONAL),
    # Amount, currency, who owes it to whom, in words.
    Column("sealed", LargeBinary, nullable=False, info=SENSITIVE),
    CheckConstraint(f"kind IN ({KINDS})", name="kind"),
    CheckConstraint(f"state IN ({STATES})", name="state"),
    CheckConstraint("(state = 'verified') = (verifier IS NOT NULL)", name="verified_by"),
    CheckConstraint(
        "verifier <> 'inspection' OR kind NOT IN ('wages-paid', 'repayment', 'compensation')",
        name="money_by_its_receiver",
    ),
    Index("ix_complaint_remedies_complaint", "complaint", "due_on"),
)

complaint_follow_ups = Table(
    "complaint_follow_ups",
    Base.metadata,
    Column("complaint", PG_UUID, ForeignKey("complaints.id"), primary_key=True, info=PSEUDONYMOUS),
    Column("due_on", Date, primary_key=True, info=OPERATIONAL),
    Column("done_on", Date, info=OPERATIONAL),
    Column("done_by", PG_UUID, info=PSEUDONYMOUS),
    Column("retaliation", Boolean, info=OPERATIONAL),
    CheckConstraint(
        "(done_on IS NULL) = (done_by IS NULL) AND (done_on IS NULL) = (retaliation IS NULL)",
        name="done_together",
    ),
    Index("ix_complaint_follow_ups_due", "due_on", postgresql_where=text("done_on IS NULL")),
)


@dataclass(frozen=True)
class SealedRemedy:
    """A remedy as it is kept: kind, day and state in clear, the rest under the case's key."""

    id: UUID
    complaint: ComplaintId
    kind: RemedyKind
    due_on: date
    state: RemedyState
    verifier: Verifier | None
    version: int
    sealed: bytes
    verified_on: date | None = None


@dataclass(frozen=True)
class FollowUp:
    """A day after the closing on which somebody asks whether there was retaliation."""

    complaint: ComplaintId
    due_on: date
    done_on: date | None = None
    retaliation: bool | None = None


def add_remedy(session: Session, remedy: SealedRemedy, *, event: AuditEvent) -> None:
    """Keep a planned remedy."""
    session.execute(
        insert(complaint_remedies),
        {
            "id": remedy.id,
            "complaint": remedy.complaint,
            "kind": remedy.kind.value,
            "due_on": remedy.due_on,
            "state": remedy.state.value,
            "version": remedy.version,
            "sealed": remedy.sealed,
        },
    )
    audit.append(session, event)


def save_state(session: Session, remedy: SealedRemedy, *, event: AuditEvent) -> None:
    """Write how far it is; the caller holds the row."""
    session.execute(
        update(complaint_remedies)
        .where(complaint_remedies.c.id == remedy.id)
        .values(
            state=remedy.state.value,
            verifier=remedy.verifier.value if remedy.verifier else None,
            version=remedy.version,
            verified_on=remedy.verified_on,
        )
    )
    audit.append(session, event)


def list_remedies(
    session: Session, complaint: ComplaintId, *, hold: bool = False
) -> list[SealedRemedy]:
    """Those of a case, what is due first; with `hold` their rows until the end."""
    query = (
        select(complaint_remedies)
        .where(complaint_remedies.c.complaint == complaint)
        .order_by(complaint_remedies.c.due_on, complaint_remedies.c.id)
    )
    return [read_remedy(row) for row in session.execute(query.with_for_update() if hold else query)]


def plan_follow_ups(session: Session, complaint: ComplaintId, days: tuple[date, ...]) -> None:
    """Ask on these days; what was planned for an earlier closing and is not done goes."""
    session.execute(
        delete(complaint_follow_ups).where(
            complaint_follow_ups.c.complaint == complaint,
            complaint_follow_ups.c.done_on.is_(None),
        )
    )
    for day in days:
        session.execute(insert(complaint_follow_ups), {"complaint": complaint, "due_on": day})


def do_follow_up(session: Session, done: FollowUp, person: PersonId, *, event: AuditEvent) -> bool:
    """Somebody asked; False where it was done, or is not planned."""
    asked = (
        update(complaint_follow_ups)
        .where(
            complaint_follow_ups.c.complaint == done.complaint,
            complaint_follow_ups.c.due_on == done.due_on,
            complaint_follow_ups.c.done_on.is_(None),
        )
        .values(done_on=done.done_on, done_by=person, retaliation=done.retaliation)
        .returning(complaint_follow_ups.c.due_on)
    )
    if session.execute(asked).first() is None:
        return False
    audit.append(session, event)
    return True


def list_follow_ups(session: Session, complaint: ComplaintId) -> list[FollowUp]:
    """Those of a case, the earliest first."""
    rows = session.execute(
        select(complaint_follow_ups)
        .where(complaint_follow_ups.c.complaint == complaint)
        .order_by(complaint_follow_ups.c.due_on)
    )
    return [_follow_up(row) for row in rows]


def list_due_follow_ups(session: Session, day: date, limit: int) -> list[FollowUp]:
    """Those that somebody should ask by a day, the earliest first."""
    rows = session.execute(
        select(complaint_follow_ups)
        .where(complaint_follow_ups.c.due_on <= day, complaint_follow_ups.c.done_on.is_(None))
        .order_by(complaint_follow_ups.c.due_on, complaint_follow_ups.c.complaint)
        .limit(limit)
    )
    return [_follow_up(row) for row in rows]


def list_overdue(session: Session, day: date, limit: int) -> dict[ComplaintId, date]:
    """Cases under way with a remedy whose day is over and which nobody confirmed: its first day.

    The longest overdue first.
    """
    kept, first = complaint_remedies.c, func.min(complaint_remedies.c.due_on)
    rows = session.execute(
        select(kept.complaint, first)
        .join(complaints, complaints.c.id == kept.complaint)
        .where(
            kept.due_on < day,
            kept.state.in_(sorted(UNCONFIRMED)),
            complaints.c.status.in_(sorted(UNDER_WAY)),
        )
        .group_by(kept.complaint)
        .order_by(first, kept.complaint)
        .limit(limit)
    )
    return {ComplaintId(complaint): due_on for complaint, due_on in rows}


def read_remedy(row: Row[Any]) -> SealedRemedy:
    """A row as it is kept."""
    return SealedRemedy(
        row.id,
        ComplaintId(row.complaint),
        RemedyKind(row.kind),
        row.due_on,
        RemedyState(row.state),
        Verifier(row.verifier) if row.verifier else None,
        row.version,
        row.sealed,
        row.verified_on,
    )


def _follow_up(row: Row[Any]) -> FollowUp:
    return FollowUp(ComplaintId(row.complaint), row.due_on, row.done_on, row.retaliation)
