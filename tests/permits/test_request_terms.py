"""The office's time for what workers ask: working days, amber and red, and when it is over."""

from datetime import UTC, date, datetime

import pytest

from permits.appeals import Stage
from permits.clocks import Clocks
from permits.deadlines import ClockState, WorkingCalendar, clock_state, end_of
from permits.programme_files import read
from permits.request_terms import OVERDUE, STAGE, Asked, asked_by, clock_of, overdue_before
from permits.revocations import DECIDED_WITHIN
from tests.permits.test_programmes import CLOCKS, given_mapping

CALENDAR = WorkingCalendar(frozenset({date(2026, 12, 25)}))
AT = datetime(2026, 12, 18, 15, 0, tzinfo=UTC)
"""A Friday; a week later the offices are closed."""


@pytest.fixture(scope="module")
def clocks() -> Clocks:
    return read(given_mapping()).clocks


@pytest.mark.feature("O10", "O15", "N1")
@pytest.mark.parametrize(
    ("asked", "days", "last"),
    [
        (Asked.RECONSIDERATION, "reconsideration_answer_working_days", date(2027, 1, 4)),
        (Asked.APPEAL, "appeal_answer_working_days", date(2027, 1, 11)),
        (Asked.EMPLOYER_CHANGE, "employer_change_working_days", date(2027, 1, 4)),
        (Asked.IDENTITY_CHANGE, "identity_change_working_days", date(2027, 1, 4)),
        (Asked.DATA_REQUEST, "data_request_working_days", date(2027, 1, 4)),
        (Asked.REVOCATION, "", date(2027, 1, 4)),
    ],
)
def test_each_has_the_days_of_its_own_threshold(
    asked: Asked, days: str, last: date, clocks: Clocks
) -> None:
    clock = clock_of(asked, AT, clocks, CALENDAR)
    expected = CLOCKS[days] if days else DECIDED_WITHIN
    assert (clock.working_days, clock.last_day) == (expected, last)
    # One day says that it is over and the other that it is not, by either way of asking.
    for now, over in ((last, False), (date.fromordinal(last.toordinal() + 1), True)):
        assert (overdue_before(asked, now, clocks, CALENDAR) > AT) is over


def test_amber_and_red_are_those_of_the_case(clocks: Clocks) -> None:
    clock = clock_of(Asked.EMPLOYER_CHANGE, AT, clocks, CALENDAR)
    marks = {"amber_percent": clocks.amber_percent.value, "red_percent": clocks.red_percent.value}
    seen = [
        clock_state(clock, end_of(CALENDAR.add_working_days(AT.date(), used)), CALENDAR, **marks)
        for used in (4, 5, 7, 8, 9, 10)
    ]
    assert seen == [
        ClockState.IN_TIME,
        ClockState.AMBER,
        ClockState.AMBER,
        ClockState.RED,
        ClockState.RED,
        ClockState.BREACHED,
    ]


def test_no_kind_is_left_without_a_notice_and_no_step_without_a_term() -> None:
    assert OVERDUE.keys() == set(Asked)
    assert [STAGE[asked_by(stage)] for stage in Stage] == list(Stage)
