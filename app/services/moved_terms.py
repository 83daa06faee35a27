"""A day on which the offices are closed is added or called off: running terms move with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.services.work import Work
from app.storage import term_calendars
from app.storage.term_calendars import RunningTerm
from permits.audit import Act
from permits.deadlines import WorkingCalendar, end_of, last_day, legal_day, recount

BATCH = 2_000


def move_terms(work: Work) -> int:
    """The task of the hour: where closed days changed, each running term keeps its working days.

    The first time there is nothing to compare with. A term that is over stays over. Returns how
    many moved.
    """
    calendar = work.ports.reference.calendar
    closed = frozenset(calendar.closures)
    counted = term_calendars.lock_counted(work.session)
    if counted == closed:
        return 0
    number = 0
    if counted is not None:
        before = replace(calendar, closures=counted)
        for batch in _running(work):
            number += _move(work, batch, before, calendar)
    term_calendars.keep_counted(work.session, closed, work.now)
    return number


def _running(work: Work) -> Iterator[list[RunningTerm]]:
    after = None
    while batch := term_calendars.list_running(work.session, work.now, after, BATCH):
        yield batch
        after = batch[-1].application


def _move(
    work: Work, batch: list[RunningTerm], before: WorkingCalendar, now: WorkingCalendar
) -> int:
    known: dict[tuple[date, date], date] = {}
    moved = []
    for term in batch:
        days = legal_day(term.submitted_at), last_day(term.due_at)
        until = known.setdefault(days, recount(*days, before, now))
        if until != days[1]:
            moved.append(term._replace(due_at=end_of(until)))
    events = [
        work.event(Act.TERM_MOVED, one.application, {"until": last_day(one.due_at).isoformat()})
        for one in moved
    ]
    term_calendars.move_terms(work.session, moved, events=events)
    return len(moved)
