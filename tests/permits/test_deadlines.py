"""Working days and clocks, with the turn of the year, holidays, closures and pauses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.deadlines import (
    Clock,
    ClockState,
    WorkingCalendar,
    clock_state,
    days_left,
    end_of,
    legal_day,
    pause_clock,
    resume_clock,
    start_clock,
    start_of,
)

HOLIDAYS = frozenset({date(2026, 12, 25), date(2027, 1, 1), date(2026, 9, 15)})
OFFICE = WorkingCalendar(HOLIDAYS, frozenset({date(2026, 12, 24), date(2026, 12, 31)}))
MONDAY = date(2026, 11, 23)


def at(day: date, hour: int = 12) -> datetime:
    """An hour of the legal time zone, as an instant."""
    return start_of(day) + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 24, 5, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 6, 0, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2027, 1, 1, 5, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_day_of_the_law_is_six_hours_behind(instant: datetime, day: date) -> None:
    assert legal_day(instant) == day


def test_an_instant_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        legal_day(datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_last_day_ends_at_local_midnight() -> None:
    assert end_of(date(2026, 12, 31)) == datetime(2027, 1, 1, 6, tzinfo=UTC)
    assert start_of(date(2027, 1, 1)) == end_of(date(2026, 12, 31))
    assert legal_day(end_of(date(2026, 12, 31))) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (MONDAY, 0, MONDAY),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
        (MONDAY, 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # from a Saturday
        (date(2026, 9, 14), 1, date(2026, 9, 16)),  # over Independence Day
        (date(2026, 12, 23), 1, date(2026, 12, 28)),  # closure, Christmas, weekend
        (date(2026, 12, 30), 1, date(2027, 1, 4)),  # closure, New Year, weekend
        (date(2026, 12, 18), 10, date(2027, 1, 7)),
        (date(2027, 1, 4), -1, date(2026, 12, 30)),
        (date(2026, 11, 29), -1, date(2026, 11, 27)),
        (date(2027, 1, 22), -40, MONDAY),
        (MONDAY, 40, date(2027, 1, 22)),  # the statutory term over the turn of the year
    ],
)
def test_adding_working_days(start: date, count: int, end: date) -> None:
    assert OFFICE.add_working_days(start, count) == end


@pytest.mark.parametrize(
    ("after", "until", "count"),
    [
        (MONDAY, MONDAY, 0),
        (MONDAY, date(2026, 11, 27), 4),
        (date(2026, 11, 27), MONDAY, -4),
        (date(2026, 11, 27), date(2026, 11, 29), 0),
        (date(2026, 12, 18), date(2027, 1, 7), 10),
        (date(2027, 1, 7), date(2026, 12, 18), -10),
    ],
)
def test_counting_working_days(after: date, until: date, count: int) -> None:
    assert OFFICE.working_days_between(after, until) == count


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 60))
def test_counting_undoes_adding(day: date, count: int) -> None:
    end = OFFICE.add_working_days(day, count)
    assert OFFICE.working_days_between(day, end) == count
    assert count == 0 or OFFICE.is_working_day(end)


def state(clock: Clock, instant: datetime) -> ClockState:
    return clock_state(clock, instant, OFFICE, amber_percent=60, red_percent=90)


STATUTORY = start_clock(at(MONDAY), 40, OFFICE)


@pytest.mark.feature("N1", "O5")
def test_the_statutory_term() -> None:
    assert STATUTORY.last_day == date(2027, 1, 22)
    assert STATUTORY.due_at == datetime(2027, 1, 23, 6, tzinfo=UTC)
    assert days_left(STATUTORY, at(MONDAY), OFFICE) == 40


@pytest.mark.feature("N1", "O5")
@pytest.mark.parametrize(
    ("used", "expected"),
    [
        (0, ClockState.IN_TIME),
        (23, ClockState.IN_TIME),
        (24, ClockState.AMBER),
        (35, ClockState.AMBER),
        (36, ClockState.RED),
        (40, ClockState.RED),
        (41, ClockState.BREACHED),
    ],
)
def test_amber_at_60_and_red_at_90_percent(used: int, expected: ClockState) -> None:
    assert state(STATUTORY, at(OFFICE.add_working_days(MONDAY, used))) is expected


def test_the_last_day_is_in_time_to_its_last_instant() -> None:
    assert state(STATUTORY, STATUTORY.due_at - timedelta(microseconds=1)) is ClockState.RED
    assert state(STATUTORY, STATUTORY.due_at) is ClockState.BREACHED
    assert days_left(STATUTORY, STATUTORY.due_at + timedelta(days=2), OFFICE) == -1


def test_a_term_of_one_day_is_red_on_it() -> None:
    clock = start_clock(at(MONDAY, 23), 1, OFFICE)
    assert clock.last_day == date(2026, 11, 24)
    assert state(clock, at(MONDAY, 23)) is ClockState.IN_TIME
    assert state(clock, at(date(2026, 11, 24), 0)) is ClockState.RED


def test_a_term_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        start_clock(at(MONDAY), 0, OFFICE)


@pytest.mark.feature("O5")
def test_a_pause_stops_the_term_and_moves_its_end_by_working_days() -> None:
    paused_on = OFFICE.add_working_days(MONDAY, 20)
    paused = pause_clock(STATUTORY, at(paused_on))
    much_later = at(date(2027, 6, 1))
    assert state(paused, much_later) is ClockState.PAUSED
    assert days_left(paused, much_later, OFFICE) == 20

    resumed = resume_clock(paused, at(OFFICE.add_working_days(paused_on, 7)), OFFICE)
    assert resumed.last_day == OFFICE.add_working_days(MONDAY, 47)
    assert resumed.paused_at is None
    assert state(resumed, at(OFFICE.add_working_days(MONDAY, 30))) is ClockState.IN_TIME
    assert state(resumed, at(OFFICE.add_working_days(MONDAY, 31))) is ClockState.AMBER


def test_a_pause_over_a_weekend_alone_moves_nothing() -> None:
    paused = pause_clock(STATUTORY, at(date(2026, 11, 27)))
    assert resume_clock(paused, at(date(2026, 11, 29)), OFFICE) == STATUTORY


def test_pausing_twice_and_resuming_what_runs_change_nothing() -> None:
    paused = pause_clock(STATUTORY, at(MONDAY))
    assert pause_clock(paused, at(date(2026, 12, 1))) == paused
    assert resume_clock(STATUTORY, at(date(2026, 12, 1)), OFFICE) == STATUTORY


def test_a_pause_does_not_undo_a_breach() -> None:
    late = pause_clock(STATUTORY, STATUTORY.due_at)
    assert state(late, STATUTORY.due_at) is ClockState.BREACHED
    resumed = resume_clock(late, at(date(2027, 6, 1)), OFFICE)
    assert resumed == STATUTORY
    assert state(resumed, at(date(2027, 6, 1))) is ClockState.BREACHED


@given(st.integers(1, 60), st.integers(0, 59), st.integers(0, 60))
def test_days_left_are_the_same_before_and_after_a_pause(term: int, used: int, stood: int) -> None:
    used = min(used, term)
    clock = start_clock(at(MONDAY), term, OFFICE)
    paused_on = OFFICE.add_working_days(MONDAY, used)
    back_on = OFFICE.add_working_days(paused_on, stood)
    resumed = resume_clock(pause_clock(clock, at(paused_on)), at(back_on), OFFICE)
    assert days_left(resumed, at(back_on), OFFICE) == term - used
