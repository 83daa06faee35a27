"""A crew as one list for officers: each case's findings seen and confirmed, then all approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from app.services import crew_approvals, crew_papers
from app.services.case import Case
from app.services.crew_approvals import CrewCase, CrewFile, ListedCrew, Result, Stand
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import locale_of
from app.web.pages.answered import Row, Said, rows
from app.web.pages.prints import pdf
from app.web.pages.searches import Typed, searched
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.crews import findings_digest
from permits.errors import Conflict, Stale
from permits.people import Permission

router = APIRouter(include_in_schema=False)

PATH = "/cuadrillas"
CREW = PATH + "/{crew:uuid}"


class Seen(forms.Answers):
    """What the page showed: the version of the case, and the digest of the findings."""

    wording: ClassVar[Mapping[str, str]] = {}
    version: int = Field(ge=1, le=10**9)
    findings: str


class Batch(forms.Answers):
    """How many cases the button said."""

    wording: ClassVar[Mapping[str, str]] = {}
    expected: int = Field(ge=1, le=1000)


@dataclass(frozen=True)
class CrewsPage:
    """Lists with cases within reach."""

    crews: Sequence[ListedCrew]
    form: Form


@dataclass(frozen=True)
class CrewPage:
    """One list; `results` are those of a batch that was just approved, None otherwise."""

    file: CrewFile
    ready: int
    decides: bool
    results: Sequence[Result] | None = None
    refusal: str = ""


@dataclass(frozen=True)
class FindingsPage:
    """A case of the list: what was handed in, and what the checks saw."""

    crew: UUID
    case: Case
    rows: Sequence[Row]
    findings: str
    stand: Stand
    place: int
    total: int
    decides: bool
    next: UUID | None = None
    refusal: str = ""


@router.get(PATH)
def list_crews(request: Request, work: SignedInReading, q: Typed = "") -> Response:
    """The lists, the newest first."""
    page = CrewsPage(crew_approvals.list_crews(work, q), searched(q))
    return render(request, "crew_approvals/list.html", page)


@router.get(CREW)
def show_crew(request: Request, work: SignedInReading, crew: UUID) -> Response:
    """The cases of a list, how far they are, and the button once some are confirmed."""
    return render(request, "crew_approvals/crew.html", _page(work, crew))


@router.get(CREW + "/lista.pdf")
def print_crew(request: Request, work: SignedInWork, crew: UUID) -> Response:
    """The cases within reach on paper; each person on it can read who took it."""
    return pdf(crew_papers.print_file(work, crew, locale_of(request).language.code), "lista.pdf")


@router.get(CREW + "/{application:uuid}")
def show_findings(request: Request, work: SignedInWork, crew: UUID, application: UUID) -> Response:
    """A case with its findings; that it was opened stands in the log."""
    return _show(request, work, crew, application)


@router.post(CREW + "/{application:uuid}")
def confirm(
    request: Request, work: SignedInWork, crew: UUID, application: UUID, posted: Posted
) -> Response:
    """The findings were seen; on to the next case that was not, or back to the list."""
    seen = forms.check(Seen, posted)
    if isinstance(seen, Form):
        return _show(request, work, crew, application, 422)
    try:
        with work.attempt():
            crew_approvals.confirm_findings(
                work,
                crew,
                ApplicationId(application),
                seen_version=seen.version,
                seen_findings=seen.findings,
            )
    except Conflict as refusal:
        status = status_of(refusal)
        return _show(request, work, crew, application, status, refusal=refusal.code)
    following = _next(crew_approvals.read_crew(work, crew), application)
    return RedirectResponse(f"{PATH}/{crew}/{following}" if following else f"{PATH}/{crew}", 303)


@router.post(CREW + "/aprobar")
def approve(request: Request, work: ProvenWork, crew: UUID, posted: Posted) -> Response:
    """Approve what was confirmed; each case is told, approved or refused and why."""
    batch = forms.check(Batch, posted)
    expected = 0 if isinstance(batch, Form) else batch.expected
    try:
        results = crew_approvals.approve_crew(work, crew, expected)
    except Stale as refusal:
        page = _page(work, crew, refusal=refusal.code)
        return render(request, "crew_approvals/crew.html", page, status_of(refusal))
    page = _page(work, crew, results)
    return render(request, "crew_approvals/crew.html", page)


def _page(
    work: Work, crew: UUID, results: Sequence[Result] | None = None, refusal: str = ""
) -> CrewPage:
    file = crew_approvals.read_crew(work, crew)
    decides = work.actor.can(Permission.APPLICATION_DECIDE)
    return CrewPage(file, file.count(Stand.CONFIRMED), decides, results, refusal)


def _show(
    request: Request,
    work: Work,
    crew: UUID,
    application: UUID,
    status: int = 200,
    *,
    refusal: str = "",
) -> Response:
    case = crew_approvals.open_case(work, crew, ApplicationId(application))
    file = crew_approvals.read_crew(work, crew)
    place, own = next(
        (at, one)
        for at, one in enumerate(file.cases, start=1)
        if one.listed.application.id == case.application.id
    )
    page = FindingsPage(
        crew,
        case,
        rows(Said(case, work.ports.reference, locale_of(request), work.actor)),
        findings_digest(case.findings),
        own.stand,
        place,
        len(file.cases),
        work.actor.can(Permission.APPLICATION_DECIDE),
        _next(file, application),
        refusal,
    )
    return render(request, "crew_approvals/findings.html", page, status)


def _next(file: CrewFile, application: UUID) -> UUID | None:
    """The next case that is to be seen, after this one and then from the top."""
    ids = [one.listed.application.id for one in file.cases]
    at = ids.index(ApplicationId(application)) + 1 if application in ids else 0
    turned = [*file.cases[at:], *file.cases[:at]]
    return next((one.listed.application.id for one in turned if _is_to_see(one, application)), None)


def _is_to_see(one: CrewCase, application: UUID) -> bool:
    return one.stand in {Stand.TO_SEE, Stand.CHANGED} and one.listed.application.id != application
