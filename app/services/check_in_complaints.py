"""A case that a check-in asks for becomes a complaint, under the handlers' key, once."""

from app.services.complaint_filing import Sent, file_complaint
from app.services.complaint_numbers import Ticket
from app.services.work import Work
from app.storage import asked_workers, complaint_groups, employers
from app.storage import wanted_cases as kept
from app.storage.wanted_cases import WantedCase
from permits.audit import Act
from recruitment.complaints.filed import DIGITS, ComplaintId, Told
from recruitment.complaints.words import Filing
from recruitment.wanted_cases import categories_of, dangers_of


def file_wanted(work: Work, case: WantedCase) -> bool:
    """File it where complaints can be taken and it was not filed; False where it waits.

    The number of such a complaint is drawn and told to nobody: its worker is called, and nobody
    who holds the phone reads of it. The content says where the alarm is, which words the answers
    in the handler's language and logs each look; the log of the taking up names no complaint.
    """
    if case.complaint is not None or complaint_groups.find_group(work.session) is None:
        return False
    digits = f"{work.ports.chance.below(10**DIGITS):0{DIGITS}d}"
    ticket = Ticket(ComplaintId(work.new_id()), digits, work.now)
    about = categories_of(case.wanted, case.findings)
    file_complaint(work, ticket, Sent(Filing.CHECK_IN, about, _told(work, case)))
    event = work.event(Act.CASE_TAKEN_UP, case.id)
    kept.take_up(work.session, case, ticket.complaint, work.now, event=event)
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
