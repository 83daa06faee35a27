"""A made-up market: employers, vacancies and workers, with violations planted by a seed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from uuid import UUID

from app.services.work import Work
from app.storage import measures, vacancies, vacancy_terms
from app.storage.measures import Against
from app.storage.vacancies import ListedVacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.offers import Offer
from permits.people import SYSTEM
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit
from recruitment.ethics.facts import Loan, WorkerFacts
from recruitment.ethics.words import Contact, Lender, Requirement, ReturnTransport
from recruitment.registries import EntryState, Registry, Verdict
from recruitment.standings import MeasureKind
from recruitment.terms import Terms, working_days
from tests.hirers import (
    LICENCE,
    PAPERS,
    know,
    licence,
    list_licences,
    measure,
    name_recruiter,
)
from tests.vacancies import FAIR, FIRST, LAST, LATA, OFFER, offer_at_home

D = Decimal
NOT_LISTED = {Registry.RNSP: Verdict.NOT_FOUND}
NO_KEY = {Registry.IHCAFE: Verdict.NOT_TOLD}
BY_DAY = {"unit": WageUnit.DAY, "unit_kg": None}
TAKEN: Mapping[str, object] = {"food_deducted": D(10), "deducted_in_writing": True}
Found = frozenset[tuple[str, str]]
"""Rule and code of everything that is to be found."""

Changes = Mapping[str, object]


@dataclass(frozen=True)
class Plant:
    """A violation: what it changes of the offer and of the terms, and what is found then."""

    found: Found
    offer: Changes
    terms: Changes
    hirer: Callable[[Work, UUID], object] | None = None


def _plant(
    rule: str, code: str, *, offer: Changes | None = None, terms: Changes | None = None
) -> Plant:
    return Plant(frozenset({(rule, code)}), offer or {}, terms or {})


def _hirer(rule: str, code: str, hirer: Callable[[Work, UUID], object]) -> Plant:
    """A violation of who hires or recruits, in a fair vacancy; `hirer` makes it be known so."""
    return Plant(frozenset({(rule, code)}), {}, {}, hirer)


def _known_with(kind: MeasureKind, times: int = 1) -> Callable[[Work, UUID], object]:
    def make(work: Work, employer: UUID) -> None:
        know(work, employer)
        for _ in range(times):
            found = measure(work, Against(employer), kind)
            if times > 1:
                # Remedied ones stop nobody by themselves, and are counted for a year.
                today = legal_day(work.now)
                event = work.event(Act.MEASURE_SETTLED, found)
                measures.settle_measure(
                    work.session, Against(employer), found, SYSTEM.person, today, event=event
                )

    return make


def _recruited_by(*chain: str) -> Callable[[Work, UUID], object]:
    def make(work: Work, employer: UUID) -> None:
        know(work, employer)
        above = None
        for number in chain:
            above = name_recruiter(work, employer, number, above)

    return make


LICENCES = (
    licence("HNGOOD"),
    licence("HNSHORT", days=2),
    licence("HNSTOPPED", state=EntryState.SUSPENDED),
    licence("HNFINED"),
)
"""The register of recruiters in the market: one is fined, and none is called HNNONE."""


PLANTS: tuple[Plant, ...] = (
    _plant("R01", "worker-pays", terms={"worker_pays": D(250)}),
    _plant("R01", "fee-declared", terms={"fees_charged": True}),
    _plant("R01", "unknown", terms={"fees_charged": None}),
    _plant("R06", "below-minimum", offer={**BY_DAY, "wage": D(200)}),
    _plant(
        "R06",
        "row-missing",
        offer={**BY_DAY, "wage": D(400), "employer_size": EmployerSize.TO_50},
    ),
    _plant("R07", "piece-below-minimum", offer={**LATA, "wage": D("59.97")}),
    _plant("R07", "topped-up", offer={**LATA, "wage": D("59.97"), "tops_up": True}),
    _plant("R08", "few-days", terms={"guaranteed_days": 3}),
    _plant("R08", "unknown", terms={"guaranteed_days": None}),
    _plant("R09", "day-too-long", offer={"hours_per_day": D("12.5"), "days_per_week": 3}),
    _plant("R09", "overtime-too-often", offer={"hours_per_day": D(9), "days_per_week": 5}),
    _plant("R09", "over-ordinary", offer={"hours_per_day": D(8), "days_per_week": 6}),
    _plant("R10", "no-rest-day", offer={"hours_per_day": D(6), "days_per_week": 7}),
    _plant("R11", "premium-too-low", terms={"overtime_premium_percent": 24}),
    Plant(
        frozenset({("R12", "over-cap"), ("R13", "unknown")}),
        {**BY_DAY, "wage": D(400)},
        {**TAKEN, "housing_deducted": D(4000)},
    ),
    _plant("R13", "no-consent", terms={**TAKEN, "deducted_in_writing": False}),
    _plant("R14", "words-unread", terms={"tasks_es": "Cortar café. Hay multa por irse."}),
    _plant("R15", "words-unread", terms={"tasks_en": "Pick coffee. They keep passport."}),
    _plant("R19", "terms-missing", terms={"tasks_en": ""}),
    _plant("R19", "terms-missing", terms={"insurance": None}),
    _plant("R22", "return-not-paid", terms={"way_back": ReturnTransport.NOT_PAID}),
    _plant("R23", "too-many-workers", terms={"foreigners": 7}),
    _plant("R23", "too-much-payroll", terms={"foreign_payroll": D(90_001)}),
    _plant("R23", "unknown", terms={"headcount": None}),
    _plant("R26", "stay-needs-permit", offer={"ends_on": FIRST + timedelta(days=90)}),
    _plant("R27", "outside-season", offer={"starts_on": date(2026, 9, 27), "ends_on": FIRST}),
    _plant(
        "R28",
        "grave-discrimination",
        terms={"requirements": frozenset({Requirement.PREGNANCY_TEST})},
    ),
    _plant("R28", "discrimination", terms={"tasks_es": "Cortar café; se busca buena presencia."}),
    _plant("R29", "visa-promised", terms={"tasks_es": "Cortar café, con visa garantizada."}),
    _plant("R29", "personal-contact-only", terms={"contacts": frozenset({Contact.CHAT})}),
    _plant("R29", "wage-too-good", offer={**BY_DAY, "wage": D(9000)}),
    _hirer("R02", "no-licence", _recruited_by("HNNONE")),
    _hirer("R02", "not-licensed", _recruited_by("HNSHORT")),
    _hirer("R02", "not-licensed", _recruited_by("HNSTOPPED")),
    _hirer("R02", "not-licensed", _recruited_by("HNFINED")),
    _hirer("R03", "agent-not-registered", _recruited_by("HNGOOD", "HNNONE")),
    _hirer("R03", "agent-not-registered", _recruited_by("HNGOOD", "HNGOOD2", "HNSTOPPED")),
    _hirer("R24", "grave-complaint", _known_with(MeasureKind.GRAVE_COMPLAINT)),
    _hirer("R24", "fine-unpaid", _known_with(MeasureKind.FINE)),
    _hirer("R24", "serious-complaint", _known_with(MeasureKind.SERIOUS_COMPLAINT)),
    _hirer("R24", "many-complaints", _known_with(MeasureKind.SERIOUS_COMPLAINT, 5)),
    _hirer("R25", "unknown", lambda work, employer: None),
    _hirer("R25", "unknown", partial(know, papers=PAPERS[:1])),
    _hirer("R25", "not-registered", partial(know, papers=PAPERS[:1], verdicts=NOT_LISTED)),
    _hirer("R25", "tax-inactive", partial(know, verdicts={Registry.RTN: Verdict.NOT_ACTIVE})),
    _hirer("R25", "not-located", partial(know, located=False)),
    _hirer("R25", "no-coffee-key", partial(know, papers=PAPERS[:2], verdicts=NO_KEY)),
)
"""One of each outcome that the facts of a vacancy, its employer and its recruiters can have."""

CLEAN = Plant(frozenset(), {}, {})


def make_market(work: Work, random: Random, farms: int, count: int) -> dict[UUID, Found]:
    """Write so many published vacancies down; returns what is planted in each.

    Each violation is planted at least once where there are enough; half of the rest are clean.
    """
    list_licences(work, *LICENCES, licence("HNGOOD2"))
    measure(work, Against(licence=replace(LICENCE, number="HNFINED")), MeasureKind.FINE)
    employers = [_employer(work, random, number) for number in range(farms)]
    for one in employers:
        _recruited_by("HNGOOD", "HNGOOD2")(work, one.id)
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
    return identity, plant.found


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
