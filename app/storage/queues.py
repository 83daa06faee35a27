"""What waits for whom: the lists of applications that officials work from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
    tuple_,
)

from app.storage.answer_terms import ASKED_AT
from app.storage.applications import applications
from app.storage.case_notices import case_notices
from app.storage.database import Session
from app.storage.looks import is_unseen
from app.storage.reaching import within
from app.storage.searched import mentions
from app.storage.turns import Order, has_next, is_advised, is_turn_of
from app.storage.vacancies import vacancies
from permits.applications import WITH_WORKER, ApplicationId, Status
from permits.case_notices import CaseNotice
from permits.people import Agency, PersonId
from permits.reach import Reach
from permits.recommendations import Step

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
    case(
        (
            applications.c.status.in_([status.value for status in sorted(WITH_WORKER)]),
            func.greatest(ASKED_AT, applications.c.reinstated_at),
        )
    ).label("answer_from"),
)


@dataclass(frozen=True)
class QueueFilter:
    """What a list shows; None and empty mean "all". `text` is folded (lower case, no accents).

    `documents` maps words of the text, or all of it, to the keyed hash of a document number that
    they may be: numbers stand sealed, and are found whole or not at all. `workers` maps those that
    are a worker's number to every number of that person. `forgiving` finds names with one slip in a
    word, too. `common`: so many are found that to look through what is due
    first is quicker than to gather them all.

    `due_windows` names for each programme the instants between which a case is due: later than
    the first, not later than the second; a programme that it does not name shows nothing.
    `unseen_by`: those that this official never opened, or not since they changed last.
    `untold`: of the cases that are late, those that `waiting_for` was not told of yet. `step`: of
    those that wait for it, what it has to do next. `department` (ISO 3166-2) and `municipality` (a
    code of the civil registry) are where the work is; `work` are the vacancies there: `read_place`
    finds them, and a place without them is a ValueError.
    """

    statuses: frozenset[Status] = frozenset()
    programme: str | None = None
    waiting_for: Agency | None = None
    held_by: PersonId | None = None
    due_before: datetime | None = None
    text: str = ""
    due_windows: tuple[tuple[str, datetime, datetime], ...] = ()
    documents: Mapping[str, bytes] = field(default_factory=dict)
    workers: Mapping[str, Collection[str]] = field(default_factory=dict)
    forgiving: bool = False
    common: bool = False
    untold: bool = False
    unseen_by: PersonId | None = None
    step: Step | None = None
    department: str | None = None
    municipality: str | None = None
    work: tuple[UUID, ...] | None = None


@dataclass(frozen=True)
class QueueRow:
    """One line of a list; `answer_from` is when the worker's time to answer began.

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
    conditions = _conditions(wanted, orders, reach)
    if wanted.text and not wanted.common:
        conditions = [applications.c.id.in_(select(_found(conditions)))]
    unseen = is_unseen(reader) if reader else false()
    advised = is_advised(orders).label("advised")
    query: Select[Any] = select(*SHOWN, advised, unseen.label("unseen")).where(*conditions)
    if after is not None:
        query = query.where(tuple_(applications.c.due_at, applications.c.id) > after)
    query = query.order_by(applications.c.due_at, applications.c.id).limit(limit)
    return [_row(row) for row in session.execute(query)]


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
    reads to the last digit costs no look at the whole table.
    """
    counts = [
        select(func.count())
        .select_from(_some(_conditions(wanted, orders, reach), wanted, most + 1).subquery())
        .scalar_subquery()
        for wanted in filters
    ]
    return list(session.execute(select(*counts)).one())


def _some(
    conditions: Sequence[ColumnElement[bool]], wanted: QueueFilter, limit: int
) -> Select[Any]:
    """So many ids at most, by the index that fits: what is searched, or what is due first."""
    if wanted.text:
        return select(_found(conditions)).limit(limit)
    query = select(applications.c.id).where(*conditions)
    return query.order_by(applications.c.due_at, applications.c.id).limit(limit)


def _found(conditions: Sequence[ColumnElement[bool]]) -> CTE:
    """The ids that a search finds, planned by itself: a limit outside must not make the planner
    hope that the first rows of the table are among them."""
    return (
        select(applications.c.id).where(*conditions).cte(nesting=True).prefix_with("MATERIALIZED")
    )


def _submitted(reach: Reach) -> list[ColumnElement[bool]]:
    return [
        applications.c.status != Status.DRAFT.value,
        applications.c.round > 0,
        within(reach, applications),
    ]


def _conditions(
    wanted: QueueFilter, orders: Sequence[Order], reach: Reach
) -> list[ColumnElement[bool]]:
    return [*_submitted(reach), *_asked(wanted, orders)]


def _asked(wanted: QueueFilter, orders: Sequence[Order]) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [true()]
    if wanted.statuses:
        asked.append(applications.c.status.in_([s.value for s in sorted(wanted.statuses)]))
    if wanted.programme is not None:
        asked.append(applications.c.programme == wanted.programme)
    if wanted.waiting_for is not None:
        asked.append(is_turn_of(wanted.waiting_for, orders))
    if wanted.waiting_for is not None and wanted.step is not None:
        asked.append(has_next(wanted.step, wanted.waiting_for, orders))
    if wanted.held_by is not None:
        asked.append(applications.c.held_by == wanted.held_by)
    if wanted.due_before is not None:
        asked.append(applications.c.due_at < wanted.due_before)
    if wanted.due_windows:
        asked.append(or_(*(_due_between(*window) for window in wanted.due_windows)))
    if wanted.untold and wanted.waiting_for is not None:
        asked.append(not_(exists().where(*_told(wanted.waiting_for))))
    if wanted.unseen_by is not None:
        asked.append(is_unseen(wanted.unseen_by))
    if wanted.work is not None:
        asked.append(applications.c.vacancy.in_(wanted.work))
    elif wanted.department or wanted.municipality:
        raise ValueError("a place is asked for, and its work was not read")
    if wanted.text:
        asked.append(mentions(applications.c, wanted))
    return asked


def read_place(session: Session, wanted: QueueFilter) -> QueueFilter:
    """The same filter with the vacancies of its place, if it names one.

    They are told to the list as values: the planner knows how many cases name each of them, and
    takes those that are due first of a large place, and the cases themselves of a small one.
    """
    places = {
        vacancies.c.department: wanted.department,
        vacancies.c.municipality: wanted.municipality,
    }
    there = [column == code for column, code in places.items() if code is not None]
    if not there:
        return wanted
    found = session.scalars(select(vacancies.c.id).where(*there)).all()
    return replace(wanted, work=tuple(found))


def _told(agency: Agency) -> list[ColumnElement[bool]]:
    return [
        case_notices.c.application == applications.c.id,
        case_notices.c.notice == CaseNotice.OVERDUE.value,
        case_notices.c.told == agency.value,
    ]


def _due_between(programme: str, after: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(
        applications.c.programme == programme,
        applications.c.due_at > after,
        applications.c.due_at <= until,
    )


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
        row.advised,
        row.unseen,
    )
