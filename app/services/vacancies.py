"""Vacancies that take applications, as everybody may see them before applying."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services import housing
from app.services.pools import find_work
from app.services.searching import fold
from app.services.work import Work
from app.storage import nominations, vacancies, vacancy_judgements, vacancy_terms
from app.storage.vacancies import ListedVacancy
from permits.deadlines import legal_day
from permits.errors import NotFound
from recruitment.day_wages import DayWage, tell_day_wage
from recruitment.housing import ToldHousing
from recruitment.labour_market import Step, attested_minimum, offered_at_home
from recruitment.terms import Terms

__all__ = ["ListedVacancy", "SeenVacancy", "list_vacancies", "read_vacancy", "see_vacancies"]


@dataclass(frozen=True)
class SeenVacancy:
    """A vacancy as one worker sees it; `named` says that its employer has named this worker."""

    vacancy: ListedVacancy
    named: bool


def list_vacancies(work: Work, programme: str | None = None, text: str = "") -> list[ListedVacancy]:
    """Open vacancies, those that begin first on top; 200 at most.

    `text` keeps those with every word of it in the title, the employer's name or the place.
    """
    listed = vacancies.list_open(work.session, programme, legal_day(work.now))
    words = fold(text).split()
    return [vacancy for vacancy in listed if all(w in _searched(work, vacancy) for w in words)]


def see_vacancies(
    work: Work, programme: str, document_number: str | None, text: str = ""
) -> list[SeenVacancy]:
    """The open vacancies of a programme; first those whose employer has named this document."""
    vault, number = work.ports.vault, document_number
    named = nominations.list_naming(work.session, vault, number) if number else set()
    seen = [SeenVacancy(v, v.id in named) for v in list_vacancies(work, programme, text)]
    return sorted(seen, key=lambda one: not one.named)


def read_vacancy(work: Work, vacancy: UUID) -> ListedVacancy:
    """One open vacancy, or a pool, with its terms; NotFound where there is none or it closed."""
    found = find_work(work, vacancy)
    if found is None or not vacancies.is_open(found, legal_day(work.now)):
        raise NotFound("no-such-vacancy")
    return found


@dataclass(frozen=True)
class ToldTerms:
    """Every term beside the offer, what a day earns, the offer at home before (O13), the bed."""

    terms: Terms
    day_wage: DayWage | None
    at_home: Step | None
    housing: ToldHousing | None


def read_terms(work: Work, found: Sequence[ListedVacancy]) -> Mapping[UUID, ToldTerms]:
    """The conditions of vacancies, for whoever thinks of applying; those of a pool are empty."""
    ids, reference = [one.id for one in found], work.ports.reference
    terms = vacancy_terms.list_terms(work.session, ids)
    steps = vacancy_judgements.list_steps(work.session, ids)
    beds = housing.tell(work, found)
    wages, today = tuple(reference.minimum_wages), legal_day(work.now)
    programmes = {
        code: reference.programmes[code].on(today) for code in {one.programme for one in found}
    }
    return {
        one.id: ToldTerms(
            terms.get(one.id, Terms()),
            tell_day_wage(
                one.offer,
                programmes[one.programme],
                wages,
                attested_minimum(steps.get(one.id, ()), one.offer.currency),
            ),
            offered_at_home(steps.get(one.id, ())),
            beds[one.id],
        )
        for one in found
    }


def _searched(work: Work, vacancy: ListedVacancy) -> str:
    reference, offer = work.ports.reference, vacancy.offer
    department = reference.departments.get(offer.department, "")
    at_home = offer.department.startswith("HN-")
    place = reference.municipalities["HND"].get(offer.municipality, "") if at_home else ""
    return fold(" ".join([offer.title, offer.employer_name, department, place]))
