"""Files whose time is over: found, held back by a legal hold, erased, and remembered as erased."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    Index,
    Row,
    Select,
    Table,
    Text,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.appeals import appeals
from app.storage.applications import applications, read_row
from app.storage.authorisations import authorisations
from app.storage.database import Base, Session
from app.storage.roster import roster_entries
from permits.applications import Application
from permits.audit import AuditEvent
from permits.erasure import Cause
from permits.errors import NotFound
from permits.people import PersonId

erasures = Table(
    "erasures",
    Base.metadata,
    # No foreign key: a deleted draft is remembered too, so that no copy brings it back.
    Column("case_id", PG_UUID, primary_key=True),
    Column("worker", PG_UUID, nullable=False),
    Column("cause", Text, nullable=False),
    Column("erased_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("cause IN ('time', 'asked', 'restored')", name="cause"),
)

legal_holds = Table(
    "legal_holds",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("application", PG_UUID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("placed_by", PG_UUID, nullable=False),
    Column("placed_at", DateTime(timezone=True), nullable=False),
    Column("lifted_by", PG_UUID),
    Column("lifted_at", DateTime(timezone=True)),
    CheckConstraint("reason IN ('court', 'complaint', 'audit')", name="reason"),
    CheckConstraint("(lifted_by IS NULL) = (lifted_at IS NULL)", name="lifted_together"),
    Index(
        "uq_legal_holds_standing",
        "application",
        unique=True,
        postgresql_where=text("lifted_at IS NULL"),
    ),
)


@dataclass(frozen=True)
class Limits:
    """What is due: drafts and closed cases not changed since, permits that ended before a day."""

    drafts: datetime
    closed: datetime
    permits: date


@dataclass(frozen=True)
class KeptCase:
    """A file that stands, with what its end is counted from; `contested`: a recourse waits."""

    application: Application
    changed_at: datetime
    valid_until: date | None
    held: bool
    contested: bool


def get_case(session: Session, application: UUID, *, lock: bool = False) -> KeptCase:
    """One file that stands; NotFound where there is none or it was erased."""
    query = _cases().where(applications.c.id == application)
    query = query.with_for_update(of=applications) if lock else query
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("no-such-application")
    return _case(row)


def list_of_worker(session: Session, worker: PersonId) -> list[KeptCase]:
    """Every file of a worker that stands, newest first."""
    query = _cases().where(applications.c.worker == worker)
    return [_case(row) for row in session.execute(query.order_by(applications.c.created_at.desc()))]


def count_due(session: Session, limits: Limits) -> dict[str, int]:
    """How many files are due, by which rule."""
    counts = {}
    for name, condition in _due(limits).items():
        due = _cases().where(condition, not_(_held())).subquery()
        counts[name] = session.execute(select(func.count()).select_from(due)).scalar_one()
    return counts


def lock_due(session: Session, limits: Limits, limit: int) -> list[KeptCase]:
    """The files that are due and that nobody holds now, the oldest first."""
    query = (
        _cases()
        .where(or_(*_due(limits).values()), not_(_held()))
        .order_by(applications.c.updated_at, applications.c.id)
        .limit(limit)
        .with_for_update(of=applications, skip_locked=True)
    )
    return [_case(row) for row in session.execute(query)]


def remember(session: Session, application: Application, cause: Cause, now: datetime) -> None:
    """Put a file on the list of what was erased, which outlives it and every copy of it."""
    session.execute(
        pg_insert(erasures).on_conflict_do_nothing(),
        {
            "case_id": application.id,
            "worker": application.worker,
            "cause": cause.value,
            "erased_at": now,
        },
    )


def list_erased(session: Session) -> list[tuple[UUID, str, datetime]]:
    """Every file that was ever erased: its id, the cause and when."""
    rows = session.execute(select(erasures).order_by(erasures.c.erased_at, erasures.c.case_id))
    return [(row.case_id, row.cause, row.erased_at) for row in rows]


def place_hold(
    session: Session,
    hold: UUID,
    application: UUID,
    reason: str,
    person: PersonId,
    now: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Keep a file whatever its time; a second hold on the same file changes nothing."""
    session.execute(
        pg_insert(legal_holds).on_conflict_do_nothing(),
        {
            "id": hold,
            "application": application,
            "reason": reason,
            "placed_by": person,
            "placed_at": now,
        },
    )
    audit.append(session, event)


def lift_hold(
    session: Session, application: UUID, person: PersonId, now: datetime, *, event: AuditEvent
) -> None:
    """Let a file go again when its time is over; NotFound where nothing holds it."""
    lifted = session.execute(
        update(legal_holds)
        .where(legal_holds.c.application == application, legal_holds.c.lifted_at.is_(None))
        .values(lifted_by=person, lifted_at=now)
        .returning(legal_holds.c.id)
    ).all()
    if not lifted:
        raise NotFound("no-such-hold")
    audit.append(session, event)


def _cases() -> Select[Any]:
    return (
        select(
            applications,
            authorisations.c.valid_until,
            _held().label("held"),
            _contested().label("contested"),
        )
        .outerjoin(authorisations, authorisations.c.application == applications.c.id)
        .where(applications.c.erased_at.is_(None))
    )


def _held() -> ColumnElement[bool]:
    return exists().where(
        legal_holds.c.application == applications.c.id, legal_holds.c.lifted_at.is_(None)
    )


def _contested() -> ColumnElement[bool]:
    return exists().where(appeals.c.application == applications.c.id, appeals.c.ruling == "open")


def _on_roster(since: datetime) -> ColumnElement[bool]:
    """Whether the draft is that of somebody who is on the roster, or was since an instant."""
    own = roster_entries.c
    return exists().where(
        own.application == applications.c.id,
        or_(and_(own.left_at.is_(None), own.valid_until >= since.date()), own.left_at >= since),
    )


def _due(limits: Limits) -> dict[str, ColumnElement[bool]]:
    closed = applications.c.status.in_(["refused", "lapsed", "withdrawn"])
    return {
        "drafts": and_(
            applications.c.round == 0,
            applications.c.updated_at < limits.drafts,
            not_(_on_roster(limits.drafts)),
        ),
        "closed": and_(
            applications.c.round > 0,
            closed,
            applications.c.updated_at < limits.closed,
            not_(_contested()),
        ),
        "permits": and_(
            applications.c.status == "approved", authorisations.c.valid_until < limits.permits
        ),
    }


def _case(row: Row[Any]) -> KeptCase:
    return KeptCase(read_row(row), row.updated_at, row.valid_until, row.held, row.contested)
