"""A worker's own entries and exits on farms, and what they say of another farm (R39)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import farm_answers
from app.services.farm_register import NamedMovement
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict
from recruitment.farm_register import Said

router = APIRouter(include_in_schema=False)

PATH = "/mi-solicitud/{application:uuid}/finca"


class SaidForm(forms.Answers):
    """How they came to another farm."""

    wording: ClassVar[Mapping[str, str]] = {"said.missing": N_("Elija una respuesta.")}
    said: Said


@dataclass(frozen=True)
class OwnMovementsPage:
    """All of them, the newest on top; `asked` is the one that the worker is asked about."""

    path: str
    back: str
    movements: Sequence[NamedMovement]
    asked: NamedMovement | None
    form: Form
    done: bool = False
    refusal: Conflict | None = None
    answers: tuple[Said, ...] = tuple(Said)


@router.get(PATH)
def show_movements(
    request: Request, work: SignedInReading, application: UUID, hecho: str = ""
) -> Response:
    """When the worker came to a farm and left it, as it was recorded there."""
    return _show(request, work, application, Form(), done=bool(hecho))


@router.post(PATH + "/{movement:uuid}")
def say_how(
    request: Request, work: SignedInWork, application: UUID, movement: UUID, posted: Posted
) -> Response:
    """Keep what the worker says of an entry on another farm."""
    farm_answers.list_own(work, ApplicationId(application))  # it is not there for anybody else
    said = forms.check(SaidForm, posted)
    if isinstance(said, Form):
        return _show(request, work, application, said, 422)
    try:
        with work.attempt():
            farm_answers.say(work, ApplicationId(application), movement, said.said)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "say_how")
        status = status_of(refusal)
        return _show(request, work, application, Form(), status, refusal=refusal)
    return RedirectResponse(f"/mi-solicitud/{application}/finca?hecho=1", 303)


def _show(
    request: Request,
    work: Work,
    application: UUID,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    own = farm_answers.list_own(work, ApplicationId(application))
    asked = next((one for one in own if one.movement.asks_worker), None)
    back = f"/mi-solicitud/{application}"
    page = OwnMovementsPage(f"{back}/finca", back, own, asked, form, done, refusal)
    return render(request, "farms/own.html", page, status)
