"""Vacancies for the tests: fair ones, and what is changed to make them unfair."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from app.services.ports import Ports
from app.services.vacancy_writing import Wanted
from app.services.work import Work
from app.storage import audit, vacancies, vacancy_judgements, vacancy_terms
from app.storage.database import Session
from app.storage.vacancies import ListedVacancy, find_vacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.offers import Offer
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit
from recruitment.ethics.words import Contact, ReturnTransport, Shift
from recruitment.labour_market import Step, StepKind
from recruitment.terms import Grievance, Insurance, PayDay, RestDay, Terms
from tests.builders import NOW, add_vacancy, work_of
from tests.hirers import know
from tests.recruitment.ethics.table import reference

FIRST, LAST = date(2026, 12, 1), date(2027, 2, 15)

FAIR = Terms(
    tasks_es="Cortar café maduro y llevarlo al beneficio.",
    tasks_en="Pick ripe coffee and carry it to the mill.",
    pay_day=PayDay.WEEKLY,
    rest_day=RestDay.SUNDAY,
    shift=Shift.DAY,
    arrival=ReturnTransport.TO_BORDER,
    way_back=ReturnTransport.TO_BORDER,
    insurance=Insurance.PRIVATE,
    notice_days=3,
    grievance=Grievance.EMPLOYER,
    guaranteed_days=60,
    fees_charged=False,
    worker_pays=Decimal(0),
    overtime_premium_percent=25,
    requirements=frozenset(),
    contacts=frozenset({Contact.OFFICE, Contact.CHAT}),
    special_stay=False,
    foreigners=5,
    headcount=60,
    foreign_payroll=Decimal(50_000),
    payroll=Decimal(600_000),
)
"""Everything that R01, R08-R10, R19, R22, R23, R26, R28 and R29 ask for."""

OFFER = Offer(
    vacancy="",
    employer="",
    employer_name="",
    employer_size=EmployerSize.TO_10,
    hiring=Hiring.OPEN,
    department="HN-CP",
    municipality="0404",
    title="Corte de café",
    occupation="9211",
    starts_on=FIRST,
    ends_on=LAST,
    wage=Decimal("350.00"),
    currency="HNL",
    unit=WageUnit.DAY,
    unit_kg=None,
    hours_per_day=Decimal(8),
    days_per_week=5,
    housing=True,
    transport=True,
    food=True,
)
WANTED = Wanted("coffee-hn-gt", OFFER, 20)
LATA = {"unit": WageUnit.LATA, "unit_kg": Decimal("15.9")}


def with_wages(ports: Ports) -> Ports:
    """The outside world in which the decrees are known."""
    known = replace(ports.reference, minimum_wages=reference().minimum_wages)
    return replace(ports, reference=known)


def wanted(**offer: object) -> Wanted:
    """A fair offer with some of its terms changed."""
    return replace(WANTED, offer=replace(OFFER, **offer))  # type: ignore[arg-type]


def owner_of(session: Session, vacancy: UUID) -> Actor:
    """Somebody who acts for the employer of a vacancy."""
    found = find_vacancy(session, vacancy)
    assert found is not None
    employer = UUID(found.offer.employer)
    return Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=employer)


def add_employer(work: Work, name: str = "Finca El Cedral") -> Actor:
    """A new employer without vacancies, whom registries know, and who acts for it."""
    employer = vacancies.Employer(
        uuid4(), name, None, EmployerSize.TO_10, "HN-CP", "0404", "+50499990000"
    )
    event = work.event(Act.EMPLOYER_ADDED, employer.id)
    vacancies.add_employer(work.session, employer, work.now, event=event)
    know(work, employer.id)
    return Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=employer.id)


def tell_terms(work: Work, vacancy: UUID, **changes: object) -> None:
    """Write fair terms with some of them changed, whatever they are."""
    event = work.event(Act.VACANCY_CHANGED, vacancy, {"version": 1})
    terms = replace(FAIR, **changes)  # type: ignore[arg-type]
    vacancy_terms.save_terms(work.session, vacancy, terms, event=event)


def offer_at_home(work: Work, vacancy: UUID) -> None:
    """It was offered to people of the country for thirty days, up to the day before it begins."""
    found = read(work.session, vacancy)
    last = min(legal_day(work.now), found.offer.starts_on) - timedelta(days=1)
    first = last - timedelta(days=29)
    step = Step(StepKind.NATIONALS_FIRST, first, last, "Aviso 12 del servicio de empleo.", 0)
    event = work.event(Act.VACANCY_STEP_RECORDED, vacancy, {"kind": step.kind.value})
    vacancy_judgements.add_step(
        work.session, work.new_id(), vacancy, step, SYSTEM.person, work.now, event=event
    )


def add_fair(
    session: Session,
    ports: Ports,
    offer: dict[str, object] | None = None,
    *,
    known: bool = True,
    **terms: object,
) -> UUID:
    """An open vacancy in which nothing is found, changed by these; `known`: its employer is."""
    identity = add_vacancy(session, ports, starts_on=FIRST, ends_on=LAST)
    work = work_of(session, SYSTEM, ports, NOW)
    found = find_vacancy(session, identity)
    assert found is not None
    changed = replace(found.offer, **{"days_per_week": 5} | (offer or {}))  # type: ignore[arg-type]
    event = work.event(Act.VACANCY_CHANGED, identity, {"version": 1})
    vacancy_terms.change_offer(session, identity, changed, found.places, event=event)
    tell_terms(work, identity, **terms)
    offer_at_home(work, identity)
    if known:
        know(work, UUID(changed.employer))
    return identity


def read(session: Session, vacancy: UUID) -> ListedVacancy:
    """A vacancy that is there."""
    found = find_vacancy(session, vacancy)
    assert found is not None
    return found


def acts(session: Session, vacancy: UUID) -> list[Act]:
    """What the log tells of a vacancy, the oldest first."""
    return [one.act for one in audit.list_events(session, vacancy)]
