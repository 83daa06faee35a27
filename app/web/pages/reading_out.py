"""The facilitator's telephone: the messages of who calls, to be read out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services.case_messages import SeenMessage
from app.services.reading_out import read_out
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import answer
from app.web.templating import render
from permits.errors import Fault
from permits.people import Permission
from permits.policies import check_permission
from permits.tracking import Claim, read_ending, read_receipt

router = APIRouter(include_in_schema=False)

PATH = "/asistencia/mensajes"
PAGE = "assisting/messages.html"


class Caller(forms.Answers):
    """What whoever calls says of themselves."""

    wording: ClassVar[Mapping[str, str]] = {
        "receipt.missing": N_("Escriba el número de la solicitud."),
        "ending.missing": N_("Escriba los últimos cuatro números del teléfono."),
        "born.missing": N_("Escriba el día, el mes y el año en que nació."),
    }
    receipt: str
    ending: str
    born: WrittenDate


@dataclass(frozen=True)
class CallPage:
    """`messages` are those of the caller, None before who they are was found."""

    form: Form
    messages: Sequence[SeenMessage] | None = None


@router.get(PATH)
def ask(request: Request, work: SignedInReading) -> Response:
    """What to ask whoever calls; nothing that is typed stands in an address."""
    check_permission(work.actor, Permission.APPLICATION_ASSIST)
    return render(request, PAGE, CallPage(Form()))


@router.post(PATH)
def tell(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """The messages; the same answer for a wrong word and for no such receipt."""
    check_permission(work.actor, Permission.APPLICATION_ASSIST)  # before anything typed is read
    answers = forms.check(Caller, posted)
    if isinstance(answers, Form):
        return render(request, PAGE, CallPage(answers), 422)
    claim = Claim(read_ending(answers.ending), answers.born)
    told = read_out(work, read_receipt(answers.receipt), claim)
    if told.wait:
        return answer(request, 429, "too-many-tries", {}, (), told.wait)
    if told.messages is None:
        wrong = Form(forms.typed(posted), (Fault("caller-unknown", "receipt"),), Caller.wording)
        return render(request, PAGE, CallPage(wrong), 422)
    return render(request, PAGE, CallPage(Form(), told.messages))
