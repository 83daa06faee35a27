"""What people are told about the clocks of a case before or after the last day, each once."""

from enum import StrEnum


class CaseNotice(StrEnum):
    """`overdue`: an agency's supervisors hear that the clock ran out on a case at their desk.

    `answer-due`: the worker hears that the time to answer ends soon; `right-unused`, that a right
    which nobody took up ends soon; `draft-unsent`, that an application is not handed in. The other
    five are terms of `permits.request_terms` that ran out at somebody's desk.
    """

    ANSWER_DUE = "answer-due"
    OVERDUE = "overdue"
    RIGHT_UNUSED = "right-unused"
    DRAFT_UNSENT = "draft-unsent"
    RECOURSE_OVERDUE = "recourse-overdue"
    EMPLOYER_CHANGE_OVERDUE = "employer-change-overdue"
    IDENTITY_CHANGE_OVERDUE = "identity-change-overdue"
    DATA_REQUEST_OVERDUE = "data-request-overdue"
    REVOCATION_OVERDUE = "revocation-overdue"


DATA_OFFICE = "data-protection"
"""Who is told beside the agencies and the worker: the officers of data protection."""
