"""A wish for an employer that leads nowhere: its worker is told, what the pool promised is free."""

from dataclasses import replace
from uuid import UUID

from app.services import notices
from app.services.case import Case, load_case
from app.services.work import Work
from app.storage import authorisations, employer_changes, nominations, vacancies
from app.storage import pool_asks as rows
from app.storage.vacancies import ListedVacancy
from permits.audit import Act
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.employer_changes import ChangeOutcome, EmployerChange, is_hopeless
from permits.notices import Notice, NoticeKind
from permits.reach import EVERYTHING

BATCH = 100


def free_place(work: Work, case: Case, change: EmployerChange) -> None:
    """End what a yes in the pool had promised, where a change came of one and was not made.

    1. the yes counts no more; 2. the name is taken back, so that its place is free; 3. the employer
    is told, without a name and without why. Whoever tells the worker does so by the outcome.
    """
    ask = rows.find_accepted(work.session, case.application.id, change.vacancy)
    if ask is None:
        return
    ended = work.event(Act.POOL_ENDED, ask.id, {"outcome": change.outcome.value})
    rows.end_ask(work.session, ask, event=ended)  # 1
    event = work.event(Act.NAME_TAKEN_BACK, ask.vacancy)
    number, vault = case.answers.document_number or "", work.ports.vault
    nominations.take_back(work.session, vault, ask.vacancy, number, event=event)  # 2
    found = vacancies.find_vacancy(work.session, ask.vacancy)
    if found is not None:
        _tell_employer(work, ask.id, found)  # 3


def end_hopeless(work: Work) -> int:
    """The task of the minute: wishes that nobody can grant any more end; how many.

    Without it who asked would wait for an answer that cannot come, and no farm of the pool could
    ask them; SETRASS would have it on its desk.
    """
    today = legal_day(work.now)
    found = rows.list_hopeless(work.session, today, BATCH)
    return sum(_end(work, one) for one in found)


def _end(work: Work, authorisation: UUID) -> bool:
    right = authorisations.lock_authorisation(work.session, authorisation, reach=EVERYTHING)
    wishes = employer_changes.list_of_right(work.session, right.id)
    waiting = next((one for one in wishes if one.outcome is ChangeOutcome.ASKED), None)
    if waiting is None or not _is_hopeless(work, right, waiting):
        return False
    ended = replace(waiting, outcome=ChangeOutcome.LAPSED, decided_at=work.now)
    facts = {"outcome": ended.outcome.value, "digest": ended.digest}
    event = work.event(Act.EMPLOYER_CHANGE_SETTLED, right.id, facts)
    employer_changes.settle_change(work.session, ended, event=event)
    case = load_case(work, right.application)
    free_place(work, case, ended)
    kind = NoticeKind.EMPLOYER_CHANGE_LAPSED
    notices.tell_worker(work, kind, case.application, once=f"change-{ended.id}")
    return True


def _is_hopeless(work: Work, right: Authorisation, change: EmployerChange) -> bool:
    found = vacancies.find_vacancy(work.session, change.vacancy)
    if found is None:
        return True
    today = legal_day(work.now)
    return is_hopeless(right, found.offer.ends_on, today, barred=found.barred)


def _tell_employer(work: Work, ask: UUID, vacancy: ListedVacancy) -> None:
    kind = NoticeKind.POOL_FREED
    link = f"{work.ports.public_url}/mis-vacantes/{vacancy.id}/bolsa"
    facts = {"receipt": "", "link": link, "title": vacancy.title}
    key = f"{kind.value}:{ask}"
    notices.leave(
        work, Notice(kind, "es", key, vacancy.employer_phone, vacancy.employer_email, facts)
    )
