"""The worker's time to answer: its last day, when they are reminded, and the way back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.answer_terms import (
    answer_by,
    check_reinstate,
    reinstate_by,
    reminder_window,
    term_from,
)
from permits.applications import Status
from permits.deadlines import end_of, start_of
from permits.errors import Conflict
from permits.programme_files import read
from tests.permits.cases import application
from tests.permits.test_deadlines import MONDAY, OFFICE, at
from tests.permits.test_programmes import given_mapping

DAY = timedelta(days=1)
CLOCKS = read(given_mapping()).clocks  # ten days to answer, reminded at three, thirty to come back
LAPSED_AT = datetime(2026, 12, 9, 12, tzinfo=UTC)
LAST = date(2027, 1, 8)


def test_the_term_begins_anew_where_the_case_was_taken_up_again() -> None:
    asked = application(Status.RETURNED)
    again = replace(asked, reinstated_at=at(MONDAY + 20 * DAY))
    later = at(MONDAY + 40 * DAY)  # asked once more, in a later round
    assert answer_by(asked, at(MONDAY), CLOCKS, OFFICE) == date(2026, 12, 7)
    assert term_from(again, at(MONDAY)) == MONDAY + 20 * DAY
    assert term_from(again, later) == MONDAY + 40 * DAY


@given(st.integers(0, 60), st.integers(0, 30))
def test_who_has_three_days_left_or_fewer_is_reminded_and_nobody_after_the_last(
    asked_after: int, days: int
) -> None:
    asked, today = MONDAY + asked_after * DAY, MONDAY + (asked_after + days) * DAY
    since, until = reminder_window(today, CLOCKS, OFFICE)
    last = answer_by(application(Status.RETURNED), at(asked), CLOCKS, OFFICE)
    left = OFFICE.working_days_between(today, last)
    due = today <= last and left <= CLOCKS.reminder_working_days.value
    for instant in (start_of(asked), end_of(asked) - timedelta(microseconds=1)):
        assert (since <= instant < until) is due


def test_a_lapsed_case_is_taken_up_again_until_the_end_of_the_last_day_and_once() -> None:
    lapsed = application(Status.LAPSED, lapsed_at=LAPSED_AT)
    assert reinstate_by(LAPSED_AT, CLOCKS) == LAST
    check_reinstate(lapsed, CLOCKS, end_of(LAST) - timedelta(microseconds=1))
    refused = {
        "reinstate-too-late": (lapsed, end_of(LAST)),
        "reinstated-before": (replace(lapsed, reinstated_at=LAPSED_AT - 60 * DAY), LAPSED_AT),
    }
    for code, (case, instant) in refused.items():
        with pytest.raises(Conflict) as refusal:
            check_reinstate(case, CLOCKS, instant)
        assert refusal.value.code == code


def test_what_lapsed_on_an_unknown_day_stays_lapsed() -> None:
    with pytest.raises(Conflict) as refusal:
        check_reinstate(application(Status.LAPSED), CLOCKS, LAPSED_AT)
    assert refusal.value.code == "reinstate-too-late"


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.LAPSED}))
def test_only_a_lapsed_case_is_taken_up_again(status: Status) -> None:
    with pytest.raises(Conflict) as refusal:
        check_reinstate(application(status, lapsed_at=LAPSED_AT), CLOCKS, LAPSED_AT)
    assert refusal.value.code == "no-such-move"
