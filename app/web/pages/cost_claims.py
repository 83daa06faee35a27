"""SETRASS's desk for what workers asked back: who owes it, how far it is, and the indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import cost_claims, cost_figures, recruiter_audits
from app.services.cost_claims import ListedClaim, OpenedClaim, Taker
from app.services.cost_figures import CostFigure
from app.services.recruiter_audits import ToAudit
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.answers import Phone, YesNo
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.answered import programme_names
from app.web.pages.ethics import ToldFinding, tell
from app.web.problems import status_of
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import Conflict, Invalid
from permits.people import Permission
from permits.policies import check_permission
from recruitment.costs import CURRENCIES, NAME_LIMIT, InspectionReason
from recruitment.exchange_rates import Rate
from recruitment.repayments import Every, Handing

router = APIRouter(include_in_schema=False)

PATH = "/pagos-por-devolver"
ONE = PATH + "/{cost:uuid}"


class InspectionForm(forms.Answers):
    """Why an inspector opens it."""

    wording: ClassVar[Mapping[str, str]] = {"reason.missing": N_("Elija por qué lo abre.")}
    reason: InspectionReason


class FeeForm(forms.Answers):
    """Against whom, and by which act."""

    wording: ClassVar[Mapping[str, str]] = {
        "licence.missing": N_("Escriba la licencia de quien cobró, o marque que no tiene."),
        "reference.missing": N_("Escriba el número del acta o la resolución."),
    }
    version: int
    licence: str = ""
    unlicensed: YesNo | None = None
    name: Annotated[str, StringConstraints(max_length=NAME_LIMIT)] = ""
    phone: Phone | None = None
    reference: str = ""

    @property
    def taker(self) -> Taker:
        """Who took it."""
        return Taker(self.licence, bool(self.unlicensed), self.name, self.phone)


@dataclass(frozen=True)
class ListPage:
    """What is not settled, without anybody's name; the figures; `names` of the programmes.

    `rates` are the newest ones, `old` those of them that have grown old.
    """

    claims: Sequence[ListedClaim]
    figures: Sequence[CostFigure] | None
    names: Mapping[str, str]
    rates: Sequence[Rate] = ()
    old: Sequence[Rate] = ()
    audits: Sequence[ToAudit] = ()


@dataclass(frozen=True)
class ClaimPage:
    """One that was opened."""

    opened: OpenedClaim
    findings: Sequence[ToldFinding]
    form: Form
    programme: str
    part: UUID
    again: bool
    done: bool = False
    refusal: Conflict | None = None
    currencies: tuple[str, ...] = CURRENCIES
    handings: tuple[Handing, ...] = tuple(Handing)
    everies: tuple[Every, ...] = tuple(Every)


@dataclass(frozen=True)
class InspectionPage:
    """What an inspector answers before one is shown."""

    form: Form
    cost: UUID
    reasons: Sequence[InspectionReason] = tuple(InspectionReason)


@router.get(PATH)
def list_claims(request: Request, work: SignedInReading, cifras: str = "") -> Response:
    """What was asked back; with `cifras` what workers bore, in percent of a month's wage.

    Every diary is opened for it, so nobody who reads the list waits for that.
    """
    names = programme_names(work.ports.reference.programmes.values(), locale_of(request))
    judges = work.actor.can(Permission.RECRUITER_JUDGE)
    figures = cost_figures.list_figures(work) if judges and cifras else None
    kept = work.ports.reference.exchange_rates
    rates, old = kept.newest(), kept.list_old(legal_day(work.now)) if judges else ()
    audits = recruiter_audits.list_to_audit(work) if judges else ()
    page = ListPage(cost_claims.list_claims(work), figures, names, rates, old, audits)
    return render(request, "costs/claims.html", page)


@router.get(ONE)
def open_claim(
    request: Request, work: SignedInWork, cost: UUID, hecho: str = "", otra: UUID | None = None
) -> Response:
    """One with its worker's name; that it was opened is logged. An inspector says why first.

    `otra` is a part that never came, of which the debtor showed something else.
    """
    if work.actor.can(Permission.CLAIM_INSPECT):
        return render(request, "costs/inspection.html", InspectionPage(Form(), cost))
    again = Form({"part": (str(otra),)}) if otra else Form()
    return show(request, work, cost, again, done=bool(hecho))


@router.post(ONE + "/inspeccionar")
def inspect_claim(request: Request, work: SignedInWork, cost: UUID, posted: Posted) -> Response:
    """Show it to an inspector, once for each reason that they give."""
    check_permission(work.actor, Permission.CLAIM_INSPECT)
    said = forms.check(InspectionForm, posted)
    if isinstance(said, Form):
        return render(request, "costs/inspection.html", InspectionPage(said, cost), 422)
    return _render(request, work, cost_claims.inspect_claim(work, cost, said.reason), Form())


@router.get(ONE + "/comprobante")
def show_receipt(work: SignedInWork, cost: UUID) -> Response:
    """The photo of its receipt; logged too."""
    return Response(cost_claims.read_receipt(work, cost), media_type="image/jpeg")


@router.get(ONE + "/voz")
def hear_voice(work: SignedInWork, cost: UUID) -> Response:
    """What its worker said; logged too."""
    data, media = cost_claims.hear_voice(work, cost)
    return Response(data, media_type=media)


@router.post(ONE + "/cobro")
def confirm_fee(request: Request, work: SignedInWork, cost: UUID, posted: Posted) -> Response:
    """A fee was taken: who took it is suspended."""
    said = forms.check(FeeForm, posted)
    if isinstance(said, Form):
        return show(request, work, cost, said, 422)
    try:
        with work.attempt():
            cost_claims.confirm_fee(work, cost, said.version, said.taker, said.reference)
    except Invalid as invalid:
        wrong = forms.refused(FeeForm, posted, invalid)
        return show(request, work, cost, wrong, 422)
    except Conflict as refusal:
        return refuse(request, work, cost, Form(forms.typed(posted)), refusal)
    return RedirectResponse(f"{PATH}/{cost}?hecho=1", 303)


def refuse(request: Request, work: Work, cost: UUID, form: Form, refusal: Conflict) -> Response:
    """The claim again, with why it was not done, which is noted in the log."""
    record_refusal(work, refusal.code, "cost_claim")
    return show(request, work, cost, form, status_of(refusal), refusal=refusal)


def show(
    request: Request,
    work: Work,
    cost: UUID,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    """One claim with its forms, as an official sees it; that it was opened is logged."""
    opened = cost_claims.open_claim(work, cost)
    return _render(request, work, opened, form, status, done=done, refusal=refusal)


def _render(
    request: Request,
    work: Work,
    opened: OpenedClaim,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    locale = locale_of(request)
    names = programme_names(work.ports.reference.programmes.values(), locale)
    told = [tell(locale, one) for one in opened.judged.findings]
    again = form.value("part") in {str(one.id) for one in opened.repayment.payments}
    programme = names[opened.claim.programme]
    page = ClaimPage(opened, told, form, programme, work.new_id(), again, done, refusal)
    return render(request, "costs/claim.html", page, status)
