"""An employer asks SETRASS to change one of its farms, or to add one; both stand as before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import farm_changes
from app.services.farm_changes import OwnFarms
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms, i18n
from app.web.dependencies import Posted, SignedInReading, SignedInWork, is_secure
from app.web.forms import Form
from app.web.i18n import N_, Locale
from app.web.pages.own_farms import FarmForm, farm_of, filled
from app.web.pages.places import find_places, place_meant, places_of
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Fault, Invalid
from recruitment.farm_changes import FarmChange
from recruitment.registrations import FOR_OTHERS

router = APIRouter(include_in_schema=False, prefix="/mis-fincas")

HERE = "/mis-fincas"


class ChangeForm(FarmForm):
    """A farm as it shall stand; `change` is the form's own id, `seen` the last it showed."""

    wording: ClassVar[Mapping[str, str]] = {
        **FarmForm.wording,
        "change.missing": N_("Abra otra vez esta página."),
    }
    change: UUID
    seen: int = 0


@dataclass(frozen=True)
class ChangePage:
    """The form; `last` is the last change of this farm, `added` whether the farm is a new one."""

    form: Form
    for_others: bool
    found: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    last: FarmChange | None
    added: bool
    here: str
    refusal: Conflict | None = None


@router.get("/nueva")
def ask_farm(request: Request, work: SignedInReading) -> Response:
    """The form of another farm."""
    own = farm_changes.get_own(work)
    return _show(request, work, own, None, Form(_begun(work, own, work.new_id())))


@router.post("/nueva")
def send_farm(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Ask that it be added, or tell what is wrong."""
    return _send(request, work, farm_changes.get_own(work), None, posted)


@router.get("/{farm:uuid}/datos")
def ask_change(request: Request, work: SignedInReading, farm: UUID) -> Response:
    """The form with what stands, or with what waits."""
    own, begun = farm_changes.get_own_farm(work, farm)
    values = {**filled(work, begun).values, **_begun(work, own, farm)}
    return _show(request, work, own, farm, Form(values))


@router.post("/{farm:uuid}/datos")
def send_change(request: Request, work: SignedInWork, farm: UUID, posted: Posted) -> Response:
    """Ask that it stand so, or tell what is wrong."""
    own, _ = farm_changes.get_own_farm(work, farm)
    return _send(request, work, own, farm, posted)


def _begun(work: Work, own: OwnFarms, farm: UUID) -> dict[str, tuple[str, ...]]:
    return {
        "id": (str(farm),),
        "change": (str(work.new_id()),),
        "seen": (str(own.last_of(farm)),),
    }


def _send(
    request: Request, work: Work, own: OwnFarms, farm: UUID | None, posted: Posted
) -> Response:
    if locale := i18n.asked_in(posted):
        typed = Form(forms.typed(posted))
        shown = _show(request, work, own, farm, typed, locale=locale)
        return i18n.remember(shown, locale, secure=is_secure(request))
    said = forms.check(ChangeForm, posted)
    if isinstance(said, Form):
        return _show(request, work, own, farm, said, 422)
    meant = place_meant(places_of(work.ports.reference, "HND"), said.municipality)
    try:
        if isinstance(meant, Fault):
            raise Invalid([meant])
        with work.attempt():
            wanted = farm_of(farm or said.id or work.new_id(), said, meant)
            farm_changes.ask_change(work, said.change, wanted, said.seen)
    except Invalid as invalid:
        wrong = forms.refused(ChangeForm, posted, invalid)
        return _show(request, work, own, farm, wrong, 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "ask_farm_change")
        typed = Form(forms.typed(posted))
        return _show(request, work, own, farm, typed, status_of(refusal), refusal)
    return RedirectResponse(f"{HERE}?hecho=si", 303)


def _show(
    request: Request,
    work: Work,
    own: OwnFarms,
    farm: UUID | None,
    form: Form,
    status: int = 200,
    refusal: Conflict | None = None,
    *,
    locale: Locale | None = None,
) -> Response:
    known = places_of(work.ports.reference, "HND")
    fault, text = form.fault("municipality"), form.value("municipality").strip()
    several = fault is not None and fault.code == "too-many"
    page = ChangePage(
        form,
        own.registration.told.kind in FOR_OTHERS,
        find_places(known, text) if several or text in known else (),
        tuple(known.values()),
        own.changes.get(farm) if farm else None,
        farm not in own.farms,
        f"{HERE}/{farm}/datos" if farm else f"{HERE}/nueva",
        refusal,
    )
    return render(request, "farms/change.html", page, status, locale=locale)
