"""The worker's orientation: lessons to read and hear, a seat, the test, the certificate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import orientation
from app.services.orientation import OwnOrientation
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.prints import pdf
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Invalid
from permits.orientation import QUESTIONS, Question, TestResult, Topic

router = APIRouter(include_in_schema=False)

PATH = "/mi-solicitud/{application:uuid}/orientacion"


class Chosen(forms.Answers):
    """The session that was tapped."""

    wording: ClassVar[Mapping[str, str]] = {"session.missing": N_("Elija una orientación.")}
    session: UUID


class Answered(forms.Answers):
    """The answers of the test; the law tells which are open."""

    wording: ClassVar[Mapping[str, str]] = {
        f"{topic.value}.missing": N_("Elija una respuesta.") for topic in Topic
    }
    papers: str | None = None
    free: str | None = None
    contract: str | None = None
    wage: str | None = None
    danger: str | None = None
    help: str | None = None

    @property
    def given(self) -> dict[Topic, str]:
        """The answers that were given."""
        told = self.model_dump(exclude_none=True)
        return {topic: told[topic.value] for topic in Topic if topic.value in told}


@dataclass(frozen=True)
class OrientationPage:
    """What there is to hear, the own seat, what may be chosen, and how it went."""

    path: str
    back: str
    own: OwnOrientation
    languages: Mapping[str, str]
    questions: Sequence[Question] = QUESTIONS
    refusal: Conflict | None = None


@dataclass(frozen=True)
class TestPage:
    """The test with what was chosen; `result` once it was answered."""

    path: str
    form: Form = field(default_factory=Form)
    result: TestResult | None = None
    questions: Sequence[Question] = QUESTIONS


@router.get(PATH)
def show_orientation(request: Request, work: SignedInReading, application: UUID) -> Response:
    """The lessons, the seat, the test and the certificate."""
    return render(request, "orientation/own.html", _page(request, work, application))


@router.post(PATH)
def take_seat(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """Take a seat; the one of before is given back with it."""
    page = _page(request, work, application)
    given = forms.check(Chosen, posted)
    if isinstance(given, Form):
        refused = replace(page, refusal=Conflict("no-such-orientation"))
        return render(request, "orientation/own.html", refused, 422)
    identity = ApplicationId(application)
    return _act(
        request,
        work,
        application,
        lambda: orientation.take_seat(work, identity, given.session),
    )


@router.post(PATH + "/devolver")
def give_back(request: Request, work: SignedInWork, application: UUID) -> Response:
    """Give the seat back."""
    identity = ApplicationId(application)
    return _act(request, work, application, lambda: orientation.give_back(work, identity))


@router.get(PATH + "/prueba")
def show_test(request: Request, work: SignedInReading, application: UUID) -> Response:
    """The questions, each with its drawing."""
    page = _page(request, work, application)
    if page.own.attendance.attended is None:
        refused = replace(page, refusal=Conflict("orientation-first"))
        return render(request, "orientation/own.html", refused, 409)
    return render(request, "orientation/test.html", TestPage(page.path))


@router.post(PATH + "/prueba")
def take_test(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """Answer them; whoever did not understand is told where the next session is."""
    page = _page(request, work, application)
    given = forms.check(Answered, posted)
    if isinstance(given, Form):
        return render(request, "orientation/test.html", TestPage(page.path, given), 422)
    try:
        with work.attempt():
            result = orientation.take_test(work, ApplicationId(application), given.given)
    except Invalid as error:
        refused = TestPage(page.path, forms.refused(Answered, posted, error))
        return render(request, "orientation/test.html", refused, 422)
    except Conflict as refusal:
        return render(
            request, "orientation/own.html", replace(page, refusal=refusal), status_of(refusal)
        )
    shown = TestPage(page.path, Form(forms.typed(posted)), result)
    return render(request, "orientation/test.html", shown)


@router.get(PATH + ".pdf")
def print_certificate(request: Request, work: SignedInReading, application: UUID) -> Response:
    """The certificate, in the language of the page."""
    language = locale_of(request).language.code
    identity = ApplicationId(application)
    return pdf(orientation.print_certificate(work, identity, language), "orientacion.pdf")


def _act(request: Request, work: Work, application: UUID, act: Callable[[], object]) -> Response:
    try:
        with work.attempt():
            act()
    except Conflict as refusal:
        page = replace(_page(request, work, application), refusal=refusal)
        return render(request, "orientation/own.html", page, status_of(refusal))
    return RedirectResponse(f"/mi-solicitud/{application}/orientacion", 303)


def _page(request: Request, work: Work, application: UUID) -> OrientationPage:
    own = orientation.read_own(work, ApplicationId(application))
    locale, names = locale_of(request), work.ports.reference.languages
    return OrientationPage(
        f"/mi-solicitud/{application}/orientacion",
        f"/mi-solicitud/{application}" if own.application.round else f"/solicitud/{application}",
        own,
        {code: locale.text(name) for code, name in names.items()},
    )
