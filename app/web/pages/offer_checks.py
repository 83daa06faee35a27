"""The public scam check: type, paste or scan an offer, a name, a licence or a phone; or warn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import offer_checks
from app.services.offer_checks import OfferCheck
from app.services.work import Work
from app.web import assets, forms
from app.web.answers import Phone, find_phones
from app.web.dependencies import Posted, PublicReading, PublicWork, address_of
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.answered import place_name, work_place
from app.web.pages.gate_programs import READER
from app.web.problems import answer
from app.web.templating import render
from permits.errors import Invalid
from recruitment.scam_checks import TEXT_LIMIT, WORDS_LIMIT, Report, ReportKind

router = APIRouter(include_in_schema=False)

PATH = "/verificar-oferta"
REPORT = PATH + "/avisar"


class Offer(forms.Answers):
    """What is to be looked up."""

    wording: ClassVar[Mapping[str, str]] = {
        "text.missing": N_("Escriba el nombre, el teléfono o la licencia, o pegue la oferta."),
    }
    text: Annotated[str, StringConstraints(max_length=TEXT_LIMIT)]


class Warned(forms.Answers):
    """What somebody warns of; nothing is asked about who warns. With one `id` it is left once."""

    wording: ClassVar[Mapping[str, str]] = {
        "kind.missing": N_("Elija qué le hicieron."),
        "name.report-names-nobody": N_(
            "Escriba el nombre, el teléfono o la licencia de quien fue."
        ),
    }
    kind: ReportKind
    name: Annotated[str, StringConstraints(max_length=120)] = ""
    phone: Phone | None = None
    licence: Annotated[str, StringConstraints(max_length=60)] = ""
    words: Annotated[str, StringConstraints(max_length=WORDS_LIMIT)] = ""
    id: UUID | None = None


@dataclass(frozen=True)
class CheckPage:
    """The field, and what was found of what was typed in it."""

    form: Form
    checked: OfferCheck | None = None
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def wasm(self) -> str:
        """Where the scanner's reader of codes lies."""
        return assets.read_manifest(assets.BUILT / "scanner")[READER]


@dataclass(frozen=True)
class ReportPage:
    """The form of a warning; `done`: it was left just now."""

    form: Form
    id: UUID
    kinds: Sequence[ReportKind] = tuple(ReportKind)
    done: bool = False


@router.get(PATH)
def ask_offer(request: Request, work: PublicReading) -> Response:
    """The field."""
    return render(request, "offer_checks/check.html", CheckPage(Form()))


@router.post(PATH)
def check_offer(request: Request, work: PublicWork, posted: Posted) -> Response:
    """What is known of it; the text is in no address and is kept nowhere."""
    form = Form(forms.typed(posted), wording=Offer.wording)
    answers = forms.check(Offer, posted)
    if isinstance(answers, Form):
        return render(request, "offer_checks/check.html", CheckPage(answers), 422)
    if wait := offer_checks.may_check(work, address_of(request)):
        return answer(request, 429, "too-many-tries", {}, (), wait)
    checked = offer_checks.check_offer(work, answers.text, find_phones(answers.text))
    return render(
        request, "offer_checks/check.html", CheckPage(form, checked, _places(work, checked))
    )


def _places(work: Work, checked: OfferCheck) -> Mapping[str, str]:
    """Where the employers and farms are that were recognised, by municipality or country."""
    reference = work.ports.reference
    employers = {
        one.municipality or one.department: work_place(reference, one.department, one.municipality)
        for one in checked.employers
    }
    farms = {farm.municipality for one in checked.employers for farm in one.farms}
    return {one: place_name(reference, "HND", one) for one in farms} | employers


@router.get(REPORT)
def ask_report(request: Request, work: PublicReading, hecho: str = "") -> Response:
    """The form of a warning."""
    return render(
        request, "offer_checks/report.html", ReportPage(Form(), work.new_id(), done=hecho == "si")
    )


@router.post(REPORT)
def report_offer(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Leave a warning for SETRASS; who leaves it is written down nowhere."""
    answers = forms.check(Warned, posted)
    if isinstance(answers, Form):
        return render(request, "offer_checks/report.html", ReportPage(answers, work.new_id()), 422)
    if wait := offer_checks.may_report(work, address_of(request)):
        return answer(request, 429, "too-many-tries", {}, (), wait)
    try:
        with work.attempt():
            offer_checks.report_offer(work, _report(work, answers))
    except Invalid as invalid:
        wrong = forms.refused(Warned, posted, invalid)
        return render(request, "offer_checks/report.html", ReportPage(wrong, work.new_id()), 422)
    return RedirectResponse(f"{REPORT}?hecho=si", 303)


def _report(work: Work, said: Warned) -> Report:
    return Report(
        said.id or work.new_id(), said.kind, said.name, said.phone, said.licence, said.words
    )
