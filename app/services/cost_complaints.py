"""A case that payments ask for becomes a complaint, under the handlers' key, once.

What is asked for while the office has no keys waits in its own row: the task of the minute files it
as soon as there are. Row and complaint are written in one transaction, so that a process that is
killed leaves either both or neither.
"""

from app.services.complaint_intake import Noticed, open_case
from app.services.work import Work
from app.storage import applications, complaint_groups
from app.storage import cost_cases as kept
from app.storage.cost_cases import CostCase
from permits.applications import ApplicationId
from permits.audit import Act
from permits.reach import EVERYTHING
from recruitment.complaints.filed import Told
from recruitment.complaints.words import Severity
from recruitment.cost_cases import categories_of
from recruitment.wanted_cases import Grade

AT_ONCE = 100


def want_case(work: Work, case: CostCase) -> bool:
    """Keep what was asked for, and file it where complaints can be taken; False where it was."""
    facts = {"grade": Grade.S2.value, "ground": case.wish.ground.value}
    event = work.event(Act.CASE_WANTED, case.id, facts)
    if not kept.add_case(work.session, work.ports.vault, case, event=event):
        return False
    file_case(work, case)
    return True


def file_waiting(work: Work) -> int:
    """The task of the minute: what waited for the office's keys; how many were filed."""
    if complaint_groups.find_group(work.session) is None:
        return 0
    waiting = kept.lock_untaken(work.session, work.ports.vault, AT_ONCE)
    return sum(file_case(work, case) for case in waiting)


def file_case(work: Work, case: CostCase) -> bool:
    """File it; False where it was, or where it waits for keys. The caller holds its row."""
    if case.complaint is not None or complaint_groups.find_group(work.session) is None:
        return False
    told = Told(case.wish.words, about=_receipt(work, case))
    about = categories_of(case.wish)
    noticed = Noticed(Severity.S2, about, told, case.employer, case.worker)
    complaint = open_case(work, noticed)
    event = work.event(Act.CASE_TAKEN_UP, case.id)
    kept.take_up(work.session, case, complaint, work.now, event=event)
    return True


def _receipt(work: Work, case: CostCase) -> str:
    """The number of the worker's case, which leads the handler to how they are reached."""
    found = applications.get_application(
        work.session, ApplicationId(case.application), reach=EVERYTHING
    )
    return found.receipt or ""
