"""A made-up market: employers, vacancies and workers, with violations planted by a seed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from app.services import companions
from app.services.work import Work
from app.storage import vacancies, vacancy_terms
from app.storage.measures import Against
from app.storage.vacancies import ListedVacancy
from permits.audit import Act
from permits.offers import Offer
from permits.programmes import Hiring
from permits.wages import EmployerSize
from recruitment.ethics.facts import Loan, WorkerFacts
from recruitment.ethics.words import Lender
from recruitment.standings import MeasureKind
from recruitment.terms import Terms, working_days
from tests.builders import COMPANION, Story
from tests.hirers import LICENCE, know, licence, list_licences, measure
from tests.market_plants import CLEAN, LICENCES, PLANTS, Changes, Found, Plant, recruited_by
from tests.vacancies import FAIR, FIRST, LAST, LATA, OFFER, offer_at_home

D = Decimal


def make_market(work: Work, random: Random, farms: int, count: int) -> dict[UUID, Found]:
    """Write so many published vacancies down; returns what is planted in each.

    Each violation is planted at least once where there are enough; half of the rest are clean.
    """
    list_licences(work, *LICENCES, licence("HNGOOD2"))
    measure(work, Against(licence=replace(LICENCE, number="HNFINED")), MeasureKind.FINE)
    employers = [_employer(work, random, number) for number in range(farms)]
    for one in employers:
        recruited_by("HNGOOD", "HNGOOD2")(work, one.id)
    plants = [*PLANTS, *(random.choice((CLEAN, *PLANTS)) for _ in range(count // 4))]
    plants = [*plants[:count], *([CLEAN] * (count - len(plants)))]
    random.shuffle(plants)
    return dict(_vacancy(work, random, random.choice(employers), plant) for plant in plants)


def _employer(work: Work, random: Random, number: int) -> vacancies.Employer:
    employer = vacancies.Employer(
        UUID(int=random.getrandbits(128), version=4),
        f"Finca {number}",
        None,
        EmployerSize.TO_10,
        "HN-CP",
        "0404",
        "+50499990000",
    )
    event = work.event(Act.EMPLOYER_ADDED, employer.id)
    vacancies.add_employer(work.session, employer, work.now, event=event)
    return employer


def _vacancy(
    work: Work, random: Random, employer: vacancies.Employer, plant: Plant
) -> tuple[UUID, Found]:
    identity = UUID(int=random.getrandbits(128), version=4)
    offer = replace(_fair_offer(random, identity, employer), **plant.offer)  # type: ignore[arg-type]
    if offer.employer_size is not employer.size:
        other = _of_size(work, random, offer.employer_size)
        offer = replace(offer, employer=str(other.id))
        know(work, other.id)
    if plant.hirer is not None:
        alone = _employer(work, random, 0)
        offer = replace(offer, employer=str(alone.id))
        plant.hirer(work, alone.id)
    guaranteed = {"guaranteed_days": working_days(offer)}
    terms: Terms = replace(FAIR, **{**guaranteed, **plant.terms})  # type: ignore[arg-type]
    listed = ListedVacancy(identity, "coffee-hn-gt", "open", 20, offer, None, None)
    event = work.event(Act.VACANCY_ADDED, identity, {"programme": "coffee-hn-gt"})
    vacancies.add_vacancy(work.session, listed, work.now, event=event)
    vacancy_terms.save_terms(work.session, identity, terms, event=event)
    offer_at_home(work, identity)
    if plant.family:
        _bring_child(work, identity)
    return identity, plant.found


def _bring_child(work: Work, vacancy: UUID) -> None:
    """Somebody applies for it with a child."""
    family = Story(work.session, work.ports).start(vacancy=str(vacancy)).submit()
    companions.add_companion(family.work(family.worker), family.id, COMPANION)


def _fair_offer(random: Random, identity: UUID, employer: vacancies.Employer) -> Offer:
    """By day or by lata, above the minimum, within the season and the hours of the law."""
    by_piece = random.random() < 0.4
    wage = D(random.randrange(6000, 9000)) / 100 if by_piece else D(random.randrange(302, 520))
    first = FIRST + timedelta(days=random.randrange(0, 20))
    return replace(
        OFFER,
        vacancy=str(identity),
        employer=str(employer.id),
        employer_name=employer.name,
        hiring=random.choice((Hiring.OPEN, Hiring.ON_ACCEPTANCE)),
        starts_on=FIRST,
        ends_on=max(first + timedelta(days=random.randrange(20, 60)), FIRST) if first else LAST,
        wage=wage,
        hours_per_day=D(8),
        days_per_week=random.choice((4, 5)),
        **(LATA if by_piece else {}),  # type: ignore[arg-type]
    )


def _of_size(work: Work, random: Random, size: EmployerSize) -> vacancies.Employer:
    employer = vacancies.Employer(
        UUID(int=random.getrandbits(128), version=4),
        "Beneficio mediano",
        None,
        size,
        "HN-CP",
        "0404",
        "+50499990000",
    )
    event = work.event(Act.EMPLOYER_ADDED, employer.id)
    vacancies.add_employer(work.session, employer, work.now, event=event)
    return employer


FAIR_WORKER = WorkerFacts(
    date_of_birth=date(1990, 5, 1),
    starts_on=FIRST,
    identity_mismatch=False,
    looks_like_child=False,
    loans=(),
)
WORKER_PLANTS: tuple[tuple[str, str, Changes], ...] = (
    ("R04", "underage", {"date_of_birth": date(2008, 12, 2)}),
    ("R04", "unknown", {"date_of_birth": None}),
    ("R05", "looks-like-child", {"looks_like_child": True}),
    ("R05", "identity-mismatch", {"identity_mismatch": True}),
    ("R32", "owes-who-hires", {"loans": (Loan(Lender.EMPLOYER, D(0), repaid_by_wage=False),)}),
)


def make_workers(random: Random, count: int) -> Iterator[tuple[WorkerFacts, Found]]:
    """So many workers of every age that is admitted; each tenth has one violation."""
    for _ in range(count):
        born = date(1960, 1, 1) + timedelta(days=random.randrange(0, 365 * 48))
        fair = replace(FAIR_WORKER, date_of_birth=min(born, date(2008, 12, 1)))
        if random.random() < 0.1:
            rule, code, changes = random.choice(WORKER_PLANTS)
            yield replace(fair, **changes), frozenset({(rule, code)})  # type: ignore[arg-type]
        else:
            yield fair, frozenset()
