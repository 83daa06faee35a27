"""A draft that its worker left is reminded of, once; filled in is not handed in."""

from datetime import timedelta

from app.services import daily, notices
from app.services.returning import WAY
from app.services.work import Work
from app.storage import applications, case_notices, unsent_drafts
from app.storage.case_notices import ToldNotice
from permits.applications import ApplicationId
from permits.audit import Act
from permits.case_notices import CaseNotice
from permits.deadlines import legal_day, start_of
from permits.notices import NoticeKind
from permits.reach import EVERYTHING

BATCH = 500
JOB = "unsent-drafts"
WORKER = "worker"


def remind_unsent(work: Work, limit: int = BATCH) -> int:
    """The task of the hour: once a day after eight, who left a draft is reminded, once for each.

    Only on a telephone to which a code was sent and typed: the number of a draft is typed by
    whoever begins it, and may be a stranger's. The message holds no code; the worker comes back
    with the own one, or with one by SMS. Of each programme the oldest `limit`; returns how many.
    """
    today = daily.due_day(work, JOB)
    if today is None:
        return 0
    told = 0
    for programme in work.ports.reference.programmes.values():
        days = programme.on(today).clocks.draft_reminder_days.value
        before = start_of(today - timedelta(days=days - 1))
        found = unsent_drafts.list_unsent(work.session, programme.code, before, WAY, limit)
        for application in found:
            _remind(work, application)
        told += len(found)
    daily.mark_done(work, JOB, today)
    return told


def _remind(work: Work, application: ApplicationId) -> None:
    today = legal_day(work.now)
    notice = ToldNotice(application, CaseNotice.DRAFT_UNSENT, WORKER, today)
    facts = {"notice": notice.notice.value, "to": notice.told}
    event = work.event(Act.APPLICATION_TOLD, application, facts)
    case_notices.add_notice(work.session, notice, today, event=event)
    draft = applications.get_application(work.session, application, reach=EVERYTHING)
    told = {"link": f"{work.ports.public_url}/retomar"}
    notices.tell_worker(work, NoticeKind.DRAFT_UNSENT, draft, told, once=today.isoformat())
