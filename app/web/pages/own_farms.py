"""The employer's farms: added, changed, taken away; the point is set on a map."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import registrations
from app.services.registrations import Mine
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, PublicReading, PublicWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.places import find_places, place_meant, places_of
from app.web.pages.pressed_maps import PressMap, press_map, read_press
from app.web.pages.registering import HERE, OWN_PAGE, guarded, token_of
from app.web.templating import render
from permits.errors import Conflict, Fault, Invalid
from recruitment.points import read_point
from recruitment.registrations import EDITABLE, FOR_OTHERS, Farm

router = APIRouter(include_in_schema=False)

FARMS = HERE + "/fincas"
NEW, ONE = FARMS + "/nueva", FARMS + "/{farm:uuid}"


class FarmForm(forms.Answers):
    """A farm as it is written; `point` is two numbers, or nothing.

    `id` is what a new one will have, so that pressing twice adds it once. `around` is what the map
    shows: the form comes back with the same.
    """

    wording: ClassVar[Mapping[str, str]] = {
        "farm.missing": N_("Escriba el nombre de la finca."),
        "grower.missing": N_("Escriba de quién es la finca."),
        "municipality.missing": N_("Escriba el municipio."),
        "municipality.too-many": N_("Hay varios con ese nombre. Elija uno."),
        "municipality.unknown-value": N_("No encontramos ese municipio. Revise cómo se escribe."),
        "housed.missing": N_("Escriba cuántas personas pueden dormir ahí. Si ninguna, escriba 0."),
    }
    farm: Annotated[str, StringConstraints(max_length=120)]
    grower: Annotated[str, StringConstraints(max_length=120)] = ""
    municipality: Annotated[str, StringConstraints(max_length=120)]
    housed: int
    point: Annotated[str, StringConstraints(max_length=60)] = ""
    id: UUID | None = None
    around: Annotated[str, StringConstraints(max_length=60)] = ""


@dataclass(frozen=True)
class FarmPage:
    """The form of a farm, and the id of a new one.

    `found` are municipalities to choose among, `names` to suggest.
    """

    form: Form
    farm: Farm | None
    for_others: bool
    map: PressMap
    found: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    id: UUID


@router.get(NEW)
def ask_farm(request: Request, work: PublicReading) -> Response:
    """The form of another farm."""
    return guarded(request, work, lambda mine: _show(request, work, mine, None, Form()))


@router.post(NEW)
def add_farm(request: Request, work: PublicWork, posted: Posted) -> Response:
    """Add it, or tell what is wrong."""
    return guarded(request, work, lambda mine: _save(request, work, mine, None, posted))


@router.get(ONE)
def show_farm(request: Request, work: PublicReading, farm: UUID) -> Response:
    """A farm of one's own, to be changed."""

    def then(mine: Mine) -> Response:
        found = registrations.find_farm(work, token_of(request), farm)
        return _show(request, work, mine, found, filled(work, found))

    return guarded(request, work, then)


@router.post(ONE)
def change_farm(request: Request, work: PublicWork, farm: UUID, posted: Posted) -> Response:
    """Change it, or tell what is wrong."""

    def then(mine: Mine) -> Response:
        found = registrations.find_farm(work, token_of(request), farm)
        return _save(request, work, mine, found, posted)

    return guarded(request, work, then)


@router.post(ONE + "/quitar")
def remove_farm(request: Request, work: PublicWork, farm: UUID) -> Response:
    """Take it away; also where it is gone."""

    def then(mine: Mine) -> Response:
        registrations.remove_farm(work, token_of(request), farm)
        return RedirectResponse(OWN_PAGE, 303)

    return guarded(request, work, then)


def _save(
    request: Request, work: Work, mine: Mine, before: Farm | None, posted: Posted
) -> Response:
    if (pressed := read_press(posted)) is not None:
        return _show(request, work, mine, before, pressed)
    answers = forms.check(FarmForm, posted)
    if isinstance(answers, Form):
        return _show(request, work, mine, before, answers, 422)
    known = places_of(work.ports.reference, "HND")
    meant = place_meant(known, answers.municipality)
    if isinstance(meant, Fault):
        wrong = forms.refused(FarmForm, posted, Invalid([meant]))
        return _show(request, work, mine, before, wrong, 422)
    identity = before.id if before else answers.id or work.new_id()
    try:
        with work.attempt():
            farm = farm_of(identity, answers, meant)
            registrations.save_farm(work, token_of(request), farm)
    except Invalid as invalid:
        wrong = forms.refused(FarmForm, posted, invalid)
        return _show(request, work, mine, before, wrong, 422)
    except Conflict:
        return RedirectResponse(OWN_PAGE, 303)
    return RedirectResponse(OWN_PAGE, 303)


def farm_of(identity: UUID, answers: FarmForm, municipality: str) -> Farm:
    """The farm as it was written; Invalid("point-malformed")."""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    if answers.point:
        latitude, longitude = read_point(answers.point)
    return Farm(
        identity,
        answers.farm,
        municipality,
        answers.housed,
        answers.grower,
        latitude,
        longitude,
    )


def filled(work: Work, farm: Farm) -> Form:
    """The form with what stands of a farm."""
    known = places_of(work.ports.reference, "HND")
    point = f"{farm.latitude}, {farm.longitude}" if farm.located else ""
    return Form(
        {
            "farm": (farm.name,),
            "grower": (farm.grower,),
            "municipality": (known.get(farm.municipality, ""),),
            "housed": (str(farm.housed),),
            "point": (point,),
        }
    )


def _show(
    request: Request,
    work: Work,
    mine: Mine,
    farm: Farm | None,
    form: Form,
    status: int = 200,
) -> Response:
    if mine.registration.status not in EDITABLE:
        return RedirectResponse(OWN_PAGE, 303)
    known = places_of(work.ports.reference, "HND")
    fault = form.fault("municipality")
    text = form.value("municipality").strip()
    several = fault is not None and fault.code == "too-many"
    page = FarmPage(
        form,
        farm,
        mine.registration.told.kind in FOR_OTHERS,
        press_map(work, form),
        find_places(known, text) if several or text in known else (),
        tuple(known.values()),
        work.new_id(),
    )
    return render(request, "registrations/farm.html", page, status)
