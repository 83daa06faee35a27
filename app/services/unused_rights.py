"""Rights that nobody takes up: told in time, ended, and their places given back (decision 80)."""

from datetime import date

from app.services import daily, notices
from app.services.authorisations import right_of
from app.services.case import programme_of
from app.services.deadlines import periods
from app.services.leaving import end_right
from app.services.work import Work
from app.storage import applications, authorisations, case_notices, unused_rights
from app.storage.case_notices import ToldNotice
from permits.applications import ApplicationId
from permits.audit import Act
from permits.authorisations import Authorisation, AuthorisationStatus, RightEnding
from permits.case_notices import CaseNotice
from permits.clocks import Clocks
from permits.deadlines import legal_day
from permits.notices import NoticeKind
from permits.reach import EVERYTHING
from permits.unused_rights import (
    check_lapse,
    quiet_to_end,
    quiet_to_tell,
    tells_anew,
    told_to_end,
    use_by,
)

BATCH = 500
JOB = "unused-rights"
WORKER = "worker"


def tell_unused(work: Work, limit: int = BATCH) -> int:
    """The task of the hour: once a day after eight, who has not taken up the right hears by when.

    Who can be told by no telephone keeps the right. Of each programme the oldest `limit`, the
    others on the next day; returns how many were told.
    """
    today = daily.due_day(work, JOB)
    if today is None:
        return 0
    told = 0
    for programme, granted in periods(work):
        asked = unused_rights.Asked(programme.code, granted, limit)
        quiet = quiet_to_tell(today, programme.clocks)
        again = tells_anew(today, programme.clocks)
        found = unused_rights.list_untold(work.session, asked, quiet, again)
        for application in found:
            _tell(work, application, today, programme.clocks)
        told += len(found)
    daily.mark_done(work, JOB, today)
    return told


def _tell(work: Work, application: ApplicationId, today: date, clocks: Clocks) -> None:
    notice = ToldNotice(application, CaseNotice.RIGHT_UNUSED, WORKER, today)
    facts = {"notice": notice.notice.value, "to": notice.told}
    event = work.event(Act.APPLICATION_TOLD, application, facts)
    case_notices.add_notice(work.session, notice, today, event=event)
    found = applications.get_application(work.session, application, reach=EVERYTHING)
    told = {"day": use_by(today, clocks).isoformat()}
    notices.tell_worker(work, NoticeKind.RIGHT_UNUSED, found, told, once=today.isoformat())


def end_unused(work: Work, limit: int = 100) -> int:
    """End the rights whose worker was told in time and that nobody took up; returns how many."""
    today, ended = legal_day(work.now), 0
    for programme, granted in periods(work):
        asked = unused_rights.Asked(programme.code, granted, limit)
        quiet = quiet_to_end(today, programme.clocks)
        told = told_to_end(today, programme.clocks)
        if not unused_rights.is_any_told(work.session, asked, told):
            continue
        for one in unused_rights.lock_over(work.session, asked, quiet, told):
            found = authorisations.lock_authorisation(work.session, one, reach=EVERYTHING)
            right = right_of(work, found)
            check_lapse(right.case, right.case.status(work.now))
            end_right(work, right, RightEnding.UNUSED)
            ended += 1
    return ended


def find_use_by(work: Work, right: Authorisation) -> date | None:
    """The last day on which the worker keeps the right by using it; None where nothing ends so.

    For services and pages, which check who asks.
    """
    today = legal_day(work.now)
    if right.stored is not AuthorisationStatus.GRANTED or today <= right.valid_from:
        return None
    clocks = programme_of(work, right.programme, legal_day(right.granted_at)).clocks
    again = tells_anew(today, clocks)
    told_on = case_notices.find_told(
        work.session, right.application, CaseNotice.RIGHT_UNUSED, again
    )
    if told_on is None:
        return None
    quiet = quiet_to_tell(told_on, clocks)
    return (
        use_by(told_on, clocks) if unused_rights.is_unused(work.session, right.id, quiet) else None
    )
