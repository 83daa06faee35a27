"""Changes with a first day, each proposed by one person and approved by another; rows for ever."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.dated_changes import ChangeKind, ChangeState, DatedChange
from permits.errors import NotFound
from permits.people import PersonId

_KINDS = 7_319_208
"""Our key among the advisory locks of the database; 7 319 207 belongs to ratings."""

dated_changes = Table(
    "dated_changes",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("kind", Text, nullable=False, info=OPERATIONAL),
    Column("subject", Text, nullable=False, info=OPERATIONAL),
    Column("content", JSONB, nullable=False, info=OPERATIONAL),
    Column("source", Text, nullable=False, info=OPERATIONAL),
    Column("valid_from", Date, nullable=False, info=OPERATIONAL),
    Column(
        "proposed_by", PG_UUID, ForeignKey("accounts.person"), nullable=False, info=PSEUDONYMOUS
    ),
    Column("proposed_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    Column("state", Text, nullable=False, server_default="proposed", info=OPERATIONAL),
    Column("decided_by", PG_UUID, ForeignKey("accounts.person"), info=PSEUDONYMOUS),
    Column("decided_at", DateTime(timezone=True), info=OPERATIONAL),
    CheckConstraint("kind IN ('text', 'listed', 'question')", name="kind"),
    CheckConstraint("state IN ('proposed', 'approved', 'rejected', 'withdrawn')", name="state"),
    CheckConstraint(
        "(state = 'proposed') = (decided_by IS NULL)"
        " AND (decided_by IS NULL) = (decided_at IS NULL)",
        name="decided_together",
    ),
    # Two people: who proposed it may only take it back.
    CheckConstraint(
        "decided_by IS NULL OR (decided_by = proposed_by) = (state = 'withdrawn')",
        name="two_people",
    ),
    CheckConstraint("jsonb_typeof(content) = 'object'", name="content"),
    Index(
        "uq_dated_changes_proposed",
        "kind",
        "subject",
        unique=True,
        postgresql_where=text("state = 'proposed'"),
    ),
    Index("ix_dated_changes_kind_subject", "kind", "subject", "valid_from"),
)


def add_change(session: Session, change: DatedChange, *, event: AuditEvent) -> None:
    """Record a proposal; the index refuses a second one that waits for the same thing."""
    session.execute(
        insert(dated_changes),
        {
            "id": change.id,
            "kind": change.kind.value,
            "subject": change.subject,
            "content": dict(change.content),
            "source": change.source,
            "valid_from": change.valid_from,
            "proposed_by": change.proposed_by,
            "proposed_at": change.proposed_at,
        },
    )
    audit.append(session, event)


def save_decision(session: Session, change: DatedChange, *, event: AuditEvent) -> None:
    """Record what became of a proposal that waits."""
    session.execute(
        update(dated_changes)
        .where(dated_changes.c.id == change.id, dated_changes.c.state == "proposed")
        .values(
            state=change.state.value, decided_by=change.decided_by, decided_at=change.decided_at
        )
    )
    audit.append(session, event)


def lock_kind(session: Session, kind: ChangeKind) -> None:
    """Let changes of a kind be decided one after the other: each sees those before, committed."""
    session.execute(select(func.pg_advisory_xact_lock(_KINDS, func.hashtext(kind.value))))


def lock_change(session: Session, kind: ChangeKind, identity: UUID) -> DatedChange:
    """A change of a kind, held; NotFound where there is none."""
    row = session.execute(
        select(dated_changes)
        .where(dated_changes.c.id == identity, dated_changes.c.kind == kind.value)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("no-such-dated-change")
    return _change(row)


def list_changes(
    session: Session, kind: ChangeKind, subject: str | None = None
) -> list[DatedChange]:
    """Every change of a kind, or of one thing, the newest first."""
    wanted = [dated_changes.c.kind == kind.value]
    if subject is not None:
        wanted.append(dated_changes.c.subject == subject)
    newest = (dated_changes.c.proposed_at.desc(), dated_changes.c.id)
    rows = session.execute(select(dated_changes).where(*wanted).order_by(*newest))
    return [_change(row) for row in rows]


def list_approved(session: Session, kind: ChangeKind) -> list[DatedChange]:
    """Every approved change of a kind."""
    rows = session.execute(_approved(), {"of_kind": kind.value})
    return [_change(row) for row in rows]


@cache
def _approved() -> Select[Any]:
    own = dated_changes.c
    approved = (own.kind == bindparam("of_kind"), own.state == "approved")
    return select(dated_changes).where(*approved).order_by(own.valid_from, own.id)


def _change(row: Row[Any]) -> DatedChange:
    return DatedChange(
        row.id,
        ChangeKind(row.kind),
        row.subject,
        row.content,
        row.source,
        row.valid_from,
        PersonId(row.proposed_by),
        row.proposed_at,
        ChangeState(row.state),
        PersonId(row.decided_by) if row.decided_by else None,
        row.decided_at,
    )
