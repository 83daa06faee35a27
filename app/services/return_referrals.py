"""Help at home after the season: the desk refers with the person's yes, and they see all of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from uuid import UUID

from app.services import notices
from app.services.case import programme_of
from app.services.reaching import reading, writing
from app.services.work import Work
from app.storage import applications, return_surveys
from app.storage import return_referrals as kept
from app.storage.return_referrals import OpenReferral
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, refuse_if
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_own, check_permission
from permits.return_referrals import (
    HelpOutcome,
    Office,
    Referral,
    Wanted,
    check_refer,
    check_standing,
    closed,
    find_day_faults,
    find_faults,
    offices_of,
)
from permits.return_surveys import ReturnTask

__all__ = ["OpenReferral", "Referral"]

LISTED = 200


@dataclass(frozen=True)
class HelpFile:
    """A case at the desk: whether help was asked for, the offices at home, every way so far."""

    application: Application
    asked: bool
    offices: Sequence[Office]
    referrals: Sequence[Referral]

    @property
    def standing(self) -> Referral | None:
        """The way that is open."""
        return next((one for one in self.referrals if one.is_open), None)


def list_open(work: Work) -> Sequence[OpenReferral]:
    """Everybody who is on their way to an office: who has no day yet first, then by the day."""
    check_permission(work.actor, Permission.RETURN_ATTEND)
    return kept.list_open(work.session, reach=reading(work), limit=LISTED)


def read_file(work: Work, application: ApplicationId) -> HelpFile:
    """One case; Conflict where nobody was asked how it went."""
    check_permission(work.actor, Permission.RETURN_ATTEND)
    found = applications.get_application(work.session, application, reach=reading(work))
    survey = return_surveys.find_survey(work.session, work.ports.vault, application)
    if survey is None:
        raise Conflict("no-return-survey")
    programme = programme_of(work, found.programme)
    return HelpFile(
        found,
        ReturnTask.HELP in survey.tasks,
        offices_of(programme.nationalities),
        kept.list_of_case(work.session, application),
    )


def refer(work: Work, application: ApplicationId, wanted: Wanted) -> Referral:
    """Write down to which office somebody said yes. Twice the same is once.

    Invalid with every fault; Conflict where nobody asked for help, or another way is open.
    """
    check_permission(work.actor, Permission.RETURN_ATTEND)
    own = applications.lock(work.session, application, reach=writing(work))
    wanted = replace(wanted, place=" ".join(wanted.place.split()))
    standing = kept.find_open(work.session, application, hold=True)
    if standing is not None and standing.says(wanted):
        return standing
    survey = return_surveys.find_survey(work.session, work.ports.vault, application)
    check_refer(survey, standing, work.actor.person)
    refuse_if(find_faults(wanted, programme_of(work, own.programme).nationalities))
    referral = Referral(
        work.new_id(),
        application,
        own.worker,
        wanted.kind,
        wanted.office,
        wanted.place,
        work.now,
        work.actor.person,
    )
    facts = {"office": wanted.office.value}
    event = work.event(Act.RETURN_REFERRED, application, facts)
    kept.add_referral(work.session, referral, event=event)
    return referral


def appoint(work: Work, application: ApplicationId, seen: UUID, day: date, hour: time) -> Referral:
    """When the office receives the person, who is told by a message. Twice the same is once.

    `seen` is the way that the form showed: Stale for another, Conflict where none is open.
    """
    standing = _hold(work, application, seen)
    if (standing.day, standing.hour) == (day, hour):
        return standing
    refuse_if(find_day_faults(day, legal_day(work.now)))
    after = replace(standing, day=day, hour=hour)
    event = work.event(Act.RETURN_APPOINTED, application, {"office": after.office.value})
    kept.save_referral(work.session, after, event=event)
    own = applications.get_application(work.session, application, reach=writing(work))
    told = {"day": day.isoformat(), "hour": f"{hour:%H:%M}", "place": after.place}
    # A day that is put off and taken again is told again: what was told last has to be true.
    once = f"return-{after.id}-{work.now.isoformat()}"
    notices.tell_worker(work, NoticeKind.RETURN_APPOINTMENT, own, told, once=once)
    return after


def close(work: Work, application: ApplicationId, seen: UUID, outcome: HelpOutcome) -> Referral:
    """What came of it, as office or person told the desk; another way may follow."""
    standing = _hold(work, application, seen)
    after = closed(standing, outcome, work.actor.person, work.now)
    _save_closed(work, after)
    return after


def list_own(work: Work, application: ApplicationId) -> Sequence[Referral]:
    """The own ways, the newest first; for the worker of the case alone."""
    own = applications.get_application(work.session, application, reach=reading(work))
    check_own(work.actor, own)
    return kept.list_of_case(work.session, application)


def decline_own(work: Work, application: ApplicationId, seen: UUID | None) -> None:
    """The person wants it no more; nobody asks why. Twice is once.

    `seen` is the way that the page showed: Stale for another, Conflict where none is open.
    """
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    own = applications.get_application(work.session, application, reach=writing(work))
    check_own(work.actor, own)
    standing = kept.find_open(work.session, application, hold=True)
    declined = {
        one.id
        for one in kept.list_of_case(work.session, application)
        if one.outcome is HelpOutcome.DECLINED
    }
    if seen in declined:
        return
    standing = check_standing(standing, seen)
    _save_closed(work, closed(standing, HelpOutcome.DECLINED, work.actor.person, work.now))


def _hold(work: Work, application: ApplicationId, seen: UUID) -> Referral:
    check_permission(work.actor, Permission.RETURN_ATTEND)
    applications.get_application(work.session, application, reach=writing(work))
    return check_standing(kept.find_open(work.session, application, hold=True), seen)


def _save_closed(work: Work, after: Referral) -> None:
    outcome = after.outcome.value if after.outcome else ""
    event = work.event(Act.RETURN_HELP_CLOSED, after.application, {"outcome": outcome})
    kept.save_referral(work.session, after, event=event)
