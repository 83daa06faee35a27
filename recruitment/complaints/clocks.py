"""The clocks of a complaint: to acknowledge it, to protect, to decide, and before the departure.

Terms in hours run day and night; terms in working days end at a local midnight. Only the decision
pauses, only while the complainant is asked, and for ten working days in all (domain.md 3.3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from permits.deadlines import (
    Clock,
    ClockState,
    WorkingCalendar,
    clock_state,
    end_of,
    last_day,
    legal_day,
    start_of,
)
from recruitment.complaints.words import Severity

AMBER_PERCENT, RED_PERCENT = 60, 90
MOST_PAUSED_DAYS = 10
"""Working days that the decision may wait for the complainant, all pauses together."""

SOURCE = "domain.md 3.3 (propuesta); Directiva (UE) 2019/1937; Ley de Procedimiento Adm., art. 29"
"""The outer limits of the directive are seven days and three months; not confirmed by counsel."""


class ClockKind(StrEnum):
    """What must have happened by its end."""

    ACKNOWLEDGE = "acknowledge"
    FIRST_CONTACT = "first-contact"
    DECISION = "decision"
    """For danger (S1) the plan, for all others the finding that a second person approved."""
    BEFORE_DEPARTURE = "before-departure"
    """The decision, or a power of attorney, before the worker goes home."""


@dataclass(frozen=True)
class Term:
    """A term of so many hours, or else of so many working days."""

    hours: int = 0
    working_days: int = 0


TERMS: Mapping[Severity, Mapping[ClockKind, Term]] = {
    Severity.S1: {
        ClockKind.ACKNOWLEDGE: Term(hours=1),
        ClockKind.FIRST_CONTACT: Term(hours=4),
        ClockKind.DECISION: Term(hours=24),
    },
    Severity.S2: {
        ClockKind.ACKNOWLEDGE: Term(hours=24),
        ClockKind.FIRST_CONTACT: Term(working_days=2),
        ClockKind.DECISION: Term(working_days=15),
    },
    Severity.S3: {
        ClockKind.ACKNOWLEDGE: Term(working_days=2),
        ClockKind.FIRST_CONTACT: Term(working_days=5),
        ClockKind.DECISION: Term(working_days=30),
    },
    Severity.S4: {
        ClockKind.ACKNOWLEDGE: Term(working_days=2),
        ClockKind.DECISION: Term(working_days=10),
    },
}


@dataclass(frozen=True)
class ComplaintClock:
    """One term of one complaint; `due_at` is exclusive.

    `working_days` is 0 for a term in hours. `paused_days` are working days that earlier pauses
    took. `met_at` is when what it asks for happened.
    """

    kind: ClockKind
    started_at: datetime
    due_at: datetime
    working_days: int = 0
    paused_at: datetime | None = None
    paused_days: int = 0
    met_at: datetime | None = None

    @property
    def runs(self) -> bool:
        """Whether what it asks for has not happened yet."""
        return self.met_at is None

    @property
    def in_time(self) -> bool | None:
        """Whether it was met in time; None while it runs."""
        return None if self.met_at is None else self.met_at < self.due_at


def start_clocks(
    severity: Severity, at: datetime, calendar: WorkingCalendar
) -> tuple[ComplaintClock, ...]:
    """The terms of a severity from the instant at which the complaint was received."""
    return tuple(_start(kind, term, at, calendar) for kind, term in TERMS[severity].items())


def restart(
    clock: ComplaintClock, severity: Severity, calendar: WorkingCalendar
) -> ComplaintClock | None:
    """The same term under another severity, from the same start; None where it has none.

    What was met stays met; working days that were paused count on. The hour of a day-wise term
    is not kept, so it is taken from the day's first instant.
    """
    term = TERMS[severity].get(clock.kind)
    if clock.kind is ClockKind.BEFORE_DEPARTURE:
        return clock
    if term is None:
        return None
    fresh = _start(clock.kind, term, clock.started_at, calendar)
    due_at = fresh.due_at
    if clock.paused_days and fresh.working_days:
        due_at = end_of(calendar.add_working_days(last_day(due_at), clock.paused_days))
    return replace(
        fresh,
        due_at=due_at,
        met_at=clock.met_at,
        paused_at=clock.paused_at if fresh.working_days else None,
        paused_days=clock.paused_days,
    )


def judge_anew(
    clocks: Sequence[ComplaintClock],
    severities: tuple[Severity, Severity],
    at: datetime,
    calendar: WorkingCalendar,
) -> tuple[ComplaintClock, ...]:
    """The terms after a later judgement, of the severity before and the one that counts now.

    As grave or less: they count from the same beginning. Graver: contact and decision count from
    now, as nobody knew before, and never end later than they would have; also contact that was
    met, for whoever is in new danger is spoken with anew. A decision that was met stays so, but
    for danger (S1), where it is a plan of protection. Reading and departure stay as they are.
    """
    before, after = severities
    if after >= before:
        counted = (restart(one, after, calendar) for one in clocks)
        return tuple(one for one in counted if one is not None)
    fresh = {one.kind: one for one in start_clocks(after, at, calendar)}
    return tuple(
        {**fresh, **{one.kind: one for one in clocks if _stays(one, after, fresh)}}.values()
    )


def _stays(
    clock: ComplaintClock, after: Severity, fresh: Mapping[ClockKind, ComplaintClock]
) -> bool:
    """Whether a term stays as it is where a case turns out to be graver."""
    if clock.kind in {ClockKind.ACKNOWLEDGE, ClockKind.BEFORE_DEPARTURE}:
        return True
    if not clock.runs:
        return clock.kind is ClockKind.DECISION and after is not Severity.S1
    return clock.paused_at is None and clock.due_at <= fresh[clock.kind].due_at


def before_departure(departs_on: date, at: datetime, calendar: WorkingCalendar) -> ComplaintClock:
    """The term that ends when the day of departure begins; it never pauses."""
    due_at = start_of(departs_on)
    left = calendar.working_days_between(legal_day(at), departs_on) - calendar.is_working_day(
        departs_on
    )
    return ComplaintClock(ClockKind.BEFORE_DEPARTURE, at, due_at, max(left, 1))


def pause(clock: ComplaintClock, at: datetime) -> ComplaintClock:
    """Stop the decision while the complainant is asked; every other term runs on."""
    may = (
        clock.kind is ClockKind.DECISION
        and clock.runs
        and clock.working_days
        and clock.paused_at is None
        and at < clock.due_at
        and clock.paused_days < MOST_PAUSED_DAYS
    )
    return replace(clock, paused_at=at) if may else clock


def resume(clock: ComplaintClock, at: datetime, calendar: WorkingCalendar) -> ComplaintClock:
    """Let it run on: its end moves by the working days that it stood, ten in all at most."""
    if clock.paused_at is None:
        return clock
    stood = _stood(clock, at, calendar)
    due_at = end_of(calendar.add_working_days(last_day(clock.due_at), stood))
    return replace(clock, due_at=due_at, paused_at=None, paused_days=clock.paused_days + stood)


def may_wait(clock: ComplaintClock, at: datetime, calendar: WorkingCalendar) -> bool:
    """Whether a paused term still stands: false from the day on which its ten days are used up."""
    if clock.paused_at is None:
        return False
    passed = calendar.working_days_between(legal_day(clock.paused_at), legal_day(at))
    return clock.paused_days + passed < MOST_PAUSED_DAYS


def meet(clock: ComplaintClock, at: datetime) -> ComplaintClock:
    """What it asks for has happened; a second time changes nothing.

    Its hour is told no longer: a term in time ends with its day, a late one with a day that is
    still late, so that nothing finer than a day is left.
    """
    if clock.met_at is not None:
        return clock
    return replace(clock, met_at=at, paused_at=None)


def coarsened(clock: ComplaintClock) -> ComplaintClock:
    """The same met term by days alone, with the same answer to whether it was in time."""
    if clock.met_at is None:
        return clock
    in_time = clock.met_at < clock.due_at
    met_at = start_of(legal_day(clock.met_at))
    due_at = end_of(legal_day(clock.met_at)) if in_time else met_at
    if clock.working_days:
        due_at = clock.due_at
        met_at = met_at if in_time else max(met_at, due_at)
    return replace(
        clock, started_at=start_of(legal_day(clock.started_at)), due_at=due_at, met_at=met_at
    )


def state_of(clock: ComplaintClock, at: datetime, calendar: WorkingCalendar) -> ClockState:
    """Where a running term stands; amber from 60 %, red from 90 %, breached at its end."""
    if not may_wait(clock, at, calendar):
        clock = resume(clock, at, calendar)
    if clock.working_days:
        as_days = Clock(clock.started_at, clock.due_at, clock.working_days, clock.paused_at)
        return clock_state(
            as_days, at, calendar, amber_percent=AMBER_PERCENT, red_percent=RED_PERCENT
        )
    return _state_of_hours(clock, at)


def _state_of_hours(clock: ComplaintClock, at: datetime) -> ClockState:
    if at >= clock.due_at:
        return ClockState.BREACHED
    used = (at - clock.started_at) / (clock.due_at - clock.started_at) * 100
    if used >= RED_PERCENT:
        return ClockState.RED
    return ClockState.AMBER if used >= AMBER_PERCENT else ClockState.IN_TIME


def _start(kind: ClockKind, term: Term, at: datetime, calendar: WorkingCalendar) -> ComplaintClock:
    if term.hours:
        return ComplaintClock(kind, at, at + timedelta(hours=term.hours))
    last = calendar.add_working_days(legal_day(at), term.working_days)
    return ComplaintClock(kind, start_of(legal_day(at)), end_of(last), term.working_days)


def _stood(clock: ComplaintClock, at: datetime, calendar: WorkingCalendar) -> int:
    assert clock.paused_at is not None  # noqa: S101  (asked by both callers)
    passed = calendar.working_days_between(legal_day(clock.paused_at), legal_day(at))
    return min(max(passed, 0), MOST_PAUSED_DAYS - clock.paused_days)


PROTECTING = frozenset({"ask", "answer", "contact", "protect"})
"""Deeds by which the complainant hears from a person."""

ENDING = frozenset(
    {"close-resolved", "close-no-action", "withdraw", "refer-out", "uphold", "grant-appeal"}
)
"""After these no term is waited for any more."""

_DECIDED = frozenset({"approve-finding"})


def is_met_by(kind: ClockKind, severity: Severity, deed: str) -> bool:
    """Whether a deed is what a term asks for.

    Reading it acknowledges it; for danger (S1) the plan of protection is the decision, and the
    finding that a second person approved meets it everywhere. Who holds a power of attorney goes
    on after the departure (domain.md 3.3).
    """
    if deed in ENDING or (deed == "screen" and kind is ClockKind.ACKNOWLEDGE):
        return True
    if kind is ClockKind.FIRST_CONTACT:
        return deed in PROTECTING
    if kind is ClockKind.DECISION and severity is Severity.S1 and deed == "protect":
        return True
    if kind is ClockKind.BEFORE_DEPARTURE and deed == "power-of-attorney":
        return True
    return kind in {ClockKind.DECISION, ClockKind.BEFORE_DEPARTURE} and deed in _DECIDED
