"""An employer reads what is to be mended on the own farms, and says what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import improvements
from app.services.improvements import OwnPoint
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import Conflict, Invalid
from recruitment.improvements import WORDS_LIMIT

router = APIRouter(include_in_schema=False, prefix="/mis-fincas/mejoras")

HERE = "/mis-fincas/mejoras"


class SaidForm(forms.Answers):
    """What was done."""

    wording: ClassVar[Mapping[str, str]] = {"said.missing": N_("Escriba qué hizo.")}
    seen: int
    said: Annotated[str, StringConstraints(max_length=WORDS_LIMIT)]


@dataclass(frozen=True)
class PlanPage:
    """What is to be mended."""

    points: Sequence[OwnPoint]
    today: date
    done: bool


@dataclass(frozen=True)
class PointPage:
    """One point, with the form for what was done."""

    own: OwnPoint
    form: Form
    today: date
    refusal: Conflict | None = None


@router.get("")
def show_plan(request: Request, work: SignedInReading, hecho: str = "") -> Response:
    """The plan of the employer for whom this person acts."""
    page = PlanPage(improvements.list_own(work), legal_day(work.now), hecho == "si")
    return render(request, "farms/improvements.html", page)


@router.get("/{point:uuid}")
def show_point(request: Request, work: SignedInReading, point: UUID) -> Response:
    """One of its points."""
    return _show(request, work, point, Form())


@router.post("/{point:uuid}")
def say_done(request: Request, work: SignedInWork, point: UUID, posted: Posted) -> Response:
    """Say what was done; the same form twice is one."""
    said = forms.check(SaidForm, posted)
    if isinstance(said, Form):
        return _show(request, work, point, said, 422)
    try:
        with work.attempt():
            improvements.say_done(work, point, said.said, said.seen)
    except Invalid as invalid:
        return _show(request, work, point, forms.refused(SaidForm, posted, invalid), 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "say_done")
        typed = Form(forms.typed(posted))
        return _show(request, work, point, typed, status_of(refusal), refusal)
    return RedirectResponse(f"{HERE}?hecho=si", 303)


def _show(
    request: Request,
    work: Work,
    point: UUID,
    form: Form,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    page = PointPage(improvements.get_own(work, point), form, legal_day(work.now), refusal)
    return render(request, "farms/improvement.html", page, status)
