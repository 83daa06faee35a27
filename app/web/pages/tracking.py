"""How an application stands, by its receipt number: for who has no phone at hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BeforeValidator

from app.services.tracking import track
from app.web import forms
from app.web.answers import read_date
from app.web.dependencies import Posted, PublicReading, PublicWork, address_of
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import answer
from app.web.templating import render
from permits.errors import Fault
from permits.tracking import Claim, read_ending, read_receipt

router = APIRouter(include_in_schema=False)

PATH = "/seguimiento"


class Asked(forms.Answers):
    """The receipt number, and the end of the phone or the day of birth."""

    wording: ClassVar[Mapping[str, str]] = {
        "receipt.missing": N_("Escriba el número de su solicitud."),
        "ending.missing": N_("Escriba los últimos cuatro números del teléfono, o la fecha."),
        "ending.not-found": N_("El número o el otro dato no es correcto. Revise los dos."),
    }
    receipt: str
    ending: str = ""
    born: Annotated[date | None, BeforeValidator(read_date)] = None

    @property
    def claim(self) -> Claim:
        """What was said of the person."""
        return Claim(read_ending(self.ending), self.born)


@dataclass(frozen=True)
class TrackingPage:
    """`status` is that of the application, `over` where its permit is; "" before it was asked."""

    form: Form = field(default_factory=Form)
    status: str = ""


@router.get(PATH)
def ask(request: Request, work: PublicReading) -> Response:
    """The form; nothing that is typed stands in an address."""
    return render(request, "tracking.html", TrackingPage())


@router.post(PATH)
def tell(request: Request, work: PublicWork, posted: Posted) -> Response:
    """The bare state; the same answer, in the same time, for a wrong claim and no such receipt."""
    form = Form(forms.typed(posted), wording=Asked.wording)
    answers = forms.check(Asked, posted)
    if isinstance(answers, Form):
        return _again(request, answers)
    if answers.claim == Claim():
        return _again(request, _wrong(form, "missing"))
    address = address_of(request)
    tracked = track(work, read_receipt(answers.receipt), answers.claim, address)
    if tracked.wait:
        return answer(request, 429, "too-many-tries", {}, (), tracked.wait)
    if tracked.status is None:
        return _again(request, _wrong(form, "not-found"))
    status = "over" if tracked.over else tracked.status.value
    return render(request, "tracking.html", TrackingPage(status=status))


def _wrong(form: Form, code: str) -> Form:
    return Form(form.values, (Fault(code, "ending"),), Asked.wording)


def _again(request: Request, form: Form) -> Response:
    return render(request, "tracking.html", TrackingPage(form), 422)
