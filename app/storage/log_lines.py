"""The log as those read it who watch over it: ids and acts, filtered, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, literal, select

from app.storage.audit import audit_events
from app.storage.database import Session
from app.storage.log_tree import audit_leaves
from permits.audit import Act


@dataclass(frozen=True)
class LogFilter:
    """Which events are wanted; what is empty asks for all. From `since`, up to before `before`."""

    subject: UUID | None = None
    person: UUID | None = None
    acts: frozenset[Act] = frozenset()
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class LogLine:
    """An event as it stands, not interpreted: a damaged one can be shown too.

    `leaf` is its place in the tree, None while it waits to be sealed; `xid` the transaction that
    wrote it, which tells whether it should wait no more (`Sealed.sealed_below`).
    """

    id: int
    act: str
    subject: UUID
    person: UUID
    role: str
    at: datetime
    request: str
    facts: Mapping[str, Any]
    xid: int
    leaf: int | None


def list_lines(
    session: Session, wanted: LogFilter, limit: int, before: int | None = None
) -> list[LogLine]:
    """Events by their numbers, the greatest first; those below `before` where it is named."""
    query = _lines().where(*_conditions(wanted))
    if before is not None:
        query = query.where(audit_events.c.id < before)
    rows = session.execute(query.order_by(audit_events.c.id.desc()).limit(limit))
    return [_line(row) for row in rows]


def find_line(session: Session, event: int) -> LogLine | None:
    """One event by its number."""
    row = session.execute(_lines().where(audit_events.c.id == event)).one_or_none()
    return _line(row) if row else None


def _conditions(wanted: LogFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.subject is not None:
        conditions.append(audit_events.c.subject == wanted.subject)
    if wanted.person is not None:
        conditions.append(audit_events.c.person == wanted.person)
    if wanted.acts:
        conditions.append(audit_events.c.act.in_(sorted(wanted.acts)))
    if wanted.since is not None:
        conditions.append(audit_events.c.at >= wanted.since)
    if wanted.before is not None:
        conditions.append(audit_events.c.at < wanted.before)
    return conditions


def _lines() -> Select[Any]:
    leaf = audit_leaves.c.event == audit_events.c.id
    return select(
        audit_events.c.id,
        audit_events.c.act,
        audit_events.c.subject,
        audit_events.c.person,
        audit_events.c.role,
        func.least(func.greatest(audit_events.c.at, _FIRST), _LAST).label("at"),
        audit_events.c.request,
        audit_events.c.facts,
        audit_events.c.xid,
        audit_leaves.c.leaf,
    ).outerjoin(audit_leaves, leaf)


def _line(row: Row[Any]) -> LogLine:
    facts = row.facts if isinstance(row.facts, dict) else {}
    return LogLine(
        row.id,
        row.act,
        row.subject,
        row.person,
        row.role,
        row.at,
        row.request,
        facts,
        row.xid,
        row.leaf,
    )


# Whoever alters an instant beyond what Python can hold must not thereby close the log to readers.
_FIRST = literal(datetime(1, 1, 2, tzinfo=UTC), audit_events.c.at.type)
_LAST = literal(datetime(9999, 12, 30, tzinfo=UTC), audit_events.c.at.type)
