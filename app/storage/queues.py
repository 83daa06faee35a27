"""What waits for whom: the lists of applications that officials work from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, not_, or_, select, tuple_

from app.storage.applications import applications
from app.storage.approvals import decisions
from app.storage.database import Session
from permits.applications import ApplicationId, Status
from permits.people import Agency, PersonId

SHOWN = (
    applications.c.id,
    applications.c.receipt,
    applications.c.programme,
    applications.c.status,
    applications.c.round,
    applications.c.version,
    applications.c.worker_name,
    applications.c.employer_name,
    applications.c.submitted_at,
    applications.c.due_at,
    applications.c.held_by,
    applications.c.held_by_name,
)


@dataclass(frozen=True)
class Order:
    """The agencies of one programme, in their order."""

    programme: str
    agencies: tuple[Agency, ...]
    sequential: bool


@dataclass(frozen=True)
class QueueFilter:
    """What a list shows; None and empty mean "all". `text` is folded (lower case, no accents)."""

    statuses: frozenset[Status] = frozenset()
    programme: str | None = None
    waiting_for: Agency | None = None
    held_by: PersonId | None = None
    due_before: datetime | None = None
    text: str = ""


@dataclass(frozen=True)
class QueueRow:
    """One line of a list."""

    id: ApplicationId
    receipt: str
    programme: str
    status: Status
    round: int
    version: int
    worker_name: str
    employer_name: str
    submitted_at: datetime
    due_at: datetime
    held_by: PersonId | None
    held_by_name: str


def list_queue(
    session: Session,
    wanted: QueueFilter,
    orders: Sequence[Order],
    *,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
) -> list[QueueRow]:
    """Submitted applications, the one that is due first on top; `after` pages on by its key."""
    query = _filtered(select(*SHOWN), wanted, orders)
    if after is not None:
        query = query.where(tuple_(applications.c.due_at, applications.c.id) > after)
    query = query.order_by(applications.c.due_at, applications.c.id).limit(limit)
    return [_row(row) for row in session.execute(query)]


def count_queue(session: Session, wanted: QueueFilter, orders: Sequence[Order]) -> int:
    """How many applications the filter finds."""
    query = _filtered(select(func.count()).select_from(applications), wanted, orders)
    found: int = session.execute(query).scalar_one()
    return found


def _filtered(query: Select[Any], wanted: QueueFilter, orders: Sequence[Order]) -> Select[Any]:
    query = query.where(applications.c.status != Status.DRAFT.value, applications.c.round > 0)
    if wanted.statuses:
        query = query.where(applications.c.status.in_([s.value for s in sorted(wanted.statuses)]))
    if wanted.programme is not None:
        query = query.where(applications.c.programme == wanted.programme)
    if wanted.waiting_for is not None:
        query = query.where(_waits_for(wanted.waiting_for, orders))
    if wanted.held_by is not None:
        query = query.where(applications.c.held_by == wanted.held_by)
    if wanted.due_before is not None:
        query = query.where(applications.c.due_at < wanted.due_before)
    for word in wanted.text.split():
        query = query.where(applications.c.search_text.contains(word, autoescape=True))
    return query


def _waits_for(agency: Agency, orders: Sequence[Order]) -> ColumnElement[bool]:
    """Whose turn it is, from the decisions of the present round; nothing is stored."""
    turns = []
    for order in orders:
        if agency not in order.agencies:
            continue
        before = order.agencies[: order.agencies.index(agency)] if order.sequential else ()
        turns.append(
            and_(
                applications.c.programme == order.programme,
                not_(_decided(agency)),
                *(_decided(earlier) for earlier in before),
            )
        )
    return and_(applications.c.status == Status.UNDER_REVIEW.value, or_(False, *turns))


def _decided(agency: Agency) -> ColumnElement[bool]:
    return exists().where(
        decisions.c.application == applications.c.id,
        decisions.c.round == applications.c.round,
        decisions.c.agency == agency.value,
    )


def _row(row: Row[Any]) -> QueueRow:
    return QueueRow(
        ApplicationId(row.id),
        row.receipt,
        row.programme,
        Status(row.status),
        row.round,
        row.version,
        row.worker_name,
        row.employer_name,
        row.submitted_at,
        row.due_at,
        PersonId(row.held_by) if row.held_by else None,
        row.held_by_name,
    )
