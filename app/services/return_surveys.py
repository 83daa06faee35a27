"""After the season: the worker is asked once, answers, and the case is closed by a day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.services import notices
from app.services.case import programme_of
from app.services.reaching import reading, writing
from app.services.work import Work
from app.storage import applications, authorisations, crossings, ended_rights, taken_back
from app.storage import return_counts as counts
from app.storage import return_surveys as kept
from app.storage.ended_rights import EndedRight
from app.storage.return_counts import SeasonTally
from app.storage.return_surveys import WaitingReturn
from permits.applications import ApplicationId
from permits.audit import Act
from permits.deadlines import LEGAL_ZONE, legal_day
from permits.errors import Conflict, Hidden
from permits.notices import NoticeKind
from permits.people import SYSTEM_PERSON, Permission
from permits.policies import check_own, check_permission
from permits.reach import EVERYTHING
from permits.return_counts import Figures, Tally
from permits.return_surveys import (
    Survey,
    SurveyAnswers,
    answered,
    ask,
    came_home_in_time,
    check_attend,
    closed,
    read_answers,
)

__all__ = ["Figures", "Survey", "WaitingReturn"]

HOUR = 8
"""The local hour from which people are written to."""

BATCH = 100
"""So many in one transaction; the next minute goes on."""

ASKED_BACK = timedelta(days=30)
"""A right that ended longer ago is asked about no more: nobody remembers, and much is erased."""

LISTED = 200
YEARS_BACK = timedelta(days=3 * 366)


def ask_returned(work: Work, limit: int = BATCH) -> int:
    """The task of the minute, from eight on: ask about the rights that are over; how many.

    A right outlasts no season: who went home for good has one that expires, or ends it. One that
    goes on by a renewal is asked about with that; one that was taken back has its recourse.
    """
    local = work.now.astimezone(LEGAL_ZONE)
    if local.hour < HOUR:
        return 0
    today = local.date()
    found = ended_rights.list_unasked(work.session, today - ASKED_BACK, today, limit)
    for right in found:
        _ask(work, right)
    return len(found)


def close_returned(work: Work, limit: int = BATCH) -> int:
    """The task of the minute: close what was answered or was not in time; how many."""
    found = kept.lock_over(work.session, work.ports.vault, work.now, legal_day(work.now), limit)
    for survey in found:
        _close(work, survey)
    return len(found)


def find_own_survey(work: Work, application: ApplicationId) -> Survey | None:
    """The survey of an own application, with the answers; None where none was asked.

    Hidden for everybody but its worker.
    """
    own = applications.get_application(work.session, application, reach=reading(work))
    if work.actor.person != own.worker or not work.actor.can(Permission.APPLICATION_READ_OWN):
        raise Hidden("no-such-application")
    return kept.find_survey(work.session, work.ports.vault, application)


def get_own_survey(work: Work, application: ApplicationId) -> Survey:
    """As `find_own_survey`; Conflict where none was asked."""
    found = find_own_survey(work, application)
    if found is None:
        raise Conflict("no-return-survey")
    return found


def answer_survey(
    work: Work, application: ApplicationId, given: Mapping[str, str], *, call_me: bool
) -> Survey:
    """Keep the worker's answers, once.

    1. the survey, held; it is the worker's own; 2. the answers, of which each may be left out;
    3. kept, with what the worker asks of the desk. Nobody else is told.
    """
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    check_own(
        work.actor, applications.get_application(work.session, application, reach=writing(work))
    )
    vault = work.ports.vault
    found = kept.find_survey(work.session, vault, application, hold=True)  # 1
    if found is None:
        raise Conflict("no-return-survey")
    after = answered(found, read_answers(given, call_me=call_me), work.now)  # 2
    event = work.event(Act.RETURN_ANSWERED, found.authorisation)
    kept.save_answers(work.session, vault, after, event=event)  # 3
    return after


def list_tasks(work: Work) -> Sequence[WaitingReturn]:
    """Who asked to be called or helped, the oldest first; nothing of what they answered."""
    check_permission(work.actor, Permission.RETURN_ATTEND)
    return kept.list_tasks(work.session, reach=reading(work), limit=LISTED)


def attend_task(work: Work, application: ApplicationId) -> Survey:
    """Write down that somebody was called or helped; Conflict where nothing waits."""
    check_permission(work.actor, Permission.RETURN_ATTEND)
    applications.get_application(work.session, application, reach=writing(work))
    found = kept.find_survey(work.session, work.ports.vault, application, hold=True)
    if found is None:
        raise Conflict("no-return-task")
    check_attend(work.actor, found)
    after = replace(found, attended_at=work.now, attended_by=work.actor.person)
    event = work.event(Act.RETURN_ATTENDED, found.authorisation)
    kept.save_attended(work.session, after, event=event)
    return after


def list_figures(work: Work) -> list[Figures]:
    """What was answered by programme and season, the newest season first; no count below five."""
    check_permission(work.actor, Permission.RETURN_ATTEND)
    return counts.list_figures(work.session, legal_day(work.now) - YEARS_BACK, LISTED)


def count_returned(work: Work, limit: int = BATCH) -> int:
    """The task of the minute: what was answered goes into the counts, once; how many.

    What is told moves on in steps of which none tells of anybody (`permits/return_counts.py`).
    """
    vault = work.ports.vault
    found = counts.lock_uncounted(work.session, vault, limit)
    if not found:
        return 0
    groups: dict[tuple[str, date], list[SurveyAnswers]] = defaultdict(list)
    for one in found:
        season = programme_of(work, one.programme, one.first_day).season_of(one.first_day)
        groups[one.programme, season].append(one.answers)
    for (programme, season), every in sorted(groups.items()):
        before = counts.lock_tally(work.session, vault, programme, season)
        standing = before or SeasonTally(work.new_id(), programme, season, Tally())
        after = replace(standing, tally=standing.tally.adding(every))
        event = work.event(Act.RETURNS_COUNTED, after.id, {"returns": len(every)})
        counts.save_tally(work.session, vault, after, event=event, begun=before is None)
    event = work.event(Act.RETURNS_COUNTED, SYSTEM_PERSON, {"returns": len(found)})
    counts.mark_counted(work.session, [one.authorisation for one in found], event=event)
    return len(found)


def _ask(work: Work, right: EndedRight) -> None:
    application = applications.get_application(work.session, right.application, reach=EVERYTHING)
    programme = programme_of(work, application.programme)
    survey = ask((right.id, right.application, right.worker), programme, work.now)
    last = survey.closes_on.isoformat()
    event = work.event(Act.RETURN_ASKED, right.id, {"closes": last})
    kept.add_survey(work.session, survey, event=event)
    told = {"day": last}
    notices.tell_worker(work, NoticeKind.RETURN_SURVEY, application, told, once="return")


def _close(work: Work, survey: Survey) -> None:
    right = authorisations.get_authorisation(work.session, survey.authorisation, reach=EVERYTHING)
    passages = crossings.read_passages(work.session, right.id)
    programme = programme_of(work, survey.programme, right.valid_from)
    after = closed(
        survey,
        work.now,
        in_time=came_home_in_time(programme, passages, right.valid_until),
        revoked=taken_back.has_lost(work.session, survey.worker),
    )
    facts = {"answered": survey.answers is not None, "rehire": after.rehire}
    event = work.event(Act.RETURN_CLOSED, right.id, facts)
    kept.save_closed(work.session, after, event=event)
