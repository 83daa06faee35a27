"""Employers hear that a plan of improvements waits, and again before its days: on Mondays alone.

A plan is told on the first of a month, and nobody hears of it on the day on which anybody did
anything: whoever gets the message learns what its page says already, and no day.
"""

from app.services import notices
from app.services.work import Work
from app.storage import daily_jobs, improvement_points
from permits.deadlines import LEGAL_ZONE
from permits.notices import Notice, NoticeKind
from recruitment.improvements import week_of

JOB, HOUR = "improvements-week", 8
BATCH = 2000


def tell_week(work: Work) -> int:
    """The task of the hour: once a week, on Monday after eight, each employer gets one message.

    Of all farms together; the day it names is the first that one of these points is due.
    """
    local = work.now.astimezone(LEGAL_ZONE)
    week = week_of(local.date())
    early = local.date() == week.monday and local.hour < HOUR
    if early or daily_jobs.is_done(work.session, JOB, week.monday):
        return 0
    found = improvement_points.list_to_tell(work.session, week, BATCH)
    kind = NoticeKind.IMPROVEMENTS_ASKED
    for one in found:
        key = f"{kind.value}:{one.employer}:{week.monday}"
        link = f"{work.ports.public_url}/mis-fincas/mejoras"
        facts = {"receipt": "", "link": link, "due": one.due_by.isoformat()}
        notices.leave(work, Notice(kind, "es", key, one.phone, None, facts))
    daily_jobs.mark_done(work.session, JOB, week.monday)
    return len(found)
