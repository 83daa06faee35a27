"""The numbers of a programme, each with its source, and those that are terms."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Threshold:
    """One number of law or policy; its unit stands in the name of the field that holds it.

    `source` cites the clause, `valid_from` is the first day it counts, and `confirmed` tells
    whether counsel has confirmed it; where not, officials read "to be confirmed".
    """

    value: int
    source: str
    valid_from: date
    note: str
    confirmed: bool


@dataclass(frozen=True)
class Clocks:
    """How long the authority and the worker have; days are working days, marks are percent of it.

    `statutory_working_days` runs from the submission; `info_request_working_days` from a
    return or from questions. `question_pauses` is 1 where the statutory term stands still while
    the worker is asked or corrects, 0 where it runs on.
    `suspension_days` are calendar days for which a right may be suspended, all times together.
    `reconsideration_working_days` runs from the day of a refusal or a revocation,
    `appeal_working_days` from that of the answer that upheld it; neither day counts.
    With `reminder_working_days` left to answer the worker is reminded; `reinstate_days` are
    calendar days after the lapse within which it can be taken up again. `closing_days` are calendar
    days after the end of a right within which its worker answers the return survey. `unused_days`
    are calendar days from when a right can be used until it ends if nobody took it up; its worker
    was told `unused_notice_days` before that. The five that follow are what the office has to
    answer a recourse, a wish for another employer or for other data, and a request about data; they
    run from when it was asked. `draft_reminder_days` are calendar days without a change after which
    the worker is reminded of a draft.
    """

    statutory_working_days: Threshold
    info_request_working_days: Threshold
    question_pauses: Threshold
    amber_percent: Threshold
    red_percent: Threshold
    suspension_days: Threshold
    reconsideration_working_days: Threshold
    appeal_working_days: Threshold
    reminder_working_days: Threshold
    reinstate_days: Threshold
    closing_days: Threshold
    unused_days: Threshold
    unused_notice_days: Threshold
    reconsideration_answer_working_days: Threshold
    appeal_answer_working_days: Threshold
    employer_change_working_days: Threshold
    identity_change_working_days: Threshold
    data_request_working_days: Threshold
    draft_reminder_days: Threshold
