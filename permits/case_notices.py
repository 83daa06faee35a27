"""What people are told about the clocks of a case before or after the last day, each once."""

from enum import StrEnum


class CaseNotice(StrEnum):
    """`overdue`: an agency's supervisors hear that the clock ran out on a case at their desk.

    `answer-due`: the worker hears that the time to answer ends soon; `right-unused`, that a right
    which nobody took up ends soon.
    """

    ANSWER_DUE = "answer-due"
    OVERDUE = "overdue"
    RIGHT_UNUSED = "right-unused"
