"""Stays that end: told to the person in time, and listed for the posts and the agencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.services import daily, notices
from app.services.work import Work
from app.storage import applications, stays
from app.storage.stays import StayFilter
from permits import permit_numbers
from permits.applications import ApplicationId
from permits.audit import Act
from permits.deadlines import legal_day
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import EVERYTHING, posts_of
from permits.stays import OFFER_AHEAD, SHOWN, Standing, Stay, StayNotice, notice_due

__all__ = ["StayPage", "list_stays", "tell_stays"]

PAGE = 50
MOST_COUNTED = 100
"""Where a count ends, as those of the queue do (decision 31): each right is looked at, and most of
those that are over were left in time."""

BATCH = 500
JOB = "stays"

KINDS: Mapping[StayNotice, NoticeKind] = {
    StayNotice.RENEWAL_OFFERED: NoticeKind.STAY_ENDING,
    StayNotice.ASKED: NoticeKind.STAY_OVER,
}


@dataclass(frozen=True)
class StayPage:
    """Some stays, how many there are of each standing, and the key of the next page.

    A count of more than `MOST_COUNTED` stands for any more.
    """

    stays: tuple[Stay, ...]
    ending: int
    not_exited: int
    next: tuple[date, UUID] | None


def list_stays(
    work: Work,
    standing: Standing,
    *,
    post: str | None = None,
    after: tuple[date, UUID] | None = None,
) -> StayPage:
    """Who is inside while the right ends, or longer; a post knows of those it let in."""
    check_permission(work.actor, Permission.CROSSING_LIST)
    filters = {each: _filter(work, each, post) for each in Standing}
    rows = stays.list_stays(work.session, filters[standing], limit=PAGE + 1, after=after)
    counts = {
        each: stays.count_stays(work.session, wanted, MOST_COUNTED)
        for each, wanted in filters.items()
    }
    shown = tuple(rows[:PAGE])
    more = (shown[-1].valid_until, shown[-1].authorisation) if len(rows) > PAGE else None
    return StayPage(shown, counts[Standing.ENDING], counts[Standing.NOT_EXITED], more)


def _filter(work: Work, standing: Standing, post: str | None) -> StayFilter:
    today = legal_day(work.now)
    days = {
        Standing.ENDING: (today, today + OFFER_AHEAD),
        Standing.NOT_EXITED: (today - SHOWN, today - timedelta(days=1)),
    }
    return StayFilter(posts_of(work.actor), *days[standing], post)


def tell_stays(work: Work, limit: int = BATCH) -> int:
    """The task of the hour: once a day after eight, whoever is inside hears what is due.

    First the offer to renew, after the last day one friendly question; each once, whatever fails.
    Returns how many were told.
    """
    today = daily.due_day(work, JOB)
    if today is None:
        return 0
    wanted = StayFilter(None, today - SHOWN, today + OFFER_AHEAD)
    told, after = 0, None
    while batch := stays.list_stays(work.session, wanted, limit=limit, after=after):
        told += sum(_tell(work, stay, today) for stay in batch)
        after = (batch[-1].valid_until, batch[-1].authorisation)
    daily.mark_done(work, JOB, today)
    return told


def _tell(work: Work, stay: Stay, today: date) -> bool:
    due = notice_due(stay, today)
    if due is None:
        return False
    event = work.event(Act.STAY_TOLD, stay.authorisation, {"notice": due.value})
    stays.add_notice(work.session, stay, due, today, event=event)
    identity = ApplicationId(stay.application)
    application = applications.get_application(work.session, identity, reach=EVERYTHING)
    facts = {"number": permit_numbers.show(stay.number), "day": stay.valid_until.isoformat()}
    notices.tell_worker(work, KINDS[due], application, facts)
    return True
