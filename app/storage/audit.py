"""The log: append and read, nothing else. No foreign keys, so it outlives what it tells of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    DateTime,
    Identity,
    Index,
    Insert,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    literal,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from app.storage.database import Base, Session
from app.storage.statements import given, later
from permits.audit import Act, AuditEvent
from permits.people import PersonId, Role

WRITTEN_BY = text("pg_current_xact_id()::text::bigint")
"""The full number (64 bits, never used twice) of the transaction that inserts a row."""

audit_events = Table(
    "audit_events",
    Base.metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("act", Text, nullable=False),
    Column("subject", PG_UUID, nullable=False),
    Column("person", PG_UUID, nullable=False),
    Column("role", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("request", Text, nullable=False),
    Column("facts", JSONB, nullable=False),
    # Which transaction wrote it: the log is sealed in this order, see app.storage.log_tree.
    Column("xid", BigInteger, nullable=False, server_default=WRITTEN_BY),
    Index("ix_audit_events_subject_id", "subject", "id"),
    Index("ix_audit_events_person_id", "person", "id"),
    Index("ix_audit_events_act_id", "act", "id"),
    # Instants grow with the ids, nearly: a range of blocks costs next to nothing to keep.
    Index("ix_audit_events_at", "at", postgresql_using="brin"),
    Index("ix_audit_events_xid", "xid", "id"),
)


_APPENDING = insert(audit_events)
_ROW = ("act", "subject", "person", "role", "at", "request", "facts")
"""The columns of an event, but those that the database gives."""


def append(session: Session, event: AuditEvent) -> None:
    """Write one event in the transaction of the act that it tells of."""
    append_all(session, [event])


def append_all(session: Session, events: Iterable[AuditEvent]) -> None:
    """Write several events in one round trip; none is not an error."""
    rows = [row_of(event) for event in events]
    if rows:
        session.execute(_APPENDING, rows)


def add_row(session: Session, table: Table, row: Mapping[str, Any], *, event: AuditEvent) -> None:
    """Add a row and tell of it, in one round trip."""
    session.execute(_adding(table, tuple(row)), given(row) | told_by(event))


def add_once(
    session: Session, table: Table, row: Mapping[str, Any], *key: str, event: AuditEvent
) -> bool:
    """Add a row and tell of it; False, and nothing told, where one of its key stands already.

    Without a `key`, which names columns, any that is unique counts.
    """
    adding = _adding(table, tuple(row), key)
    return session.execute(adding, given(row) | told_by(event)).first() is not None


@cache
def _adding(
    table: Table, names: Sequence[str], once_by: Sequence[str] | None = None
) -> Select[Any]:
    """The statement that adds a row of these columns; made once, for that is most of its cost."""
    adding = insert(table).values(later(table, names))
    if once_by is not None:
        adding = adding.on_conflict_do_nothing(index_elements=once_by or None)
    return telling(adding.returning(*table.primary_key), None)


def telling(
    write: ReturningInsert[Any] | ReturningUpdate[Any],
    event: AuditEvent | None,
    beside: Sequence[Insert] = (),
) -> Select[Any]:
    """A write together with its event and other rows, as one statement that gives what it returns.

    Where the write finds no row there is no event either. Whatever `beside` adds is there whether
    or not, so that it belongs to an insert, which adds a row or raises. Without an event the
    statement can be kept: each execution tells its own (`told_by`).
    """
    changed = write.cte("changed")
    row = row_of(event) if event else dict.fromkeys(_ROW)
    said = [
        literal(value, audit_events.c[name].type) if event else _told_later(name)
        for name, value in row.items()
    ]
    told = insert(audit_events).from_select(list(row), select(*said).select_from(changed).limit(1))
    ctes = [told.cte("told"), *(one.cte(f"beside_{at}") for at, one in enumerate(beside))]
    return select(changed).add_cte(*ctes)


def told_by(event: AuditEvent) -> dict[str, Any]:
    """An event as parameters of a statement that was made without one."""
    return {f"event_{name}": value for name, value in row_of(event).items()}


def _told_later(name: str) -> BindParameter[Any]:
    return bindparam(f"event_{name}", type_=audit_events.c[name].type)


def list_events(session: Session, subject: UUID, limit: int = 200) -> list[AuditEvent]:
    """The events about one subject, oldest first; `limit` rows at most."""
    rows = session.execute(
        select(audit_events)
        .where(audit_events.c.subject == subject)
        .order_by(audit_events.c.id)
        .limit(limit)
    )
    return [_event(row) for row in rows]


def list_about(session: Session, subjects: Collection[UUID], limit: int = 200) -> list[AuditEvent]:
    """The events about any of these subjects, newest first; `limit` rows at most."""
    rows = session.execute(
        select(audit_events)
        .where(audit_events.c.subject.in_(subjects))
        .order_by(audit_events.c.id.desc())
        .limit(limit)
    )
    return [_event(row) for row in rows]


def _event(row: Row[Any]) -> AuditEvent:
    return AuditEvent(
        Act(row.act),
        row.subject,
        PersonId(row.person),
        Role(row.role),
        row.at,
        row.request,
        row.facts,
    )


def row_of(event: AuditEvent) -> dict[str, Any]:
    """An event as a row."""
    return {
        "act": event.act.value,
        "subject": event.subject,
        "person": event.person,
        "role": event.role.value,
        "at": event.at,
        "request": event.request,
        "facts": dict(event.facts),
    }
