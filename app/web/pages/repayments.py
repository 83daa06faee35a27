"""A repayment in parts: SETRASS's desk notes days and money, and the worker answers to each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BeforeValidator

from app.services import costs, owed_back, repayments
from app.services.repayments import Shown
from app.services.work import Work
from app.web import forms
from app.web.answers import Amount, WrittenDate
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages import cost_claims as desk
from app.web.pages import costs as diary
from app.web.pages.welfare_claims import version_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Invalid, NotFound
from recruitment.owed_back import OwedBack
from recruitment.repayments import Every, Handing, divide

router = APIRouter(include_in_schema=False)

PLAN_ANSWERS: Mapping[str, bool] = {"de-acuerdo": True, "no-de-acuerdo": False}
PART_ANSWERS: Mapping[str, bool] = {"recibida": True, "no-recibida": False}
"""The last part of an address, and what the worker says there."""


OWED = "/mis-vacantes/por-devolver"


@dataclass(frozen=True)
class OwedPage:
    """What is owed, by currency."""

    owed: Sequence[OwedBack]


def _whole(text: object) -> object:
    return text if str(text).isascii() and str(text).isdigit() and len(str(text)) < 4 else "0"


class PartForm(forms.Answers):
    """Money that was shown; `version` is what was looked at, `part` the form's own id."""

    wording: ClassVar[Mapping[str, str]] = {
        "day.missing": N_("Escriba qué día se devolvió."),
        "amount.missing": N_("Escriba cuánto se devolvió."),
        "currency.missing": N_("Elija en qué moneda."),
        "handing.missing": N_("Elija cómo se devolvió."),
        "evidence.missing": N_("Escriba qué le mostraron."),
    }
    version: int
    part: UUID
    day: WrittenDate
    amount: Amount
    currency: str
    handing: Handing
    evidence: str

    @property
    def shown(self) -> Shown:
        """As the service reads it."""
        told = (self.day, self.amount, self.currency, self.handing, self.evidence)
        return Shown(self.part, *told)


class PlanForm(forms.Answers):
    """In how many equal parts, from which day, and how far apart."""

    wording: ClassVar[Mapping[str, str]] = {
        "parts.missing": N_("Escriba en cuántas partes."),
        "first_day.missing": N_("Escriba el primer día."),
        "every.missing": N_("Elija cada cuánto."),
    }
    version: int
    parts: Annotated[int, BeforeValidator(_whole)]
    first_day: WrittenDate
    every: Every


@router.post(desk.ONE + "/partes")
def note_part(request: Request, work: SignedInWork, cost: UUID, posted: Posted) -> Response:
    """The debtor showed that a part or all of it was given back."""
    said = forms.check(PartForm, posted)
    if isinstance(said, Form):
        return desk.show(request, work, cost, said, 422)
    try:
        with work.attempt():
            repayments.note_part(work, cost, said.shown, said.version)
    except Invalid as invalid:
        return desk.show(request, work, cost, forms.refused(PartForm, posted, invalid), 422)
    except Conflict as refusal:
        form = Form(forms.typed(posted))
        if refusal.code == "form-used":
            form = form.renewed("part", work.new_id())
        return desk.refuse(request, work, cost, form, refusal)
    return RedirectResponse(f"{desk.PATH}/{cost}?hecho=1", 303)


@router.post(desk.ONE + "/plan")
def propose_plan(request: Request, work: SignedInWork, cost: UUID, posted: Posted) -> Response:
    """Propose days for what nobody paid yet, in equal parts."""
    said = forms.check(PlanForm, posted)
    if isinstance(said, Form):
        return desk.show(request, work, cost, said, 422)
    try:
        with work.attempt():
            repayments.propose_plan(work, cost, _plan(work, cost, said), said.version)
    except Invalid as invalid:
        return desk.show(request, work, cost, forms.refused(PlanForm, posted, invalid), 422)
    except Conflict as refusal:
        return desk.refuse(request, work, cost, Form(forms.typed(posted)), refusal)
    return RedirectResponse(f"{desk.PATH}/{cost}?hecho=1", 303)


@router.get(OWED)
def show_owed(request: Request, work: SignedInReading) -> Response:
    """What the employer for whom this person acts owes back, without a word of anybody."""
    return render(request, "own_vacancies/owed_back.html", OwedPage(owed_back.read_owed(work)))


def _plan(work: Work, cost: UUID, said: PlanForm) -> Sequence[tuple[date, Decimal]]:
    unpaid = repayments.read_unpaid(work, cost)
    return divide(unpaid, said.parts, said.first_day, said.every)


@router.post(diary.PATH + "/{cost:uuid}/plan/{answer}")
def answer_plan(
    request: Request,
    work: SignedInWork,
    application: UUID,
    cost: UUID,
    answer: str,
    posted: Posted,
) -> Response:
    """The worker agrees to the days that were proposed, or not."""
    identity, seen = ApplicationId(application), version_of(posted)
    costs.read_own_diary(work, identity)  # it is not there for anybody else
    if answer not in PLAN_ANSWERS:
        raise NotFound("no-such-cost")

    def say() -> None:
        repayments.answer_plan(work, identity, cost, seen, agrees=PLAN_ANSWERS[answer])

    return diary.act(request, work, identity, say, answer)


@router.post(diary.PATH + "/{cost:uuid}/partes/{part:uuid}/{answer}")
def answer_part(
    request: Request,
    work: SignedInWork,
    application: UUID,
    cost: UUID,
    part: UUID,
    answer: str,
    posted: Posted,
) -> Response:
    """The worker says whether this money came."""
    identity, seen = ApplicationId(application), version_of(posted)
    costs.read_own_diary(work, identity)  # it is not there for anybody else
    if answer not in PART_ANSWERS:
        raise NotFound("no-such-cost")

    def say() -> None:
        repayments.answer_part(work, identity, cost, part, seen, came=PART_ANSWERS[answer])

    return diary.act(request, work, identity, say, answer)
