"""A made-up market: employers, vacancies and workers, with violations planted by a seed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from app.services import companions, contracts
from app.services.work import Work
from app.storage import vacancies, vacancy_terms
from app.storage.measures import Against
from app.storage.vacancies import ListedVacancy
from permits.audit import Act
from permits.offers import Offer
from permits.programmes import Hiring
from permits.wages import EmployerSize
from recruitment.contracts import Reported
from recruitment.standings import MeasureKind
from recruitment.terms import Terms, working_days
from tests.builders import COMPANION, Story
from tests.hirers import LICENCE, know, licence, list_licences, measure
from tests.market_plants import CLEAN, LICENCES, PLANTS, Found, Plant, pack, recruited_by
from tests.vacancies import FAIR, FIRST, LAST, LATA, OFFER, offer_at_home

D = Decimal


def make_market(work: Work, random: Random, farms: int, count: int) -> dict[UUID, Found]:
    """Write so many published vacancies down; returns what is planted in each.

    Each violation is planted at least once where there are enough; half of the rest are clean.
    Of few vacancies some have several.
    """
    list_licences(work, *LICENCES, licence("HNGOOD2"))
    measure(work, Against(licence=replace(LICENCE, number="HNFINED")), MeasureKind.FINE)
    employers = [_employer(work, random, number) for number in range(farms)]
    for one in employers:
        recruited_by("HNGOOD", "HNGOOD2")(work, one.id)
    enough = count > 2 * len(PLANTS)
    plants = list(PLANTS if enough else pack(PLANTS))
    if enough:
        plants += [random.choice((CLEAN, *PLANTS)) for _ in range(count // 4)]
    plants += [CLEAN] * (count - len(plants))
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
    listed = ListedVacancy(identity, "coffee-hn-gt", "open", plant.places, offer, None, None)
    event = work.event(Act.VACANCY_ADDED, identity, {"programme": "coffee-hn-gt"})
    vacancies.add_vacancy(work.session, listed, work.now, event=event)
    vacancy_terms.save_terms(work.session, identity, terms, event=event)
    offer_at_home(work, identity)
    stories = [_apply(work, identity) for _ in range(max(plant.deceived, plant.family))]
    for one in stories[: plant.deceived]:
        contracts.report_own(one.work(one.worker), one.id, frozenset({Reported.WAGE}))
    if plant.family:
        companions.add_companion(stories[0].work(stories[0].worker), stories[0].id, COMPANION)
    return identity, plant.found


def _apply(work: Work, vacancy: UUID) -> Story:
    """Somebody applies for it, and agrees to the contract where the employer has already."""
    return Story(work.session, work.ports).start(vacancy=str(vacancy)).submit()


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
