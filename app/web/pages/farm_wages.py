"""An employer's payslips: one by one on a form, with what the worker says of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BeforeValidator, StringConstraints

from app.services import payslips, wage_runs
from app.services.payslips import FiledPayslip, ListedHand, Wages
from app.services.refusals import record_refusal
from app.services.wage_runs import ShortContract
from app.services.work import Work
from app.web import forms
from app.web.answers import Amount, WrittenDate, written_date
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from recruitment.ethics.words import DeductionKind
from recruitment.payslips import Slip, Taken

router = APIRouter(include_in_schema=False, prefix="/mis-fincas/salarios")

HERE = "/mis-fincas/salarios"
KINDS = (
    *(DeductionKind.ADVANCE, DeductionKind.HOUSING, DeductionKind.FOOD),
    *(DeductionKind.SOCIAL_SECURITY, DeductionKind.TAX),
    *(DeductionKind.UNION_DUES, DeductionKind.COURT_ORDER),
)
"""The white list of R12: the form asks for no other."""

Money = Annotated[Amount, BeforeValidator(lambda text: text or "0")]


class SlipForm(forms.Answers):
    """One payslip; `version` is what was looked at, 0 for a new one.

    What was taken stands in a field of its own for each kind; `consents` are those to which the
    worker agreed in writing.
    """

    wording: ClassVar[Mapping[str, str]] = {
        "first_day.missing": N_("Escriba el primer día del período."),
        "last_day.missing": N_("Escriba el último día del período."),
        "days.missing": N_("Escriba cuántos días trabajó."),
        "units.missing": N_("Escriba cuánto se le paga: días, horas o medidas."),
        "rate.missing": N_("Escriba el pago por unidad."),
    }
    version: int = 0
    first_day: WrittenDate
    last_day: WrittenDate
    days: int
    units: Amount
    rate: Amount
    top_up: Money = Decimal(0)
    overtime_hours: Money = Decimal(0)
    overtime_pay: Money = Decimal(0)
    advance: Money = Decimal(0)
    housing: Money = Decimal(0)
    food: Money = Decimal(0)
    social_security: Money = Decimal(0)
    tax: Money = Decimal(0)
    union_dues: Money = Decimal(0)
    court_order: Money = Decimal(0)
    consents: tuple[DeductionKind, ...] = ()
    paid_on: WrittenDate | None = None

    def slip(self, wages: Wages) -> Slip:
        """As the law reads it, in the agreed unit and currency."""
        taken = tuple(
            Taken(kind, amount, kind in self.consents)
            for kind in KINDS
            if (amount := getattr(self, field_of(kind)))
        )
        offer = wages.agreed_for(self.first_day, self.last_day).offer
        return Slip(
            self.first_day,
            self.last_day,
            offer.currency,
            self.days,
            offer.unit,
            self.units,
            self.rate,
            self.top_up,
            self.overtime_hours,
            self.overtime_pay,
            taken,
            self.paid_on,
        )


class ReplyForm(forms.Answers):
    """What the employer answers to what was contested."""

    wording: ClassVar[Mapping[str, str]] = {"reply.missing": N_("Escriba su respuesta.")}
    reply: Annotated[str, StringConstraints(max_length=300)]


def field_of(kind: DeductionKind) -> str:
    """The field of a kind of deduction."""
    return kind.value.replace("-", "_")


@dataclass(frozen=True)
class HandsPage:
    """The employer's workers of today, and those who left and whose wages may still be owed.

    Those who contest a payslip stand on top. `short` are contracts below the minimum wage.
    """

    hands: Sequence[ListedHand]
    left: Sequence[ListedHand]
    short: Sequence[ShortContract] = ()


@dataclass(frozen=True)
class WagesPage:
    """One worker's payslips and the form; `changing` is the one that gets a newer version."""

    here: str
    wages: Wages
    form: Form
    changing: FiledPayslip | None = None
    done: str = ""
    refusal: Conflict | None = None
    kinds: tuple[DeductionKind, ...] = KINDS
    fields: Mapping[str, str] = field(default_factory=lambda: {k.value: field_of(k) for k in KINDS})


@router.get("")
def list_workers(request: Request, work: SignedInReading) -> Response:
    """Whom the employer pays, or paid."""
    every = payslips.list_hands(work)
    page = HandsPage(
        [one for one in every if one.until is None],
        [one for one in every if one.until],
        wage_runs.list_of_employer(work),
    )
    return render(request, "wages/hands.html", page)


@router.get("/{application:uuid}")
def show_worker(
    request: Request, work: SignedInWork, application: UUID, periodo: str = "", hecho: str = ""
) -> Response:
    """The payslips of one worker, with the form for a new one or a newer version."""
    wages = payslips.read_wages(work, application)
    changing = _find(wages, periodo)
    form = _filled(changing) if changing else _empty(wages)
    return _show(request, wages, form, changing=changing, done=hecho)


@router.post("/{application:uuid}")
def write_payslip(
    request: Request, work: SignedInWork, application: UUID, posted: Posted
) -> Response:
    """Write one; the same a second time is the same."""
    wages = payslips.read_wages(work, application)
    said = forms.check(SlipForm, posted)
    if isinstance(said, Form):
        return _show(request, wages, said, 422)
    try:
        with work.attempt():
            payslips.write_payslip(work, application, said.slip(wages), said.version)
    except Invalid as invalid:
        return _show(request, wages, forms.refused(SlipForm, posted, invalid), 422)
    except Conflict as refusal:
        form = Form(forms.typed(posted))
        return _refuse(request, work, wages, form, refusal)
    return RedirectResponse(f"{HERE}/{application}?hecho=escrito", 303)


@router.post("/{application:uuid}/{day}/responder")
def reply_to(
    request: Request, work: SignedInWork, application: UUID, day: date, posted: Posted
) -> Response:
    """Answer what the worker contests."""
    wages = payslips.read_wages(work, application)
    said = forms.check(ReplyForm, posted)
    if isinstance(said, Form):
        form = Form({**_empty(wages).values, **said.values}, said.faults, said.wording)
        return _show(request, wages, form, 422)
    try:
        with work.attempt():
            payslips.reply(work, application, day, said.reply)
    except Conflict as refusal:
        return _refuse(request, work, wages, _empty(wages), refusal)
    return RedirectResponse(f"{HERE}/{application}?hecho=respondido", 303)


def _find(wages: Wages, period: str) -> FiledPayslip | None:
    return next(
        (one for one in wages.filed if one.payslip.slip.first_day.isoformat() == period), None
    )


def _empty(wages: Wages) -> Form:
    """A new one begins with the agreed rate."""
    return Form({"version": ("0",), "rate": (f"{wages.agreed.offer.wage:f}",)})


def _filled(filed: FiledPayslip) -> Form:
    slip = filed.payslip.slip
    plain = ("units", "rate", "top_up", "overtime_hours", "overtime_pay")
    values: dict[str, Sequence[str]] = {name: (f"{getattr(slip, name):f}",) for name in plain}
    for name in ("first_day", "last_day", "paid_on"):
        day = getattr(slip, name)
        if day is not None:
            values |= written_date(name, day)
    values |= {field_of(one.kind): (f"{one.amount:f}",) for one in slip.taken}
    values["consents"] = tuple(one.kind.value for one in slip.taken if one.consent)
    return Form(values | {"version": (str(filed.payslip.version),), "days": (str(slip.days),)})


def _refuse(request: Request, work: Work, wages: Wages, form: Form, refusal: Conflict) -> Response:
    record_refusal(work, refusal.code, "payslip")
    return _show(request, wages, form, status_of(refusal), refusal=refusal)


def _show(
    request: Request,
    wages: Wages,
    form: Form,
    status: int = 200,
    *,
    changing: FiledPayslip | None = None,
    done: str = "",
    refusal: Conflict | None = None,
) -> Response:
    here = f"{HERE}/{wages.hand.application}"
    page = WagesPage(here, wages, form, changing, done, refusal)
    return render(request, "wages/worker.html", page, status)
