"""The employer's own papers: what shows the registration, or a criterion of IRIS."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import employer_papers
from app.services.documents import UnfitFile
from app.services.outages import Outage
from app.services.registrations import Mine
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, PublicReading, PublicWork
from app.web.forms import Form
from app.web.pages.papers import hand_out, sent_file
from app.web.pages.registering import HERE, guarded, token_of
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Fault
from recruitment.assessments import Criterion
from recruitment.employer_papers import Paper, is_removable

router = APIRouter(include_in_schema=False)

PAPERS = HERE + "/papeles"


class PaperForm(forms.Answers):
    """What the file shows: a criterion, or "" for the registration."""

    wording: ClassVar[Mapping[str, str]] = {}
    criterion: Criterion | None = None


@dataclass(frozen=True)
class PapersPage:
    """What was brought, and the field for another; criteria only of who is verified.

    `removable` are papers that may be taken away.
    """

    form: Form
    papers: Sequence[Paper]
    criteria: Sequence[Criterion]
    mine: Mine
    removable: Collection[UUID]
    refusal: Conflict | None = None


@router.get(PAPERS)
def list_papers(request: Request, work: PublicReading) -> Response:
    """All of them."""
    return guarded(request, work, lambda mine: _papers(request, work, mine, Form()))


@router.post(PAPERS)
def add_paper(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Keep another."""

    def then(mine: Mine) -> Response:
        said = forms.check(PaperForm, posted)
        if isinstance(said, Form):
            return _papers(request, work, mine, said, 422)
        criterion = said.criterion if mine.registration.employer else None
        try:
            with work.attempt():
                employer_papers.add_own(work, token_of(request), sent_file(posted), criterion)
        except UnfitFile as unfit:
            wrong = forms.refused(PaperForm, posted, unfit)
            return _papers(request, work, mine, wrong, 422)
        except Outage as outage:
            away = Form(forms.typed(posted), (Fault(outage.code, "file"),))
            return _papers(request, work, mine, away, 503)
        except Conflict as refusal:
            return _papers(request, work, mine, Form(), status_of(refusal), refusal=refusal)
        return RedirectResponse(PAPERS, 303)

    return guarded(request, work, then)


@router.get(PAPERS + "/{paper:uuid}")
def show_paper(request: Request, work: PublicReading, paper: UUID) -> Response:
    """One of the own."""
    return guarded(
        request,
        work,
        lambda mine: hand_out(employer_papers.read_own(work, token_of(request), paper)),
    )


@router.post(PAPERS + "/{paper:uuid}/quitar")
def remove_paper(request: Request, work: PublicWork, paper: UUID) -> Response:
    """Take one away; one that is gone is no error."""

    def then(mine: Mine) -> Response:
        try:
            employer_papers.remove_own(work, token_of(request), paper)
        except Conflict as refusal:
            return _papers(request, work, mine, Form(), status_of(refusal), refusal=refusal)
        return RedirectResponse(PAPERS, 303)

    return guarded(request, work, then)


def _papers(
    request: Request,
    work: Work,
    mine: Mine,
    form: Form,
    status: int = 200,
    *,
    refusal: Conflict | None = None,
) -> Response:
    criteria = tuple(Criterion) if mine.registration.employer else ()
    papers = employer_papers.list_own(work, token_of(request))
    own = mine.registration
    may = {one.id for one in papers if is_removable(one, own.id, own.decided_at)}
    page = PapersPage(form, papers, criteria, mine, may, refusal)
    return render(request, "registrations/papers.html", page, status)
