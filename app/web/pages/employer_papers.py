"""SETRASS looks at the papers of an employer or of a vacancy's steps, and keeps what it saw."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import employer_checks, employer_papers, refusals, vacancy_overrides
from app.services.documents import UnfitFile
from app.services.outages import Outage
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages import employer_checks as desk
from app.web.pages import vacancy_reviews as reviews
from app.web.pages.papers import hand_out, sent_file
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Fault
from permits.people import Permission
from permits.policies import check_permission
from recruitment.employer_papers import Paper
from recruitment.registrations import Evidence

router = APIRouter(include_in_schema=False)

OF_REGISTRATION = desk.ONE + "/papeles"
OF_VACANCY = reviews.ONE + "/papeles"


class SeenForm(forms.Answers):
    """What the file is a copy of; `version` is what the official looked at."""

    wording: ClassVar[Mapping[str, str]] = {
        "evidence.missing": N_("Elija el papel que usted vio."),
    }
    evidence: Evidence
    version: int


class StepForm(forms.Answers):
    """Nothing but a file."""

    wording: ClassVar[Mapping[str, str]] = {}


@dataclass(frozen=True)
class PapersPage:
    """The papers of `name`, who or what they are of; `here` is the page's own address.

    `version` is None where nothing is asked about a file.
    """

    form: Form
    name: str
    papers: Sequence[Paper]
    here: str
    back: str
    version: int | None = None
    evidence: Sequence[Evidence] = tuple(Evidence)
    refusal: Conflict | None = None


@router.get(OF_REGISTRATION)
def list_of_registration(request: Request, work: SignedInWork, registration: UUID) -> Response:
    """The papers of an employer; that it was opened is logged."""
    return _registration(request, work, registration, Form())


@router.post(OF_REGISTRATION)
def add_seen(request: Request, work: SignedInWork, registration: UUID, posted: Posted) -> Response:
    """Keep a copy of what was seen; after the verification it counts from now on."""
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    said = forms.check(SeenForm, posted)
    if isinstance(said, Form):
        return _registration(request, work, registration, said, 422)

    def again(form: Form, status: int, refusal: Conflict | None = None) -> Response:
        return _registration(request, work, registration, form, status, refusal)

    data = sent_file(posted)
    return _act(
        work,
        posted,
        SeenForm,
        lambda: employer_papers.add_seen(work, registration, said.evidence, data, said.version),
        again,
        f"{desk.PATH}/{registration}/papeles",
    )


@router.get(OF_REGISTRATION + "/{paper:uuid}")
def show_of_registration(work: SignedInWork, registration: UUID, paper: UUID) -> Response:
    """One; logged too."""
    return hand_out(employer_papers.read_paper(work, registration, paper))


@router.get(OF_VACANCY)
def list_of_vacancy(request: Request, work: SignedInReading, vacancy: UUID) -> Response:
    """What shows the steps of a vacancy."""
    return _vacancy(request, work, vacancy, Form())


@router.post(OF_VACANCY)
def add_to_vacancy(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Keep what shows a step."""

    def again(form: Form, status: int, refusal: Conflict | None = None) -> Response:
        return _vacancy(request, work, vacancy, form, status, refusal)

    data = sent_file(posted)
    return _act(
        work,
        posted,
        StepForm,
        lambda: employer_papers.add_to_vacancy(work, vacancy, data),
        again,
        f"{reviews.PATH}/{vacancy}/papeles",
    )


@router.get(OF_VACANCY + "/{paper:uuid}")
def show_of_vacancy(work: SignedInWork, vacancy: UUID, paper: UUID) -> Response:
    """One; that it was opened is logged."""
    return hand_out(employer_papers.read_of_vacancy(work, vacancy, paper))


def _act(
    work: Work,
    posted: Posted,
    model: type[forms.Answers],
    act: Callable[[], object],
    again: Callable[..., Response],
    done: str,
) -> Response:
    try:
        with work.attempt():
            act()
    except UnfitFile as unfit:
        return again(forms.refused(model, posted, unfit), 422)
    except Outage as outage:
        return again(Form(forms.typed(posted), (Fault(outage.code, "file"),)), 503)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, "paper")
        return again(Form(forms.typed(posted)), status_of(refusal), refusal)
    return RedirectResponse(done, 303)


def _registration(
    request: Request,
    work: Work,
    registration: UUID,
    form: Form,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    one = employer_checks.read_registration(work, registration).registration
    papers = employer_papers.list_papers(work, registration)
    back = f"{desk.PATH}/{registration}"
    page = PapersPage(
        form, one.told.name or "", papers, f"{back}/papeles", back, one.version, refusal=refusal
    )
    return render(request, "employer_checks/papers.html", page, status)


def _vacancy(
    request: Request,
    work: Work,
    vacancy: UUID,
    form: Form,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    title = vacancy_overrides.read_file(work, vacancy).looked.vacancy.offer.title
    papers = employer_papers.list_of_vacancy(work, vacancy)
    back = f"{reviews.PATH}/{vacancy}"
    page = PapersPage(form, title, papers, f"{back}/papeles", back, refusal=refusal)
    return render(request, "employer_checks/papers.html", page, status)
