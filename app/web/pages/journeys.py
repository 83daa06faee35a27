"""Visa, departure and arrival: noted by the worker, or by an official from the case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import journeys
from app.services.journeys import Journey, JourneyStep
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages import sides
from app.web.pages.sides import Side, open_side
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Invalid, NotFound

router = APIRouter(include_in_schema=False)

OWN = sides.OWN + "/{application:uuid}/viaje"
CASE = sides.CASE + "/{application:uuid}/viaje"


class Noted(forms.Answers):
    """A step and its day."""

    wording: ClassVar[Mapping[str, str]] = {
        "step.missing": N_("Elija qué pasó."),
        "on.missing": N_("Escriba el día, el mes y el año."),
    }
    step: JourneyStep
    on: WrittenDate


@dataclass(frozen=True)
class JourneyPage:
    """What was noted, and the form for the next step."""

    side: Side
    path: str
    back: str
    journey: Journey
    person: UUID
    form: Form = field(default_factory=Form)
    refusal: Conflict | None = None
    steps: tuple[JourneyStep, ...] = tuple(JourneyStep)


@router.get(OWN)
def show_own(request: Request, work: SignedInWork, application: UUID) -> Response:
    """The own journey."""
    return _show(request, work, application)


@router.get(CASE)
def show_case(request: Request, work: SignedInWork, application: UUID) -> Response:
    """The journey of a case; that it was looked at stands in the log."""
    return _show(request, work, application)


@router.post(OWN)
def note_own(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """The worker notes a step."""
    return _note(request, work, application, posted)


@router.post(CASE)
def note_case(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """An official notes a step that they saw."""
    return _note(request, work, application, posted)


@router.post(OWN + "/{note:uuid}/quitar")
def remove_own(request: Request, work: SignedInWork, application: UUID, note: UUID) -> Response:
    """The worker takes an own note out."""
    identity = ApplicationId(application)
    return _act(request, work, application, lambda: journeys.remove_step(work, identity, note))


@router.post(CASE + "/{note:uuid}/quitar")
def remove_case(request: Request, work: SignedInWork, application: UUID, note: UUID) -> Response:
    """An official takes an own note out."""
    identity = ApplicationId(application)
    return _act(request, work, application, lambda: journeys.remove_step(work, identity, note))


def _note(request: Request, work: Work, application: UUID, posted: Posted) -> Response:
    given = forms.check(Noted, posted)
    if isinstance(given, Form):
        return _show(request, work, application, given, 422)
    step, on, identity = given.step, given.on, ApplicationId(application)
    try:
        return _act(
            *(request, work, application),
            lambda: journeys.note_step(work, identity, step, on),
            Form(forms.typed(posted)),
        )
    except Invalid as error:
        return _show(request, work, application, forms.refused(Noted, posted, error), 422)


def _act(
    request: Request,
    work: Work,
    application: UUID,
    act: Callable[[], None],
    typed: Form | None = None,
) -> Response:
    page = _page(request, work, application)
    try:
        with work.attempt():
            act()
    except NotFound:
        pass  # it is out already: pressed twice
    except Conflict as refusal:
        return _show(request, work, application, typed, status_of(refusal), refusal)
    return RedirectResponse(page.path, 303)


def _show(
    request: Request,
    work: Work,
    application: UUID,
    form: Form | None = None,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    page = _page(request, work, application, form, refusal)
    return render(request, page.side.template("journeys"), page, status)


def _page(
    request: Request,
    work: Work,
    application: UUID,
    form: Form | None = None,
    refusal: Conflict | None = None,
) -> JourneyPage:
    side = open_side(request, work, application)
    journey = journeys.read_journey(work, ApplicationId(application))
    path, person = f"{side.back}/viaje", work.actor.person
    return JourneyPage(side, path, side.back, journey, person, form or Form(), refusal)
