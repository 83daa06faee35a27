"""An employer's own vacancies, and the workers whom the employer names for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import ethics, nominations
from app.services.nominations import OwnVacancy
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.ethics import ToldFinding, tell
from app.web.templating import render
from permits.errors import Invalid

router = APIRouter(include_in_schema=False, prefix="/mis-vacantes")

HERE = "/mis-vacantes"
LONGEST_LIST, LONGEST_NUMBER = 20_000, 40
"""Characters of several hundred numbers, and of one."""


class Named(forms.Answers):
    """Document numbers, one a line."""

    wording: ClassVar[Mapping[str, str]] = {
        "numbers.missing": N_("Escriba al menos un número de documento.")
    }
    numbers: Annotated[str, StringConstraints(max_length=LONGEST_LIST)]


class TakenBack(forms.Answers):
    """The document number of one person."""

    wording: ClassVar[Mapping[str, str]] = {
        "number.missing": N_("Escriba el número del documento."),
        "number.named-numbers-wrong": N_("El número no es correcto. Compárelo con el documento."),
    }
    number: Annotated[str, StringConstraints(max_length=LONGEST_NUMBER)]


@dataclass(frozen=True)
class OwnVacanciesPage:
    """All of them, those that end last on top."""

    vacancies: Sequence[OwnVacancy]


@dataclass(frozen=True)
class OwnVacancyPage:
    """One of them; `checked` are the rules that were looked at.

    `done` names what was just done ("", named, taken-back, not-named).
    """

    own: OwnVacancy
    form: Form
    findings: Sequence[ToldFinding]
    checked: Sequence[str]
    done: str = ""


@router.get("")
def list_own(request: Request, work: SignedInReading) -> Response:
    """The vacancies of the employer for whom this person acts."""
    page = OwnVacanciesPage(nominations.list_own(work))
    return render(request, "own_vacancies/list.html", page)


@router.get("/{vacancy:uuid}")
def show_own(request: Request, work: SignedInReading, vacancy: UUID, hecho: str = "") -> Response:
    """One of them, with the field for the workers' numbers."""
    return _show(request, work, vacancy, Form(), hecho)


@router.post("/{vacancy:uuid}")
def name_workers(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Name workers; the same numbers twice are named once."""
    given = forms.check(Named, posted)
    if isinstance(given, Form):
        return _show(request, work, vacancy, given, status=422)
    try:
        nominations.name_workers(work, vacancy, given.numbers)
    except Invalid as error:
        refused = forms.refused(Named, posted, error)
        return _show(request, work, vacancy, refused, status=422)
    return RedirectResponse(f"{HERE}/{vacancy}?hecho=named", 303)


@router.post("/{vacancy:uuid}/quitar")
def take_back(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Take one name back; who was not named is told so."""
    given = forms.check(TakenBack, posted)
    if isinstance(given, Form):
        return _show(request, work, vacancy, given, status=422)
    try:
        gone = nominations.take_back(work, vacancy, given.number)
    except Invalid as error:
        refused = forms.refused(TakenBack, posted, error)
        return _show(request, work, vacancy, refused, status=422)
    done = "taken-back" if gone else "not-named"
    return RedirectResponse(f"{HERE}/{vacancy}?hecho={done}", 303)


def _show(
    request: Request,
    work: SignedInReading,
    vacancy: UUID,
    form: Form,
    done: str = "",
    status: int = 200,
) -> Response:
    own = nominations.read_own(work, vacancy)
    found = ethics.judge_vacancy(work, own.vacancy)
    told = [tell(locale_of(request), one) for one in found]
    page = OwnVacancyPage(own, form, told, sorted(ethics.FED), done)
    return render(request, "own_vacancies/one.html", page, status)
