"""SETRASS's desk for changes of farms: what is asked beside how it stands, and the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import farm_change_desk
from app.services.farm_change_desk import FarmChangeFile, FarmChangePage
from app.services.refusals import record_refusal
from app.services.work import Work
from app.web import forms
from app.web.answers import YesNo
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.farm_maps import FarmMap, map_of
from app.web.pages.marks import read_mark, write_mark
from app.web.pages.places import places_of
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from recruitment.registrations import NOTE_LIMIT

PATH = "/registros-de-empleadores/cambios-de-fincas"

router = APIRouter(include_in_schema=False, prefix=PATH)

EMPTY = Form()


class DecisionForm(forms.Answers):
    """Whether the farm stands so from now; why not."""

    wording: ClassVar[Mapping[str, str]] = {
        "approved.missing": N_("Elija qué decide."),
        "note.missing": N_("Escriba por qué no se aprueba."),
    }
    approved: YesNo
    note: Annotated[str, StringConstraints(max_length=NOTE_LIMIT)] = ""


@dataclass(frozen=True)
class ListPage:
    """What waits, the oldest first; `more` is the address of the next page."""

    items: FarmChangePage
    more: str
    done: str


@dataclass(frozen=True)
class ChangeFilePage:
    """One change with its decision's form."""

    file: FarmChangeFile
    form: Form
    towns: Mapping[str, str]
    map: FarmMap
    refusal: Conflict | None = None


@router.get("")
def list_changes(
    request: Request, work: SignedInReading, desde: str = "", hecho: str = ""
) -> Response:
    """What waits."""
    items = farm_change_desk.list_waiting(work, read_mark(desde))
    more = f"{PATH}?desde={write_mark(items.more)}" if items.more else ""
    return render(request, "employer_checks/changes.html", ListPage(items, more, hecho))


@router.get("/{change:uuid}")
def show_change(request: Request, work: SignedInWork, change: UUID) -> Response:
    """One; that it was opened is logged."""
    return _show(request, work, change, EMPTY)


@router.post("/{change:uuid}")
def decide_change(request: Request, work: SignedInWork, change: UUID, posted: Posted) -> Response:
    """Approve or refuse; the same form twice decides once."""
    said = forms.check(DecisionForm, posted)
    if isinstance(said, Form):
        return _show(request, work, change, said, 422)
    try:
        with work.attempt():
            farm_change_desk.decide_change(work, change, said.note, approved=said.approved)
    except Invalid as invalid:
        wrong = forms.refused(DecisionForm, posted, invalid)
        return _show(request, work, change, wrong, 422)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "decide_farm_change")
        return _show(request, work, change, EMPTY, status_of(refusal), refusal)
    return RedirectResponse(f"{PATH}?hecho=si", 303)


def _show(
    request: Request,
    work: Work,
    change: UUID,
    form: Form,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    file = farm_change_desk.read_change(work, change)
    towns = places_of(work.ports.reference, "HND")
    page = ChangeFilePage(file, form, towns, map_of(work, [file.change.farm]), refusal)
    return render(request, "employer_checks/change.html", page, status)
