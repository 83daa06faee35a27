"""The brigade's tablet: a page that works with no network, the questions it asks, what it sends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from pydantic import BaseModel

from app.services import pools, roster, vacancies
from app.services.vacancies import SeenVacancy
from app.services.work import Work
from app.web import assets
from app.web.dependencies import Posted, PublicReading, SignedInReading, SignedInWork
from app.web.forms import Form, Step
from app.web.i18n import OFFERED, Locale, locale_for, remembered
from app.web.pages.answered import work_place
from app.web.pages.captured import Outcome, take
from app.web.pages.own_questions import question_of, title_of
from app.web.pages.places import places_of
from app.web.pages.roster import trades_of
from app.web.pages.tablet_steps import tablet_steps
from app.web.pages.vacancies import Card
from app.web.prompts import list_own
from app.web.templating import Site, render
from permits.deadlines import legal_day
from permits.people import Permission, PersonId
from permits.policies import check_permission
from permits.programme_questions import OnlyIf
from permits.programmes import Programme
from permits.submissions import Answers, DocumentKind
from recruitment.roster import Proof
from recruitment.terms import Terms

router = APIRouter(include_in_schema=False)

FOLDER = assets.BUILT / "brigade"
SCOPE = "/brigada/"
EMPTY, NO_ANSWERS = Form(), Answers()


@dataclass(frozen=True)
class ShellPage:
    """`assets` maps the plain names of the tablet's own build to their addresses."""

    assets: Mapping[str, str]
    programmes: tuple[Programme, ...]


@dataclass(frozen=True)
class Question:
    """One step as the wizard's own template wants it, empty: the tablet fills it in."""

    step: Step[Any]
    asked: str
    programme: Programme
    number: int
    total: int
    wanted: tuple[DocumentKind, ...]
    languages: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    cards: tuple[Card, ...]
    occupations: tuple[tuple[str, str], ...]
    proofs: tuple[Proof, ...] = tuple(Proof)
    form: Form = EMPTY
    answers: Answers = NO_ANSWERS
    received: tuple[()] = ()
    found: tuple[()] = ()
    returned: bool = False
    more: bool = True

    @property
    def only_if(self) -> OnlyIf | None:
        """After which answer the programme asks it; None: always."""
        own = question_of(self.step)
        return own.only_if if own else None


@dataclass(frozen=True)
class QuestionsPage:
    """Every question of a programme, in the order of the wizard's registry.

    `joins_first`: what is written down ends on the roster, and no application is handed in.
    """

    assets: Mapping[str, str]
    programme: Programme
    joins_first: bool
    questions: tuple[Question, ...]


class Holder(BaseModel):
    """Who carries the tablet; what is written down names them as its witness."""

    facilitator: PersonId
    name: str


@router.get("/brigada")
def go_to_tablet() -> Response:
    """The address as people type it."""
    return RedirectResponse(SCOPE, 308)


@router.get(SCOPE)
def show_tablet(request: Request, work: PublicReading, idioma: str = "") -> Response:
    """The shell, the same for everybody: the tablet keeps it and shows it with no network."""
    page = ShellPage(assets.read_manifest(FOLDER), tuple(_programmes(work)))
    return render(request, "brigade/tablet.html", page, locale=_locale(request, idioma))


@router.get("/brigada/sw.js")
def get_service_worker() -> Response:
    """The service worker; browsers ask again each time, so that a new version is seen."""
    path = FOLDER / "sw.js"
    if not path.is_file():
        raise assets.NotBuilt("The brigade's tablet is not built. Run: npm ci && npm run build")
    headers = {"Service-Worker-Allowed": SCOPE, "Cache-Control": "no-cache"}
    return FileResponse(path, media_type="text/javascript", headers=headers)


@router.get("/brigada/paginas.json")
def list_pages(request: Request, work: PublicReading) -> list[str]:
    """What the tablet keeps beside its shell: the questions of each programme, and every voice."""
    pages = [
        f"{SCOPE}preguntas/{one.code}?idioma={language.code}"
        for one in _programmes(work)
        for language in OFFERED
    ]
    site: Site = request.app.state.pages.site
    sounds = (sound for slugs in site.prompts.values() for sound in slugs.values())
    asked = (one for programme in _programmes(work) for one in programme.questions)
    own = list_own(site.own_voices, asked)
    return pages + [one for one in sounds if one not in site.untraced] + own


@router.get("/brigada/preguntas/{programme}")
def show_questions(
    request: Request, work: PublicReading, programme: str, idioma: str = ""
) -> Response:
    """All questions of a programme; nothing on the page depends on who is signed in."""
    found = next((one for one in _programmes(work) if one.code == programme), None)
    if found is None:
        raise HTTPException(404)
    locale = _locale(request, idioma)
    questions = tuple(_questions(work, found, locale))
    joins_first = roster.joins_first(work, found)
    page = QuestionsPage(assets.read_manifest(FOLDER), found, joins_first, questions)
    return render(request, "brigade/questions.html", page, locale=locale)


@router.get("/brigada/yo.json")
def get_holder(work: SignedInReading) -> Holder:
    """Who is signed in, for a facilitator; the tablet writes it on what is captured."""
    check_permission(work.actor, Permission.APPLICATION_ASSIST)
    return Holder(facilitator=work.actor.person, name=work.actor.name)


@router.post("/brigada/casos.json")
def take_case(request: Request, work: SignedInWork, posted: Posted, response: Response) -> Outcome:
    """Register what the tablet wrote down; sent twice it is registered once."""
    outcome = take(work, posted, _locale(request, ""))
    if outcome.wait:
        response.status_code = 429
        response.headers["Retry-After"] = str(outcome.wait)
    elif outcome.faults:
        response.status_code = 422
    return outcome


def _locale(request: Request, code: str) -> Locale:
    return locale_for(code or remembered(request))


def _programmes(work: Work) -> list[Programme]:
    today = legal_day(work.now)
    return [one.on(today) for one in work.ports.reference.programmes.values()]


def _questions(work: Work, programme: Programme, locale: Locale) -> Iterator[Question]:
    reference = work.ports.reference
    photo = DocumentKind.PHOTO
    papers = tuple(kind for kind in programme.documents if kind is not photo)
    first = [code for code in programme.languages if code in reference.languages]
    rest = [code for code in reference.languages if code not in first]
    languages = tuple((code, reference.languages[code]) for code in first + rest)
    names = tuple(places_of(reference, programme.nationalities[0]).values())
    joins_first = roster.joins_first(work, programme)
    cards = () if joins_first else tuple(_cards(work, programme))
    trades = trades_of(reference, locale) if joins_first else ()
    steps = tablet_steps(programme, joins_first=joins_first)
    for number, step in enumerate(steps, start=1):
        wanted, total = (photo,) if step.slug == "foto" else papers, len(steps)
        place = (title_of(step, locale), programme, number, total)
        yield Question(step, *place, wanted, languages, names, cards, trades)


def _cards(work: Work, programme: Programme) -> Iterator[Card]:
    """Employers' work, then the pools of departments for who has no farm yet, as in the wizard."""
    open_pools = pools.list_pools(work, programme.code)
    seen = [
        *vacancies.see_vacancies(work, programme.code, None),
        *(SeenVacancy(pool, named=False) for pool in open_pools),
    ]
    terms = vacancies.read_terms(work, [one.vacancy for one in seen])
    return (_card(work, one, terms[one.vacancy.id].terms) for one in seen)


def _card(work: Work, seen: SeenVacancy, terms: Terms) -> Card:
    offer = seen.vacancy.offer
    place = work_place(work.ports.reference, offer.department, offer.municipality)
    return Card(seen.vacancy, False, place, "", terms)
