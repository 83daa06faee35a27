"""The IRIS self-assessment of a recruiter: their own pages, and what SETRASS says of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.services import employer_papers, recruiter_assessments, recruiters, refusals
from app.services.recruiters import Recruiter
from app.services.registrations import Mine, read_mine
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, PublicReading, PublicWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.pages.criteria import CriterionForm, keep, list_files, may_remove
from app.web.pages.papers import hand_out
from app.web.pages.registering import HERE, OWN_PAGE, guarded, token_of
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict
from recruitment.assessments import Assessment, Audit, Criterion
from recruitment.employer_papers import Paper
from recruitment.recruiters import LicenceKey
from recruitment.registries import OF_RECRUITERS, normal_number

router = APIRouter(include_in_schema=False)

OWN = HERE + "/licencias/{registry}/{number}"
DESK = "/reclutadores/{registry}/{number}/iris"


class AuditForm(forms.Answers):
    """What an official says of a criterion; `version` is what was looked at."""

    wording: ClassVar[Mapping[str, str]] = {}
    criterion: Criterion
    said: Audit
    version: int


@dataclass(frozen=True)
class OwnIrisPage:
    """Every criterion, or the form of one (`open`); `path` is the page's own address.

    `files` were brought for that one; those in `removable` may be taken away.
    """

    form: Form
    name: str
    back: str
    path: str
    items: Sequence[Assessment]
    open: Criterion | None
    files: Sequence[Paper]
    removable: Collection[object]


@dataclass(frozen=True)
class DeskPage:
    """What a recruiter says of each criterion, with the evidence and the files."""

    recruiter: Recruiter
    items: Sequence[Assessment]
    files: Sequence[Paper]
    done: bool = False
    refusal: Conflict | None = None


@router.get(OWN)
def list_criteria(
    request: Request, work: PublicReading, registry: str, number: str, criterio: str = ""
) -> Response:
    """All criteria of an own licence, or the form of one."""
    asked = Criterion(criterio) if criterio in set(Criterion) else None
    key = _key(registry, number)
    return guarded(request, work, lambda _: _own(request, work, key, Form(), asked))


@router.post(OWN)
def declare_criterion(
    request: Request, work: PublicWork, registry: str, number: str, posted: Posted
) -> Response:
    """Keep the recruiter's word on one."""
    key = _key(registry, number)

    def then(_: Mine) -> Response:
        code = Form(forms.typed(posted)).value("criterion")
        asked = Criterion(code) if code in set(Criterion) else None
        said = forms.check(CriterionForm, posted)
        if isinstance(said, Form):
            return _own(request, work, key, said, asked, 422)
        token = token_of(request)

        def tell() -> None:
            recruiter_assessments.declare_own(work, token, key, said.criterion, said.evidence)

        wrong = keep(work, token, posted, said.criterion, tell, key)
        if wrong is not None:
            return _own(request, work, key, wrong.form, said.criterion, wrong.status)
        return RedirectResponse(f"{_path(key)}#{said.criterion.value}", 303)

    return guarded(request, work, then)


@router.get(DESK)
def show_desk(
    request: Request, work: SignedInReading, registry: str, number: str, hecho: str = ""
) -> Response:
    """What the recruiter declared, with the evidence, for who judges recruiters."""
    return _desk(request, work, _key(registry, number), done=bool(hecho))


@router.post(DESK)
def audit(
    request: Request, work: SignedInWork, registry: str, number: str, posted: Posted
) -> Response:
    """Confirm or reject a criterion."""
    key = _key(registry, number)
    recruiter_assessments.list_of(work, key)
    said = forms.check(AuditForm, posted)
    if isinstance(said, Form):
        return _desk(request, work, key, 422)
    return _act(
        request,
        work,
        key,
        lambda: recruiter_assessments.audit_criterion(
            work, key, said.criterion, said.said, said.version
        ),
    )


@router.get(DESK + "/papeles/{paper:uuid}")
def show_file(work: SignedInWork, registry: str, number: str, paper: UUID) -> Response:
    """A file that shows a criterion; that it was opened is logged."""
    return hand_out(employer_papers.read_of_licence(work, _key(registry, number), paper))


def _act(request: Request, work: Work, key: LicenceKey, act: Callable[[], object]) -> Response:
    try:
        with work.attempt():
            act()
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, "audit_recruiter")
        return _desk(request, work, key, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/reclutadores/{key.registry.value}/{key.number}/iris?hecho=1", 303)


def _key(registry: str, number: str) -> LicenceKey:
    whose = next((one for one in OF_RECRUITERS if one.value == registry), None)
    if whose is None:
        raise HTTPException(404)
    return LicenceKey(whose, normal_number(number[:60]))


def _path(key: LicenceKey) -> str:
    return f"{HERE}/licencias/{key.registry.value}/{key.number}"


def _own(
    request: Request,
    work: Work,
    key: LicenceKey,
    form: Form,
    asked: Criterion | None,
    status: int = 200,
) -> Response:
    token = token_of(request)
    found = recruiter_assessments.find_own(work, token, key)
    items = recruiter_assessments.list_own(work, token, key)
    if asked is not None and not form.values:
        evidence = next(one.evidence for one in items if one.criterion is asked)
        form = Form({"evidence": (evidence,)})
    files = list_files(work, token, asked, key)
    may = may_remove(files, read_mine(work, token).registration.id)
    page = OwnIrisPage(form, found.name, OWN_PAGE, _path(key), items, asked, files, may)
    return render(request, "registrations/iris.html", page, status)


def _desk(
    request: Request,
    work: Work,
    key: LicenceKey,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    items = recruiter_assessments.list_of(work, key)
    found = recruiters.read_recruiter(work, key.registry, key.number)
    files = employer_papers.list_of_licence(work, key)
    page = DeskPage(found, items, files, done, refusal)
    return render(request, "recruiters/iris.html", page, status)
