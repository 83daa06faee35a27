"""The labour inspector looks at a farm's housing, and closes what was seen mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import housing
from app.services.housing import FarmHousing, Seen
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate, YesNo
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import Conflict, Invalid
from recruitment.ethics.words import HousingItem
from recruitment.housing import EVIDENCE_LIMIT

router = APIRouter(include_in_schema=False, prefix="/inspecciones/{farm:uuid}/vivienda")

EMPTY = Form()
LOOKED = N_("Diga de cada punto si está bien o falla.")


class InspectionForm(forms.Answers):
    """One look: nothing of the list is taken as right that was not looked at."""

    wording: ClassVar[Mapping[str, str]] = {
        "id.missing": N_("Abra otra vez esta página."),
        "capacity.missing": N_("Escriba para cuántas personas es. Si para ninguna, escriba 0."),
        "toilets.missing": N_("Escriba cuántos hay. Si ninguno, escriba 0."),
        "showers.missing": N_("Escriba cuántos hay. Si ninguno, escriba 0."),
        "mend_by.missing": N_("Algo falla: escriba hasta cuándo se arregla."),
        **{f"{item.value.replace('-', '_')}.missing": LOOKED for item in HousingItem},
    }
    id: UUID
    on: WrittenDate
    capacity: int
    toilets: int
    showers: int
    separate_sleeping: YesNo
    potable_water: YesNo
    lockable_storage: YesNo
    cooking: YesNo
    no_outside_lock: YesNo
    mend_by: WrittenDate | None = None

    @property
    def seen(self) -> Seen:
        """As the service takes it."""
        failed = {item for item in HousingItem if not getattr(self, field_of(item))}
        return Seen(
            self.id,
            self.on,
            self.capacity,
            self.toilets,
            self.showers,
            frozenset(failed),
            self.mend_by,
        )


class MendedForm(forms.Answers):
    """Which item is right now, what shows it, and the day on which it was seen."""

    wording: ClassVar[Mapping[str, str]] = {
        "item.missing": N_("Elija qué está arreglado."),
        "evidence.missing": N_("Escriba qué lo muestra y dónde está."),
    }
    item: HousingItem
    mended_on: WrittenDate
    evidence: Annotated[str, StringConstraints(max_length=EVIDENCE_LIMIT)]


@dataclass(frozen=True)
class HousingPage:
    """A farm's housing, with the form of another look and of what was `mended`."""

    housing: FarmHousing
    form: Form
    mended: Form
    today: date
    done: bool = False
    refusal: Conflict | None = None
    items: Sequence[HousingItem] = tuple(HousingItem)


def field_of(item: HousingItem) -> str:
    """The name of an item's field."""
    return item.value.replace("-", "_")


@router.get("")
def show_housing(request: Request, work: SignedInReading, farm: UUID, hecho: str = "") -> Response:
    """Every look at it, with the form of another."""
    return _show(request, work, farm, _new(work), done=hecho == "si")


@router.post("")
def record_inspection(request: Request, work: SignedInWork, farm: UUID, posted: Posted) -> Response:
    """Write a look down; the same form twice is one."""
    said = forms.check(InspectionForm, posted)
    if isinstance(said, Form):
        return _show(request, work, farm, said, 422)
    try:
        with work.attempt():
            housing.record_inspection(work, farm, said.seen)
    except Invalid as invalid:
        wrong = forms.refused(InspectionForm, posted, invalid)
        return _show(request, work, farm, wrong, 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "record_inspection")
        again = Form(forms.typed(posted)).renewed("id", work.new_id())
        return _show(request, work, farm, again, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/inspecciones/{farm}/vivienda?hecho=si", 303)


@router.post("/{inspection:uuid}")
def close_shortcoming(
    request: Request, work: SignedInWork, farm: UUID, inspection: UUID, posted: Posted
) -> Response:
    """Close what was seen mended; the same form twice is one."""
    said = forms.check(MendedForm, posted)
    if isinstance(said, Form):
        return _show(request, work, farm, _new(work), 422, mended=said)
    try:
        with work.attempt():
            housing.close_shortcoming(
                work, farm, inspection, said.item, said.mended_on, said.evidence
            )
    except Invalid as invalid:
        wrong = forms.refused(MendedForm, posted, invalid)
        return _show(request, work, farm, _new(work), 422, mended=wrong)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "close_shortcoming")
        return _show(request, work, farm, _new(work), status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/inspecciones/{farm}/vivienda?hecho=si", 303)


def _new(work: Work) -> Form:
    """A form that has its id already: pressed twice it is kept once."""
    return Form({"id": (str(work.new_id()),)})


def _show(
    request: Request,
    work: Work,
    farm: UUID,
    form: Form,
    status: int = 200,
    *,
    mended: Form = EMPTY,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    found = housing.read_inspected(work, farm)
    page = HousingPage(found, form, mended, legal_day(work.now), done, refusal)
    return render(request, "inspections/housing.html", page, status)
