"""The worker's wizard: one question a page, saved at every Continue, resumed anywhere."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import applications
from app.services.progress import progress_of_draft
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, PublicReading, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.pages import assisting, wizard
from app.web.pages.own_questions import title_of
from app.web.pages.stages import Stage, stages_of
from app.web.pages.steps import is_answered, wizard_after
from app.web.pages.wizard import Opened, StepPage
from app.web.templating import render
from permits.applications import Application, ApplicationId, Status
from permits.people import Role
from permits.programmes import Programme

router = APIRouter(include_in_schema=False)

MORE = "mas"
"""The name of the button that shows every language; what was ticked stays."""


@dataclass(frozen=True)
class LanguagePage(StepPage):
    """A question about languages: codes and Spanish names; `more` says that all are shown."""

    languages: tuple[tuple[str, str], ...] = ()
    more: bool = False


@dataclass(frozen=True)
class ListedApplication:
    """One of the worker's own applications; `path` leads on."""

    application: Application
    programme: Programme
    path: str


@dataclass(frozen=True)
class OwnApplications:
    """Everything that this person has asked for."""

    listed: tuple[ListedApplication, ...]


@dataclass(frozen=True)
class Task:
    """A line of the task list."""

    question: str
    path: str
    done: bool


@dataclass(frozen=True)
class TaskList:
    """What is done and what is to be done; `path` leads to the next open question.

    `barred`: the employer that was chosen may not hire. `stages` is the way of a draft; that of
    what was handed in stands on the page of its status.
    """

    application: Application
    programme: Programme
    tasks: tuple[Task, ...]
    path: str
    complete: bool
    barred: bool
    stages: tuple[Stage, ...]


@router.get("/solicitud")
def show_own_applications(request: Request, work: PublicReading) -> Response:
    """The applications of who has come back; everybody else begins."""
    if assisting.helps(work):
        return RedirectResponse(assisting.HERE, 303)
    if work.actor.role is not Role.WORKER:
        return RedirectResponse("/solicitud/nueva", 303)
    known = work.ports.reference.programmes
    own = applications.list_own(work)
    listed = tuple(ListedApplication(a, known[a.programme], path_of(a)) for a in own)
    return render(request, "applications/own.html", OwnApplications(listed))


def path_of(application: Application) -> str:
    """Where an application is gone on with: a draft at its questions, another at its status."""
    draft = application.status is Status.DRAFT
    return f"/{'solicitud' if draft else 'mi-solicitud'}/{application.id}"


@router.get("/solicitud/{application:uuid}")
def show_task_list(request: Request, work: SignedInReading, application: UUID) -> Response:
    """Every question with its state; done is not sent."""
    case = applications.read_own(work, ApplicationId(application))
    if away := wizard.elsewhere(case):
        return away
    given, locale = wizard.given_of(case), i18n.locale_of(request)
    tasks = tuple(
        Task(
            title_of(step, locale),
            wizard.step_path(application, step),
            is_answered(step, given),
        )
        for step in wizard_after(case.programme, case.answers).steps
    )
    complete = all(task.done for task in tasks)
    barred = case.vacancy is not None and case.vacancy.barred
    path = wizard.next_path(case)
    stages = stages_of(progress_of_draft(work, case)) if case.application.round == 0 else ()
    page = TaskList(case.application, case.programme, tasks, path, complete, barred, stages)
    return render(request, "applications/tasks.html", page)


@router.get("/solicitud/{application:uuid}/{slug}")
def show_step(request: Request, work: SignedInReading, application: UUID, slug: str) -> Response:
    """One question, with the answer that was given before."""
    opened = wizard.open_step(work, application, slug)
    if away := wizard.elsewhere(opened.case):
        return away
    if slug == "permiso" and assisting.helps(work):
        return RedirectResponse(f"{assisting.HERE}/{application}/permiso", 303)
    form = opened.step.model.shown(opened.case.answers)
    kind = request.query_params.get("con", "")
    if slug == "documento" and kind in opened.case.programme.identity_kinds:
        form = Form({"document_kind": (kind,)})
    return wizard.show(request, opened, _page(work, opened, form))


@router.post("/solicitud/{application:uuid}/{slug}")
def answer_step(
    request: Request, work: SignedInWork, application: UUID, slug: str, posted: Posted
) -> Response:
    """Save and go on, or show the question again with every fault and what was typed."""
    opened = wizard.open_step(work, application, slug)
    more = MORE in posted
    if more or i18n.pressed(request):
        if slug == "trabajo":  # its page has no form of its own
            return RedirectResponse(request.url.path, 303)
        typed = {name: texts for name, texts in forms.typed(posted).items() if name != MORE}
        page = _page(work, opened, Form(typed), more=more)
        return wizard.show(request, opened, page)
    refused = wizard.save(work, opened, posted)
    if refused is not None:
        return wizard.show(request, opened, _page(work, opened, refused), 422)
    return wizard.onwards(work, opened.id)


def _page(work: Work, opened: Opened, form: Form, *, more: bool = False) -> StepPage:
    """The context of a step; where it is about languages, with those to choose among."""
    page = wizard.step_page(opened, form)
    if opened.step.slug not in ("idiomas", "lectura"):
        return page
    known = work.ports.reference.languages
    first = [code for code in opened.case.programme.languages if code in known]
    chosen = {code for texts in form.values.values() for code in texts}
    rest = [code for code in known if code not in first and (more or code in chosen)]
    all_shown = len(first) + len(rest) == len(known)
    listed = tuple((code, known[code]) for code in first + rest)
    return LanguagePage(**vars(page), languages=listed, more=all_shown)
