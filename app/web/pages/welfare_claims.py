"""What is due to a worker beside wages: told, followed, and confirmed, in their own room."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BeforeValidator
from starlette.datastructures import FormData

from app.services import welfare_claims
from app.services.refusals import record_refusal
from app.services.welfare_claims import OwnClaims
from app.services.work import Work
from app.web import forms
from app.web.answers import Amount, WrittenDate
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict, Invalid, NotFound
from recruitment.costs import CURRENCIES
from recruitment.welfare import WelfareAction, WelfareKind, WelfareTold

router = APIRouter(include_in_schema=False)

PATH = "/mi-solicitud/{application:uuid}/ademas-del-salario"

OWN_KINDS = tuple(one for one in WelfareKind if one is not WelfareKind.DEATH)

ACTIONS: Mapping[str, WelfareAction] = {
    "recibido": WelfareAction.CONFIRM,
    "no-recibido": WelfareAction.CONTEST,
    "no-pedir": WelfareAction.WITHDRAW,
}
"""The last part of an address, and what is done there."""


def none_of(text: object) -> object:
    """An amount that nobody typed."""
    return None if text == "" else text


OptionalAmount = Annotated[Amount | None, BeforeValidator(none_of)]


class ToldForm(forms.Answers):
    """What happened; `claim` is the new one's id, so that pressed twice it is kept once."""

    wording: ClassVar[Mapping[str, str]] = {
        "kind.missing": N_("Elija por qué le deben."),
        "happened_on.missing": N_("Escriba el día, el mes y el año."),
        "words.missing": N_("Cuente qué pasó."),
        "currency.not-an-option": N_("Elija en qué moneda."),
    }
    claim: UUID
    kind: WelfareKind
    happened_on: WrittenDate
    words: str = ""
    insurance: str = ""
    amount: OptionalAmount = None
    currency: str = ""

    @property
    def told(self) -> WelfareTold:
        """As the law reads it; a currency is told of an amount alone."""
        return WelfareTold(
            self.kind,
            self.happened_on,
            self.words.replace("\r\n", "\n"),
            self.insurance,
            self.amount,
            self.currency if self.amount is not None else "",
        )


@dataclass(frozen=True)
class ClaimsPage:
    """Every claim, the insurances that are known, and the form for one more."""

    path: str
    back: str
    own: OwnClaims
    form: Form
    done: bool = False
    refusal: Conflict | None = None
    kinds: tuple[WelfareKind, ...] = OWN_KINDS
    currencies: tuple[str, ...] = CURRENCIES


@router.get(PATH)
def show_claims(
    request: Request, work: SignedInReading, application: UUID, hecho: str = ""
) -> Response:
    """Every claim and how far it is, and the form for one more."""
    own = welfare_claims.read_own_claims(work, ApplicationId(application))
    return _show(request, own, _empty(work), done=bool(hecho))


@router.post(PATH)
def claim_welfare(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """Keep a claim, or show the form again with what was typed."""
    identity = ApplicationId(application)
    own = welfare_claims.read_own_claims(work, identity)
    form = Form(forms.typed(posted))
    said = forms.check(ToldForm, posted)
    if isinstance(said, Form):
        return _show(request, own, said, 422)
    try:
        with work.attempt():
            welfare_claims.claim_welfare(work, identity, said.claim, said.told)
    except Invalid as invalid:
        return _show(request, own, forms.refused(ToldForm, posted, invalid), 422)
    except Conflict as refusal:
        return _refuse(request, work, identity, form, refusal)
    return RedirectResponse(f"{request.url.path}?hecho=1", 303)


@router.post(PATH + "/{claim:uuid}/{action}")
def move_claim(
    request: Request,
    work: SignedInWork,
    application: UUID,
    claim: UUID,
    action: str,
    posted: Posted,
) -> Response:
    """Say whether the money came, or take the claim back."""
    identity = ApplicationId(application)
    welfare_claims.read_own_claims(work, identity)  # it is not there for anybody else
    if action not in ACTIONS:
        raise NotFound("no-such-welfare-claim")
    try:
        with work.attempt():
            seen = version_of(posted)
            welfare_claims.move_own_claim(work, identity, claim, ACTIONS[action], seen)
    except Conflict as refusal:
        return _refuse(request, work, identity, _empty(work), refusal)
    return RedirectResponse(f"/mi-solicitud/{application}/ademas-del-salario?hecho=1", 303)


def version_of(posted: FormData) -> int:
    """What was looked at; 0, which nothing is, where the form tells none."""
    text = str(posted.get("version", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _empty(work: Work) -> Form:
    return Form({"claim": (str(work.new_id()),)})


def _refuse(
    request: Request, work: Work, application: ApplicationId, form: Form, refusal: Conflict
) -> Response:
    if refusal.code == "form-used":
        form = form.renewed("claim", work.new_id())
    record_refusal(work, refusal.code, "claim_welfare")
    own = welfare_claims.read_own_claims(work, application)
    return _show(request, own, form, status_of(refusal), refusal=refusal)


def _show(
    request: Request,
    own: OwnClaims,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    back = f"/mi-solicitud/{own.application.id}"
    page = ClaimsPage(f"{back}/ademas-del-salario", back, own, form, done, refusal)
    return render(request, "welfare/own.html", page, status)
