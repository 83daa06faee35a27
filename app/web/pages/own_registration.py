"""The employer's own registration: one question a page, all of them as a list, sending, status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.services import (
    employer_accounts,
    farm_changes,
    housing,
    recruiter_assessments,
    registrations,
    standings,
)
from app.services.employer_accounts import WayIn
from app.services.farm_changes import OwnFarms
from app.services.recruiters import Recruiter
from app.services.registrations import Mine
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, PublicReading, PublicWork
from app.web.forms import Form, Step
from app.web.pages.farm_maps import FarmMap, map_of
from app.web.pages.registering import (
    HERE,
    OWN_PAGE,
    guarded,
    token_of,
)
from app.web.pages.registration_steps import WIZARD, Task, first_open, is_answered
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Invalid
from recruitment.housing import HousingInspection
from recruitment.registrations import EDITABLE
from recruitment.standings import StandingOf

router = APIRouter(include_in_schema=False)

ONE = HERE + "/paso/{slug}"
FARMS = HERE + "/fincas"


@dataclass(frozen=True)
class StepPage:
    """One question; `back` is where *Atrás* leads."""

    form: Form
    step: Step[Any]
    number: int
    total: int
    back: str


@dataclass(frozen=True)
class OwnPage:
    """What was told and how it stands; `standing` and `way_in` only of who is verified.

    `looks` are the last inspections of the housing, by farm. `asked` are the changes of farms that
    who is verified asked for, `done` what became of a form that was sent. `licences` are those of
    recruiters whose telephone of the registry this is.
    """

    mine: Mine
    tasks: Sequence[Task]
    missing: Sequence[Fault]
    map: FarmMap
    editable: bool
    next: str
    standing: StandingOf | None
    looks: Mapping[UUID, HousingInspection]
    today: date
    asked: OwnFarms | None
    way_in: WayIn | None
    done: str = ""
    refusal: Conflict | None = None
    licences: Sequence[Recruiter] = ()


@router.get(OWN_PAGE)
def show_own(request: Request, work: PublicReading, hecho: str = "") -> Response:
    """All of it."""
    return guarded(request, work, lambda mine: _own(request, work, mine, done=hecho))


@router.get(ONE)
def ask_step(request: Request, work: PublicReading, slug: str) -> Response:
    """One question with what was answered before."""
    step = _step(slug)

    def then(mine: Mine) -> Response:
        if mine.registration.status not in EDITABLE:
            return RedirectResponse(OWN_PAGE, 303)
        form = step.model.shown(mine.registration.told)
        return _show(request, step, form)

    return guarded(request, work, then)


@router.post(ONE)
def answer_step(request: Request, work: PublicWork, slug: str, posted: Posted) -> Response:
    """Save the answer and go on; what is wrong is told and what was typed stays."""
    step = _step(slug)

    def then(mine: Mine) -> Response:
        answers = forms.check(step.model, posted)
        if isinstance(answers, Form):
            return _show(request, step, answers, 422)
        try:
            with work.attempt():
                saved = registrations.save_told(work, token_of(request), answers.changes())
        except Invalid as invalid:
            form = forms.refused(step.model, posted, invalid)
            return _show(request, step, form, 422)
        except Conflict as refusal:
            return _own(request, work, mine, refusal=refusal)
        return RedirectResponse(_onwards(Mine(saved, mine.farms)), 303)

    return guarded(request, work, then)


@router.post(HERE + "/enviar")
def hand_in(request: Request, work: PublicWork) -> Response:
    """Send it to SETRASS; twice is once."""

    def then(mine: Mine) -> Response:
        try:
            with work.attempt():
                registrations.hand_in_mine(work, token_of(request))
        except Invalid as invalid:
            return _own(request, work, mine, missing=invalid.faults)
        except Conflict as refusal:
            return _own(request, work, mine, refusal=refusal)
        return RedirectResponse(f"{OWN_PAGE}?hecho=enviado", 303)

    return guarded(request, work, then)


def _step(slug: str) -> Step[Any]:
    step = WIZARD.find(slug)
    if step is None:
        raise HTTPException(404)
    return step


def _show(request: Request, step: Step[Any], form: Form, status: int = 200) -> Response:
    return render(request, "registrations/step.html", _page(step, form), status)


def _page(step: Step[Any], form: Form) -> StepPage:
    before = WIZARD.before(step)
    back = f"{HERE}/paso/{before.slug}" if before else OWN_PAGE
    return StepPage(form, step, WIZARD.steps.index(step) + 1, len(WIZARD.steps) + 1, back)


def _onwards(mine: Mine) -> str:
    """The first question without an answer, then the farms, then all of it."""
    step = first_open(mine.registration.told)
    if step is not None:
        return f"{HERE}/paso/{step.slug}"
    return OWN_PAGE if mine.farms else f"{FARMS}/nueva"


def _own(
    request: Request,
    work: Work,
    mine: Mine,
    *,
    done: str = "",
    missing: Sequence[Fault] = (),
    refusal: Conflict | None = None,
) -> Response:
    told, found = mine.registration.told, mine.registration
    tasks = [
        Task(step.question, f"{HERE}/paso/{step.slug}", is_answered(step, told))
        for step in WIZARD.steps
    ]
    standing = standings.of_employer(work, found.employer) if found.employer else None
    page = OwnPage(
        mine,
        tasks,
        missing,
        map_of(work, mine.farms),
        found.status in EDITABLE,
        _onwards(mine),
        standing,
        housing.list_last(work, mine.farms),
        legal_day(work.now),
        farm_changes.get_by_phone(work, token_of(request)) if found.employer else None,
        employer_accounts.way_in(work, found) if found.employer else None,
        done,
        refusal,
        recruiter_assessments.list_own_licences(work, token_of(request)),
    )
    status = 409 if refusal else 422 if missing else 200
    return render(request, "registrations/own.html", page, status)
