"""A silent worker, of whom a correction or answers are awaited: reminded, lapsed, taken up again.

Who takes up again what lapsed corrects it and hands it in anew, also where questions were open.
"""

from dataclasses import replace
from datetime import date, datetime

from app.services import daily, notices, quotas
from app.services.case import Case, programme_for
from app.services.deadlines import periods
from app.services.reaching import writing
from app.services.work import Work
from app.storage import answer_terms as terms
from app.storage import applications, case_notices, own_applications
from app.storage.case_notices import ToldNotice
from permits.answer_terms import (
    answer_by,
    check_reinstate,
    reinstate_by,
    reminder_window,
    term_from,
)
from permits.applications import Action, Application, ApplicationId, moved
from permits.audit import Act
from permits.case_notices import CaseNotice
from permits.clocks import Clocks
from permits.deadlines import Clock, legal_day, resume_clock, start_of
from permits.errors import Conflict, Stale
from permits.notices import AFTER, NoticeKind
from permits.policies import check_own
from permits.programmes import Programme

__all__ = ["lapse_returned", "reinstate_application", "reinstate_until", "remind_returned"]

BATCH = 500
JOB = "answers-due"
WORKER = "worker"


def remind_returned(work: Work, limit: int = BATCH) -> int:
    """The task of the hour: once a day after eight, who must answer soon is reminded, once a term.

    Of each programme the oldest `limit`; returns how many were told.
    """
    today = daily.due_day(work, JOB)
    if today is None:
        return 0
    told = 0
    for programme, submitted in periods(work):
        asked = reminder_window(today, programme.clocks, work.ports.reference.calendar)
        found = terms.list_unreminded(work.session, programme.code, asked, limit, submitted)
        for application, asked_at in found:
            _remind(work, programme, application, asked_at)
        told += len(found)
    daily.mark_done(work, JOB, today)
    return told


def _remind(work: Work, programme: Programme, application: Application, asked_at: datetime) -> None:
    since = term_from(application, asked_at)
    notice = ToldNotice(application.id, CaseNotice.ANSWER_DUE, WORKER, since)
    facts = {"notice": notice.notice.value, "to": notice.told}
    event = work.event(Act.APPLICATION_TOLD, application.id, facts)
    case_notices.add_notice(work.session, notice, legal_day(work.now), event=event)
    last = answer_by(application, asked_at, programme.clocks, work.ports.reference.calendar)
    told = {"day": last.isoformat()}
    notices.tell_worker(work, NoticeKind.ANSWER_DUE, application, told, since.isoformat())


def lapse_returned(work: Work, limit: int = 100) -> int:
    """Lapse returned applications whose time to answer is over; returns how many.

    The time is that of the day on which each was handed in first.
    """
    overdue = [
        (programme, before)
        for programme, submitted in periods(work)
        for before in _overdue(work, programme, submitted, limit)
    ]
    for programme, before in overdue:
        quotas.give_back(work, before.id)  # who was asked may hold some
        after = replace(moved(before, Action.LAPSE), lapsed_at=work.now)
        event = work.event(Act.APPLICATION_LAPSED, before.id, {"round": before.round})
        after = applications.save(work.session, before, after, work.now, event=event)
        until = "" if after.reinstated_at else reinstate_by(work.now, programme.clocks).isoformat()
        notices.tell_worker(work, AFTER[Action.LAPSE], after, {"until": until})
    return len(overdue)


def reinstate_application(
    work: Work, application: ApplicationId, *, seen_version: int | None = None
) -> Application:
    """The worker takes a lapsed application up again; the time to answer begins anew.

    Conflict where it was taken up before, where it is too late, or where a renewal of the same
    right was begun meanwhile.
    """
    before = applications.lock(work.session, application, reach=writing(work))
    check_own(work.actor, before)
    if seen_version is not None and before.version != seen_version:
        raise Stale("changed-meanwhile")
    clocks = programme_for(work, before).clocks
    _check(work, before)
    due_at = _without_lapse(work, before, clocks)
    after = replace(moved(before, Action.REINSTATE), reinstated_at=work.now, due_at=due_at)
    event = work.event(Act.APPLICATION_REINSTATED, application, {"round": before.round})
    after = applications.save(work.session, before, after, work.now, event=event)
    last = answer_by(after, work.now, clocks, work.ports.reference.calendar)
    notices.tell_worker(work, AFTER[Action.REINSTATE], after, {"day": last.isoformat()})
    return after


def _without_lapse(work: Work, lapsed: Application, clocks: Clocks) -> datetime | None:
    """When the agencies must have decided: what is closed has no term, whatever the programme says.

    Where the term stands still with the worker, it does so until the case is handed in.
    """
    if clocks.question_pauses.value or not (lapsed.submitted_at and lapsed.due_at):
        return lapsed.due_at
    days = clocks.statutory_working_days.value
    paused = Clock(lapsed.submitted_at, lapsed.due_at, days, lapsed.lapsed_at)
    return resume_clock(paused, work.now, work.ports.reference.calendar).due_at


def reinstate_until(work: Work, case: Case) -> date | None:
    """The last day on which a lapsed case can be taken up again; None where it cannot now."""
    lapsed_at = case.application.lapsed_at
    try:
        _check(work, case.application)
    except Conflict:
        return None
    return reinstate_by(lapsed_at, case.programme.clocks) if lapsed_at else None


def _check(work: Work, application: Application) -> None:
    check_reinstate(application, programme_for(work, application).clocks, work.now)
    if application.renews and own_applications.find_renewal(work.session, application.renews):
        raise Conflict("renewal-begun-anew")


def _overdue(
    work: Work,
    programme: Programme,
    submitted: tuple[datetime | None, datetime | None],
    limit: int,
) -> list[Application]:
    term = programme.clocks.info_request_working_days.value
    last = work.ports.reference.calendar.add_working_days(legal_day(work.now), -term)
    return terms.lock_returned_before(
        work.session, programme.code, start_of(last), limit, submitted
    )
