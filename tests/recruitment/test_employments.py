"""Whose days they are: under one employer, the next, and until when wages are written down."""

from datetime import date

import pytest

from recruitment.employments import Span, find_period_faults, is_over

pytestmark = pytest.mark.feature("E9")

FIRST = Span(None, date(2026, 12, 10), changed=True)
AGAIN = Span(date(2027, 1, 4), date(2027, 2, 1), changed=False)
TODAY = date(2027, 1, 20)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-09-01", "2026-09-06", []),  # before the permit: unlawful, and written down
        ("2026-12-05", "2026-12-10", []),  # the day of the change is of both
        ("2026-12-06", "2026-12-11", ["outside-employment"]),
        ("2026-12-20", "2026-12-22", ["outside-employment"]),
        ("2027-01-03", "2027-01-08", ["outside-employment"]),
        ("2027-01-04", "2027-01-09", []),
    ],
)
def test_a_payslip_is_of_days_under_its_employer(first: str, last: str, found: list[str]) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    faults = find_period_faults((AGAIN, FIRST), *days, None, TODAY)
    assert [one.code for one in faults] == found


def test_a_day_after_the_time_of_the_law_is_too_late() -> None:
    days = FIRST.last_day, FIRST.last_day
    assert find_period_faults((FIRST,), *days, TODAY, TODAY) == []
    [late] = find_period_faults((FIRST,), *days, date(2027, 1, 19), TODAY)
    assert (late.code, late.field) == ("wages-too-old", "first_day")


def test_who_came_back_is_theirs_again_and_who_has_another_employer_is_not() -> None:
    over = [is_over(spans, TODAY) for spans in ((FIRST,), (AGAIN, FIRST), (AGAIN,))]
    assert over == [True, False, False]
    assert is_over((AGAIN,), date(2027, 2, 2))
