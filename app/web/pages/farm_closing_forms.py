"""The form that takes a farm away, which an account, a telephone and the office show alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import farm_closings
from app.services.farm_changes import Wanted
from app.services.refusals import record_refusal
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.farm_change_forms import Place, today_in
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from recruitment.employers import NAME_LIMIT
from recruitment.farm_changes import Call, FarmChange
from recruitment.farm_closings import Closing, ClosingReason, Hanging


class ClosingForm(forms.Answers):
    """Why, and its last day; `change` is the form's own id, `seen` the last change it showed."""

    wording: ClassVar[Mapping[str, str]] = {
        "change.missing": N_("Abra otra vez esta página."),
        "reason.missing": N_("Elija qué pasó con la finca."),
        "closed_on.missing": N_("Escriba el último día."),
    }
    change: UUID
    seen: int = 0
    reason: ClosingReason
    closed_on: WrittenDate

    def call_told(self) -> Call | None:
        """Who called; None where the employer writes."""
        return None


class CalledClosingForm(ClosingForm):
    """The same as an official writes it down, with who called and when."""

    wording: ClassVar[Mapping[str, str]] = {
        **ClosingForm.wording,
        "caller.missing": N_("Escriba quién llamó."),
        "called_on.missing": N_("Escriba qué día llamó."),
    }
    caller: Annotated[str, StringConstraints(max_length=NAME_LIMIT)]
    called_on: WrittenDate

    def call_told(self) -> Call:
        """Who called."""
        return Call(self.caller, self.called_on)


@dataclass(frozen=True)
class ClosingPage:
    """The form for one farm; `hanging` is what must end first, `last` its last change."""

    form: Form
    name: str
    employer: str
    hanging: Hanging
    last: FarmChange | None
    called: bool
    here: str
    back: str
    refusal: Conflict | None = None
    reasons: tuple[ClosingReason, ...] = tuple(ClosingReason)


def begin_closing(request: Request, place: Place, farm: UUID) -> Response:
    """The empty form, with what hangs on the farm."""
    return _show(request, place, farm, _begun(place, farm))


def send_closing(request: Request, place: Place, farm: UUID, posted: Posted) -> Response:
    """Ask that it be taken away, or tell what must end first and keep what was typed."""
    stands = place.own.get_standing(farm)
    model = CalledClosingForm if place.called else ClosingForm
    said = forms.check(model, posted)
    if isinstance(said, Form):
        return _show(request, place, farm, said, 422)
    closing = Closing(said.reason, said.closed_on)
    wanted = Wanted(said.change, stands, said.seen, said.call_told(), closing)
    try:
        with place.work.attempt():
            place.ask(wanted)
    except Invalid as invalid:
        wrong = forms.refused(model, posted, invalid)
        return _show(request, place, farm, wrong, 422)
    except Conflict as refusal:
        record_refusal(place.work, refusal.code, "ask_farm_closing")
        typed = Form(forms.typed(posted))
        return _show(request, place, farm, typed, status_of(refusal), refusal)
    return RedirectResponse(place.done, 303)


def _begun(place: Place, farm: UUID) -> Form:
    called = today_in(place.work, "called_on") if place.called else {}
    seen = place.own.last_of(farm)
    return Form({"change": (str(place.work.new_id()),), "seen": (str(seen),), **called})


def _show(
    request: Request,
    place: Place,
    farm: UUID,
    form: Form,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    own, stands = place.own, place.own.get_standing(farm)
    page = ClosingPage(
        form,
        stands.name,
        own.registration.told.name or "",
        farm_closings.look(place.work, farm),
        own.changes.get(farm),
        place.called,
        f"{place.base}/{farm}/quitar",
        place.here(farm),
        refusal,
    )
    return render(request, f"{place.folder}/closing.html", page, status)
