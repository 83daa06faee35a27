"""The clock ran out on a case: the supervisors of the agency on which it hangs hear it, once."""

from app.services import daily, notices
from app.services.deadlines import running_with_worker
from app.services.queues import orders_of
from app.services.work import Work
from app.storage import accounts, case_notices, queues
from app.storage.accounts import Account
from app.storage.case_notices import ToldNotice
from app.storage.queue_filters import QueueFilter
from permits.audit import Act
from permits.case_notices import CaseNotice
from permits.deadlines import legal_day
from permits.notices import Notice, NoticeKind
from permits.people import SUPERVISOR_OF, Agency
from permits.reach import EVERYTHING

__all__ = ["supervisors_of", "tell_overdue", "write_to"]

BATCH = 500
"""Cases of an agency that are told in a day; the queue shows them all meanwhile."""

JOB = "overdue-cases"
LIST = "/bandeja?vence=vencidas"


def tell_overdue(work: Work, limit: int = BATCH) -> int:
    """The task of the hour: once a day after eight, each agency hears of its new overdue cases.

    One message for each supervisor, with a count and no name. A case that passes on to the other
    agency late is told there too. Where an agency has nobody to tell, its cases wait until it has.
    Returns how many cases were told.
    """
    today = daily.due_day(work, JOB)
    if today is None:
        return 0
    told = sum(_tell(work, agency, limit) for agency in Agency)
    daily.mark_done(work, JOB, today)
    return told


def _tell(work: Work, agency: Agency, limit: int) -> int:
    supervisors = [one for one in supervisors_of(work, agency) if one.email or one.phone]
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
        write_to(work, one, (NoticeKind.CASES_OVERDUE, ""), LIST, len(rows))
    return len(rows)


def supervisors_of(work: Work, agency: Agency) -> list[Account]:
    """Those of an agency whose accounts stand."""
    every = accounts.list_accounts(work.session, SUPERVISOR_OF[agency])
    return [one for one in every if not one.disabled]


def write_to(
    work: Work, account: Account, what: tuple[NoticeKind, str], path: str, cases: int
) -> None:
    """Leave one message of the day about so many that are late, by e-mail where they have one.

    `what` is the kind and what of it, "" where there is one a day; `path` leads to the list.
    """
    kind, of = what
    key = ":".join((kind.value, legal_day(work.now).isoformat(), str(account.person), *of.split()))
    phone = None if account.email else account.phone
    facts = {"cases": str(cases), "link": f"{work.ports.public_url}{path}"}
    notices.leave(work, Notice(kind, "es", key, phone, account.email, facts))
