"""An employer asks the next people of its department's pool; each says yes or no by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.services import employer_changes, notices, vacancies
from app.services.applications import read_own
from app.services.nominations import OwnVacancy
from app.services.nominations import read_own as read_own_vacancy
from app.services.vacancies import ListedVacancy
from app.services.work import Work
from app.storage import applications, authorisations, nominations
from app.storage import pool_asks as rows
from app.storage import vacancies as open_vacancies
from permits.applications import ApplicationId
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Hidden, NotFound
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import EVERYTHING
from recruitment.pool_asks import (
    ANSWERED_WITHIN,
    AskStatus,
    Counted,
    PoolAsk,
    check_answer,
    check_number,
    count,
    free_places,
    told_waiting,
)
from recruitment.terms import Terms

__all__ = ["Counted", "PoolAsk"]


@dataclass(frozen=True)
class Pool:
    """What an employer reads of the pool: counts, and the names of who said yes.

    `people` is how many may be asked, rounded down to a step of five. `gone` said yes, and the
    change was not made: who was named must be known not to come, and why is told to nobody.
    """

    own: OwnVacancy
    people: int
    counted: Counted
    free: int
    accepted: Sequence[str] = field(repr=False)
    gone: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True)
class AskedJob:
    """A question as its worker reads it, with all the terms of the work."""

    ask: PoolAsk
    vacancy: ListedVacancy
    terms: Terms


def has_pool(work: Work, vacancy: ListedVacancy) -> bool:
    """Whether there is a pool in the department of a vacancy."""
    programme = work.ports.reference.programmes[vacancy.programme].on(legal_day(work.now))
    return vacancy.offer.department in programme.pool


def read_pool(work: Work, vacancy: UUID) -> Pool:
    """How many wait, how the questions stand, and who said yes; each of these learns of it (N8).

    NotFound for another employer's vacancy, Conflict("no-pool") where the department has none.
    """
    own = _own(work, vacancy)
    asked = rows.list_of_vacancy(work.session, vacancy)
    yes, gone = (
        [one for one in asked if one.ask.status is status]
        for status in (AskStatus.ACCEPTED, AskStatus.ENDED)
    )
    events = [
        work.event(Act.APPLICATION_READ, one.ask.application, {"purpose": "pool"})
        for one in (*yes, *gone)
    ]
    rows.note_readings(work.session, events=events)
    counted = count([one.ask for one in asked], legal_day(work.now))
    free = free_places(own.vacancy.places, own.named, counted)
    names, left = ([one.worker_name for one in some] for some in (yes, gone))
    return Pool(own, told_waiting(len(_waiting(work, own))), counted, free, names, left)


def ask_people(work: Work, vacancy: UUID, number: int) -> int:
    """Ask the next `number` of the pool; how many were asked, fewer where fewer wait.

    Invalid for a number that is none; Conflict("vacancy-closed") for who may hire nobody now,
    ("no-place-to-ask") where every place is promised or enough were asked today.
    """
    own = _own(work, vacancy)
    rows.lock_asks(work.session, own.vacancy.offer.department)
    nominations.lock_names(work.session, vacancy)
    own = _own(work, vacancy)
    if not own.open:
        raise Conflict("vacancy-closed")
    asked = rows.list_of_vacancy(work.session, vacancy)
    today = legal_day(work.now)
    counted = count([one.ask for one in asked], today)
    since = sum(legal_day(one.ask.asked_at) == today for one in asked)
    check_number(number, free_places(own.vacancy.places, own.named, counted), since)
    until = today + ANSWERED_WITHIN
    new = [
        PoolAsk(work.new_id(), vacancy, one.application, one.worker, work.now, until)
        for one in _waiting(work, own)[:number]
    ]
    if new:
        event = work.event(Act.POOL_ASKED, vacancy, {"people": len(new)})
        rows.add_asks(work.session, new, event=event)
    for one in new:
        _tell(work, one)
    return len(new)


def list_own(work: Work, application: ApplicationId) -> Sequence[AskedJob]:
    """The questions that wait for the own worker, each with the work as it is offered now."""
    _check_worker(work, application)
    today = legal_day(work.now)
    waiting = [
        one for one in rows.list_of_application(work.session, application) if one.waits(today)
    ]
    found = {
        one.id: one
        for one in open_vacancies.list_some(work.session, [one.vacancy for one in waiting])
        if open_vacancies.is_open(one, today)
    }
    terms = vacancies.read_terms(work, list(found.values()))
    return [
        AskedJob(one, found[one.vacancy], terms[one.vacancy].terms)
        for one in waiting
        if one.vacancy in found
    ]


def answer_own(work: Work, application: ApplicationId, ask: UUID, *, accepts: bool) -> None:
    """The worker says yes or no; the same twice is once.

    A yes names them for the vacancy, and asks SETRASS to attach the employer. NotFound for
    another's question, Conflict as `check_answer` says, and whatever `ask_change` refuses.
    """
    _check_worker(work, application)
    before = rows.lock_ask(work.session, ask)
    if before.application != application:
        raise NotFound("no-such-ask")
    said = AskStatus.ACCEPTED if accepts else AskStatus.DECLINED
    if before.status is said:
        return
    check_answer(before, legal_day(work.now))
    event = work.event(Act.POOL_ANSWERED, before.id, {"status": said.value})
    rows.answer(work.session, before, said, work.now, event=event)
    if accepts:
        _take_work(work, application, before)


def _take_work(work: Work, application: ApplicationId, ask: PoolAsk) -> None:
    """The question was the employer's promise: whoever says yes is named.

    Every other farm that waits for them has its answer, and its place, by this.
    """
    right = authorisations.find_of_application(work.session, application)
    if right is None:
        raise NotFound("no-such-authorisation")
    today = legal_day(work.now)
    for other in rows.list_of_application(work.session, application):
        if other.id != ask.id and other.waits(today):
            ended = work.event(Act.POOL_ANSWERED, other.id, {"status": AskStatus.DECLINED.value})
            rows.answer(work.session, other, AskStatus.DECLINED, work.now, event=ended)
    number = read_own(work, application).answers.document_number or ""
    event = work.event(Act.WORKERS_NAMED, ask.vacancy, {"count": 1})
    nominations.name_workers(work.session, work.ports.vault, ask.vacancy, [number], event=event)
    employer_changes.ask_change(work, right.id, ask.vacancy)


def _waiting(work: Work, own: OwnVacancy) -> Sequence[rows.Waiting]:
    offer = own.vacancy.offer
    days = (max(offer.starts_on, legal_day(work.now)), offer.ends_on)
    return rows.list_waiting(
        work.session, own.vacancy.id, own.vacancy.programme, offer.department, days
    )


def _own(work: Work, vacancy: UUID) -> OwnVacancy:
    check_permission(work.actor, Permission.VACANCY_NAME)
    found = read_own_vacancy(work, vacancy)
    if not has_pool(work, found.vacancy):
        raise Conflict("no-pool")
    return found


def _check_worker(work: Work, application: ApplicationId) -> None:
    if read_own(work, application).application.worker != work.actor.person:
        raise Hidden("no-such-application")


def _tell(work: Work, ask: PoolAsk) -> None:
    identity = ApplicationId(ask.application)
    own = applications.get_application(work.session, identity, reach=EVERYTHING)
    facts = {"until": ask.until.isoformat()}
    notices.tell_worker(work, NoticeKind.POOL_ASKED, own, facts, once=str(ask.id))
