"""Working days, legal time and the clocks of a case: when it is due, and how near that is."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LEGAL_ZONE = ZoneInfo("America/Tegucigalpa")
"""Every day of the law is a day here (UTC-6 the whole year)."""

_DAY = timedelta(days=1)
_SATURDAY = 5


def legal_day(instant: datetime) -> date:
    """The date in the legal time zone; an instant without a zone is a ValueError."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant.astimezone(LEGAL_ZONE).date()


def end_of(day: date) -> datetime:
    """The local midnight after a day, in UTC: a last day ends there, exclusive."""
    return datetime.combine(day + _DAY, time(), LEGAL_ZONE).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The first instant of a day in the legal time zone, in UTC."""
    return datetime.combine(day, time(), LEGAL_ZONE).astimezone(UTC)


def last_day(due_at: datetime) -> date:
    """The last day in time of a term that ends, exclusive, at a local midnight (`end_of`)."""
    return legal_day(due_at - timedelta(microseconds=1))


@dataclass(frozen=True)
class WorkingCalendar:
    """Monday to Friday without public holidays and without days on which the offices are closed.

    `holidays` are those of Honduras for every year that is asked about; `closures` are added by
    the institutions (storms, civic days moved by decree).
    """

    holidays: frozenset[date] = frozenset()
    closures: Collection[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether the offices work on that day."""
        return day.weekday() < _SATURDAY and day not in self.holidays and day not in self.closures

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself never counts.

        0 gives `day` back, a working day or not; a negative count goes back in time.
        """
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """Working days later than `after` and not later than `until`; negative if it lies before.

        The inverse of `add_working_days`: `working_days_between(d, add_working_days(d, n)) == n`.
        """
        if until < after:
            return -self.working_days_between(until, after)
        days = (after + _DAY * n for n in range(1, (until - after).days + 1))
        return sum(map(self.is_working_day, days))


def recount(since: date, last: date, before: WorkingCalendar, now: WorkingCalendar) -> date:
    """The last day of a term that runs since a day, after closed days were added or called off.

    It has as many working days as before.
    """
    return now.add_working_days(since, before.working_days_between(since, last))


class ClockState(StrEnum):
    """How near the end is; `paused` while the worker is asked."""

    IN_TIME = "in-time"
    AMBER = "amber"
    RED = "red"
    BREACHED = "breached"
    PAUSED = "paused"


@dataclass(frozen=True)
class Clock:
    """A term of `working_days` that runs.

    `due_at` is exclusive: the local midnight that ends the last day. `paused_at` is set while the
    term stands still.
    """

    started_at: datetime
    due_at: datetime
    working_days: int
    paused_at: datetime | None = None

    @property
    def last_day(self) -> date:
        """The last day in time."""
        return last_day(self.due_at)


def start_clock(at: datetime, working_days: int, calendar: WorkingCalendar) -> Clock:
    """Start a term; the day of `at` does not count. Fewer than one day is a ValueError."""
    if working_days < 1:
        raise ValueError("a term has at least one day")
    last = calendar.add_working_days(legal_day(at), working_days)
    return Clock(at, end_of(last), working_days)


def pause_clock(clock: Clock, at: datetime) -> Clock:
    """Stop the term, as when the worker is asked for something; a paused one stays as it is."""
    return clock if clock.paused_at else replace(clock, paused_at=at)


def resume_clock(clock: Clock, at: datetime, calendar: WorkingCalendar) -> Clock:
    """Let the term run on: the end moves by the working days that passed in the pause.

    A term that was over before the pause stays over; one that is not paused stays as it is.
    """
    if clock.paused_at is None:
        return clock
    if clock.paused_at >= clock.due_at:
        return replace(clock, paused_at=None)
    stood = calendar.working_days_between(legal_day(clock.paused_at), legal_day(at))
    last = calendar.add_working_days(clock.last_day, max(stood, 0))
    return replace(clock, due_at=end_of(last), paused_at=None)


def days_left(clock: Clock, at: datetime, calendar: WorkingCalendar) -> int:
    """Working days after the day of `at` until the last day, which counts; negative when late.

    While paused, as on the day of the pause.
    """
    today = legal_day(clock.paused_at or at)
    return calendar.working_days_between(today, clock.last_day)


def clock_state(
    clock: Clock,
    at: datetime,
    calendar: WorkingCalendar,
    *,
    amber_percent: int,
    red_percent: int,
) -> ClockState:
    """Where the term stands at an instant.

    Amber and red begin on the day on which that share of the working days is used up (domain 3.3);
    breached begins at `due_at`, not before. A pause begun after the end does not undo a breach.
    """
    if (clock.paused_at or at) >= clock.due_at:
        return ClockState.BREACHED
    if clock.paused_at:
        return ClockState.PAUSED
    used = clock.working_days - days_left(clock, at, calendar)
    if used * 100 >= red_percent * clock.working_days:
        return ClockState.RED
    if used * 100 >= amber_percent * clock.working_days:
        return ClockState.AMBER
    return ClockState.IN_TIME
