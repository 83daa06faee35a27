"""The list of the complaints office: which cases there are, what is due, looked through by page.

What is looked for stands in clear of a case: its number, farm or employer, and category. It comes
in a form's body and is kept nowhere: an address would be a line in a proxy's log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.services.complaint_parts import list_out
from app.services.complaint_terms import ShownClock, shown
from app.services.complaint_wishes import list_waiting
from app.services.work import Work
from app.storage import (
    accounts,
    complaint_clocks,
    complaint_messages,
    complaints,
    farm_hands,
)
from app.storage.complaint_clocks import KeptClock
from app.storage.complaint_remedies import list_overdue
from app.storage.complaints import Sought
from permits.deadlines import ClockState, legal_day
from permits.errors import Fault, refuse_if
from permits.folding import fold
from permits.people import Permission
from permits.policies import check_permission
from recruitment.complaints.clocks import state_of
from recruitment.complaints.filed import Filed
from recruitment.complaints.handling import read_reference, reference_of
from recruitment.complaints.moves import OVER, UNDER_WAY
from recruitment.complaints.places import LEAST_LETTERS, read_name
from recruitment.complaints.waiting import Waiting
from recruitment.complaints.words import Category, Status

MOST = 2000
"""Cases of one list; a longer one is looked through by what is sought."""

AT_ONCE = 50
"""Cases of one page."""

FARMS_AT_ONCE = 200

SHOWN_OVER = sorted(OVER - {Status.ANONYMISED})


@dataclass(frozen=True)
class Wanted:
    """Which cases are looked at: those that are over or not, what was typed, and a category.

    `typed` is a case's number or its beginning, or a farm's or employer's name. `page` is from 1.
    """

    over: bool = False
    typed: str = ""
    category: Category | None = None
    page: int = 1


@dataclass(frozen=True)
class DeskRow:
    """A case as the list tells it: nothing of its content.

    `remedy_due` is the first day that is over of a remedy which nobody confirmed.
    """

    filed: Filed
    reference: str
    clocks: tuple[ShownClock, ...]
    handler: str
    new_message: bool
    waiting: tuple[Waiting, ...] = ()
    remedy_due: date | None = None


@dataclass(frozen=True)
class DeskList:
    """One page of the list; of all its pages `total` counts cases and `late` those with an ended
    term, or with the day of a remedy that nobody confirmed.

    `first` is the place of the first row, from 1.
    """

    rows: Sequence[DeskRow]
    total: int
    late: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // AT_ONCE))

    @property
    def first(self) -> int:
        """The place of the first row in the list, from 1."""
        return (self.page - 1) * AT_ONCE + 1

    @property
    def last(self) -> int:
        """The place of the last row."""
        return self.first + len(self.rows) - 1


def list_desk(work: Work, wanted: Wanted | None = None) -> DeskList:
    """Cases under way, what is due first; or those that are over, the newest first.

    Among those under way are closed ones in which something waits, as an appeal, before all
    others. What the handler has a part in stands in none of them and is counted nowhere. A page
    beyond the last one is the last one. Invalid("farm-name-short") for a few letters of no number.
    """
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    wanted = wanted or Wanted()
    today = legal_day(work.now)
    waits = list_waiting(work, today + timedelta(days=1))
    found = _find(work, wanted, [one.id for one, _ in waits if one.status in OVER])
    clocks = complaint_clocks.list_clocks(work.session, [one.id for one in found])
    overdue = list_overdue(work.session, today, MOST)
    late = sum(one.id in overdue or _is_late(work, clocks[one.id]) for one in found)
    page = max(1, min(wanted.page, -(-len(found) // AT_ONCE)))
    some = found[(page - 1) * AT_ONCE : page * AT_ONCE]
    answered = complaint_messages.list_answered(work.session, [one.id for one in some])
    names = accounts.list_names(work.session, {one.handler for one in some if one.handler})
    waiting = {one.id: tuple(those) for one, those in waits}
    rows = [
        DeskRow(
            one,
            reference_of(one.id),
            shown(work, [kept.clock for kept in clocks[one.id]]),
            names.get(one.handler, "") if one.handler else "",
            one.id in answered,
            waiting.get(one.id, ()),
            overdue.get(one.id),
        )
        for one in some
    ]
    return DeskList(rows, len(found), late, page)


def _find(work: Work, wanted: Wanted, waiting: Sequence[UUID]) -> list[Filed]:
    """The cases of every page, without those in which the actor has a part."""
    statuses = SHOWN_OVER if wanted.over else sorted(UNDER_WAY)
    first = [] if wanted.over else waiting
    every = complaints.list_desk(work.session, statuses, first, _sought(work, wanted), MOST)
    out = list_out(work, every, [work.actor.person])
    return [one for one in every if work.actor.person not in out[one.id]]


def _sought(work: Work, wanted: Wanted) -> Sought:
    """What the words that were typed may mean: a number, and farms or an employer of that name."""
    if not wanted.typed.strip():
        return Sought(category=wanted.category)
    number, name = read_reference(wanted.typed), read_name(wanted.typed)
    short = Fault("farm-name-short", "typed", {"limit": LEAST_LETTERS})
    refuse_if([short] if number is None and name is None else [])
    farms = farm_hands.find_named(work.session, name, FARMS_AT_ONCE) if name else []
    owners = {one.employer for one in farms if name and name in fold(one.employer_name)}
    places = {one.id for one in farms} | owners
    return Sought(number or "", frozenset(places), wanted.category, any_of=True)


def _is_late(work: Work, clocks: Sequence[KeptClock]) -> bool:
    calendar = work.ports.reference.calendar
    running = (one.clock for one in clocks if one.clock.runs)
    return any(state_of(one, work.now, calendar) is ClockState.BREACHED for one in running)
