"""Hiring from the pool: an employer asks the next people, and a worker says yes or no."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from app.services import pool_asks
from app.services.pool_asks import Pool
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.permits import own_permit
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid

router = APIRouter(include_in_schema=False)

PATH = "/mis-vacantes/{vacancy:uuid}/bolsa"
OWN = "/mi-permiso/{credential:uuid}/empleador/preguntas/{ask:uuid}"


class AskForm(forms.Answers):
    """How many people are asked."""

    wording: ClassVar[Mapping[str, str]] = {
        "number.missing": N_("Escriba a cuántas personas pregunta."),
        "number.out-of-range": N_("Escriba un número entre 1 y %(limit)s."),
    }
    number: Annotated[int, Field(ge=0, le=100_000)]


class AnswerForm(forms.Answers):
    """What the worker says."""

    accepts: bool


@dataclass(frozen=True)
class PoolPage:
    """The pool of one vacancy; `asked` people were asked just now, None where nobody was."""

    path: str
    back: str
    pool: Pool
    form: Form
    asked: int | None = None
    refusal: Conflict | None = None


@router.get(PATH)
def show_pool(
    request: Request, work: SignedInWork, vacancy: UUID, preguntadas: int | None = None
) -> Response:
    """How many wait, and who said yes."""
    return _show(request, work, vacancy, Form(), asked=preguntadas)


@router.post(PATH)
def ask_people(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Ask the next ones; a refusal keeps what was typed."""
    said = forms.check(AskForm, posted)
    if isinstance(said, Form):
        return _show(request, work, vacancy, said, 422)
    try:
        with work.attempt():
            asked = pool_asks.ask_people(work, vacancy, said.number)
    except Invalid as invalid:
        wrong = forms.refused(AskForm, posted, invalid)
        return _show(request, work, vacancy, wrong, 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "ask_people")
        form = Form(forms.typed(posted))
        return _show(request, work, vacancy, form, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/mis-vacantes/{vacancy}/bolsa?preguntadas={asked}", 303)


@router.post(OWN)
def answer(
    request: Request, work: SignedInWork, credential: UUID, ask: UUID, posted: Posted
) -> Response:
    """Yes asks SETRASS for this employer; no ends the question."""
    permit, _ = own_permit(work, credential, "page")
    here = f"/mi-permiso/{credential}/empleador"
    said = forms.check(AnswerForm, posted)
    if isinstance(said, Form):
        return RedirectResponse(here, 303)
    try:
        with work.attempt():
            application = permit.authorisation.application
            pool_asks.answer_own(work, application, ask, accepts=said.accepts)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "answer_pool")
        return RedirectResponse(f"{here}?no={refusal.code}", 303)
    except Invalid as invalid:
        return RedirectResponse(f"{here}?no={invalid.faults[0].code}", 303)
    return RedirectResponse(f"{here}?hecho={'si' if said.accepts else 'no'}", 303)


def _show(
    request: Request,
    work: Work,
    vacancy: UUID,
    form: Form,
    status: int = 200,
    *,
    asked: int | None = None,
    refusal: Conflict | None = None,
) -> Response:
    back = f"/mis-vacantes/{vacancy}"
    pool = pool_asks.read_pool(work, vacancy)
    page = PoolPage(f"{back}/bolsa", back, pool, form, asked, refusal)
    return render(request, "pool_asks/pool.html", page, status)
