"""SETRASS pre-selects for a vacancy abroad: initials and reasons alone, in the fair order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import selections
from app.services.selections import Offered, Selection
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from recruitment.candidacies import SKIPPING, WhyNot

router = APIRouter(include_in_schema=False)

PATH = "/seleccion"
ONE = PATH + "/{vacancy:uuid}"
REASON = "why-"
"""Begins the name of the field with the reason for one person."""


class Chosen(forms.Answers):
    """Who was ticked; the reasons for others stand in fields of their own."""

    wording: ClassVar[Mapping[str, str]] = {"chosen.missing": N_("Marque al menos a una persona.")}
    chosen: tuple[UUID, ...]


@dataclass(frozen=True)
class OfferedPage:
    """The vacancies for which people may be pre-selected."""

    vacancies: Sequence[Offered]
    done: str


@dataclass(frozen=True)
class SelectionPage:
    """One vacancy with everybody who may be chosen."""

    selection: Selection
    form: Form
    reasons: Sequence[WhyNot] = SKIPPING
    refusal: Conflict | None = None


@router.get(PATH)
def list_offered(request: Request, work: SignedInReading, hecho: str = "") -> Response:
    """The open vacancies abroad."""
    return render(
        request, "selections/list.html", OfferedPage(selections.list_offered(work), hecho)
    )


@router.get(ONE)
def show_selection(request: Request, work: SignedInWork, vacancy: UUID) -> Response:
    """Everybody on the roster against one vacancy; that it was looked at stands in the log."""
    return _show(request, work, vacancy, Form())


@router.post(ONE)
def preselect(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Pre-select those who are ticked; the others are told why not."""
    texts = forms.typed(posted)
    reasons = _reasons(texts)
    given = forms.check(Chosen, {k: v for k, v in texts.items() if not k.startswith(REASON)})
    if isinstance(given, Form):
        return _show(request, work, vacancy, Form(texts, given.faults, given.wording), 422)
    try:
        with work.attempt():
            selections.preselect(work, vacancy, frozenset(given.chosen), reasons)
    except Invalid as error:
        return _show(request, work, vacancy, forms.refused(Chosen, texts, error), 422)
    except Conflict as refusal:
        return render(
            request, "selections/list.html", OfferedPage((), refusal.code), status_of(refusal)
        )
    return RedirectResponse(f"{PATH}?hecho=elegidas", 303)


def _reasons(texts: Mapping[str, Sequence[str]]) -> dict[UUID, WhyNot]:
    """The reasons that were chosen, by person; what is no reason or no person says nothing."""
    found = {}
    for name, values in texts.items():
        if name.startswith(REASON) and values and values[0] in set(SKIPPING):
            try:
                found[UUID(name.removeprefix(REASON))] = WhyNot(values[0])
            except ValueError:
                continue
    return found


def _show(request: Request, work: Work, vacancy: UUID, form: Form, status: int = 200) -> Response:
    selection = selections.read_selection(work, vacancy)
    return render(request, "selections/one.html", SelectionPage(selection, form), status)
