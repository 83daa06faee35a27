"""A decision comes before the worker's right ends, and its term leads to no single right."""

from datetime import date

import pytest

from recruitment.complaints.departures import is_soon, leaves_in_week


@pytest.mark.feature("H2")
@pytest.mark.parametrize(
    ("last", "today", "due"),
    [
        (date(2027, 1, 31), date(2027, 1, 4), date(2027, 1, 25)),  # a Sunday: its Monday
        (date(2027, 1, 25), date(2027, 1, 4), date(2027, 1, 25)),
        (date(2027, 1, 1), date(2026, 12, 20), date(2026, 12, 28)),  # over the year's end
        (date(2027, 1, 31), date(2027, 1, 25), date(2027, 1, 26)),  # that week: by tomorrow
        (date(2027, 1, 31), date(2027, 1, 31), date(2027, 2, 1)),
    ],
)
def test_a_decision_is_due_by_the_week_in_which_a_right_ends(
    last: date, today: date, due: date
) -> None:
    assert leaves_in_week(last, today) == due


def test_who_leaves_within_thirty_days_leaves_soon() -> None:
    assert is_soon(date(2027, 1, 31), date(2027, 1, 1))
    assert not is_soon(date(2027, 1, 31), date(2026, 12, 31))
