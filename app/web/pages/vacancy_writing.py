"""An employer writes a vacancy: the work, the conditions, and what is done with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import refusals, vacancy_writing
from app.services.kept_vacancies import KeptVacancy
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Answers, Form
from app.web.i18n import locale_of
from app.web.pages import own_vacancies
from app.web.pages.answered import programme_names
from app.web.pages.vacancy_forms import (
    CURRENCIES,
    OfferForm,
    TermsForm,
    filled_offer,
    filled_terms,
)
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid, NotFound
from permits.people import Permission
from permits.policies import check_permission
from permits.programmes import Hiring
from permits.wages import WageUnit
from recruitment.ethics.words import Contact, Requirement, ReturnTransport, Shift
from recruitment.terms import Grievance, Insurance, PayDay, RestDay
from recruitment.vacancies import VacancyAction

router = APIRouter(include_in_schema=False, prefix="/mis-vacantes")

HERE = "/mis-vacantes"
NEW, ONE = "/nueva", "/{vacancy:uuid}"

MOVES = {
    "publicar": VacancyAction.PUBLISH,
    "completar": VacancyAction.FILL,
    "cerrar": VacancyAction.CLOSE,
    "retirar": VacancyAction.WITHDRAW,
    "reabrir": VacancyAction.REOPEN,
}
"""The last part of the address of each act."""

A = TypeVar("A", bound=Answers)


@dataclass(frozen=True)
class OfferPage:
    """The form of the work; `looked` is None for a new vacancy."""

    form: Form
    looked: KeptVacancy | None
    programmes: Sequence[tuple[str, str]]
    towns: Sequence[tuple[str, str]]
    currencies: Sequence[str] = CURRENCIES
    units: tuple[WageUnit, ...] = tuple(WageUnit)
    hirings: tuple[Hiring, ...] = tuple(Hiring)
    refusal: Conflict | None = None


@dataclass(frozen=True)
class Choices:
    """What each question of the conditions offers."""

    pay_day: tuple[PayDay, ...] = tuple(PayDay)
    rest_day: tuple[RestDay, ...] = tuple(RestDay)
    shift: tuple[Shift, ...] = tuple(Shift)
    way: tuple[ReturnTransport, ...] = tuple(ReturnTransport)
    insurance: tuple[Insurance, ...] = tuple(Insurance)
    grievance: tuple[Grievance, ...] = tuple(Grievance)
    requirements: tuple[Requirement, ...] = tuple(Requirement)
    contacts: tuple[Contact, ...] = tuple(Contact)


@dataclass(frozen=True)
class TermsPage:
    """The form of the conditions."""

    form: Form
    looked: KeptVacancy
    choices: Choices = Choices()
    refusal: Conflict | None = None


@router.get(NEW)
def ask_new(request: Request, work: SignedInReading) -> Response:
    """The form of a new vacancy."""
    blank = {"currency": ("HNL",), "version": ("0",), "id": (str(work.new_id()),)}
    return _show_offer(request, work, Form(blank), None)


@router.post(NEW)
def start_draft(request: Request, work: SignedInWork, posted: Posted) -> Response:
    """Write it down as a draft, and go on to the conditions."""
    check_permission(work.actor, Permission.VACANCY_WRITE)
    given = forms.check(OfferForm, posted)
    if isinstance(given, Form):
        return _show_offer(request, work, given, None, 422)
    try:
        with work.attempt():
            wanted = given.wanted(_occupation(work, given))
            identity = vacancy_writing.start_draft(work, wanted, given.id)
    except Invalid as invalid:
        return _show_offer(request, work, forms.refused(OfferForm, posted, invalid), None, 422)
    except Conflict as refusal:
        typed = Form(forms.typed(posted))
        again = typed.renewed("id", work.new_id()) if refusal.code == "form-used" else typed
        return _show_offer(request, work, again, None, status_of(refusal), refusal)
    return RedirectResponse(f"{HERE}/{identity}/condiciones", 303)


@router.get(ONE + "/trabajo")
def ask_offer(request: Request, work: SignedInReading, vacancy: UUID) -> Response:
    """The form of the work as it stands."""
    looked = vacancy_writing.read_own(work, vacancy)
    found = looked.vacancy
    form = filled_offer(found.programme, found.offer, found.places, found.version)
    return _show_offer(request, work, form, looked)


@router.post(ONE + "/trabajo")
def change_offer(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Keep the work as it was corrected; the check runs at once."""
    looked = vacancy_writing.read_own(work, vacancy)
    given = forms.check(OfferForm, posted)
    if isinstance(given, Form):
        return _show_offer(request, work, given, looked, 422)
    wanted = given.wanted(_occupation(work, given))
    fail = _keep(
        work,
        posted,
        given,
        looked.vacancy.version,
        lambda: vacancy_writing.change_offer(work, vacancy, given.version, wanted),
    )
    if fail is None:
        return RedirectResponse(f"{HERE}/{vacancy}?hecho=changed", 303)
    form, status, refusal = fail
    return _show_offer(request, work, form, looked, status, refusal)


@router.get(ONE + "/condiciones")
def ask_terms(request: Request, work: SignedInReading, vacancy: UUID) -> Response:
    """The form of the conditions as they stand."""
    looked = vacancy_writing.read_own(work, vacancy)
    form = filled_terms(looked.terms, looked.vacancy.version)
    return render(request, "own_vacancies/terms.html", TermsPage(form, looked))


@router.post(ONE + "/condiciones")
def change_terms(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Keep the conditions; the check runs at once."""
    looked = vacancy_writing.read_own(work, vacancy)
    given = forms.check(TermsForm, posted)
    if isinstance(given, Form):
        return render(request, "own_vacancies/terms.html", TermsPage(given, looked), 422)
    fail = _keep(
        work,
        posted,
        given,
        looked.vacancy.version,
        lambda: vacancy_writing.change_terms(work, vacancy, given.version, given.terms),
    )
    if fail is None:
        return RedirectResponse(f"{HERE}/{vacancy}?hecho=changed", 303)
    form, status, refusal = fail
    page = TermsPage(form, looked, refusal=refusal)
    return render(request, "own_vacancies/terms.html", page, status)


@router.post(ONE + "/pedir-revision")
def ask_officials(request: Request, work: SignedInWork, vacancy: UUID) -> Response:
    """Ask SETRASS to look at what stands."""
    return _act(
        request, work, vacancy, lambda: vacancy_writing.ask_officials(work, vacancy), "asked"
    )


@router.post(ONE + "/estado/{act}")
def move(request: Request, work: SignedInWork, vacancy: UUID, act: str) -> Response:
    """Publish, complete, close, withdraw or take up again; no other word is an address."""
    action = MOVES.get(act)
    if action is None:
        raise NotFound("no-such-page")
    return _act(
        request,
        work,
        vacancy,
        lambda: vacancy_writing.move_own(work, vacancy, action),
        action.value,
    )


def _keep(
    work: Work, posted: Posted, given: A, version: int, act: Callable[[], None]
) -> tuple[Form, int, Conflict | None] | None:
    """Do it; else the form with what was typed, the status and why it was refused."""
    try:
        with work.attempt():
            act()
    except Invalid as invalid:
        return forms.refused(type(given), posted, invalid), 422, None
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, "change-vacancy")
        # Who reads that it changed meanwhile and saves again means it.
        typed = {**forms.typed(posted), "version": (str(version),)}
        return Form(typed), status_of(refusal), refusal
    return None


def _act(
    request: Request, work: Work, vacancy: UUID, act: Callable[[], object], done: str
) -> Response:
    try:
        with work.attempt():
            act()
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, done)
        vacancy_writing.judge_again(work, vacancy)
        return own_vacancies.show(
            request, work, vacancy, Form(), status=status_of(refusal), refusal=refusal
        )
    return RedirectResponse(f"{HERE}/{vacancy}?hecho={done}", 303)


def _show_offer(
    request: Request,
    work: Work,
    form: Form,
    looked: KeptVacancy | None,
    status: int = 200,
    refusal: Conflict | None = None,
) -> Response:
    check_permission(work.actor, Permission.VACANCY_WRITE)
    names = programme_names(work.ports.reference.programmes.values(), locale_of(request))
    page = OfferPage(form, looked, tuple(names.items()), _towns(work), refusal=refusal)
    return render(request, "own_vacancies/offer.html", page, status)


def _occupation(work: Work, given: OfferForm) -> str:
    programme = work.ports.reference.programmes.get(given.programme)
    return programme.occupation if programme else ""


def _towns(work: Work) -> list[tuple[str, str]]:
    """Where the work may be: the towns of Honduras, or where an employer abroad is."""
    places, own = work.ports.reference, vacancy_writing.own_place(work)
    if not own.department.startswith("HN-"):
        name = places.departments.get(own.department, own.department)
        return [(f"{own.department}/{own.municipality}", name)]
    found = [
        (
            f"{iso}/{town}",
            f"{places.departments.get(iso, iso)}: {places.municipalities[home][town]}",
        )
        for (home, town), iso in places.town_departments.items()
        if iso.startswith("HN-")
    ]
    mine = f"{own.department}/{own.municipality}"
    return sorted(found, key=lambda one: (one[0] != mine, one[1]))
