"""Another employer: asked from the permit, decided by SETRASS in the case, listed for both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import employer_changes, vacancies
from app.services.case import Case
from app.services.credentials import Permit
from app.services.employer_changes import ListedChange
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
from permits.deadlines import legal_day
from permits.employer_changes import ChangeOutcome, EmployerChange, find_faults
from permits.errors import Conflict, Invalid
from recruitment.terms import Terms

router = APIRouter(include_in_schema=False)

PATH = "/mi-permiso/{credential:uuid}/empleador"
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
class EmployerPage:
    """The wish that waits, or jobs to choose from; `refusal` tells why nothing was asked.

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


@dataclass(frozen=True)
class ChangesPage:
    """The wishes that wait, and those that were granted within a year."""

    waiting: Sequence[ListedChange]
    granted: Sequence[ListedChange]
    form: Form


@router.get(PATH)
def choose_employer(
    request: Request, work: SignedInWork, credential: UUID, q: str = "", pagina: int = 1
) -> Response:
    """What a change is, and the other open jobs with all their terms."""
    return _show(request, work, credential, q=q, number=pagina)


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
    return render(request, "employer_changes.html", ChangesPage(waiting, granted, searched(q)))


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
) -> Response:
    permit, case = own_permit(work, credential, "page")
    offer = case.offer
    path = f"/mi-permiso/{credential}/empleador"
    waiting = employer_changes.find_waiting(work, permit.authorisation.id)
    jobs = _jobs(work, permit, case, q)
    last = max(1, -(-len(jobs) // CARDS))
    number = min(max(1, number), last)
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
    )
    return render(request, "permits/employer.html", page, status)


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
