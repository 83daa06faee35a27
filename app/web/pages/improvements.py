"""The labour inspection's plan for a farm: what is to be mended, asked and verified."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import improvements
from app.services.farm_register import EmployersFarm
from app.services.improvements import Asked, FarmPlan
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.answers import YesNo
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from recruitment.complaints.words import Category
from recruitment.improvements import (
    TOPICS,
    WORDS_LIMIT,
    CheckedBy,
    Point,
    PointAction,
)

router = APIRouter(include_in_schema=False, prefix="/inspecciones/{farm:uuid}/mejoras")

Words = Annotated[str, StringConstraints(max_length=WORDS_LIMIT)]


class AskedForm(forms.Answers):
    """Something that is to change; `sure` once the warning about names was read."""

    wording: ClassVar[Mapping[str, str]] = {
        "id.missing": N_("Abra otra vez esta página."),
        "topic.not-an-option": N_("Elija de qué se trata."),
        "change.missing": N_("Escriba qué tiene que cambiar."),
        "due_by.date-impossible": N_("Elija hasta cuándo."),
        "due_by.not-an-option": N_("Elija hasta cuándo."),
        "checked_by.missing": N_("Elija cómo lo va a revisar."),
    }
    id: UUID
    topic: Category
    change: Words
    due_by: date
    checked_by: CheckedBy
    sure: YesNo = False

    @property
    def asked(self) -> Asked:
        """As the service takes it."""
        return Asked(self.id, self.topic, self.change, self.checked_by, self.due_by, self.sure)


class JudgedForm(forms.Answers):
    """What the inspection saw; `note` says why a point is open again."""

    wording: ClassVar[Mapping[str, str]] = {"note.missing": N_("Escriba qué falta todavía.")}
    action: PointAction
    seen: int
    note: Words = ""
    sure: YesNo = False


@dataclass(frozen=True)
class PlanPage:
    """The points of a farm, and the form of another."""

    plan: FarmPlan
    form: Form
    done: bool = False
    refusal: Conflict | None = None
    topics: Sequence[Category] = TOPICS
    ways: Sequence[CheckedBy] = tuple(CheckedBy)


@dataclass(frozen=True)
class PointPage:
    """One point, what the employer said of it, and what may be done."""

    farm: EmployersFarm
    point: Point
    form: Form
    refusal: Conflict | None = None


@router.get("")
def show_plan(request: Request, work: SignedInReading, farm: UUID, hecho: str = "") -> Response:
    """Every point, with the form of another."""
    return _show(request, work, farm, Form({"id": (str(work.new_id()),)}), done=hecho == "si")


@router.post("")
def ask_point(request: Request, work: SignedInWork, farm: UUID, posted: Posted) -> Response:
    """Write a point down; the same form twice is one."""
    said = forms.check(AskedForm, posted)
    if isinstance(said, Form):
        return _show(request, work, farm, said, 422)
    try:
        with work.attempt():
            improvements.ask_point(work, farm, said.asked)
    except Invalid as invalid:
        return _show(request, work, farm, forms.refused(AskedForm, posted, invalid), 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "ask_point")
        typed = Form(forms.typed(posted))
        again = typed.renewed("id", work.new_id()) if refusal.code == "point-differs" else typed
        return _show(request, work, farm, again, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/inspecciones/{farm}/mejoras?hecho=si", 303)


@router.get("/{point:uuid}")
def show_point(request: Request, work: SignedInReading, farm: UUID, point: UUID) -> Response:
    """One of them."""
    return _show_point(request, work, farm, point, Form())


@router.post("/{point:uuid}")
def judge_point(
    request: Request, work: SignedInWork, farm: UUID, point: UUID, posted: Posted
) -> Response:
    """Verify it, open it again, or withdraw it; the same form twice is one."""
    said = forms.check(JudgedForm, posted)
    if isinstance(said, Form):
        return _show_point(request, work, farm, point, said, 422)
    try:
        with work.attempt():
            improvements.judge_point(
                work, farm, point, said.action, said.note, said.seen, sure=said.sure
            )
    except Invalid as invalid:
        wrong = forms.refused(JudgedForm, posted, invalid)
        return _show_point(request, work, farm, point, wrong, 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "judge_point")
        typed = Form(forms.typed(posted))
        return _show_point(request, work, farm, point, typed, status_of(refusal), refusal)
    return RedirectResponse(f"/inspecciones/{farm}/mejoras?hecho=si", 303)


def _show(
    request: Request,
    work: Work,
    farm: UUID,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    page = PlanPage(improvements.read_plan(work, farm), form, done, refusal)
    return render(request, "inspections/improvements.html", page, status)


def _show_point(
    request: Request,
    work: Work,
    farm: UUID,
    point: UUID,
    form: Form,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    page = PointPage(*improvements.get_point(work, farm, point), form, refusal)
    return render(request, "inspections/improvement.html", page, status)
