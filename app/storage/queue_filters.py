"""What a list of applications is asked for, as conditions on its rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, true

from app.storage.applications import applications
from app.storage.case_notices import case_notices
from app.storage.database import Session
from app.storage.looks import is_unseen
from app.storage.reaching import within
from app.storage.searched import mentions
from app.storage.turns import Order, has_next, is_running, is_turn_of
from app.storage.vacancies import vacancies
from permits.applications import Status
from permits.case_notices import CaseNotice
from permits.people import Agency, PersonId
from permits.reach import Reach
from permits.recommendations import Step

Stretch = tuple[str, datetime | None, datetime | None]
"""Cases of a programme that were handed in first from an instant on and before another."""


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
    those that wait for it, what it has to do next. `clock`: those whose statutory clock runs, under
    review and, in these stretches, with their worker. `handed_in`: first from an instant on, and
    before another. `department` (ISO 3166-2) and `municipality`
    (a code of the civil registry) are where the work is; `work` are the vacancies there:
    `read_place` finds them, and a place without them is a ValueError.
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
    clock: tuple[Stretch, ...] | None = None
    handed_in: tuple[datetime | None, datetime | None] = (None, None)

    @property
    def is_of_days(self) -> bool:
        """Whether days are asked for: what came of late is due last, and would be read last."""
        return self.handed_in != (None, None)

    @property
    def is_at_desk(self) -> bool:
        """Whether whose turn it is tells the status, too: under review, and its clock runs.

        To say so twice makes the planner hope that few are found.
        """
        return self.waiting_for is not None and not self.clock


def _submitted(reach: Reach) -> list[ColumnElement[bool]]:
    return [
        applications.c.status != Status.DRAFT.value,
        applications.c.round > 0,
        within(reach, applications),
    ]


def conditions_of(
    wanted: QueueFilter, orders: Sequence[Order], reach: Reach
) -> list[ColumnElement[bool]]:
    """What a submitted application within reach has to be to stand in the list."""
    return [*_submitted(reach), *_asked(wanted, orders)]


def _asked(wanted: QueueFilter, orders: Sequence[Order]) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [true()]
    if wanted.statuses and not (wanted.is_at_desk and Status.UNDER_REVIEW in wanted.statuses):
        asked.append(applications.c.status.in_([s.value for s in sorted(wanted.statuses)]))
    if wanted.programme is not None:
        asked.append(applications.c.programme == wanted.programme)
    if wanted.waiting_for is not None:
        asked.append(is_turn_of(wanted.waiting_for, orders, _in_stretches(wanted.clock or ())))
    if wanted.waiting_for is not None and wanted.step is not None:
        asked.append(has_next(wanted.step, wanted.waiting_for, orders))
    if wanted.clock is not None and not wanted.is_at_desk:
        asked.append(is_running(_in_stretches(wanted.clock)))
    if wanted.held_by is not None:
        asked.append(applications.c.held_by == wanted.held_by)
    if wanted.due_before is not None:
        asked.append(applications.c.due_at < wanted.due_before)
    if wanted.due_windows:
        asked.append(_is_due_in(wanted.due_windows))
    if wanted.untold and wanted.waiting_for is not None:
        asked.append(not_(exists().where(*_told(wanted.waiting_for))))
    asked += came_in(wanted.handed_in)
    if wanted.unseen_by is not None:
        asked.append(is_unseen(wanted.unseen_by))
    if wanted.work is not None:
        asked.append(applications.c.vacancy.in_(wanted.work))
    elif wanted.department or wanted.municipality:
        raise ValueError("a place is asked for, and its work was not read")
    if wanted.text:
        asked.append(mentions(applications.c, wanted))
    return asked


def came_in(days: tuple[datetime | None, datetime | None]) -> list[ColumnElement[bool]]:
    """What was handed in first from an instant on and before another."""
    since, before = days
    asked = []
    if since is not None:
        asked.append(applications.c.submitted_at >= since)
    if before is not None:
        asked.append(applications.c.submitted_at < before)
    return asked


def _in_stretches(stretches: Sequence[Stretch]) -> ColumnElement[bool] | None:
    if not stretches:
        return None
    handed_in = applications.c.submitted_at
    return or_(
        *(
            and_(
                applications.c.programme == programme,
                handed_in >= since if since else true(),
                handed_in < until if until else true(),
            )
            for programme, since, until in stretches
        )
    )


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


def _is_due_in(windows: Sequence[tuple[str, datetime, datetime]]) -> ColumnElement[bool]:
    """Due in the window of its programme: one condition for all that share a window, which most do,
    so that the planner sees the days and not only their alternatives."""
    sharing: dict[tuple[datetime, datetime], list[str]] = {}
    for programme, after, until in windows:
        sharing.setdefault((after, until), []).append(programme)
    return or_(*(_due_between(programmes, *days) for days, programmes in sharing.items()))


def _due_between(
    programmes: Sequence[str], after: datetime, until: datetime
) -> ColumnElement[bool]:
    return and_(
        applications.c.programme.in_(programmes),
        applications.c.due_at > after,
        applications.c.due_at <= until,
    )
