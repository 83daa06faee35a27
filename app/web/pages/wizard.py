"""What the pages of the wizard share: the step that is open, where it leads, what was refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from app.services import applications
from app.services.case import Case
from app.services.work import Work
from app.web import forms
from app.web.forms import Form, Step
from app.web.pages.own_questions import in_form
from app.web.pages.steps import Given, first_open, wizard_after
from app.web.templating import render
from permits.applications import EDITABLE, ApplicationId, Status
from permits.errors import Invalid
from permits.programmes import Programme
from permits.submissions import Answers

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True)
class Opened:
    """A step of an application whose worker is signed in."""

    case: Case
    step: Step[Any]

    @property
    def id(self) -> ApplicationId:
        """The application."""
        return self.case.application.id

    @property
    def path(self) -> str:
        """The address of the step."""
        return step_path(self.id, self.step)


@dataclass(frozen=True)
class StepPage:
    """One question. `back` is where *Atrás* leads."""

    form: Form
    step: Step[Any]
    application: ApplicationId
    programme: Programme
    answers: Answers
    number: int
    total: int
    back: str
    returned: bool


def step_path(application: UUID, step: Step[Any]) -> str:
    """The address of a step."""
    return f"/solicitud/{application}/{step.slug}"


def given_of(case: Case) -> Given:
    """What the registry looks at to tell what is still open."""
    files = frozenset(document.kind for document in case.documents)
    return Given(case.answers, files, case.programme)


def open_step(work: Work, application: UUID, slug: str) -> Opened:
    """The step of an own application; 404 for another's and for a step that is not asked."""
    case = applications.read_own(work, ApplicationId(application))
    step = wizard_after(case.programme, case.answers).find(slug)
    if step is None:
        raise HTTPException(404)
    return Opened(case, step)


def elsewhere(case: Case) -> Response | None:
    """Where somebody belongs whose application can no longer be changed."""
    if case.application.status in EDITABLE:
        return None
    return RedirectResponse(f"/mi-solicitud/{case.application.id}", 303)


def onwards(work: Work, application: ApplicationId) -> Response:
    """The first step that is still open, or the answers to be checked before sending."""
    return RedirectResponse(next_path(applications.read_own(work, application)), 303)


def next_path(case: Case) -> str:
    """The address of what comes next."""
    step = first_open(given_of(case))
    application = case.application.id
    return step_path(application, step) if step else f"/solicitud/{application}/revisar"


def step_page(opened: Opened, form: Form) -> StepPage:
    """The context of a step."""
    asked = wizard_after(opened.case.programme, opened.case.answers)
    before = asked.before(opened.step)
    base = f"/solicitud/{opened.id}"
    return StepPage(
        form,
        opened.step,
        opened.id,
        opened.case.programme,
        opened.case.answers,
        asked.steps.index(opened.step) + 1,
        len(asked.steps),
        f"{base}/{before.slug}" if before else base,
        opened.case.application.status is Status.RETURNED,
    )


def show(
    request: Request,
    opened: Opened,
    page: "DataclassInstance",
    status: int = 200,
) -> Response:
    """The page of a step."""
    name = f"applications/steps/{opened.step.page}"
    return render(request, name, page, status)


def save(work: Work, opened: Opened, posted: FormData) -> Form | None:
    """Save what was answered to a step; the form with its faults where something is wrong."""
    return save_typed(work, opened, forms.typed(posted))


def save_typed(work: Work, opened: Opened, values: Mapping[str, Sequence[str]]) -> Form | None:
    """The same for texts that stand already by field."""
    answers = forms.check(opened.step.model, values)
    if isinstance(answers, Form):
        return answers
    try:
        changes = answers.changes(opened.case.answers)
        applications.save_answers(work, opened.id, changes)
    except Invalid as invalid:
        return forms.refused(opened.step.model, values, Invalid(in_form(invalid.faults)))
    return None
