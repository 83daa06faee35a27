"""The clock ran out on a case: the supervisors of the agency on which it hangs hear it, once."""

from app.services import notices
from app.services.deadlines import running_with_worker
from app.services.queues import orders_of
from app.services.work import Work
from app.storage import accounts, case_notices, daily_jobs, queues
from app.storage.accounts import Account
from app.storage.case_notices import ToldNotice
from app.storage.queue_filters import QueueFilter
from permits.audit import Act
from permits.case_notices import CaseNotice
from permits.deadlines import LEGAL_ZONE, legal_day
from permits.notices import Notice, NoticeKind
from permits.people import SUPERVISOR_OF, Agency
from permits.reach import EVERYTHING

__all__ = ["tell_overdue"]

HOUR = 8
"""The local hour from which the office is at work."""

BATCH = 500
"""Cases of an agency that are told in a day; the queue shows them all meanwhile."""

JOB = "overdue-cases"


def tell_overdue(work: Work, limit: int = BATCH) -> int:
    """The task of the hour: once a day after eight, each agency hears of its new overdue cases.

    One message for each supervisor, with a count and no name. A case that passes on to the other
    agency late is told there too. Where an agency has nobody to tell, its cases wait until it has.
    Returns how many cases were told.
    """
    local = work.now.astimezone(LEGAL_ZONE)
    if local.hour < HOUR or daily_jobs.is_done(work.session, JOB, local.date()):
        return 0
    told = sum(_tell(work, agency, limit) for agency in Agency)
    daily_jobs.mark_done(work.session, JOB, local.date())
    return told


def _tell(work: Work, agency: Agency, limit: int) -> int:
    supervisors = [one for one in _supervisors(work, agency) if one.email or one.phone]
    if not supervisors:
        return 0
    wanted = QueueFilter(
        waiting_for=agency, due_before=work.now, untold=True, clock=running_with_worker(work)
    )
    rows = queues.list_queue(work.session, wanted, orders_of(work), reach=EVERYTHING, limit=limit)
    today = legal_day(work.now)
    for row in rows:
        told = ToldNotice(row.id, CaseNotice.OVERDUE, agency.value, legal_day(row.submitted_at))
        facts = {"notice": told.notice.value, "to": told.told}
        event = work.event(Act.APPLICATION_TOLD, row.id, facts)
        case_notices.add_notice(work.session, told, today, event=event)
    for one in supervisors if rows else ():
        _write(work, one, len(rows))
    return len(rows)


def _supervisors(work: Work, agency: Agency) -> list[Account]:
    every = accounts.list_accounts(work.session, SUPERVISOR_OF[agency])
    return [one for one in every if not one.disabled]


def _write(work: Work, account: Account, cases: int) -> None:
    kind = NoticeKind.CASES_OVERDUE
    key = f"{kind.value}:{legal_day(work.now).isoformat()}:{account.person}"
    link = f"{work.ports.public_url}/bandeja?vence=vencidas"
    phone = None if account.email else account.phone
    facts = {"cases": str(cases), "link": link}
    notices.leave(work, Notice(kind, "es", key, phone, account.email, facts))
