"""SETRASS's office moves what is due beside wages, and notes what families tell there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import welfare_desk
from app.services.refusals import record_refusal
from app.services.welfare_desk import OfficeClaim
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.answered import programme_names
from app.web.pages.welfare_claims import OptionalAmount, ToldForm
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from permits.people import Permission
from permits.policies import check_permission
from recruitment.costs import CURRENCIES
from recruitment.welfare import Ower, WelfareAction, WelfareKind, WelfareStep, WelfareTold

router = APIRouter(include_in_schema=False)

PATH = "/pagos-por-devolver/ademas-del-salario"
ONE = PATH + "/{claim:uuid}"


class OfficeToldForm(ToldForm):
    """What somebody tells in a worker's place: of whose application, and who tells it."""

    wording: ClassVar[Mapping[str, str]] = {
        **ToldForm.wording,
        "kind.missing": N_("Elija por qué se debe."),
        "receipt.missing": N_("Escriba el número de la solicitud."),
        "teller.missing": N_("Escriba quién lo cuenta y cómo encontrarle."),
    }
    receipt: str
    teller: str = ""

    @property
    def told(self) -> WelfareTold:
        """As the law reads it, with who tells it."""
        return replace(super().told, teller=self.teller)


class StepForm(forms.Answers):
    """One step; `version` is what was looked at, and what a step does not ask for is left empty."""

    wording: ClassVar[Mapping[str, str]] = {
        "action.missing": N_("Elija qué pasó."),
        "on.missing": N_("Escriba el día, el mes y el año."),
        "ower.missing": N_("Elija quién debe."),
        "name.missing": N_("Escriba el nombre de quien debe."),
        "amount.missing": N_("Escriba cuánto aceptaron."),
        "currency.not-an-option": N_("Elija en qué moneda."),
        "words.missing": N_("Escriba la razón que dieron."),
        "next_words.missing": N_("Escriba qué puede hacer la persona."),
    }
    version: int
    action: WelfareAction
    on: WrittenDate
    ower: Ower | None = None
    name: str = ""
    amount: OptionalAmount = None
    currency: str = ""
    words: str = ""
    next_words: str = ""


@dataclass(frozen=True)
class ListPage:
    """What is not settled, without anybody's name."""

    claims: Sequence[OfficeClaim]
    names: Mapping[str, str]
    done: bool


@dataclass(frozen=True)
class TellPage:
    """The form for what is told at the office."""

    form: Form
    refusal: Conflict | None = None
    kinds: tuple[WelfareKind, ...] = tuple(WelfareKind)
    currencies: tuple[str, ...] = CURRENCIES


@dataclass(frozen=True)
class ClaimPage:
    """One that was opened, with what may be done about it now."""

    found: OfficeClaim
    actions: Sequence[WelfareAction]
    form: Form
    programme: str
    done: bool = False
    refusal: Conflict | None = None
    owers: tuple[Ower, ...] = tuple(Ower)
    currencies: tuple[str, ...] = CURRENCIES


@router.get(PATH)
def list_claims(request: Request, work: SignedInReading, hecho: str = "") -> Response:
    """What is not settled, the oldest first."""
    names = programme_names(work.ports.reference.programmes.values(), locale_of(request))
    page = ListPage(welfare_desk.list_claims(work), names, bool(hecho))
    return render(request, "welfare/list.html", page)


@router.get(PATH + "/anotar")
def ask_told(request: Request, work: SignedInReading) -> Response:
    """The form for what a family or somebody else tells."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    form = Form({"claim": (str(work.new_id()),)})
    return render(request, "welfare/tell.html", TellPage(form))


@router.post(PATH + "/anotar")
def note_told(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Note what somebody tells in a worker's place."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    said = forms.check(OfficeToldForm, posted)
    if isinstance(said, Form):
        return render(request, "welfare/tell.html", TellPage(said), 422)
    try:
        with work.attempt():
            welfare_desk.note_told(work, said.receipt, said.claim, said.told)
    except Invalid as invalid:
        wrong = forms.refused(OfficeToldForm, posted, invalid)
        return render(request, "welfare/tell.html", TellPage(wrong), 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "claim_welfare")
        typed = Form(forms.typed(posted))
        again = typed.renewed("claim", work.new_id()) if refusal.code == "form-used" else typed
        page = TellPage(again, refusal)
        return render(request, "welfare/tell.html", page, status_of(refusal))
    return RedirectResponse(f"{PATH}?hecho=1", 303)


@router.get(ONE)
def show_claim(request: Request, work: SignedInWork, claim: UUID, hecho: str = "") -> Response:
    """One claim; that it was opened stands in the log."""
    return _show(request, work, claim, Form(), done=bool(hecho))


@router.post(ONE)
def note_step(request: Request, work: SignedInWork, claim: UUID, posted: Posted) -> Response:
    """Write what was done or answered."""
    said = forms.check(StepForm, posted)
    if isinstance(said, Form):
        return _show(request, work, claim, said, 422)
    try:
        with work.attempt():
            welfare_desk.note_step(work, claim, _step(work, said), said.version)
    except Invalid as invalid:
        return _show(request, work, claim, forms.refused(StepForm, posted, invalid), 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "welfare_claim")
        form = Form(forms.typed(posted))
        return _show(request, work, claim, form, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}/{claim}?hecho=1", 303)


def _step(work: Work, said: StepForm) -> WelfareStep:
    """What was asked of this step alone: a field that stays open in the browser is dropped."""
    step = WelfareStep(said.action, said.on, work.now)
    if said.action is WelfareAction.SEND:
        return replace(step, ower=said.ower, name=said.name)
    if said.action is WelfareAction.ACCEPT:
        currency = said.currency if said.amount is not None else ""
        return replace(step, amount=said.amount, currency=currency)
    if said.action is WelfareAction.REFUSE:
        words, after = (one.replace("\r\n", "\n") for one in (said.words, said.next_words))
        return replace(step, words=words, next_words=after)
    return step


def _show(
    request: Request,
    work: Work,
    claim: UUID,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    found = welfare_desk.open_claim(work, claim)
    names = programme_names(work.ports.reference.programmes.values(), locale_of(request))
    actions = welfare_desk.actions_of(found.claim)
    if not form.values and len(actions) == 1:
        form = Form({"action": (actions[0].value,)})
    page = ClaimPage(found, actions, form, names[found.programme], done, refusal)
    return render(request, "welfare/claim.html", page, status)
