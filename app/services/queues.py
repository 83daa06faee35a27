"""The lists that officials work from: filters in words, the one that is due first on top."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.services.agency_sets import agencies_by_set
from app.services.deadlines import running_with_worker, soon_until
from app.services.reaching import reading
from app.services.seeking import seek
from app.services.work import Work
from app.services.work_places import work_places
from app.storage import queue_filters, queues
from app.storage.queue_filters import QueueFilter
from app.storage.queues import QueueRow
from app.storage.turns import Order
from permits.applications import WITH_WORKER, Status
from permits.deadlines import end_of, start_of
from permits.people import Agency, Permission
from permits.policies import check_permission, check_review
from permits.recommendations import Step
from permits.visibility import FILTERS, check_sees, sealed_agencies

__all__ = [
    "MOST_COUNTED",
    "PAGE",
    "Due",
    "QueueFilter",
    "QueuePage",
    "QueueRow",
    "Wanted",
    "check_desk",
    "count_queue",
    "filter_of",
    "find_next",
    "list_queue",
    "orders_of",
]

PAGE = 50
MOST_COUNTED = 500
"""Of what a list finds; one more stands for more than that."""


@dataclass(frozen=True)
class QueuePage:
    """Some rows, how many the filter finds in all, and the key of the next page.

    `beside` says how many each of the other filters finds that were asked for. A count beyond
    `MOST_COUNTED` says no more than that. `forgiven`: nothing is written as it was searched, and
    these names differ by one slip in a word.
    """

    rows: tuple[QueueRow, ...]
    total: int
    next: tuple[datetime, UUID] | None
    beside: tuple[int, ...]
    forgiven: bool = False


def list_queue(
    work: Work,
    wanted: QueueFilter,
    *,
    limit: int = PAGE,
    after: tuple[datetime, UUID] | None = None,
    beside: Sequence[QueueFilter] = (),
) -> QueuePage:
    """Applications within reach, by the filter; drafts never. All is counted by one statement.

    Forbidden("not-visible") where a filter asks by a field that the actor may not see.
    """
    for asked in (wanted, *beside):
        _check(work, asked)
    filters, orders = [_searching(work, one) for one in (wanted, *beside)], orders_of(work)
    total, *others = _count(work, filters, orders, MOST_COUNTED)
    rows, total, forgiven = _look(work, filters[0], orders, total, limit + 1, after)
    shown = tuple(rows[:limit])
    more = (shown[-1].due_at, shown[-1].id) if len(rows) > limit else None
    return QueuePage(shown, total, more, tuple(others), forgiven)


def _look(
    work: Work,
    wanted: QueueFilter,
    orders: Sequence[Order],
    total: int,
    limit: int,
    after: tuple[datetime, UUID] | None,
) -> tuple[list[QueueRow], int, bool]:
    """The rows, how many there are in all, and whether a slip was forgiven to find any."""
    reach, reader = reading(work), work.actor.person if work.actor.agency else None
    if total:
        found = replace(wanted, common=total > MOST_COUNTED)
        rows = queues.list_queue(
            work.session, found, orders, reach=reach, limit=limit, after=after, reader=reader
        )
        return rows, total, False
    if not wanted.text:
        return [], 0, False
    rows, total = queues.list_found(
        work.session,
        replace(wanted, forgiving=True),
        orders,
        reach=reach,
        limit=limit,
        most=MOST_COUNTED,
        after=after,
        reader=reader,
    )
    return rows, total, total > 0


def _count(
    work: Work, filters: Sequence[QueueFilter], orders: Sequence[Order], most: int
) -> list[int]:
    return queues.count_queues(work.session, filters, orders, reach=reading(work), most=most)


def count_queue(work: Work, wanted: QueueFilter, most: int) -> int:
    """How many the filter finds, at most `most` + 1; refuses what `list_queue` refuses."""
    _check(work, wanted)
    (total,) = _count(work, [_searching(work, wanted)], orders_of(work), most)
    return total


class Due(StrEnum):
    """How near a case's last day is: due soon and not late yet, or late."""

    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True)
class Wanted:
    """A filter as an official thinks of it; what it means is told by who asks, and when.

    `mine` asks for what waits for the official's own agency, `turn` for what waits for the one that
    it names, `held` for what they hold. `due` looks at cases alone whose clock
    runs; a day stands for what is due before it. `unseen` asks for what the official has not
    opened since it changed. `step` tells of what waits for an agency whether it recommends next or
    decides. `place` is the department of the work (ISO 3166-2), or its municipality. `since` and
    `until` are the first and the last day on which it was handed in first.
    """

    statuses: frozenset[Status] = frozenset()
    programme: str | None = None
    mine: bool = False
    held: bool = False
    due: Due | date | None = None
    unseen: bool = False
    text: str = ""
    step: Step | None = None
    place: str = ""
    turn: Agency | None = None
    since: date | None = None
    until: date | None = None


def filter_of(work: Work, wanted: Wanted) -> QueueFilter:
    """The filter of these words, for this official, now."""
    statuses = wanted.statuses
    clock = running_with_worker(work) if wanted.due is not None else None
    if clock is not None:
        runs = {Status.UNDER_REVIEW, *WITH_WORKER}
        # Nothing runs in another status: a filter that finds nothing is not one that finds all.
        statuses = frozenset(runs & (statuses or runs) or {Status.DRAFT})
    in_town = wanted.place in work_places(work).towns
    return QueueFilter(
        statuses,
        wanted.programme,
        _turn(work, wanted),
        work.actor.person if wanted.held else None,
        _due_before(work, wanted.due),
        wanted.text,
        _soon(work) if wanted.due is Due.SOON else (),
        unseen_by=work.actor.person if wanted.unseen else None,
        step=wanted.step,
        department=None if in_town else wanted.place or None,
        municipality=wanted.place if in_town else None,
        clock=clock,
        handed_in=(
            start_of(wanted.since) if wanted.since else None,
            end_of(wanted.until) if wanted.until else None,
        ),
    )


def _turn(work: Work, wanted: Wanted) -> Agency | None:
    """Whose turn is asked for; who asks what is to be done next, and not by whom, means their own
    agency."""
    own = wanted.mine or (wanted.step is not None and wanted.turn is None)
    return work.actor.agency if own else wanted.turn


def _due_before(work: Work, due: Due | date | None) -> datetime | None:
    if isinstance(due, date):
        return start_of(due)
    return work.now if due is Due.LATE else None


def check_desk(work: Work) -> None:
    """Forbidden for who is no official of an agency: the queue is where they work."""
    check_review(work.actor)


def find_next(work: Work) -> QueueRow | None:
    """What the official may take up next: due first, their agency's turn, held by nobody else.

    Who may decide looks for what can be decided, who may not for what wants a recommendation.
    """
    step = Step.DECIDE if work.actor.can(Permission.APPLICATION_DECIDE) else Step.RECOMMEND
    page = list_queue(work, filter_of(work, Wanted(mine=True, step=step)), limit=PAGE)
    return next((row for row in page.rows if row.held_by in {None, work.actor.person}), None)


def _searching(work: Work, wanted: QueueFilter) -> QueueFilter:
    there, asked = queue_filters.read_place(work.session, wanted), seek(work, wanted.text)
    return replace(there, text=asked.text, documents=asked.documents, workers=asked.workers)


def _check(work: Work, wanted: QueueFilter) -> None:
    check_permission(work.actor, Permission.APPLICATION_LIST)
    asked = {
        "q": wanted.text,
        "espera": wanted.waiting_for,
        "paso": wanted.step,
        "tengo": wanted.held_by,
        "nuevo": wanted.unseen_by,
        "lugar": wanted.department or wanted.municipality,
    }
    for name, value in asked.items():
        if value:
            check_sees(work.actor, FILTERS[name])


def orders_of(work: Work) -> list[Order]:
    """Every set of agencies, as the lists need them to know whose turn it is."""
    known = work.ports.reference.programmes
    return [
        Order(
            number,
            one.agencies,
            known[one.programme].sequential,
            known[one.programme].recommended,
            sealed_agencies(work.actor, one.agencies, sealed=known[one.programme].sealed),
        )
        for number, one in agencies_by_set(work).items()
        if one.programme in known
    ]


def _soon(work: Work) -> tuple[tuple[str, datetime, datetime], ...]:
    return tuple(
        (programme.code, work.now, soon_until(work, programme))
        for programme in work.ports.reference.programmes.values()
    )
