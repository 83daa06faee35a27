"""A worker's place on the roster: joined, renewed, left, and what came of it.

A facilitator who fills the draft in for a worker puts them on it, once they showed that they agree.
What employers ask and offer is the worker's own: who helps neither reads nor answers it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.services import daily, notices
from app.services.applications import setting_of
from app.services.reaching import reading, writing
from app.services.submissions import is_agreed
from app.services.work import Work
from app.storage import applications, candidacies, drafts, roster, vacancies
from app.storage.vacancies import ListedVacancy
from permits.answer_checks import find_faults
from permits.applications import Application, ApplicationId, Status
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Hidden, refuse_if
from permits.notices import NoticeKind
from permits.offer_checks import named_first
from permits.people import Permission
from permits.policies import assists, check_own
from permits.programmes import Programme
from permits.reach import EVERYTHING
from permits.submissions import Answers, from_mapping
from recruitment.candidacies import Candidacy, CandidacyAction, CandidacyStatus, moved_status
from recruitment.roster import (
    REMIND_AHEAD,
    Profile,
    RosterEntry,
    check_profile,
    check_standing,
    joined,
    roster_days,
)

__all__ = ["Candidacy", "OwnRoster", "Profile", "RosterEntry"]

JOB = "roster-ending"
BATCH = 5_000
TOLD = ("document_number", "given_names", "surnames", "date_of_birth", "municipality")
"""Who somebody is must be known before an employer can be told that they are there."""


@dataclass(frozen=True)
class OwnCandidacy:
    """One's own candidacy with its work."""

    candidacy: Candidacy
    vacancy: ListedVacancy


@dataclass(frozen=True)
class OwnRoster:
    """The own place on the roster, None before; `lacking` are answers that are needed first.

    `stands`: they are on it today. `can_join`: the application is a draft of a programme with a
    roster. `rosters` are the programmes that keep one. `helped`: who looks fills it in for them;
    then `agreed` tells whether the worker showed that they agree.
    """

    application: Application
    entry: RosterEntry | None
    stands: bool
    can_join: bool
    lacking: tuple[str, ...]
    candidacies: Sequence[OwnCandidacy]
    rosters: Sequence[Programme]
    languages_read: tuple[str, ...] = field(default=())
    helped: bool = False
    agreed: bool = True


def read_own(work: Work, application: ApplicationId) -> OwnRoster:
    """The own place; Hidden for everybody but the worker and who helps with the draft.

    Conflict("no-roster") in a programme that keeps none.
    """
    own, draft = drafts.read_whole(work.session, work.ports.vault, application, reach=reading(work))
    helped = _check_joins(work, own)
    today = legal_day(work.now)
    entry = roster.find_entry(work.session, application)
    found = [] if helped else candidacies.list_of_application(work.session, application)
    programmes = keeping_rosters(work)
    if own.programme not in {one.code for one in programmes}:
        raise Conflict("no-roster")
    answers = from_mapping(draft.answers)
    return OwnRoster(
        own,
        entry,
        entry is not None and entry.stands(today) and own.status is Status.DRAFT,
        own.status is Status.DRAFT,
        tuple(_lacking(work, own.programme, answers)),
        _with_work(work, found),
        programmes,
        answers.languages_read or (),
        helped,
        not helped or is_agreed(work, application, answers),
    )


def join_roster(work: Work, application: ApplicationId, profile: Profile) -> RosterEntry:
    """Join, or renew: free, as often as one likes; who renews in time keeps the turn.

    Invalid with every fault, among them ("identity-first") where the application does not say yet
    who it is or says it wrongly, and ("consent-not-shown") where who helps has not been shown that
    the worker agrees; Conflict("roster-needs-draft") once it was handed in.
    """
    own, draft = drafts.read_whole(
        work.session, work.ports.vault, application, reach=writing(work), lock=True
    )
    helped = _check_joins(work, own)
    check_own(work.actor, own)
    if own.status is not Status.DRAFT:
        raise Conflict("roster-needs-draft")
    programmes = {one.code: one for one in keeping_rosters(work)}
    if own.programme not in programmes:
        raise Conflict("no-roster")
    answers = from_mapping(draft.answers)
    if _lacking(work, own.programme, answers):
        refuse_if([Fault("identity-first", "occupation")])
    if helped and not is_agreed(work, application, answers):
        refuse_if([Fault("consent-not-shown", "consent")])
    occupations = work.ports.reference.occupations
    check_profile(profile, occupations, programmes, legal_day(work.now))
    before = roster.find_entry(work.session, application, hold=True)
    programme = programmes[own.programme]
    entry = joined(application, own.worker, profile, before, programme, work.now)
    facts: dict[str, Fact] = {
        "until": entry.valid_until.isoformat(),
        "renewed": entry.joined_at != work.now,
    }
    if helped:  # the log's actor is who helps: it names the worker beside them
        facts |= {"assisted": True, "worker": str(own.worker)}
    event = work.event(Act.ROSTER_JOINED, application, facts)
    roster.save_entry(work.session, entry, event=event)
    return entry


def remind_ending(work: Work, limit: int = BATCH) -> int:
    """The task of the minute: once a day after eight, whose place ends soon hears it, once a place.

    Who renews gets another last day, and hears of that one; the outbox keeps the key of each.
    """
    today = daily.due_day(work, JOB)
    if today is None:
        return 0
    told, after = 0, None
    ahead = today + REMIND_AHEAD
    while batch := roster.list_ending(work.session, today, ahead, limit, after):
        for one in batch:
            _remind_ending(work, one)
        told, after = told + len(batch), (batch[-1].valid_until, batch[-1].application)
    daily.mark_done(work, JOB, today)
    return told


def _remind_ending(work: Work, entry: RosterEntry) -> None:
    identity, last = ApplicationId(entry.application), entry.valid_until.isoformat()
    own = applications.get_application(work.session, identity, reach=EVERYTHING)
    link = f"{work.ports.public_url}/mi-solicitud/{entry.application}/lista"
    notices.tell_worker(work, NoticeKind.ROSTER_ENDING, own, {"day": last, "link": link}, last)


def leave_roster(work: Work, application: ApplicationId) -> None:
    """Leave: what was open with employers ends with it. Conflict("not-on-roster")."""
    own = applications.lock(work.session, application, reach=writing(work))
    _check_own(work, own)
    check_own(work.actor, own)
    before = roster.find_entry(work.session, application, hold=True)
    entry = check_standing(before, legal_day(work.now))
    event = work.event(Act.ROSTER_LEFT, application)
    left = replace(entry, left_at=work.now, version=entry.version + 1)
    roster.save_entry(work.session, left, event=event)
    end_others(work, application)


def end_others(work: Work, application: UUID, kept: UUID | None = None) -> None:
    """End every open candidacy of a person but one: they left, or took other work."""
    for one in candidacies.list_of_application(work.session, application, hold=True):
        if not one.is_open or one.id == kept:
            continue
        offered = one.status is CandidacyStatus.OFFERED
        action = CandidacyAction.DECLINE if offered else CandidacyAction.WITHDRAW
        save_moved(work, one, replace(one, status=moved_status(one.status, action)), action)


def save_moved(work: Work, before: Candidacy, after: Candidacy, action: CandidacyAction) -> None:
    """Write a candidacy that was moved; the caller holds its row."""
    after = replace(after, version=before.version + 1, changed_at=work.now)
    facts = {
        "vacancy": str(before.vacancy),
        "action": action.value,
        "status": after.status.value,
        "why": after.why.value if after.why else "",
    }
    event = work.event(Act.CANDIDACY_MOVED, before.application, facts)
    candidacies.save_candidacy(work.session, after, event=event)


def joins_first(work: Work, programme: Programme) -> bool:
    """Whether people join the roster before they can name work: employers choose from there."""
    return named_first(programme) and bool(roster_days(programme, legal_day(work.now)))


def keeping_rosters(work: Work) -> list[Programme]:
    """The programmes that keep a roster today, by code."""
    today = legal_day(work.now)
    every = work.ports.reference.programmes
    return [every[code] for code in sorted(every) if roster_days(every[code], today)]


def _with_work(work: Work, found: Sequence[Candidacy]) -> list[OwnCandidacy]:
    listed = vacancies.list_some(work.session, [one.vacancy for one in found])
    known = {one.id: one for one in listed}
    return [OwnCandidacy(one, known[one.vacancy]) for one in found if one.vacancy in known]


def _lacking(work: Work, programme: str, answers: Answers) -> list[str]:
    """Answers about the person that are missing or wrong: the age is judged on today."""
    missing = [name for name in TOLD if getattr(answers, name) in (None, "")]
    wrong = find_faults(set(TOLD) - set(missing), answers, setting_of(work, programme))
    return [*missing, *(one.field for one in wrong if one.field not in missing)]


def _check_joins(work: Work, own: Application) -> bool:
    """Whether who acts helps with the draft; Hidden unless they do or it is their own."""
    if assists(work.actor, own):
        return True
    _check_own(work, own)
    return False


def _check_own(work: Work, own: Application) -> None:
    if work.actor.person != own.worker or not work.actor.can(Permission.APPLICATION_READ_OWN):
        raise Hidden("no-such-application")
