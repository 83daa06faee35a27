"""What waits for whom: the lists of applications that officials work from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Row,
    Select,
    case,
    false,
    func,
    select,
    tuple_,
)

from app.storage.answer_terms import ASKED_AT, is_with_worker
from app.storage.applications import LISTED, applications
from app.storage.database import Session
from app.storage.looks import is_unseen
from app.storage.queue_filters import QueueFilter, came_in, conditions_of
from app.storage.searched import Columns
from app.storage.turns import Order, is_advised
from permits.applications import ApplicationId, Status
from permits.people import PersonId
from permits.reach import Reach

FEW = 5_000
"""Cases of some days that are gathered; a season has twenty times as many."""

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
    applications.c.vacancy,
    applications.c.answers["nationality"].astext.label("nationality"),
    # Looked up for the few rows of a page that wait for their worker.
    case((is_with_worker(), ASKED_AT)).label("paused_at"),
    case((is_with_worker(), func.greatest(ASKED_AT, applications.c.reinstated_at))).label(
        "answer_from"
    ),
)


@dataclass(frozen=True)
class QueueRow:
    """One line of a list; `answer_from` is when the worker's time to answer began, `paused_at`
    since when the case waits for them.

    `unseen`: who asked has not opened the case since it changed last.
    `advised`: in the present round an agency was recommended what to decide.
    """

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
    vacancy: UUID | None
    nationality: str | None
    answer_from: datetime | None
    paused_at: datetime | None
    advised: bool
    unseen: bool = False


def list_queue(
    session: Session,
    wanted: QueueFilter,
    orders: Sequence[Order],
    *,
    reach: Reach,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
    reader: PersonId | None = None,
) -> list[QueueRow]:
    """Submitted applications within reach, the one that is due first on top.

    `after` pages on by its key; `reader` is whose looks tell what is new.
    """
    conditions = conditions_of(wanted, orders, reach)
    if wanted.handed_in[0] is not None:
        conditions.append(applications.c.due_at > wanted.handed_in[0])  # none is due before it came
    if _is_gathered(session, wanted):
        first = _first(_found(conditions, nesting=True).c, limit, after)
    else:
        first = _first(applications.c, limit, after).where(*conditions)
    return [_row(row) for row in session.execute(_page(first, orders, reader))]


def _is_gathered(session: Session, wanted: QueueFilter) -> bool:
    """Whether so little is found that the quickest is to gather it all, and then to sort it."""
    if wanted.is_of_days and _are_few_days(session, wanted):
        return True
    return bool(wanted.text) and not wanted.common


def _are_few_days(session: Session, wanted: QueueFilter) -> bool:
    """Whether so few cases came in these days that to gather them all is the quickest: else the
    list is read from what is due first, and passes over what came on other days."""
    came = select(applications.c.id).where(LISTED, *came_in(wanted.handed_in)).limit(FEW + 1)
    return session.execute(select(func.count()).select_from(came.subquery())).scalar_one() <= FEW


def list_found(
    session: Session,
    wanted: QueueFilter,
    orders: Sequence[Order],
    *,
    reach: Reach,
    limit: int,
    most: int,
    after: tuple[datetime, UUID] | None = None,
    reader: PersonId | None = None,
) -> tuple[list[QueueRow], int]:
    """The same list of a search, and how many it finds as `count_queues` counts: by one look."""
    found = _found(conditions_of(wanted, orders, reach))
    counted = select(func.count()).select_from(select(found).limit(most + 1).subquery())
    page = _page(_first(found.c, limit, after), orders, reader)
    page = page.add_columns(counted.scalar_subquery().label("found"))
    rows = session.execute(page).all()
    return [_row(row) for row in rows], rows[0].found if rows else 0


def _first(columns: Columns, limit: int, after: tuple[datetime, UUID] | None) -> Select[Any]:
    """The ids of a page, due first: of a table's columns, or of those of what was found."""
    first = select(columns.id).order_by(columns.due_at, columns.id).limit(limit)
    return first if after is None else first.where(tuple_(columns.due_at, columns.id) > after)


def _page(first: Select[Any], orders: Sequence[Order], reader: PersonId | None) -> Select[Any]:
    """What is shown of a page's rows. Their ids are read first, by an index alone: a row that is
    passed over is never opened."""
    unseen = is_unseen(reader) if reader else false()
    advised = is_advised(orders).label("advised")
    query: Select[Any] = select(*SHOWN, advised, unseen.label("unseen"))
    query = query.where(applications.c.id.in_(first))
    return query.order_by(applications.c.due_at, applications.c.id)


def count_queues(
    session: Session,
    filters: Sequence[QueueFilter],
    orders: Sequence[Order],
    *,
    reach: Reach,
    most: int,
) -> list[int]:
    """How many applications within reach each filter finds, by one statement.

    Nothing is counted beyond `most` + 1, which stands for more than `most`: a count that nobody
    reads to the last digit costs no look at the whole table. Filters that are equal, as the list
    that is open and its tab, are counted once.
    """
    each: list[QueueFilter] = []
    each += (one for one in filters if one not in each)
    counts = [
        select(func.count())
        .select_from(_some(conditions_of(wanted, orders, reach), wanted, most + 1).subquery())
        .scalar_subquery()
        for wanted in each
    ]
    found = session.execute(select(*counts)).one()
    return [found[each.index(wanted)] for wanted in filters]


def _some(
    conditions: Sequence[ColumnElement[bool]], wanted: QueueFilter, limit: int
) -> Select[Any]:
    """So many ids at most, by the index that fits: what is searched, days, or what is due first."""
    if wanted.text:
        return select(_found(conditions, nesting=True)).limit(limit)
    query = select(applications.c.id).where(*conditions).limit(limit)
    if wanted.is_of_days:
        return query.order_by(applications.c.submitted_at)
    return query.order_by(applications.c.due_at, applications.c.id)


def _found(conditions: Sequence[ColumnElement[bool]], *, nesting: bool = False) -> CTE:
    """What a search finds, planned by itself: a limit outside must not make the planner
    hope that the first rows of the table are among them."""
    found = select(applications.c.id, applications.c.due_at).where(*conditions)
    return found.cte(nesting=nesting).prefix_with("MATERIALIZED")


def _row(row: Row[*tuple[Any, ...]]) -> QueueRow:
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
        row.vacancy,
        row.nationality,
        row.answer_from,
        row.paused_at,
        row.advised,
        row.unseen,
    )
