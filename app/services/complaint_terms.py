"""The clocks of a case as its handlers move it on: begun, met, paused, and counted anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.services.work import Work
from app.storage import complaint_clocks, complaints
from permits.deadlines import ClockState, last_day, legal_day, start_of
from recruitment.complaints.clocks import (
    ClockKind,
    ComplaintClock,
    before_departure,
    coarsened,
    is_met_by,
    meet,
    pause,
    restart,
    resume,
    start_clocks,
    state_of,
)
from recruitment.complaints.clocks import judge_anew as clocks_judged_anew
from recruitment.complaints.filed import ComplaintId, Filed
from recruitment.complaints.moves import Action
from recruitment.complaints.words import Severity

BATCH = 200

URGENCY = (
    *(ClockState.BREACHED, ClockState.RED, ClockState.AMBER),
    *(ClockState.IN_TIME, ClockState.PAUSED),
)
"""In this order the desk looks at them."""


@dataclass(frozen=True)
class ShownClock:
    """A running term as the desk tells it; the last instant counts no more."""

    kind: ClockKind
    state: ClockState
    due_at: datetime
    by_hours: bool

    @property
    def last_day(self) -> date:
        """The last day in time."""
        return last_day(self.due_at)


def begin_clocks(work: Work) -> int:
    """The task of the minute: each new case has the clocks of the severity that is proposed.

    They count from the hour that is kept, or from the day; nothing of it is in the log, as of all
    that a complainant does.
    """
    due = complaint_clocks.list_unstarted(work.session, BATCH)
    for one in due:
        begin_own(work, complaints.get_complaint(work.session, one))
    return len(due)


def begin_own(work: Work, filed: Filed) -> Filed:
    """The clocks of one new case; the case with its first due day, which is written."""
    clocks = start_clocks(filed.gravity, _began(filed), work.ports.reference.calendar)
    begun = _keep(work, filed, clocks)
    complaints.note_due(work.session, filed.id, begun.due_on)
    return begun


def has_departure(work: Work, filed: Filed) -> bool:
    """Whether a day of departure was written, or the right told it."""
    return any(one.kind is ClockKind.BEFORE_DEPARTURE for one in list_clocks(work, filed.id))


def list_clocks(work: Work, complaint: ComplaintId) -> list[ComplaintClock]:
    """The clocks of a case."""
    return [one.clock for one in complaint_clocks.list_clocks(work.session, [complaint])[complaint]]


def shown(work: Work, clocks: Sequence[ComplaintClock]) -> tuple[ShownClock, ...]:
    """Those that run, the most urgent first."""
    calendar = work.ports.reference.calendar
    found = [
        ShownClock(one.kind, state_of(one, work.now, calendar), one.due_at, not one.working_days)
        for one in clocks
        if one.runs
    ]
    return tuple(sorted(found, key=lambda one: (URGENCY.index(one.state), one.due_at)))


def meet_by(work: Work, filed: Filed, deed: str) -> Filed:
    """What a deed asks no more for; the case with its next due day."""
    clocks = [
        coarsened(meet(one, work.now)) if is_met_by(one.kind, filed.gravity, deed) else one
        for one in list_clocks(work, filed.id)
    ]
    return _keep(work, filed, clocks)


def pause_decision(work: Work, filed: Filed) -> Filed:
    """The complainant is asked: the decision stands still, ten working days in all at most."""
    return _keep(work, filed, [pause(one, work.now) for one in list_clocks(work, filed.id)])


def resume_decision(work: Work, filed: Filed, on: date | None = None) -> Filed:
    """The complainant answered on a day, or nobody waits any more: it runs on."""
    at = start_of(on) if on else work.now
    calendar = work.ports.reference.calendar
    return _keep(work, filed, [resume(one, at, calendar) for one in list_clocks(work, filed.id)])


def count_as(work: Work, filed: Filed, severity: Severity) -> Filed:
    """The terms of the severity that a person decided, from the same beginning."""
    calendar = work.ports.reference.calendar
    before = list_clocks(work, filed.id)
    kept = {one.kind: restart(one, severity, calendar) for one in before}
    fresh = start_clocks(severity, _began(filed), calendar)
    clocks = [one for one in kept.values() if one is not None]
    clocks += [one for one in fresh if one.kind not in kept]
    gone = [kind for kind, one in kept.items() if one is None]
    complaint_clocks.remove_clocks(work.session, filed.id, gone)
    return _keep(work, filed, clocks)


def set_departure(work: Work, filed: Filed, departs_on: date) -> Filed:
    """The worker leaves on a day: the decision comes before it."""
    clock = before_departure(departs_on, work.now, work.ports.reference.calendar)
    known = {one.kind: one for one in list_clocks(work, filed.id)}
    before = known.get(ClockKind.BEFORE_DEPARTURE)
    if before is not None and not before.runs:  # decided, or a power of attorney: no day undoes it
        return _keep(work, filed, list(known.values()))
    complaint_clocks.remove_clocks(work.session, filed.id, [clock.kind])
    return _keep(work, filed, list({**known, clock.kind: clock}.values()))


def forget_departure(work: Work, filed: Filed) -> Filed:
    """The worker stays: nothing has to come before a day of departure."""
    gone = ClockKind.BEFORE_DEPARTURE
    complaint_clocks.remove_clocks(work.session, filed.id, [gone])
    others = [one for one in list_clocks(work, filed.id) if one.kind is not gone]
    return _keep(work, filed, others)


def judge_anew(work: Work, filed: Filed, before: Severity) -> Filed:
    """The terms of a case that was judged anew; alarms of those that changed may ring again."""
    clocks = list_clocks(work, filed.id)
    severities = (before, filed.gravity)
    after = clocks_judged_anew(clocks, severities, work.now, work.ports.reference.calendar)
    changed = [one.kind for one in clocks if one not in after]
    complaint_clocks.remove_clocks(work.session, filed.id, changed)
    return _keep(work, filed, after)


def begin_anew(work: Work, filed: Filed) -> Filed:
    """The case was opened anew: every term counts from now."""
    complaint_clocks.remove_clocks(work.session, filed.id, list(ClockKind))
    clocks = start_clocks(filed.gravity, work.now, work.ports.reference.calendar)
    read = [meet(one, work.now) for one in clocks if one.kind is ClockKind.ACKNOWLEDGE]
    others = [one for one in clocks if one.kind is not ClockKind.ACKNOWLEDGE]
    return _keep(work, filed, [*map(coarsened, read), *others])


def decide_anew(work: Work, filed: Filed) -> Filed:
    """An appeal is granted: the term to decide counts from now, until what was done is made good.

    All others are met; an alarm that was told of the term before is no more told.
    """
    meet_by(work, filed, Action.GRANT_APPEAL.value)
    fresh = start_clocks(filed.gravity, work.now, work.ports.reference.calendar)
    decision = [one for one in fresh if one.kind is ClockKind.DECISION]
    complaint_clocks.remove_clocks(work.session, filed.id, [ClockKind.DECISION])
    return _keep(work, filed, decision)


def due_on(clocks: Sequence[ComplaintClock]) -> date | None:
    """The last day of what ends first; None where nothing runs."""
    ends = [last_day(one.due_at) for one in clocks if one.runs]
    return min(ends, default=None)


def _keep(work: Work, filed: Filed, clocks: Sequence[ComplaintClock]) -> Filed:
    complaint_clocks.save_clocks(work.session, filed.id, clocks)
    return replace(filed, due_on=due_on(clocks))


def _began(filed: Filed) -> datetime:
    """From the hour that is kept while a clock of hours runs, else from the day."""
    if filed.hour is not None and legal_day(filed.hour) == filed.received_on:
        return filed.hour
    return start_of(filed.received_on)
