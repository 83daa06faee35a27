"""Another employer: asked from the permit, decided by SETRASS in the case, listed for both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import employer_changes, pool_asks, vacancies
from app.services.case import Case
from app.services.contract_waits import find_waiting
from app.services.credentials import Permit
from app.services.employer_changes import ListedChange
from app.services.request_terms import Asked, Term, answer_by, term_of
from app.services.vacancies import ListedVacancy
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.answered import work_place
from app.web.pages.cases import PATH as CASE
from app.web.pages.cases import attempt, show
from app.web.pages.other_farms import Move, move_of
from app.web.pages.permits import own_permit
from app.web.pages.searches import Typed, searched
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.deadlines import legal_day
from permits.employer_changes import ChangeId, ChangeOutcome, EmployerChange, find_faults
from permits.errors import Conflict, Invalid
from recruitment.terms import Terms

router = APIRouter(include_in_schema=False)

PATH = "/mi-permiso/{credential:uuid}/empleador"
NOT_TAKEN = frozenset(
    {"ask-answered", "ask-over", "change-already-asked", "vacancy-not-open", "vacancy-closed"}
)
"""Why an answer to a farm was not taken, as the address may say it."""

CARDS = 4
"""So many jobs stand on one page, each with every term."""


class ChangeVerdict(StrEnum):
    """What SETRASS says of the wish."""

    GRANT = "grant"
    REFUSE = "refuse"


class ChangeDecision(forms.Answers):
    """The decision, and words to the worker, which a refusal needs; `digest` of what was shown."""

    wording: ClassVar[Mapping[str, str]] = {
        "change_verdict.missing": N_("Elija qué decide SETRASS."),
    }
    change_verdict: ChangeVerdict
    change_note: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Job:
    """Work that may be chosen, with its place in words and what is told beside the offer."""

    vacancy: ListedVacancy
    place: str
    terms: Terms


@dataclass(frozen=True)
class AskedCard(Job):
    """Work that a farm asks a worker of the pool to do, until a day."""

    ask: UUID
    until: date


@dataclass(frozen=True)
class EmployerPage:
    """The wish that waits, or jobs to choose from; `refusal` tells why nothing was asked.

    `asked` are farms that ask for this worker, `said` what the worker answered just now.
    `answer_by` is the last day to answer a wish.
    `contract` is the case whose contract waits for the worker's yes.
    `move` says from where to where the wish leads.
    """

    path: str
    employer: str
    waiting: EmployerChange | None
    move: Move | None
    jobs: Sequence[Job]
    count: int
    form: Form
    before: str | None = None
    after: str | None = None
    refusal: Conflict | None = None
    asked: Sequence[AskedCard] = ()
    said: str = ""
    answer_by: date | None = None
    contract: ApplicationId | None = None


@dataclass(frozen=True)
class ChangesPage:
    """The wishes that wait with their terms, and those that were granted within a year."""

    waiting: Sequence[ListedChange]
    granted: Sequence[ListedChange]
    form: Form
    terms: Mapping[ChangeId, Term | None]


@router.get(PATH)
def choose_employer(
    request: Request,
    work: SignedInWork,
    credential: UUID,
    q: str = "",
    pagina: int = 1,
    hecho: str = "",
    no: str = "",
) -> Response:
    """What a change is, the farms that ask for the worker, and the other jobs with their terms."""
    refusal = Conflict(no) if no in NOT_TAKEN else None
    return _show(request, work, credential, q=q, number=pagina, refusal=refusal, said=hecho)


@router.post(PATH)
def ask_change(request: Request, work: SignedInWork, credential: UUID, form: Posted) -> Response:
    """Ask for the job that was chosen; the page shows what waits afterwards."""
    permit, _ = own_permit(work, credential, "page")
    try:
        vacancy = UUID(str(form.get("vacancy")))
    except ValueError:
        return _show(request, work, credential, 422)
    try:
        with work.attempt():
            employer_changes.ask_change(work, permit.authorisation.id, vacancy)
    except Invalid as invalid:
        faults = Form({}, tuple(invalid.faults))
        return _show(request, work, credential, 422, form=faults)
    except Conflict as refusal:
        return _show(request, work, credential, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/mi-permiso/{credential}/empleador", 303)


@router.post(PATH + "/retirar")
def withdraw_change(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """Stay with the employer of now."""
    permit, _ = own_permit(work, credential, "page")
    try:
        employer_changes.withdraw_change(work, permit.authorisation.id)
    except Conflict as refusal:
        return _show(request, work, credential, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/mi-permiso/{credential}/empleador", 303)


@router.post(CASE + "/empleador/decidir")
def decide_change(request: Request, work: ProvenWork, application: UUID, form: Posted) -> Response:
    """Labour's decision on the wish that waits; what was typed stays where it is refused."""
    answers = forms.check(ChangeDecision, form)
    if isinstance(answers, Form):
        return show(request, work, application, 422, form=answers)
    granted = answers.change_verdict is ChangeVerdict.GRANT
    note = answers.change_note.replace("\r\n", "\n")

    def decide() -> None:
        employer_changes.decide_change(
            work, application, note, granted=granted, seen=answers.digest
        )

    typed = Form(forms.typed(form))
    fields = {"note": "change_note", "opinion": "change_verdict"}
    done = "change-granted" if granted else "change-refused"
    return attempt(request, work, application, decide, done, typed, fields)


@router.get("/cambios-de-empleador")
def list_changes(request: Request, work: SignedInReading, q: Typed = "") -> Response:
    """What waits for SETRASS, and what INM is told of."""
    waiting, granted = (
        employer_changes.list_changes(work, outcome, q)
        for outcome in (ChangeOutcome.ASKED, ChangeOutcome.GRANTED)
    )
    terms = {
        one.change.id: term_of(work, one.programme, Asked.EMPLOYER_CHANGE, one.change.asked_at)
        for one in waiting
    }
    page = ChangesPage(waiting, granted, searched(q), terms)
    return render(request, "employer_changes.html", page)


def _show(
    request: Request,
    work: Work,
    credential: UUID,
    status: int = 200,
    *,
    q: str = "",
    number: int = 1,
    form: Form | None = None,
    refusal: Conflict | None = None,
    said: str = "",
) -> Response:
    permit, case = own_permit(work, credential, "page")
    offer = case.offer
    path = f"/mi-permiso/{credential}/empleador"
    jobs = _jobs(work, permit, case, q)
    last = max(1, -(-len(jobs) // CARDS))
    number = min(max(1, number), last)
    waiting = employer_changes.find_waiting(work, permit.authorisation.id)
    asked = (permit.authorisation.programme, Asked.EMPLOYER_CHANGE)
    page = EmployerPage(
        path,
        offer.employer_name if offer else "",
        waiting,
        move_of(work, offer, waiting.offer) if waiting else None,
        _told(work, jobs[(number - 1) * CARDS :][:CARDS]),
        len(jobs),
        form or Form({"q": (q,)}),
        _page_path(path, q, number - 1) if number > 1 else None,
        _page_path(path, q, number + 1) if number < last else None,
        refusal,
        _asked(work, case),
        said,
        answer_by(work, *asked, waiting.asked_at) if waiting else None,
        case.application.id if waiting and find_waiting(work, case.application) else None,
    )
    return render(request, "permits/employer.html", page, status)


def _asked(work: Work, case: Case) -> list[AskedCard]:
    """The farms that ask for who has a permit for the pool; nobody else is asked."""
    if case.offer is None or not case.offer.is_pool:
        return []
    reference = work.ports.reference
    return [
        AskedCard(
            one.vacancy,
            work_place(reference, one.vacancy.offer.department, one.vacancy.offer.municipality),
            one.terms,
            one.ask.id,
            one.ask.until,
        )
        for one in pool_asks.list_own(work, case.application.id)
    ]


def _told(work: Work, found: Sequence[ListedVacancy]) -> list[Job]:
    reference, terms = work.ports.reference, vacancies.read_terms(work, found)
    return [
        Job(
            one,
            work_place(reference, one.offer.department, one.offer.municipality),
            terms[one.id].terms,
        )
        for one in found
    ]


def _jobs(work: Work, permit: Permit, case: Case, q: str) -> list[ListedVacancy]:
    """The open jobs that the worker may ask for under the permit."""
    right, now = permit.authorisation, case.offer
    seen = vacancies.see_vacancies(work, right.programme, case.answers.document_number, q)
    today = legal_day(work.now)
    return [
        one
        for one in (each.vacancy for each in seen)
        if now is not None
        and not find_faults(one.offer, now, right, right.programme, one.programme, today)
    ]


def _page_path(path: str, text: str, number: int) -> str:
    query = f"q={quote(text)}&" if text else ""
    return f"{path}?{query}pagina={number}"
