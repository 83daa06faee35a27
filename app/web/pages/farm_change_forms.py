"""The form of a farm's change, which an account, a telephone and the office show alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services.farm_changes import OwnFarms, Wanted
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.own_farms import FarmForm, farm_of, filled
from app.web.pages.places import find_places, place_meant, places_of
from app.web.pages.pressed_maps import PressMap, press_map, read_press
from app.web.problems import status_of
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Invalid
from recruitment.employers import NAME_LIMIT
from recruitment.farm_changes import Call, FarmChange
from recruitment.registrations import FOR_OTHERS


class ChangeForm(FarmForm):
    """A farm as it shall stand; `change` is the form's own id, `seen` the last it showed."""

    wording: ClassVar[Mapping[str, str]] = {
        **FarmForm.wording,
        "change.missing": N_("Abra otra vez esta página."),
    }
    change: UUID
    seen: int = 0

    def call_told(self) -> Call | None:
        """Who called; None where the employer writes."""
        return None


class CallForm(ChangeForm):
    """The same as an official writes it down, with who called and when."""

    wording: ClassVar[Mapping[str, str]] = {
        **ChangeForm.wording,
        "caller.missing": N_("Escriba quién llamó."),
        "called_on.missing": N_("Escriba qué día llamó."),
    }
    caller: Annotated[str, StringConstraints(max_length=NAME_LIMIT)]
    called_on: WrittenDate

    def call_told(self) -> Call:
        """Who called."""
        return Call(self.caller, self.called_on)


class WithdrawalForm(forms.Answers):
    """The change that is taken back, as the page showed it."""

    wording: ClassVar[Mapping[str, str]] = {"change.missing": N_("Abra otra vez esta página.")}
    change: UUID


@dataclass(frozen=True)
class Place:
    """Where the form stands: whose farms, in which page, and what it does.

    `folder` is that of its templates. `base` is the address above `/nueva`, `/{farm}/datos` and
    `/{farm}/quitar`, `back` the page of before, `done` where it leads once it was sent. Nobody
    takes back at the office what an employer asked: `called` is whether an official writes.
    """

    work: Work
    own: OwnFarms
    folder: str
    base: str
    back: str
    done: str
    ask: Callable[[Wanted], object]
    withdraw: Callable[[UUID], object] | None = None
    withdrawn: str = ""
    called: bool = False

    @property
    def model(self) -> type[ChangeForm]:
        """The form of a change: an official tells who called."""
        return CallForm if self.called else ChangeForm

    def here(self, farm: UUID | None) -> str:
        """The address of the form of a farm, or of another one."""
        return f"{self.base}/{farm}/datos" if farm else f"{self.base}/nueva"


@dataclass(frozen=True)
class ChangePage:
    """The form; `last` is the last change of this farm, `added` whether the farm is a new one.

    `called` asks who called. `withdrawal` is where the last change is taken back, `closing` where
    the farm is taken away, "" for nowhere.
    """

    form: Form
    for_others: bool
    found: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    map: PressMap
    employer: str
    last: FarmChange | None
    added: bool
    called: bool
    here: str
    back: str
    withdrawal: str
    closing: str
    refusal: Conflict | None = None


def begin(request: Request, place: Place, farm: UUID | None) -> Response:
    """The form with what stands or waits of a farm, or of another one."""
    return _show(request, place, farm, _begun(place, farm))


def _begun(place: Place, farm: UUID | None) -> Form:
    work, identity = place.work, farm or place.work.new_id()
    stands = filled(work, place.own.begin(farm)).values if farm else {}
    return Form(
        {
            **stands,
            "id": (str(identity),),
            "change": (str(work.new_id()),),
            "seen": (str(place.own.last_of(identity)),),
            **(today_in(work, "called_on") if place.called else {}),
        }
    )


def today_in(work: Work, field: str) -> dict[str, Sequence[str]]:
    """A field of a day that begins with today."""
    today = legal_day(work.now)
    parts = {"day": today.day, "month": today.month, "year": today.year}
    return {f"{field}-{part}": (str(value),) for part, value in parts.items()}


def send(request: Request, place: Place, farm: UUID | None, posted: Posted) -> Response:
    """Ask that it stand so, or tell what is wrong and keep what was typed."""
    work = place.work
    if farm is not None:
        place.own.begin(farm)
    if (pressed := read_press(posted)) is not None:
        return _show(request, place, farm, pressed)
    said = forms.check(place.model, posted)
    if isinstance(said, Form):
        return _show(request, place, farm, said, 422)
    meant = place_meant(places_of(work.ports.reference, "HND"), said.municipality)
    try:
        if isinstance(meant, Fault):
            raise Invalid([meant])
        with work.attempt():
            asked = farm_of(farm or said.id or work.new_id(), said, meant)
            place.ask(Wanted(said.change, asked, said.seen, said.call_told()))
    except Invalid as invalid:
        wrong = forms.refused(place.model, posted, invalid)
        return _show(request, place, farm, wrong, 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "ask_farm_change")
        return _show(request, place, farm, Form(forms.typed(posted)), refusal=refusal)
    return RedirectResponse(place.done, 303)


def take_back(request: Request, place: Place, farm: UUID, posted: Posted) -> Response:
    """Withdraw the change that the page showed; the same form twice withdraws once."""
    place.own.begin(farm)
    said = forms.check(WithdrawalForm, posted)
    if isinstance(said, Form) or place.withdraw is None:
        return RedirectResponse(place.here(farm), 303)
    try:
        with place.work.attempt():
            place.withdraw(said.change)
    except Conflict as refusal:
        record_refusal(place.work, refusal.code, "withdraw_farm_change")
        return _show(request, place, farm, _begun(place, farm), refusal=refusal)
    return RedirectResponse(place.withdrawn, 303)


def _show(
    request: Request,
    place: Place,
    farm: UUID | None,
    form: Form,
    status: int = 200,
    *,
    refusal: Conflict | None = None,
) -> Response:
    own, known = place.own, places_of(place.work.ports.reference, "HND")
    fault, text = form.fault("municipality"), form.value("municipality").strip()
    several = fault is not None and fault.code == "too-many"
    here = place.here(farm)
    page = ChangePage(
        form,
        own.registration.told.kind in FOR_OTHERS,
        find_places(known, text) if several or text in known else (),
        tuple(known.values()),
        press_map(place.work, form),
        own.registration.told.name or "",
        own.changes.get(farm) if farm else None,
        farm not in own.farms,
        place.called,
        here,
        place.back,
        f"{here}/retirar" if place.withdraw and farm else "",
        f"{place.base}/{farm}/quitar" if farm in own.farms else "",
        refusal,
    )
    code = status_of(refusal) if refusal else status
    return render(request, f"{place.folder}/change.html", page, code)
