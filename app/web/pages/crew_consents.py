"""Consent to what a list says of a worker: on the own phone, or by a mark before a witness."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import contract_waits, crew_consents
from app.services.crew_consents import ListedMember, Waiting
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.answered import Row, Said, rows, work_place
from app.web.pages.own_questions import form_model, in_form
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.crews import Crew
from permits.errors import Conflict, Invalid
from permits.offers import Offer
from permits.programme_questions import FIELD

router = APIRouter(include_in_schema=False)

Typed = Mapping[str, Sequence[str]]

OWN, MARKS = "/consentir", "/marcas"


class Answer(forms.Answers):
    """Yes or no."""

    wording: ClassVar[Mapping[str, str]] = {"answer.missing": N_("Elija sí o no.")}
    answer: Literal["yes", "no"]


class Mark(forms.Answers):
    """That the mark was made."""

    wording: ClassVar[Mapping[str, str]] = {
        "mark.missing": N_("Diga que la persona puso su marca ante usted.")
    }
    mark: Literal["yes"]


@dataclass(frozen=True)
class OwnPage:
    """What the worker is still to answer."""

    waiting: Sequence[ListedMember]


@dataclass(frozen=True)
class ConsentPage:
    """What a list says of the worker, the work, and the question; `refusal` is why not."""

    waiting: Waiting
    rows: Sequence[Row]
    offer: Offer | None
    workplace: str
    form: Form
    refusal: str = ""


@dataclass(frozen=True)
class MarksPage:
    """Lists on which somebody has not answered."""

    crews: Sequence[Crew]


@dataclass(frozen=True)
class MarkPage:
    """Who of a list has not answered."""

    crew: Crew
    members: Sequence[ListedMember]


@router.get(OWN)
def list_waiting(request: Request, work: SignedInWork) -> Response:
    """What waits for the worker's answer; one alone is shown at once."""
    waiting = crew_consents.list_waiting(work)
    if len(waiting) == 1:
        return RedirectResponse(f"{OWN}/{waiting[0].application.id}", 303)
    return render(request, "crew_consents/list.html", OwnPage(waiting))


@router.get(OWN + "/{application:uuid}")
def ask_consent(request: Request, work: SignedInWork, application: UUID) -> Response:
    """The question, with everything that was written down about the worker."""
    return _show(request, _own(work, application), Form(), work)


@router.post(OWN + "/{application:uuid}")
def answer(request: Request, work: SignedInWork, application: UUID, posted: Posted) -> Response:
    """Hand the application in, or take it back for good."""
    waiting = _own(work, application)
    if i18n.pressed(request):
        return _show(request, waiting, Form(forms.typed(posted)), work)
    typed, own = _apart(forms.typed(posted))
    given = forms.check(Answer, typed)
    if isinstance(given, Form):
        return _show(request, waiting, replace(given, values=typed | own), work, 422)
    case = ApplicationId(application)
    try:
        if given.answer == "yes":
            crew_consents.consent(work, case, _own_answers(waiting, own))
        else:
            crew_consents.decline(work, case)
    except Invalid as invalid:
        form = Form(typed | own, in_form(invalid.faults))
        return _show(request, waiting, form, work, 422)
    except Conflict as refusal:
        status = status_of(refusal)
        return _show(request, waiting, Form(), work, status, refusal=refusal.code)
    return RedirectResponse(f"/mi-solicitud/{application}", 303)


@router.get(MARKS)
def list_marks(request: Request, work: SignedInWork) -> Response:
    """Lists on which somebody still is to answer."""
    return render(
        request, "crew_consents/marks.html", MarksPage(crew_consents.list_to_witness(work))
    )


@router.get(MARKS + "/{crew:uuid}")
def show_marks(request: Request, work: SignedInWork, crew: UUID) -> Response:
    """Who of a list has not answered."""
    page = MarkPage(*crew_consents.list_unanswered(work, crew))
    return render(request, "crew_consents/crew.html", page)


@router.get(MARKS + "/{crew:uuid}/{application:uuid}")
def ask_mark(request: Request, work: SignedInWork, crew: UUID, application: UUID) -> Response:
    """What the witness reads to the worker before the mark."""
    waiting = crew_consents.open_for_mark(work, crew, ApplicationId(application))
    return _show(request, waiting, Form(), work, name="mark")


@router.post(MARKS + "/{crew:uuid}/{application:uuid}")
def record_mark(
    request: Request, work: SignedInWork, crew: UUID, application: UUID, posted: Posted
) -> Response:
    """Record it with the name of the witness, and hand it in; the contract, if any, is next."""
    case = ApplicationId(application)
    waiting = crew_consents.open_for_mark(work, crew, case)
    if i18n.pressed(request):
        return _show(request, waiting, Form(forms.typed(posted)), work, name="mark")
    typed, own = _apart(forms.typed(posted))
    given = forms.check(Mark, typed)
    if isinstance(given, Form):
        form = replace(given, values=typed | own)
        return _show(request, waiting, form, work, 422, name="mark")
    try:
        after = crew_consents.witness_consent(work, case, _own_answers(waiting, own))
    except Invalid as invalid:
        form = Form(typed | own, in_form(invalid.faults))
        return _show(request, waiting, form, work, 422, name="mark")
    if contract_waits.find_waiting(work, after):  # the person is still here to have it read out
        contract = f"/marcas-de-contratos?recibo={after.receipt}&lista={crew}"
        return RedirectResponse(contract, 303)
    return RedirectResponse(f"{MARKS}/{crew}", 303)


def _apart(typed: Typed) -> tuple[dict[str, Sequence[str]], dict[str, Sequence[str]]]:
    """What the page asks, and what the programme does."""
    own = {name: texts for name, texts in typed.items() if name.startswith(f"{FIELD}_")}
    return {name: texts for name, texts in typed.items() if name not in own}, own


def _own_answers(waiting: Waiting, typed: Typed) -> Mapping[str, object]:
    """What was answered to the programme's own questions; Invalid with every fault.

    What is missing is found when it is handed in: who says no need not answer.
    """
    model = form_model(waiting.unasked, any_open=True)
    answers = forms.check(model, typed)
    if isinstance(answers, Form):
        raise Invalid(answers.faults)
    told: Mapping[str, object] = answers.own()
    return told


def _own(work: Work, application: UUID) -> Waiting:
    return crew_consents.read_waiting(work, ApplicationId(application))


def _show(
    request: Request,
    waiting: Waiting,
    form: Form,
    work: Work,
    status: int = 200,
    *,
    name: str = "own",
    refusal: str = "",
) -> Response:
    reference, offer = work.ports.reference, waiting.case.offer
    said = rows(Said(waiting.case, reference, locale_of(request), work.actor))
    place = work_place(reference, offer.department, offer.municipality) if offer else ""
    told = tuple(row for row in said if row.value)
    page = ConsentPage(waiting, told, offer, place, form, refusal)
    return render(request, f"crew_consents/{name}.html", page, status)
