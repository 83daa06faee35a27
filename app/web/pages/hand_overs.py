"""The counter: a card is found by its number, compared with the document, and handed over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import hand_overs
from app.services.hand_overs import FoundCard
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.templating import render
from permits import permit_numbers
from permits.errors import Invalid
from permits.people import Permission
from permits.policies import check_permission

router = APIRouter(include_in_schema=False)

PATH = "/entregas"


class Number(forms.Answers):
    """What stands on the card."""

    wording: ClassVar[Mapping[str, str]] = {
        "number.missing": N_("Escriba el número de la tarjeta."),
        "number.malformed": N_("Revise el número: son doce letras y números."),
        "number.no-such-card": N_("No hay una tarjeta impresa con este número."),
    }
    number: str


@dataclass(frozen=True)
class AskPage:
    """The field for the number."""

    form: Form


@dataclass(frozen=True)
class CardPage:
    """What to compare, and what may be done."""

    found: FoundCard
    number: str
    path: str


@router.get(PATH)
def ask_number(request: Request, work: SignedInReading) -> Response:
    """Type the number, or let a reader type it."""
    check_permission(work.actor, Permission.CARD_HAND_OVER)
    return render(request, "cards/number.html", AskPage(Form()))


@router.post(PATH)
def find_number(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Lead on to the card; nothing is told of numbers that are on none."""
    check_permission(work.actor, Permission.CARD_HAND_OVER)
    answers = forms.check(Number, posted)
    if isinstance(answers, Form):
        return render(request, "cards/number.html", AskPage(answers), 422)
    try:
        credential = hand_overs.find_number(work, answers.number)
    except Invalid as error:
        form = forms.refused(Number, posted, error)
        return render(request, "cards/number.html", AskPage(form), 422)
    return RedirectResponse(f"{PATH}/{credential}", 303)


@router.get(PATH + "/{credential:uuid}")
def show_card(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """Whose card it is, and whether it may be handed over."""
    found = hand_overs.read_card(work, credential)
    page = CardPage(found, permit_numbers.show(found.card.number), f"{PATH}/{credential}")
    return render(request, "cards/hand_over.html", page)


@router.post(PATH + "/{credential:uuid}")
def hand_over(work: SignedInWork, credential: UUID) -> Response:
    """It is in the worker's hands now; pressed twice, it was handed over once."""
    if hand_overs.read_card(work, credential).card.handed_over_at is None:
        hand_overs.hand_over(work, credential)
    return RedirectResponse(f"{PATH}/{credential}", 303)
