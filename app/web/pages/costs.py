"""The cost diary: on one screen a worker notes each payment, and asks back what is owed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from app.services import cost_wishes, costs, nothing_paid
from app.services.costs import Diary
from app.services.documents import UnfitFile
from app.services.outages import Outage
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import locale_for, locale_of
from app.web.pages.cost_forms import (
    ASKED_CODES,
    ASKED_PAYERS,
    PaymentForm,
    empty_form,
    filled_form,
    tell_payments,
)
from app.web.pages.ethics import ToldFinding, tell
from app.web.pages.welfare_claims import version_of
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId, Status
from permits.errors import Conflict, Fault, Invalid, NotFound
from recruitment.costs import (
    CURRENCIES,
    Asker,
    ClaimAction,
    CostEntry,
    Phase,
    Way,
    debtor_of,
)
from recruitment.ethics.words import CostCode, Lender, Payer

router = APIRouter(include_in_schema=False)

PATH = "/mi-solicitud/{application:uuid}/pagos"

ACTIONS: Mapping[str, ClaimAction] = {
    "pedir": ClaimAction.ASK,
    "no-pedir": ClaimAction.WITHDRAW,
    "recibido": ClaimAction.CONFIRM,
    "no-recibido": ClaimAction.DISPUTE,
}
"""The last part of an address, and what is done there."""

HANDLERS = "es"
"""The language of the complaints office."""


@dataclass(frozen=True)
class CostsPage:
    """The diary with the form for one payment; `changing` is the one that it changes."""

    path: str
    back: str
    diary: Diary
    form: Form
    changing: CostEntry | None
    done: str = ""
    refusal: Conflict | None = None
    findings: Sequence[ToldFinding] = ()
    codes: tuple[CostCode, ...] = ASKED_CODES
    payers: tuple[Payer, ...] = ASKED_PAYERS
    currencies: tuple[str, ...] = CURRENCIES
    phases: tuple[Phase, ...] = tuple(Phase)
    askers: tuple[Asker, ...] = tuple(Asker)
    ways: tuple[Way, ...] = tuple(Way)
    lenders: tuple[Lender, ...] = tuple(Lender)

    def owes(self, entry: CostEntry) -> str:
        """Who owes this one back, "" where nobody does by itself."""
        return debtor_of(entry.payment, self.diary.costs) or ""


@router.get(PATH)
def show_costs(
    request: Request,
    work: SignedInReading,
    application: UUID,
    cambiar: UUID | None = None,
    hecho: str = "",
) -> Response:
    """Every payment, what is owed back, and the form for one more or for changing one."""
    diary = costs.read_own_diary(work, ApplicationId(application))
    changing = next((one for one in diary.entries if one.id == cambiar and one.is_private), None)
    form = filled_form(changing) if changing else empty_form(work.new_id())
    return _show(request, diary, form, changing, done=hecho)


@router.post(PATH)
def save_cost(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """Keep a new payment or a changed one, or show the form again with what was typed."""
    identity = ApplicationId(application)
    diary = costs.read_own_diary(work, identity)
    form = Form(forms.typed(posted))
    changing = _changing(diary, form)
    said = forms.check(PaymentForm, posted)
    if isinstance(said, Form):
        return _show(request, diary, said, changing, 422)
    try:
        with work.attempt():
            _keep(work, identity, said, _file(posted, "receipt"), _file(posted, "voice"))
    except Invalid as invalid:
        if isinstance(invalid, UnfitFile):
            record_refusal(work, invalid.faults[0].code, "save_cost")
        wrong = forms.refused(PaymentForm, posted, invalid)
        return _show(request, diary, wrong, changing, 422)
    except Outage as outage:
        away = Form(form.values, (Fault(outage.code, "receipt"),))
        return _show(request, diary, away, changing, 503)
    except Conflict as refusal:
        return refuse(request, work, identity, form, refusal)
    return RedirectResponse(f"{request.url.path}?hecho=guardado", 303)


@router.post(PATH + "/nada")
def say_nothing(request: Request, work: SignedInWork, application: UUID) -> Response:
    """That nothing was paid so far; pressed twice, said once."""
    identity = ApplicationId(application)
    return act(request, work, identity, lambda: nothing_paid.say_nothing(work, identity), "nada")


@router.post(PATH + "/nada/quitar")
def take_back_nothing(work: SignedInWork, application: UUID) -> Response:
    """Say it no more; pressed twice, the same."""
    nothing_paid.take_back(work, ApplicationId(application))
    return RedirectResponse(f"/mi-solicitud/{application}/pagos?hecho=nada", 303)


@router.post(PATH + "/caso")
def ask_for_case(work: SignedInWork, application: UUID) -> Response:
    """Let the complaints office read what is owed, and act; pressed twice, once."""
    identity = ApplicationId(application)
    diary = costs.read_own_diary(work, identity)
    words = tell_payments(locale_for(HANDLERS), diary)
    cost_wishes.ask_for_case(work, identity, words)
    return RedirectResponse(f"/mi-solicitud/{application}/pagos?hecho=caso", 303)


@router.post(PATH + "/{cost:uuid}/quitar")
def remove_cost(
    request: Request, work: SignedInWork, application: UUID, cost: UUID, posted: Posted
) -> Response:
    """Take one out with its photo."""
    identity, seen = ApplicationId(application), version_of(posted)
    try:
        with work.attempt():
            costs.remove_cost(work, identity, cost, seen)
    except NotFound:
        costs.read_own_diary(work, identity)  # it is out already: pressed twice
    except Conflict as refusal:
        return refuse(request, work, identity, empty_form(work.new_id()), refusal)
    return RedirectResponse(f"/mi-solicitud/{application}/pagos?hecho=quitado", 303)


@router.post(PATH + "/{cost:uuid}/{action}")
def move_claim(
    request: Request,
    work: SignedInWork,
    application: UUID,
    cost: UUID,
    action: str,
    posted: Posted,
) -> Response:
    """Ask one back, take that back, or say whether the money came."""
    identity, seen = ApplicationId(application), version_of(posted)
    costs.read_own_diary(work, identity)  # it is not there for anybody else
    if action not in ACTIONS:
        raise NotFound("no-such-cost")

    def move() -> None:
        costs.move_own_claim(work, identity, cost, ACTIONS[action], seen)

    return act(request, work, identity, move, action)


@router.get(PATH + "/{cost:uuid}/comprobante")
def show_receipt(work: SignedInReading, application: UUID, cost: UUID) -> Response:
    """The photo of a receipt, for who took it."""
    data = costs.read_own_receipt(work, ApplicationId(application), cost)
    return Response(data, media_type="image/jpeg")


@router.get(PATH + "/{cost:uuid}/voz")
def hear_voice(work: SignedInReading, application: UUID, cost: UUID) -> Response:
    """What they said of a payment, for who said it."""
    data, media = costs.hear_own_voice(work, ApplicationId(application), cost)
    return Response(data, media_type=media)


def act(
    request: Request, work: Work, application: ApplicationId, doing: Callable[[], None], done: str
) -> Response:
    """Do what was pressed in the diary, and lead back to it; a Conflict is told there instead."""
    try:
        with work.attempt():
            doing()
    except Conflict as refusal:
        return refuse(request, work, application, empty_form(work.new_id()), refusal)
    return RedirectResponse(f"/mi-solicitud/{application}/pagos?hecho={done}", 303)


def _keep(
    work: Work, application: ApplicationId, said: PaymentForm, photo: bytes, voice: bytes
) -> None:
    if said.version:
        costs.change_cost(work, application, said.entry, said.payment, said.version, photo, voice)
    else:
        costs.add_cost(work, application, said.entry, said.payment, photo, voice)


def _file(posted: FormData, name: str) -> bytes:
    sent = posted.get(name)
    return sent.file.read() if isinstance(sent, UploadFile) and sent.filename else b""


def _changing(diary: Diary, form: Form) -> CostEntry | None:
    if form.value("version") in {"", "0"}:
        return None
    return next((one for one in diary.entries if str(one.id) == form.value("entry")), None)


def refuse(
    request: Request, work: Work, application: ApplicationId, form: Form, refusal: Conflict
) -> Response:
    """The diary again, with why it was not done, which is noted in the log."""
    if refusal.code == "form-used":
        form = form.renewed("entry", work.new_id())
    record_refusal(work, refusal.code, "save_cost")
    diary = costs.read_own_diary(work, application)
    status = status_of(refusal)
    return _show(request, diary, form, _changing(diary, form), status, refusal=refusal)


def _show(
    request: Request,
    diary: Diary,
    form: Form,
    changing: CostEntry | None,
    status: int = 200,
    *,
    done: str = "",
    refusal: Conflict | None = None,
) -> Response:
    own = diary.application
    back = f"/solicitud/{own.id}" if own.status is Status.DRAFT else f"/mi-solicitud/{own.id}"
    path = f"/mi-solicitud/{own.id}/pagos"
    locale = locale_of(request)
    found = [tell(locale, one) for one in diary.judged.findings]
    page = CostsPage(path, back, diary, form, changing, done, refusal, found)
    return render(request, "costs/diary.html", page, status)
