"""The desk of the complaints office: what is due, and what waits for its word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BeforeValidator, Field, StringConstraints

from app.services import (
    codecisions,
    complaint_figures,
    complaint_groups,
    complaint_hands,
    complaint_list,
    complaint_patterns,
)
from app.services.codecisions import ListedCodecision
from app.services.complaint_hands import DutyRow
from app.services.complaint_list import MOST, DeskList, Wanted
from app.services.complaint_patterns import ShownPattern
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.complaint_case_forms import MaybeId
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from permits.people import Permission, PersonId
from recruitment.complaints.words import Category

router = APIRouter(include_in_schema=False)

PATH = "/quejas"
OVER = "cerrados"
EVERYTHING = Wanted()


def _none(text: object) -> object:
    return None if text == "" else text


class Said(forms.Answers):
    """What the office says of an employer's wish."""

    wording: ClassVar[Mapping[str, str]] = {
        "agreed.missing": N_("Elija si está de acuerdo."),
        "why.missing": N_("Escriba por qué."),
    }
    agreed: str
    why: str = ""


class Inspected(forms.Answers):
    """Whom the inspection should look at, and on which farm."""

    employer: UUID
    farm: MaybeId = None


class OnDuty(forms.Answers):
    """Who is on duty."""

    on_duty: tuple[UUID, ...] = ()


class Looked(forms.Answers):
    """What is looked for in the list; in the body, so that no proxy writes it down."""

    ver: str = ""
    typed: Annotated[str, StringConstraints(max_length=200)] = ""
    category: Annotated[Category | None, BeforeValidator(_none)] = None
    page: Annotated[int, Field(ge=1, le=MOST)] = 1


@dataclass(frozen=True)
class DeskPage:
    """Cases, wishes of employers, and farms to be inspected; `about` is the refused form's wish.

    `duty` is the office for who supervises it, None for all others; `without_sums` are quarters
    whose figures lack what was repaid, and `leavers` who left and still have the key.
    """

    listed: DeskList
    wanted: Wanted
    wishes: Sequence[ListedCodecision]
    patterns: Sequence[ShownPattern]
    form: Form
    about: UUID | None = None
    refusal: Conflict | None = None
    duty: Sequence[DutyRow] | None = None
    without_sums: Sequence[date] = ()
    leavers: int = 0
    categories: Sequence[Category] = tuple(Category)
    most: int = MOST

    @property
    def over(self) -> bool:
        """Whether it shows the cases that are over."""
        return self.wanted.over

    @property
    def looked(self) -> Form:
        """What was looked for, or what was wrong with it."""
        if self.form.fault("typed"):
            return self.form
        category = self.wanted.category
        chosen = {"typed": [self.wanted.typed], "category": [category.value] if category else []}
        return Form(chosen)

    @property
    def duty_form(self) -> Form:
        """The duty list as it stands, or as it was refused."""
        if self.form.fault("on_duty"):
            return self.form
        return Form({"on_duty": [str(one.person) for one in self.duty or () if one.on_duty]})


@router.get(PATH)
def show_desk(request: Request, work: SignedInWork, ver: str = "") -> Response:
    """What is due first; nothing of any case's content."""
    return show(request, work, wanted=Wanted(over=ver == OVER))


@router.post(PATH)
def look(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """The same list, of what is looked for, and its other pages; nothing is written."""
    answers = forms.check(Looked, posted)
    if isinstance(answers, Form):
        return show(request, work, 422, form=answers)
    over, typed = answers.ver == OVER, answers.typed.strip()
    wanted = Wanted(over, typed, answers.category, answers.page)
    try:
        return show(request, work, wanted=wanted)
    except Invalid as invalid:
        wrong = forms.refused(Looked, posted, invalid)
        return show(request, work, 422, wanted=Wanted(over), form=wrong)


@router.post(PATH + "/consultas/{codecision:uuid}")
def answer_wish(request: Request, work: SignedInWork, codecision: UUID, posted: Posted) -> Response:
    """The office's word on what an employer wishes against a permit."""
    answers = forms.check(Said, posted)
    if isinstance(answers, Form):
        return show(request, work, 422, form=answers, about=codecision)
    why, agreed = answers.why.replace("\r\n", "\n"), answers.agreed == "yes"
    try:
        with work.attempt():
            codecisions.answer_codecision(work, codecision, why, agreed=agreed)
    except Invalid as invalid:
        wrong = forms.refused(Said, posted, invalid)
        return show(request, work, 422, form=wrong, about=codecision)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "answer_wish")
        return show(request, work, status_of(refusal), refusal=refusal)
    return RedirectResponse(PATH, 303)


@router.post(PATH + "/inspecciones")
def propose_inspection(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Have an employer inspected of whom several tell the same; pressed twice, once."""
    answers = forms.check(Inspected, posted)
    if isinstance(answers, Form):
        return show(request, work, 422)
    try:
        with work.attempt():
            complaint_patterns.propose_inspection(work, answers.employer, answers.farm)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "propose_inspection")
        return show(request, work, status_of(refusal), refusal=refusal)
    return RedirectResponse(PATH, 303)


@router.post(PATH + "/guardia")
def set_duty(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Who is told of danger first; nobody ticked is as if all were."""
    answers = forms.check(OnDuty, posted)
    if isinstance(answers, Form):
        return show(request, work, 422, form=answers)
    try:
        with work.attempt():
            complaint_hands.set_on_duty(work, [PersonId(one) for one in answers.on_duty])
    except Invalid as invalid:
        return show(request, work, 422, form=forms.refused(OnDuty, posted, invalid))
    return RedirectResponse(PATH, 303)


def show(
    request: Request,
    work: Work,
    status: int = 200,
    *,
    wanted: Wanted = EVERYTHING,
    form: Form | None = None,
    about: UUID | None = None,
    refusal: Conflict | None = None,
) -> Response:
    """The desk as it stands."""
    supervises = work.actor.can(Permission.COMPLAINT_SUPERVISE)
    page = DeskPage(
        complaint_list.list_desk(work, wanted),
        wanted,
        codecisions.list_waiting(work),
        complaint_patterns.list_patterns(work),
        form or Form(),
        about,
        refusal,
        complaint_hands.list_duty(work) if supervises else None,
        complaint_figures.list_without_sums(work) if supervises else (),
        len(complaint_groups.list_leavers(work.session)),
    )
    return render(request, "complaint_desk/list.html", page, status)
