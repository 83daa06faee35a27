"""Complaints as they stand in clear: kind, gravity, place, day and status; never what was told."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.errors import NotFound
from recruitment.complaints.filed import ComplaintId, Filed
from recruitment.complaints.words import Category, Filing, Flag, Outcome, Severity, Status

STATUSES = ", ".join(f"'{one.value}'" for one in Status)
FILINGS = ", ".join(f"'{one.value}'" for one in Filing)

complaints = Table(
    "complaints",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("filing", Text, nullable=False, info=OPERATIONAL),
    Column("categories", JSONB, nullable=False, info=OPERATIONAL),
    Column("proposed", Text, nullable=False, info=OPERATIONAL),
    Column("severity", Text, info=OPERATIONAL),
    Column("status", Text, nullable=False, info=OPERATIONAL),
    Column("flags", JSONB, nullable=False, info=OPERATIONAL),
    Column("outcome", Text, info=OPERATIONAL),
    Column("employer", PG_UUID, info=PSEUDONYMOUS),
    Column("farm", PG_UUID, info=PSEUDONYMOUS),
    Column("department", Text, info=OPERATIONAL),
    Column("received_on", Date, nullable=False, info=OPERATIONAL),
    # To the full hour, and only while the clock of an S1 or S2 runs; then the day is all.
    Column("hour", DateTime(timezone=True), info=OPERATIONAL),
    Column("handler", PG_UUID, info=PSEUDONYMOUS),
    Column("due_on", Date, info=OPERATIONAL),
    Column("closed_on", Date, info=OPERATIONAL),
    Column("version", Integer, nullable=False, info=OPERATIONAL),
    # Keyed hashes of who decided on its worker's permit, among others that stand for nobody.
    Column("kept_out", LargeBinary, info=PSEUDONYMOUS),
    # Tells two people apart for as long as R37 looks back; a keyed hash, never of an anonymous one.
    Column("source", LargeBinary, info=PSEUDONYMOUS),
    # Whether the nightly batch has told the log of it, and written its rows anew.
    Column("noted", Boolean, nullable=False, info=OPERATIONAL),
    CheckConstraint(f"status IN ({STATUSES})", name="status"),
    CheckConstraint(f"filing IN ({FILINGS})", name="filing"),
    CheckConstraint("proposed IN ('s1', 's2', 's3', 's4')", name="proposed"),
    CheckConstraint("severity IN ('s1', 's2', 's3', 's4')", name="severity"),
    CheckConstraint(
        "hour IS NULL OR (hour = date_trunc('hour', hour, 'UTC')"
        " AND coalesce(severity, proposed) IN ('s1', 's2'))",
        name="hour",
    ),
    CheckConstraint("version >= 1", name="version"),
    CheckConstraint("source IS NULL OR filing <> 'anonymous'", name="anonymous_has_no_source"),
    Index("ix_complaints_status", "status", "due_on", "id"),
    Index("ix_complaints_noted", "received_on", postgresql_where=text("NOT noted")),
)


def add_complaint(session: Session, filed: Filed) -> bool:
    """Keep a new complaint, of one id once; False where it stands already (a double click).

    The log is told by the nightly batch, without who and by the day.
    """
    adding = insert(complaints).values(**_columns(filed), id=filed.id, noted=False)
    return bool(session.execute(adding.on_conflict_do_nothing().returning(complaints.c.id)).all())


def save_complaint(session: Session, filed: Filed, *, event: AuditEvent) -> None:
    """Write what a handler changed; the caller holds the row and has grown the version."""
    session.execute(update(complaints).where(complaints.c.id == filed.id).values(**_columns(filed)))
    audit.append(session, event)


def save_shredded(session: Session, filed: Filed) -> None:
    """Leave of a shredded complaint what figures count; that its key is destroyed is logged."""
    session.execute(update(complaints).where(complaints.c.id == filed.id).values(**_columns(filed)))


def note_due(session: Session, complaint: ComplaintId, due_on: date | None) -> None:
    """When the first clock of a new case ends; its filing is told by the nightly batch."""
    session.execute(update(complaints).where(complaints.c.id == complaint).values(due_on=due_on))


def note_departure(
    session: Session, complaint: ComplaintId, flags: Collection[Flag], due_on: date | None
) -> None:
    """What the right of its worker tells of a case that the service has just opened."""
    session.execute(
        update(complaints)
        .where(complaints.c.id == complaint)
        .values(flags=sorted(one.value for one in flags), due_on=due_on)
    )


def note_opening(session: Session, *, event: AuditEvent) -> None:
    """Tell the log that a handler opened a case."""
    audit.append(session, event)


def get_complaint(session: Session, complaint: ComplaintId, *, hold: bool = False) -> Filed:
    """One complaint; NotFound where there is none. With `hold` its row until the end."""
    row = session.execute(_getting(hold=hold), {"wanted": complaint}).one_or_none()
    if row is None:
        raise NotFound("no-such-complaint")
    return read_filed(row)


@cache
def _getting(*, hold: bool) -> Select[Any]:
    query = select(complaints).where(complaints.c.id == bindparam("wanted"))
    return query.with_for_update() if hold else query


def list_complaints(session: Session, statuses: Collection[Status], limit: int) -> list[Filed]:
    """Those in any of these statuses, what is due first, then the oldest."""
    rows = session.execute(
        select(complaints)
        .where(complaints.c.status.in_([one.value for one in statuses]))
        .order_by(complaints.c.due_on.nulls_last(), complaints.c.received_on, complaints.c.id)
        .limit(limit)
    )
    return [read_filed(row) for row in rows]


@dataclass(frozen=True)
class Sought:
    """What is looked for in clear columns: the beginning of an id in hex, farms or employers.

    With `any_of` one of both is enough; without it neither is asked for. `category` always is.
    """

    number: str = ""
    places: frozenset[UUID] = frozenset()
    category: Category | None = None
    any_of: bool = False


def list_desk(
    session: Session,
    statuses: Collection[Status],
    first: Collection[UUID],
    sought: Sought,
    limit: int,
) -> list[Filed]:
    """Those in any of these statuses that fit: what is due first, then what was closed last.

    `first` come before all others, in whatever status they are.
    """
    before = complaints.c.id.in_(first)
    query = select(complaints).where(
        or_(complaints.c.status.in_([one.value for one in statuses]), before)
    )
    if sought.category:
        query = query.where(complaints.c.categories.contains([sought.category.value]))
    if sought.any_of:
        query = query.where(or_(*_sought(sought)))
    ordered = query.order_by(
        before.desc(),
        complaints.c.due_on.nulls_last(),
        complaints.c.closed_on.desc().nulls_last(),
        complaints.c.received_on,
        complaints.c.id,
    )
    return [read_filed(row) for row in session.execute(ordered.limit(limit))]


def _sought(sought: Sought) -> Iterator[ColumnElement[bool]]:
    yield complaints.c.farm.in_(sought.places)
    yield complaints.c.employer.in_(sought.places)
    if sought.number:
        first, last = (UUID(hex=sought.number.ljust(32, letter)) for letter in "0f")
        yield complaints.c.id.between(first, last)


def find_complaints(session: Session, wanted: Collection[ComplaintId]) -> dict[UUID, Filed]:
    """These complaints, by their ids; what there is not is left out."""
    rows = session.execute(
        select(complaints).where(complaints.c.id.in_(wanted)).order_by(complaints.c.id)
    )
    return {row.id: read_filed(row) for row in rows}


def list_accusing(
    session: Session, since: date, statuses: Collection[Status], limit: int
) -> list[Filed]:
    """Those that name an employer and were received from a day on, the newest first."""
    rows = session.execute(
        select(complaints)
        .where(
            complaints.c.received_on >= since,
            complaints.c.employer.is_not(None),
            complaints.c.status.in_([one.value for one in statuses]),
        )
        .order_by(complaints.c.received_on.desc(), complaints.c.id)
        .limit(limit)
    )
    return [read_filed(row) for row in rows]


def list_sensitive(session: Session, employers: Collection[UUID]) -> list[ComplaintId]:
    """Cases against these employers that are marked so that they are told nothing of them."""
    marked = complaints.c.flags.contains([Flag.EMPLOYER_SENSITIVE.value])
    rows = session.scalars(
        select(complaints.c.id)
        .where(complaints.c.employer.in_(employers), marked)
        .order_by(complaints.c.id)
    )
    return [ComplaintId(one) for one in rows]


def list_closed_before(session: Session, day: date, limit: int) -> list[Filed]:
    """Closed ones whose content is still there, that were closed before a day."""
    rows = session.execute(
        select(complaints)
        .where(complaints.c.closed_on < day, complaints.c.status != Status.ANONYMISED.value)
        .order_by(complaints.c.closed_on, complaints.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [read_filed(row) for row in rows]


def read_filed(row: Row[Any]) -> Filed:
    """A row as the law's value."""
    return Filed(
        ComplaintId(row.id),
        Filing(row.filing),
        tuple(Category(one) for one in row.categories),
        Severity(row.proposed),
        row.department,
        row.received_on,
        Status(row.status),
        Severity(row.severity) if row.severity else None,
        frozenset(Flag(one) for one in row.flags),
        Outcome(row.outcome) if row.outcome else None,
        row.employer,
        row.farm,
        row.handler,
        row.due_on,
        row.closed_on,
        row.hour,
        row.version,
        row.kept_out or b"",
        row.source,
    )


def _columns(filed: Filed) -> dict[str, Any]:
    return {
        "filing": filed.filing.value,
        "categories": [one.value for one in filed.categories],
        "proposed": filed.proposed.value,
        "severity": filed.severity.value if filed.severity else None,
        "status": filed.status.value,
        "flags": sorted(one.value for one in filed.flags),
        "outcome": filed.outcome.value if filed.outcome else None,
        "employer": filed.employer,
        "farm": filed.farm,
        "department": filed.department,
        "received_on": filed.received_on,
        "hour": filed.hour,
        "handler": filed.handler,
        "due_on": filed.due_on,
        "closed_on": filed.closed_on,
        "version": filed.version,
        "kept_out": filed.kept_out or None,
        "source": filed.source,
    }
