"""When the worker of a case leaves, as the last day of their right tells (domain.md 3.3)."""

from datetime import date, timedelta

LEAVING_SOON = timedelta(days=30)
"""A worker whose right ends within it leaves soon (proposed)."""


def leaves_in_week(last_day: date, today: date) -> date:
    """The Monday of the week of a right's last day, by which a decision is there; never today.

    By the week, so that the term of a case leads to no single right.
    """
    monday = last_day - timedelta(days=last_day.weekday())
    return max(monday, today + timedelta(days=1))


def is_soon(last_day: date, today: date) -> bool:
    """Whether who leaves on that day leaves soon."""
    return last_day - today <= LEAVING_SOON
