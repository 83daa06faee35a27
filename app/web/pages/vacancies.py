"""Choosing the work: short cards first, then every term before anybody chooses."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import pools, standings, vacancies
from app.services.vacancies import ListedVacancy, SeenVacancy
from app.services.work import Work
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.pages import wizard
from app.web.pages.answered import work_place
from app.web.pages.wizard import Opened, StepPage
from app.web.templating import render
from permits.applications import ApplicationId
from permits.offer_checks import named_first
from permits.offers import Offer
from permits.programmes import Hiring
from permits.wages import PIECE_UNITS
from recruitment.day_wages import DayWage
from recruitment.housing import ToldHousing
from recruitment.labour_market import Step
from recruitment.standings import StandingOf
from recruitment.terms import Terms

router = APIRouter(include_in_schema=False)

UNTOLD = Terms()
CARDS = 6
"""So many vacancies stand on one page: light, and not a wall."""


@dataclass(frozen=True)
class Card:
    """A vacancy as it is shown; `place` in words. `named_first`: nobody comes to it unnamed."""

    vacancy: ListedVacancy
    named: bool
    place: str
    path: str
    terms: Terms = UNTOLD
    named_first: bool = False

    @property
    def offer(self) -> Offer:
        """The terms."""
        return self.vacancy.offer

    @property
    def must_accept(self) -> bool:
        """Whether the employer must accept this worker before SETRASS decides."""
        return self.vacancy.hiring is not Hiring.OPEN and not self.named

    @property
    def awaits_selection(self) -> bool:
        """Whether its employer has to choose this worker before they may apply."""
        return self.named_first and not self.named and not self.offer.is_pool

    @property
    def by_piece(self) -> bool:
        """Whether the pay is for what was picked, and not for time."""
        return self.offer.unit in PIECE_UNITS


@dataclass(frozen=True)
class WorkPage(StepPage):
    """Some cards; `text` is what was searched, `before` and `after` the pages around.

    `pools` are the departments for whose pool the worker may apply without a farm.
    """

    cards: tuple[Card, ...] = ()
    pools: tuple[Card, ...] = ()
    count: int = 0
    text: str = ""
    chosen: str = ""
    named_first: bool = False
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class TermsPage:
    """Every term of one vacancy, and how its employer stands; a pool has none."""

    card: Card
    application: ApplicationId
    chosen: bool
    terms: Terms
    day_wage: DayWage | None
    at_home: Step | None
    housing: ToldHousing | None
    standing: StandingOf | None


@router.get("/solicitud/{application:uuid}/trabajo")
def choose_work(
    request: Request, work: SignedInReading, application: UUID, q: str = "", pagina: int = 1
) -> Response:
    """The open vacancies of the programme; those whose employer named this worker first."""
    opened = wizard.open_step(work, application, "trabajo")
    if away := wizard.elsewhere(opened.case):
        return away
    answers, programme = opened.case.answers, opened.case.programme
    seen = vacancies.see_vacancies(work, programme.code, answers.document_number, q)
    last = max(1, -(-len(seen) // CARDS))
    number = min(max(1, pagina), last)
    page = WorkPage(
        **vars(wizard.step_page(opened, Form({"q": (q,)}))),
        cards=tuple(_card(work, opened, one) for one in seen[(number - 1) * CARDS :][:CARDS]),
        pools=tuple(
            _card(work, opened, SeenVacancy(pool, named=False))
            for pool in pools.list_pools(work, programme.code)
        ),
        count=len(seen),
        text=q,
        chosen=answers.vacancy or "",
        named_first=named_first(programme),
        before=_page_path(opened, q, number - 1) if number > 1 else None,
        after=_page_path(opened, q, number + 1) if number < last else None,
    )
    return wizard.show(request, opened, page)


@router.get("/solicitud/{application:uuid}/trabajo/{vacancy:uuid}")
def show_terms(
    request: Request, work: SignedInReading, application: UUID, vacancy: UUID
) -> Response:
    """All terms of one vacancy, with the button that chooses it."""
    opened = wizard.open_step(work, application, "trabajo")
    if away := wizard.elsewhere(opened.case):
        return away
    return render(request, "applications/terms.html", _terms(work, opened, vacancy))


@router.post("/solicitud/{application:uuid}/trabajo/{vacancy:uuid}")
def choose(
    request: Request, work: SignedInWork, application: UUID, vacancy: UUID, posted: Posted
) -> Response:
    """Choose this vacancy; one that closed meanwhile is told at once.

    Where the employer chooses first, whom it has not named is shown the terms and the way.
    """
    opened = wizard.open_step(work, application, "trabajo")
    if _awaits_selection(work, opened, vacancy):
        return render(request, "applications/terms.html", _terms(work, opened, vacancy), 422)
    refused = wizard.save_typed(work, opened, {"vacancy": (str(vacancy),)})
    if refused is None:
        return wizard.onwards(work, opened.id)
    page = WorkPage(**vars(wizard.step_page(opened, refused)))
    return wizard.show(request, opened, page, 422)


def _awaits_selection(work: Work, opened: Opened, vacancy: UUID) -> bool:
    """Whether an open vacancy's employer has to choose first, and has not chosen this worker."""
    programme, number = opened.case.programme, opened.case.answers.document_number
    if not named_first(programme):
        return False
    seen = vacancies.see_vacancies(work, programme.code, number)
    return any(one.vacancy.id == vacancy and not one.named for one in seen)


def _terms(work: Work, opened: Opened, vacancy: UUID) -> TermsPage:
    found = vacancies.read_vacancy(work, vacancy)
    number = opened.case.answers.document_number
    seen = vacancies.see_vacancies(work, found.programme, number)
    named = any(one.named for one in seen if one.vacancy.id == vacancy)
    card = _card(work, opened, SeenVacancy(found, named))
    told = vacancies.read_terms(work, [found])[vacancy]
    chosen = opened.case.answers.vacancy == str(vacancy)
    employer = None if found.offer.is_pool else UUID(found.offer.employer)
    standing = standings.of_employer(work, employer) if employer else None
    beside = (told.day_wage, told.at_home, told.housing, standing)
    return TermsPage(card, opened.id, chosen, told.terms, *beside)


def _card(work: Work, opened: Opened, seen: SeenVacancy) -> Card:
    offer = seen.vacancy.offer
    place = work_place(work.ports.reference, offer.department, offer.municipality)
    path, first = f"{opened.path}/{seen.vacancy.id}", named_first(opened.case.programme)
    return Card(seen.vacancy, seen.named, place, path, named_first=first)


def _page_path(opened: Opened, text: str, number: int) -> str:
    query = f"q={quote(text)}&" if text else ""
    return f"{opened.path}?{query}pagina={number}"
