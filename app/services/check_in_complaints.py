"""A case that a check-in asks for becomes a complaint, under the handlers' key, once."""

from app.services.complaint_intake import Noticed, open_case
from app.services.work import Work
from app.storage import asked_workers, complaint_groups, employers
from app.storage import wanted_cases as kept
from app.storage.wanted_cases import WantedCase
from permits.audit import Act
from recruitment.complaints.filed import Told
from recruitment.complaints.words import Category, Severity
from recruitment.wanted_cases import categories_of, dangers_of

AT_ONCE = 100


def file_waiting(work: Work) -> int:
    """The task of the minute: what was asked for while no complaint could be taken, once."""
    if complaint_groups.find_group(work.session) is None:
        return 0
    waiting = kept.lock_untaken(work.session, work.ports.vault, AT_ONCE)
    return sum(file_wanted(work, case) for case in waiting)


def file_wanted(work: Work, case: WantedCase) -> bool:
    """File it where complaints can be taken and it was not filed; False where it waits.

    No number leads to such a complaint: its worker is called, and nobody who holds the phone reads
    of it. The content says where the alarm is, which words the answers in the handler's language
    and logs each look; the log of the taking up names no complaint.
    """
    if case.complaint is not None or complaint_groups.find_group(work.session) is None:
        return False
    noticed = Noticed(
        Severity(case.wanted.grade.value),
        categories_of(case.wanted, case.findings) or (Category.OTHER,),
        _told(work, case),
        case.employer,
        case.worker,
    )
    complaint = open_case(work, noticed)
    event = work.event(Act.CASE_TAKEN_UP, case.id)
    kept.take_up(work.session, case, complaint, work.now, event=event)
    return True


def _told(work: Work, case: WantedCase) -> Told:
    called = asked_workers.find_called(work.session, case.check_in) if case.check_in else None
    answers = ", ".join(f"{name}={code}" for name, code in case.wanted.told)
    link = f"{work.ports.public_url}/durante-el-trabajo/alarmas/{case.id}"
    return Told(
        "\n".join(one for one in (answers, link) if one),
        dangers_of(case.wanted),
        employer=(employers.find_name(work.session, case.employer) or "") if case.employer else "",
        name=called.worker_name if called else "",
        reach=called.phone if called else "",
        language=called.language if called else "es",
    )
