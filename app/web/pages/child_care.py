"""Children who come along: the farm tells what it arranged, the labour office tells SENAF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import child_care
from app.services.child_care import ChildrenOfCase, FarmCare, ListedFamily
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.prints import pdf
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.deadlines import legal_day
from permits.errors import Conflict, Invalid
from recruitment.child_care import Arrangement, CareKind

router = APIRouter(include_in_schema=False)

FARM = "/mis-fincas/{farm:uuid}/cuido"
CASE = "/casos/{application:uuid}/menores"
EMPTY = Form()


class CareForm(forms.Answers):
    """Where children are, for how many, and from when to when."""

    wording: ClassVar[Mapping[str, str]] = {
        "id.missing": N_("Abra otra vez esta página."),
        "kind.missing": N_("Elija qué es."),
        "where.missing": N_("Escriba cómo se llama y dónde está."),
        "places.missing": N_("Escriba para cuántos menores hay lugar."),
    }
    id: UUID
    kind: CareKind
    where: Annotated[str, StringConstraints(max_length=120)]
    places: int
    starts_on: WrittenDate
    ends_on: WrittenDate


class ReceivedForm(forms.Answers):
    """Who took the paper at SENAF, and when."""

    wording: ClassVar[Mapping[str, str]] = {
        "received_by.missing": N_("Escriba el nombre de quien lo recibió.")
    }
    received_by: Annotated[str, StringConstraints(max_length=80)]
    received_on: WrittenDate


@dataclass(frozen=True)
class FarmCarePage:
    """What a farm arranged, with the form of another place."""

    care: FarmCare
    form: Form
    done: bool = False
    refusal: Conflict | None = None
    kinds: Sequence[CareKind] = tuple(CareKind)


@dataclass(frozen=True)
class FamiliesPage:
    """Every case with children along."""

    families: Sequence[ListedFamily]


@dataclass(frozen=True)
class ChildrenPage:
    """The children of one case."""

    seen: ChildrenOfCase
    form: Form
    today: date
    done: bool = False
    refusal: Conflict | None = None


@router.get(FARM)
def show_care(request: Request, work: SignedInReading, farm: UUID, hecho: str = "") -> Response:
    """What was arranged on an own farm."""
    return _farm(request, work, farm, _new(work), done=hecho == "si")


@router.post(FARM)
def arrange_care(request: Request, work: SignedInWork, farm: UUID, posted: Posted) -> Response:
    """Write down another place; the same form twice is one."""
    said = forms.check(CareForm, posted)
    if isinstance(said, Form):
        return _farm(request, work, farm, said, 422)
    told = Arrangement(
        said.id, farm, said.kind, said.places, said.where, said.starts_on, said.ends_on
    )
    try:
        with work.attempt():
            child_care.arrange(work, farm, told)
    except Invalid as invalid:
        return _farm(request, work, farm, forms.refused(CareForm, posted, invalid), 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "arrange_care")
        again = Form(forms.typed(posted)).renewed("id", work.new_id())
        return _farm(request, work, farm, again, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/mis-fincas/{farm}/cuido?hecho=si", 303)


@router.post(FARM + "/{arrangement:uuid}/terminar")
def end_care(work: SignedInWork, farm: UUID, arrangement: UUID) -> Response:
    """It counts no more from today."""
    child_care.end(work, farm, arrangement)
    return RedirectResponse(f"/mis-fincas/{farm}/cuido", 303)


@router.get("/inspecciones/menores")
def list_families(request: Request, work: SignedInReading) -> Response:
    """Cases with children along, and whether there is room for them."""
    page = FamiliesPage(child_care.list_families(work))
    return render(request, "child_care/families.html", page)


@router.get(CASE)
def show_children(
    request: Request, work: SignedInWork, application: UUID, hecho: str = ""
) -> Response:
    """The children of one case; that it was opened stands in the log."""
    return _case(request, work, application, EMPTY, done=hecho == "si")


@router.post(CASE)
def tell_senaf(request: Request, work: SignedInWork, application: UUID) -> Response:
    """Decide to tell SENAF; twice is once."""
    try:
        with work.attempt():
            child_care.hand_over(work, ApplicationId(application))
    except Conflict as refusal:
        record_refusal(work, refusal.code, "tell_senaf")
        return _case(request, work, application, EMPTY, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/casos/{application}/menores?hecho=si", 303)


@router.get(CASE + ".pdf")
def print_children(request: Request, work: SignedInWork, application: UUID) -> Response:
    """The paper for SENAF; that it was made stands in the log."""
    language = locale_of(request).language.code
    paper = child_care.print_handover(work, ApplicationId(application), language)
    return pdf(paper, "senaf.pdf")


@router.post(CASE + "/{handover:uuid}")
def note_received(
    request: Request, work: SignedInWork, application: UUID, handover: UUID, posted: Posted
) -> Response:
    """Write down who took it at SENAF."""
    said = forms.check(ReceivedForm, posted)
    if isinstance(said, Form):
        return _case(request, work, application, said, 422)
    identity = ApplicationId(application)
    try:
        with work.attempt():
            child_care.note_received(work, identity, handover, said.received_by, said.received_on)
    except Invalid as invalid:
        wrong = forms.refused(ReceivedForm, posted, invalid)
        return _case(request, work, application, wrong, 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "note_received")
        return _case(request, work, application, EMPTY, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/casos/{application}/menores?hecho=si", 303)


def _new(work: Work) -> Form:
    """A form that has its id already: pressed twice it is kept once."""
    return Form({"id": (str(work.new_id()),)})


def _farm(
    request: Request,
    work: Work,
    farm: UUID,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    page = FarmCarePage(child_care.read_farm(work, farm), form, done, refusal)
    return render(request, "child_care/farm.html", page, status)


def _case(
    request: Request,
    work: Work,
    application: UUID,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    seen = child_care.read_case(work, ApplicationId(application))
    page = ChildrenPage(seen, form, legal_day(work.now), done, refusal)
    return render(request, "child_care/case.html", page, status)
