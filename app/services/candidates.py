"""The employer's side: requirements, and people who were pre-selected; and the worker's answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.services import notices
from app.services.applications import create_application, save_answers
from app.services.nominations import read_own as read_own_vacancy
from app.services.reaching import writing
from app.services.roster import end_others, keeping_rosters, save_moved
from app.services.work import Work
from app.storage import applications, candidacies, drafts, nominations, roster, vacancies
from app.storage.drafts import Draft
from app.storage.vacancies import ListedVacancy
from permits.applications import Application, ApplicationId, Status
from permits.audit import Act
from permits.deadlines import LEGAL_ZONE, legal_day
from permits.errors import Conflict, Hidden, NotFound, Stale
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_own, check_permission
from permits.reach import EVERYTHING
from permits.submissions import from_mapping
from recruitment.candidacies import (
    NAMED,
    Candidacy,
    CandidacyAction,
    CandidacyStatus,
    Move,
    check_answer,
    check_move,
    moved_status,
    next_actions,
)
from recruitment.matching import Opening, Reason, Requirements, check_requirements, match
from recruitment.roster import Trade, initials

__all__ = ["Candidacy", "CandidacyAction", "Move", "Requirements"]

BATCH = 100
IDENTITY = (
    *("document_kind", "document_number", "given_names", "surnames", "date_of_birth", "sex"),
    *("nationality", "municipality", "languages_spoken", "languages_read"),
)
"""What goes along where the work is of another programme than the one somebody enrolled in."""


@dataclass(frozen=True)
class Candidate:
    """Somebody as the employer sees them: initials until they are invited, then the name."""

    candidacy: Candidacy
    name: str = field(repr=False)
    trade: Trade | None
    reasons: tuple[Reason, ...]
    actions: Sequence[CandidacyAction]


@dataclass(frozen=True)
class Candidates:
    """A vacancy with its people; `promised` places are offered or were accepted."""

    vacancy: ListedVacancy
    requirements: Requirements
    people: Sequence[Candidate]
    promised: int


def read_candidates(work: Work, vacancy: UUID) -> Candidates:
    """Who was pre-selected for an own vacancy, in their order; each can read who looked (N8).

    NotFound for another employer's vacancy, Conflict("no-roster") where there is none.
    """
    found = _own(work, vacancy)
    wanted = candidacies.find_requirements(work.session, vacancy)
    listed = candidacies.list_chosen(work.session, vacancy)
    looked = [
        work.event(Act.APPLICATION_READ, one.candidacy.application, {"purpose": "interview"})
        for one in listed
        if one.candidacy.status in NAMED
    ]
    candidacies.note_readings(work.session, events=looked)
    entries = roster.list_entries(work.session, [one.candidacy.application for one in listed])
    offer = found.offer
    opening = Opening(found.programme, offer.occupation, offer.starts_on, offer.ends_on)
    people = []
    for one in listed:
        entry = entries.get(one.candidacy.application)
        named = one.candidacy.status in NAMED
        people.append(
            Candidate(
                one.candidacy,
                one.worker_name if named else initials(one.worker_name),
                entry.profile.trade(offer.occupation) if entry else None,
                match(entry, opening, wanted).reasons if entry else (),
                next_actions(one.candidacy, work.now),
            )
        )
    promised = candidacies.count_promised(work.session, vacancy)
    return Candidates(found, wanted, people, promised)


def save_requirements(work: Work, vacancy: UUID, requirements: Requirements) -> None:
    """Say what an own vacancy asks for; Invalid with every fault.

    Conflict("people-chosen") once somebody was pre-selected: what people were measured by stays.
    """
    _own(work, vacancy)
    candidacies.lock_offers(work.session, vacancy)
    if candidacies.list_of_vacancy(work.session, vacancy):
        raise Conflict("people-chosen")
    check_requirements(requirements)
    event = work.event(Act.REQUIREMENTS_SAVED, vacancy)
    candidacies.save_requirements(work.session, vacancy, requirements, event=event)


def move_candidate(work: Work, vacancy: UUID, candidacy: UUID, move: Move, seen: int) -> Candidacy:
    """Invite, note what an interview came to, offer, or pass over with a reason.

    Stale where it changed since version `seen`; Invalid with every fault; Conflict as
    `check_move` says, and ("vacancy-closed") where nobody new may be met for it or be offered it:
    whoever may not hire learns no name. The worker is told of an invitation, an offer and a no.
    """
    found = _own(work, vacancy)
    candidacies.lock_offers(work.session, vacancy)
    before = _find(work, candidacy, hold=True)
    if before.vacancy != vacancy:
        raise NotFound("no-such-candidacy")
    if before.version != seen:
        raise Stale("changed-meanwhile")
    if move.action in _MEETING and not vacancies.is_open(found, legal_day(work.now)):
        raise Conflict("vacancy-closed")
    promised = candidacies.count_promised(work.session, vacancy)
    check_move(before, move, found.places, promised, work.now)
    after = replace(before, status=moved_status(before.status, move.action), why=move.why)
    if move.action is CandidacyAction.INVITE:
        place = move.interview_place
        after = replace(after, interview_at=move.interview_at, interview_place=place, outcome=None)
    elif move.action is CandidacyAction.MEET:
        after = replace(after, outcome=move.outcome)
    elif move.action is CandidacyAction.OFFER:
        after = replace(after, offer_until=move.offer_until)
    save_moved(work, before, after, move.action)
    _tell(work, after, move.action)
    return after


_MEETING = frozenset({CandidacyAction.INVITE, CandidacyAction.OFFER})


def answer_own(
    work: Work, application: ApplicationId, candidacy: UUID, action: CandidacyAction
) -> Application:
    """The worker accepts or declines an offer, or withdraws; returns where they go on.

    1. the own application and the candidacy, held; 2. the answer; 3. on a yes: the work stands in
    the application (in a new one where it is of another programme), the employer has named the
    person, and every other candidacy of theirs ends. Saying the same twice is saying it once.
    """
    own, draft = drafts.read_whole(
        work.session, work.ports.vault, application, reach=writing(work), lock=True
    )
    if work.actor.person != own.worker:
        raise Hidden("no-such-application")
    check_own(work.actor, own)
    before = _find(work, candidacy, hold=True)  # 1
    if before.application != application:
        raise NotFound("no-such-candidacy")
    if (before.status, action) in _SAID:
        return own
    check_answer(before, action, work.now)  # 2
    after = replace(before, status=moved_status(before.status, action))
    save_moved(work, before, after, action)
    if action is not CandidacyAction.ACCEPT:
        return own
    return _take_work(work, own, draft, before)  # 3


def _take_work(work: Work, own: Application, draft: Draft, accepted: Candidacy) -> Application:
    """The work of an accepted offer stands in the application, and nothing else is open."""
    if own.status is not Status.DRAFT:
        raise Conflict("roster-needs-draft")
    found = vacancies.find_vacancy(work.session, accepted.vacancy)
    if found is None or not vacancies.is_open(found, legal_day(work.now)):
        raise Conflict("vacancy-closed")
    _name(work, found, from_mapping(draft.answers).document_number or "")
    end_others(work, own.id, kept=accepted.id)
    chosen = {"vacancy": str(found.id)}
    if own.programme == found.programme:
        return save_answers(work, own.id, chosen)
    known = {name: value for name, value in draft.answers.items() if name in IDENTITY and value}
    return create_application(work, found.programme, {**known, **chosen})


_SAID = frozenset(
    {
        (CandidacyStatus.ACCEPTED, CandidacyAction.ACCEPT),
        (CandidacyStatus.DECLINED, CandidacyAction.DECLINE),
        (CandidacyStatus.WITHDRAWN, CandidacyAction.WITHDRAW),
    }
)


def expire_offers(work: Work, limit: int = BATCH) -> int:
    """The task of the minute: offers that nobody answered end; how many."""
    found = candidacies.lock_expired(work.session, legal_day(work.now), limit)
    for one in found:
        after = replace(one, status=moved_status(one.status, CandidacyAction.EXPIRE))
        save_moved(work, one, after, CandidacyAction.EXPIRE)
        _tell(work, after, CandidacyAction.EXPIRE)
    return len(found)


def _name(work: Work, found: ListedVacancy, number: str) -> None:
    """The offer was the employer's promise: whoever accepts it is named, and asked for no more."""
    event = work.event(Act.WORKERS_NAMED, found.id, {"count": 1})
    nominations.name_workers(work.session, work.ports.vault, found.id, [number], event=event)


TELLING = {
    CandidacyAction.INVITE: NoticeKind.INTERVIEW_INVITED,
    CandidacyAction.OFFER: NoticeKind.OFFER_MADE,
    CandidacyAction.PASS_OVER: NoticeKind.CANDIDACY_ENDED,
    CandidacyAction.EXPIRE: NoticeKind.CANDIDACY_ENDED,
}


def _tell(work: Work, candidacy: Candidacy, action: CandidacyAction) -> None:
    kind = TELLING.get(action)
    if kind is None:
        return
    own = applications.get_application(
        work.session, ApplicationId(candidacy.application), reach=EVERYTHING
    )
    told, at, until = {}, candidacy.interview_at, candidacy.offer_until
    if at is not None and action is CandidacyAction.INVITE:
        told = {"day": legal_day(at).isoformat(), "hour": f"{at.astimezone(LEGAL_ZONE):%H:%M}"}
    if until is not None and action is CandidacyAction.OFFER:
        told = {"until": until.isoformat()}
    notices.tell_worker(work, kind, own, told, once=f"{candidacy.id}:{candidacy.version + 1}")


def _find(work: Work, candidacy: UUID, *, hold: bool = False) -> Candidacy:
    found = candidacies.find_candidacy(work.session, candidacy, hold=hold)
    if found is None:
        raise NotFound("no-such-candidacy")
    return found


def _own(work: Work, vacancy: UUID) -> ListedVacancy:
    """An own vacancy of a programme with a roster."""
    check_permission(work.actor, Permission.VACANCY_NAME)
    found = read_own_vacancy(work, vacancy).vacancy
    if found.programme not in {one.code for one in keeping_rosters(work)}:
        raise Conflict("no-roster")
    return found
