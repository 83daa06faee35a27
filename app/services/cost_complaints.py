"""A case that payments ask for becomes a complaint, under the handlers' key, once.

What is asked for while the office has no keys waits in its own row: the task of the minute files it
as soon as there are. Row and complaint are written in one transaction, so that a process that is
killed leaves either both or neither.
"""

from app.services.complaint_intake import Noticed, open_case
from app.services.work import Work
from app.storage import complaint_groups, cost_claims, employers, people
from app.storage import cost_cases as kept
from app.storage.cost_cases import CostCase
from permits.audit import Act
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
    told = _told(work, case)
    about = categories_of(case.wish)
    noticed = Noticed(Severity.S2, about, told, case.employer, case.worker)
    complaint = open_case(work, noticed)
    event = work.event(Act.CASE_TAKEN_UP, case.id)
    kept.take_up(work.session, case, complaint, work.now, event=event)
    return True


def _told(work: Work, case: CostCase) -> Told:
    """With their case's number and how they are reached: no number leads to this complaint."""
    own = cost_claims.find_paid_for(work.session, case.application)
    worker = people.find_worker(work.session, case.worker)
    return Told(
        case.wish.words,
        employer=(employers.find_name(work.session, case.employer) or "") if case.employer else "",
        name=own.worker_name,
        reach=worker.phone if worker else "",
        about=own.receipt,
        language=worker.language if worker else "es",
    )
