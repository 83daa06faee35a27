"""How long the office has to answer what a worker asks beside the application itself.

The terms are working days from the day of the asking, which does not count; they stand in the
programme's file, and those of the day of the asking count (decision 29). No term stops: each of
these waits for the office alone.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum

from permits.appeals import Stage
from permits.case_notices import CaseNotice
from permits.clocks import Clocks
from permits.deadlines import Clock, WorkingCalendar, start_clock, start_of
from permits.revocations import DECIDED_WITHIN


class Asked(StrEnum):
    """What is asked, and has a term of its own; `revocation` is a proposal of an official."""

    RECONSIDERATION = "reconsideration"
    APPEAL = "appeal"
    EMPLOYER_CHANGE = "employer-change"
    IDENTITY_CHANGE = "identity-change"
    DATA_REQUEST = "data-request"
    REVOCATION = "revocation"


STAGE: Mapping[Asked, Stage] = {
    Asked.RECONSIDERATION: Stage.RECONSIDERATION,
    Asked.APPEAL: Stage.APPEAL,
}
"""Which step of a recourse has which term."""

OVERDUE: Mapping[Asked, CaseNotice] = {
    Asked.RECONSIDERATION: CaseNotice.RECOURSE_OVERDUE,
    Asked.APPEAL: CaseNotice.RECOURSE_OVERDUE,
    Asked.EMPLOYER_CHANGE: CaseNotice.EMPLOYER_CHANGE_OVERDUE,
    Asked.IDENTITY_CHANGE: CaseNotice.IDENTITY_CHANGE_OVERDUE,
    Asked.DATA_REQUEST: CaseNotice.DATA_REQUEST_OVERDUE,
    Asked.REVOCATION: CaseNotice.REVOCATION_OVERDUE,
}
"""How it is remembered that somebody was told of a breach."""

_DAYS: Mapping[Asked, Callable[[Clocks], int]] = {
    Asked.RECONSIDERATION: lambda clocks: clocks.reconsideration_answer_working_days.value,
    Asked.APPEAL: lambda clocks: clocks.appeal_answer_working_days.value,
    Asked.EMPLOYER_CHANGE: lambda clocks: clocks.employer_change_working_days.value,
    Asked.IDENTITY_CHANGE: lambda clocks: clocks.identity_change_working_days.value,
    Asked.DATA_REQUEST: lambda clocks: clocks.data_request_working_days.value,
    Asked.REVOCATION: lambda _: DECIDED_WITHIN,
}


def asked_by(stage: Stage) -> Asked:
    """Which of these a step of a recourse is."""
    return next(asked for asked, one in STAGE.items() if one is stage)


def clock_of(asked: Asked, at: datetime, clocks: Clocks, calendar: WorkingCalendar) -> Clock:
    """The term of what was asked at an instant."""
    return start_clock(at, _DAYS[asked](clocks), calendar)


def overdue_before(
    asked: Asked, today: date, clocks: Clocks, calendar: WorkingCalendar
) -> datetime:
    """What was asked before this instant had its last day before today."""
    return start_of(calendar.add_working_days(today, -_DAYS[asked](clocks)))
