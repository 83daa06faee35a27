"""Who recruits for the employer, and the IRIS self-assessment: what a verified employer keeps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import assessments, recruiters
from app.services.recruiters import Named
from app.services.registrations import OwnEmployer, read_mine
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, PublicReading, PublicWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.criteria import CriterionForm, keep, list_files, may_remove
from app.web.pages.registering import HERE, back_of, for_employer, token_of
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from recruitment.assessments import Assessment, Criterion
from recruitment.employer_papers import Paper

router = APIRouter(include_in_schema=False)

MANDATES, IRIS = HERE + "/reclutadores", HERE + "/iris"


class MandateForm(forms.Answers):
    """Whom the employer names; `under` is the mandate of who uses this agent, "" for none."""

    wording: ClassVar[Mapping[str, str]] = {
        "licence.missing": N_("Escriba el número de la licencia."),
        "starts_on.missing": N_("Escriba el primer día."),
        "ends_on.missing": N_("Escriba el último día."),
    }
    licence: Annotated[str, StringConstraints(max_length=60)]
    starts_on: WrittenDate
    ends_on: WrittenDate
    under: UUID | None = None


@dataclass(frozen=True)
class MandatesPage:
    """Whom the employer of this name has named; `back` is the page before."""

    form: Form
    name: str
    back: str
    named: Sequence[Named]
    refusal: Conflict | None = None


@dataclass(frozen=True)
class IrisPage:
    """Every criterion; `open` is the one whose form is shown, `back` the page before all.

    `files` were brought for that one; those in `removable` may be taken away.
    """

    form: Form
    name: str
    back: str
    items: Sequence[Assessment]
    open: Criterion | None
    files: Sequence[Paper] = ()
    removable: Collection[object] = ()
    path: str = IRIS


@router.get(MANDATES)
def list_mandates(request: Request, work: PublicReading) -> Response:
    """Recruiters and their agents."""
    return for_employer(request, work, lambda own: _mandates(request, work, own, Form()))


@router.post(MANDATES)
def give_mandate(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Name one, or tell what is wrong."""

    def then(own: OwnEmployer) -> Response:
        said = forms.check(MandateForm, posted)
        if isinstance(said, Form):
            return _mandates(request, work, own, said, 422)
        try:
            with work.attempt():
                recruiters.give_mandate(
                    work, token_of(request), said.licence, said.starts_on, said.ends_on, said.under
                )
        except Invalid as invalid:
            wrong = forms.refused(MandateForm, posted, invalid)
            return _mandates(request, work, own, wrong, 422)
        except Conflict as refusal:
            form = Form(forms.typed(posted))
            return _mandates(request, work, own, form, status_of(refusal), refusal=refusal)
        return RedirectResponse(MANDATES, 303)

    return for_employer(request, work, then)


@router.post(MANDATES + "/{mandate:uuid}/terminar")
def end_mandate(request: Request, work: PublicWork, mandate: UUID) -> Response:
    """Take the word back from today."""

    def then(own: OwnEmployer) -> Response:
        try:
            with work.attempt():
                recruiters.end_mandate(work, token_of(request), mandate)
        except Conflict as refusal:
            return _mandates(request, work, own, Form(), 409, refusal=refusal)
        return RedirectResponse(MANDATES, 303)

    return for_employer(request, work, then)


@router.get(IRIS)
def list_criteria(request: Request, work: PublicReading, criterio: str = "") -> Response:
    """All criteria, or the form of one."""
    asked = Criterion(criterio) if criterio in set(Criterion) else None
    return for_employer(request, work, lambda own: _iris(request, work, own, Form(), asked))


@router.post(IRIS)
def declare_criterion(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Keep the employer's word on one."""

    def then(own: OwnEmployer) -> Response:
        typed = Form(forms.typed(posted))
        code = typed.value("criterion")
        asked = Criterion(code) if code in set(Criterion) else None
        said = forms.check(CriterionForm, posted)
        if isinstance(said, Form):
            return _iris(request, work, own, said, asked, 422)
        token = token_of(request)

        def tell() -> None:
            assessments.declare_own(work, token, said.criterion, said.evidence)

        wrong = keep(work, token, posted, said.criterion, tell)
        if wrong is not None:
            return _iris(request, work, own, wrong.form, said.criterion, wrong.status)
        return RedirectResponse(f"{IRIS}#{said.criterion.value}", 303)

    return for_employer(request, work, then)


def _mandates(
    request: Request,
    work: Work,
    own: OwnEmployer,
    form: Form,
    status: int = 200,
    *,
    refusal: Conflict | None = None,
) -> Response:
    named = recruiters.list_mandates(work, token_of(request))
    page = MandatesPage(form, own.name, back_of(request), named, refusal)
    return render(request, "registrations/recruiters.html", page, status)


def _iris(
    request: Request,
    work: Work,
    own: OwnEmployer,
    form: Form,
    asked: Criterion | None,
    status: int = 200,
) -> Response:
    items = assessments.list_own(work, token_of(request))
    if asked is not None and not form.values:
        evidence = next(one.evidence for one in items if one.criterion is asked)
        form = Form({"evidence": (evidence,)})
    token = token_of(request)
    files = list_files(work, token, asked)
    may = may_remove(files, read_mine(work, token).registration.id)
    page = IrisPage(form, own.name, back_of(request), items, asked, files, may)
    return render(request, "registrations/iris.html", page, status)
