"""The facilitator's room: own unfinished registrations, the worker's consent, and the receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import assisting
from app.services.assisting import Unfinished
from app.services.phone_codes import PER_PHONE
from app.services.work import Work
from app.web import forms
from app.web.answers import YesNo
from app.web.dependencies import Posted, SignedInReading, SignedInWork, address_of
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages import shown_once, wizard
from app.web.problems import answer
from app.web.templating import render
from permits.applications import Application, ApplicationId
from permits.errors import Fault
from permits.people import Role

router = APIRouter(include_in_schema=False, prefix="/asistencia")

HERE = "/asistencia"
PAGE = "assisting/consent.html"


class Mark(forms.Answers):
    """That the worker put their mark, before the facilitator who says so."""

    wording: ClassVar[Mapping[str, str]] = {
        "marked.missing": N_("Marque la casilla cuando la persona haya puesto su marca."),
    }
    marked: YesNo


class Told(forms.Answers):
    """The code of the worker's message, as they tell it."""

    wording: ClassVar[Mapping[str, str]] = {
        "code.missing": N_("Escriba el código de seis números."),
    }
    code: str


@dataclass(frozen=True)
class DeskPage:
    """What waits to be finished."""

    unfinished: Sequence[Unfinished]


@dataclass(frozen=True)
class ConsentPage:
    """The text to be read out, and the two ways to agree; `sent` says that a code is on its way."""

    form: Form
    application: ApplicationId
    phone: str
    sent: bool


@dataclass(frozen=True)
class ReceiptPage:
    """The number of what was handed in, for the worker's paper."""

    receipt: str


@router.get("")
def show_desk(request: Request, work: SignedInReading) -> Response:
    """One's own registrations that were not handed in; another's are not known here."""
    page = DeskPage(assisting.list_unfinished(work))
    return render(request, "assisting/list.html", page)


@router.get("/{application:uuid}/permiso")
def ask_consent(
    request: Request, work: SignedInReading, application: UUID, enviado: str = ""
) -> Response:
    """The text to be read out, and how the worker shows that they agree."""
    page = _page(work, ApplicationId(application), Form(), sent=bool(enviado))
    return render(request, PAGE, page)


@router.post("/{application:uuid}/permiso")
def take_mark(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """Keep the consent of whoever put their mark before the facilitator."""
    identity = ApplicationId(application)
    answers = forms.check(Mark, posted)
    if isinstance(answers, Form):
        return render(request, PAGE, _page(work, identity, answers), 422)
    assisting.witness_consent(work, identity)
    return wizard.onwards(work, identity)


@router.post("/{application:uuid}/permiso/codigo")
def send_code(request: Request, work: SignedInWork, application: UUID) -> Response:
    """Send the worker's phone a code; the one of before is dead."""
    language = locale_of(request).language.code
    identity, address = ApplicationId(application), address_of(request)
    if not assisting.ask_consent_code(work, identity, language, address):
        return answer(request, 429, "too-many-codes", {}, (), PER_PHONE.wait(work.now))
    return RedirectResponse(f"{HERE}/{application}/permiso?enviado=si#code", 303)


@router.post("/{application:uuid}/permiso/dicho")
def take_code(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """Keep the consent of whoever told the code of their message."""
    identity = ApplicationId(application)
    answers = forms.check(Told, posted)
    if not isinstance(answers, Form) and assisting.take_consent_code(work, identity, answers.code):
        return wizard.onwards(work, identity)
    if not isinstance(answers, Form):
        answers = Form({}, (Fault("message-code-wrong", "code"),), Told.wording)
    return render(request, PAGE, _page(work, identity, answers, sent=True), 422)


@router.get("/{registered:uuid}/recibo")
def show_receipt(request: Request, work: SignedInReading, registered: UUID) -> Response:
    """The receipt as long as this browser still has it: the file itself is the agencies' now."""
    assisting.list_unfinished(work)
    receipt = shown_once.read(request, shown_once.RECEIPT)
    if not receipt:
        return RedirectResponse(HERE, 303)
    return render(request, "assisting/receipt.html", ReceiptPage(receipt))


def hand_receipt(request: Request, after: Application) -> Response:
    """Lead to the receipt of what was just handed in."""
    path = f"{HERE}/{after.id}/recibo"
    return shown_once.lead(request, path, shown_once.RECEIPT, after.receipt or "")


def helps(work: Work) -> bool:
    """Whether the one at the wizard is who helps, and not the worker."""
    return work.actor.role is Role.FACILITATOR


def _page(work: Work, application: ApplicationId, form: Form, *, sent: bool = False) -> ConsentPage:
    return ConsentPage(form, application, assisting.read_phone(work, application), sent)
