"""An employer's own vacancies, and the workers whom the employer names for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import (
    employer_accounts,
    nominations,
    pool_asks,
    vacancy_writing,
)
from app.services.kept_vacancies import KeptVacancy, read_kept
from app.services.nominations import OwnVacancy
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.ethics import ToldFinding, tell
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import Conflict, Invalid
from permits.programmes import Programme, Threshold
from recruitment import labour_market
from recruitment.day_wages import DayWage, tell_day_wage
from recruitment.ethics.catalogue import OF_A_VACANCY
from recruitment.labour_market import attested_minimum
from recruitment.roster import roster_days
from recruitment.vacancies import EDITABLE, VacancyAction, VacancyStatus, next_moves
from recruitment.vacancy_checks import NOT_YET

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
    """All of them, those that end last on top; `registered` of who came in by telephone."""

    vacancies: Sequence[OwnVacancy]
    registered: bool


@dataclass(frozen=True)
class OwnVacancyPage:
    """One of them; `checked` are the rules that were looked at, `later` those that cannot be yet.

    `holding` counts what keeps it from being offered; `asks`: SETRASS may be asked to look at it.
    `done` names what was just done (named, taken-back, not-named, changed, asked, or an action).
    `roster`: people may be pre-selected for it; `at_home`: the days at home that still lack.
    """

    own: OwnVacancy
    looked: KeptVacancy
    form: Form
    findings: Sequence[ToldFinding]
    checked: Sequence[str]
    later: Mapping[str, Sequence[str]]
    moves: Sequence[VacancyAction]
    day_wage: DayWage | None
    holding: int
    asks: bool
    editable: bool
    done: str = ""
    refusal: Conflict | None = None
    roster: bool = False
    pool: bool = False
    at_home: Threshold | None = None


@router.get("")
def list_own(request: Request, work: SignedInReading) -> Response:
    """The vacancies of the employer for whom this person acts."""
    page = OwnVacanciesPage(nominations.list_own(work), employer_accounts.is_by_phone(work))
    return render(request, "own_vacancies/list.html", page)


@router.get("/{vacancy:uuid}")
def show_own(request: Request, work: SignedInReading, vacancy: UUID, hecho: str = "") -> Response:
    """One of them, with the field for the workers' numbers."""
    return show(request, work, vacancy, Form(), hecho)


@router.post("/{vacancy:uuid}")
def name_workers(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Name workers; the same numbers twice are named once."""
    given = forms.check(Named, posted)
    if isinstance(given, Form):
        return show(request, work, vacancy, given, status=422)
    try:
        nominations.name_workers(work, vacancy, given.numbers)
    except Invalid as error:
        refused = forms.refused(Named, posted, error)
        return show(request, work, vacancy, refused, status=422)
    return RedirectResponse(f"{HERE}/{vacancy}?hecho=named", 303)


@router.post("/{vacancy:uuid}/quitar")
def take_back(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Take one name back; who was not named is told so."""
    given = forms.check(TakenBack, posted)
    if isinstance(given, Form):
        return show(request, work, vacancy, given, status=422)
    try:
        gone = nominations.take_back(work, vacancy, given.number)
    except Invalid as error:
        refused = forms.refused(TakenBack, posted, error)
        return show(request, work, vacancy, refused, status=422)
    done = "taken-back" if gone else "not-named"
    return RedirectResponse(f"{HERE}/{vacancy}?hecho={done}", 303)


def show(
    request: Request,
    work: Work,
    vacancy: UUID,
    form: Form,
    done: str = "",
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    """One vacancy with what was found in it, and everything that may be done with it."""
    own = nominations.read_own(work, vacancy)
    looked = read_kept(work, own.vacancy)
    reference, found = work.ports.reference, own.vacancy
    programme = reference.programmes[found.programme].on(legal_day(work.now))
    attested = attested_minimum(looked.steps, found.offer.currency)
    never = [one for one in looked.holding if not vacancy_writing.can_be_cleared(one)]
    page = OwnVacancyPage(
        own,
        looked,
        form,
        [tell(locale_of(request), one) for one in looked.findings],
        sorted(OF_A_VACANCY),
        group_later(),
        next_moves(VacancyStatus(found.status)),
        tell_day_wage(found.offer, programme, reference.minimum_wages, attested),
        len(looked.holding),
        bool(looked.holding) and not never and not found.asked,
        found.status in EDITABLE,
        done,
        refusal,
        roster_days(programme, legal_day(work.now)) is not None,
        pool_asks.has_pool(work, found),
        _lacking_at_home(looked, programme, legal_day(work.now)),
    )
    return render(request, "own_vacancies/one.html", page, status)


def _lacking_at_home(looked: KeptVacancy, programme: Programme, today: date) -> Threshold | None:
    lacking = any(one.code in labour_market.FINDING_CODES for one in looked.holding)
    return labour_market.asked_days(programme, today) if lacking else None


def group_later() -> Mapping[str, Sequence[str]]:
    """The rules that a vacancy has no facts for, by what is lacking."""
    found: dict[str, list[str]] = {}
    for rule, lacking in NOT_YET.items():
        found.setdefault(lacking.value, []).append(rule.value)
    return found
