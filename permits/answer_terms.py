"""The worker's time to answer a returned application: its last day, the reminder, the way back."""

from datetime import date, datetime, timedelta

from permits.applications import Application, Status
from permits.clocks import Clocks
from permits.deadlines import WorkingCalendar, end_of, legal_day, start_of
from permits.errors import Conflict


def term_from(application: Application, asked_at: datetime) -> date:
    """The day from which the term runs: that of the return, or of the taking up again."""
    return legal_day(max(asked_at, application.reinstated_at or asked_at))


def answer_by(
    application: Application, asked_at: datetime, clocks: Clocks, calendar: WorkingCalendar
) -> date:
    """The last day to answer what was asked at an instant."""
    return last_to_answer(term_from(application, asked_at), clocks, calendar)


def last_to_answer(since: date, clocks: Clocks, calendar: WorkingCalendar) -> date:
    """The last day of a term that runs from a day."""
    return calendar.add_working_days(since, clocks.info_request_working_days.value)


def reminder_window(
    today: date, clocks: Clocks, calendar: WorkingCalendar
) -> tuple[datetime, datetime]:
    """Who was asked from the first instant on and before the second is reminded today.

    So many working days or fewer are left of their term, and the last day is not over: a reminder
    of a day in the past would help nobody.
    """
    term = clocks.info_request_working_days.value
    used = max(term - clocks.reminder_working_days.value, 0)
    since = calendar.add_working_days(today, -term)
    until = calendar.add_working_days(today + timedelta(days=1), -used)
    return start_of(since), start_of(until)


def reinstate_by(lapsed_at: datetime, clocks: Clocks) -> date:
    """The last day on which a lapsed application can be taken up again; days in a row."""
    return legal_day(lapsed_at) + timedelta(days=clocks.reinstate_days.value)


def check_reinstate(application: Application, clocks: Clocks, at: datetime) -> None:
    """Conflict where the worker cannot take the application up again, or cannot any more.

    Once for each application (`reinstated-before`), and not after the last day
    (`reinstate-too-late`). What lapsed before this was counted has no such day.
    """
    if application.status is not Status.LAPSED:
        raise Conflict("no-such-move", status=application.status.value, action="reinstate")
    if application.reinstated_at is not None:
        raise Conflict("reinstated-before")
    if application.lapsed_at is None or at >= end_of(reinstate_by(application.lapsed_at, clocks)):
        raise Conflict("reinstate-too-late")
