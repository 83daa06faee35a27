"""Figures of complaints, for everybody; and what a supervisor adds to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import complaint_figures
from app.services.refusals import record_refusal
from app.web import forms
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.pages import complaint_desk
from app.web.pages.complaint_doors import token_of
from app.web.pages.complaint_forms import Leaving
from app.web.private_forms import NamelessWork
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict
from recruitment.complaints.figures import FEWEST, QuarterFigures

router = APIRouter(include_in_schema=False)

PATH = "/consulta/cifras"


class Quarter(forms.Answers):
    """The first day of a quarter."""

    quarter: date


@dataclass(frozen=True)
class FiguresPage(Leaving):
    """The newest quarter on top; `departments` are names by code."""

    quarters: Sequence[QuarterFigures]
    departments: Mapping[str, str]
    fewest: int = FEWEST


@router.get(PATH)
def show_figures(request: Request, work: NamelessWork) -> Response:
    """In fives, by quarter; nobody is asked who they are."""
    page = FiguresPage(complaint_figures.list_figures(work), work.ports.reference.departments)
    return render(request, "complaints/figures.html", page)


@router.post(complaint_desk.PATH + "/devuelto")
def add_repaid(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Add to a quarter what was repaid in it, by a supervisor who is unlocked."""
    answers = forms.check(Quarter, posted)
    if isinstance(answers, Form):
        return complaint_desk.show(request, work, 422)
    try:
        with work.attempt():
            complaint_figures.add_repaid(work, token_of(request), answers.quarter)
    except Conflict as refusal:
        record_refusal(work, refusal.code, "add_repaid")
        return complaint_desk.show(request, work, status_of(refusal), refusal=refusal)
    return RedirectResponse(PATH, 303)
