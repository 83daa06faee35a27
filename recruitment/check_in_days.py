"""When a worker is asked how the job goes, and how many of a farm answer (N4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from permits.programmes import in_force
from recruitment.check_ins import Moment
from recruitment.ethics.parameters import ParameterSet

LATEST = timedelta(days=3)
"""A question that nobody could send in time (a worker process that stood still) is sent so much
later and no more: the next one comes anyway."""


@dataclass(frozen=True)
class Days:
    """The dated values of check-ins, all in days but `least_percent` and `least_asked`."""

    first_week: int
    first_month: int
    second_month: int
    before_leaving: int
    to_answer: int
    least_asked: int
    least_percent: int
    silence: int


def days_of(rows: ParameterSet, on: date) -> Days:
    """What counts on a day."""
    names = (
        *("first_week_days", "first_month_days", "second_month_days", "before_leaving_days"),
        *("answer_days", "least_asked", "least_percent", "silence_days"),
    )
    return Days(*(int(in_force(rows.values[f"check_ins.{name}"], on).value) for name in names))


def list_due(started_on: date, last_day: date, days: Days) -> tuple[tuple[Moment, date], ...]:
    """Each moment with its day, the first one first.

    `last_day` is that of the permit. What would fall on the day of leaving or later is not asked;
    neither is the last one where the job is shorter than the days before it.
    """
    leaving = last_day - timedelta(days=days.before_leaving)
    after = {
        Moment.FIRST_WEEK: days.first_week,
        Moment.FIRST_MONTH: days.first_month,
        Moment.SECOND_MONTH: days.second_month,
    }
    due = [(moment, started_on + timedelta(days=number)) for moment, number in after.items()]
    due = [(moment, day) for moment, day in due if day < leaving]
    return (*due, (Moment.LEAVING, leaving)) if leaving > started_on else tuple(due)


def due_now(
    started_on: date, last_day: date, days: Days, today: date, asked: Collection[Moment]
) -> Moment | None:
    """What is asked today; None where nothing is, or it was asked already."""
    due = [
        moment
        for moment, day in list_due(started_on, last_day, days)
        if day <= today <= day + LATEST and moment not in asked
    ]
    return due[-1] if due else None


@dataclass(frozen=True)
class Rate:
    """How many of a farm were asked in a week and how many answered; the week by its Monday."""

    week: date
    asked: int
    answered: int


def is_told(rate: Rate, days: Days) -> bool:
    """Whether a rate is told: one of fewer people could point at one of them."""
    return rate.asked >= days.least_asked


def is_silent(asked: int, answered: int, days: Days) -> bool:
    """Whether a farm's silence is a sign: enough were asked, and few answered.

    `asked` are those whose time to answer is over, or who answered.
    """
    return asked >= days.least_asked and answered * 100 < asked * days.least_percent
