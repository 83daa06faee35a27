"""What employers and offices of a load leave to be looked at: registrations, farms, warnings, days.

Some hundreds for a season, so they are written as the services write them, one by one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

from app.demo.officials import demo_cast, official
from app.demo.stage import Stage
from app.storage import (
    farms,
    housing_inspections,
    offer_reports,
    orientation_sessions,
    reception_days,
    registrations,
    vacancies,
    vacancy_terms,
)
from app.storage.vacancies import Employer, ListedVacancy
from permits.appointments import ReceptionDay
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.orientation import OrientationSession, SessionKind
from permits.wages import EmployerSize
from recruitment.housing import HousingInspection
from recruitment.registrations import (
    EmployerKind,
    Evidence,
    Farm,
    Registration,
    RegistrationStatus,
    Told,
)
from recruitment.scam_checks import Report, ReportKind

EVERY = 400
"""Cases for which there is one of each: a registration that waits, one that is verified, a warning;
so a season of 100,000 has 250 of each."""

DAYS = 120
"""As many days to come have a session and a day of attendance, at most."""

PLACES = (("HN-CP", "0401"), ("HN-OC", "1401"), ("HN-LE", "1301"), ("HN-CM", "0301"))
NAMES = ("La Esperanza", "El Cerro", "Las Nubes", "San Isidro", "El Pinar")
SPREAD = 97
"""Points of farms begin anew after so many."""


def add_employers(stage: Stage, count: int, first: int, market: Sequence[ListedVacancy]) -> None:
    """Add what a load of so many cases brings along; `first` keeps numbers of loads apart."""
    size = max(count // EVERY, 1)
    for at in range(size):
        number = first + at
        _register(stage, number)
        _hire(stage, number, market[at % len(market)])
        _warn(stage, number)
    for day in range(1, min(size, DAYS) + 1):
        _hold(stage, day)


def _register(stage: Stage, number: int) -> None:
    """Somebody whom SETRASS has not looked at yet."""
    then = stage.now - timedelta(days=1 + number % 20)
    made = _registration(stage, 2 * number, RegistrationStatus.UNDER_REVIEW)
    _add(stage, replace(made, created_at=then, handed_in_at=then + timedelta(hours=3)), number)


def _hire(stage: Stage, number: int, like: ListedVacancy) -> None:
    """An employer that was verified, the farm that was inspected, and a vacancy to be reviewed."""
    work, then = stage.work(stage.now), stage.now - timedelta(days=40)
    made = _registration(stage, 2 * number + 1, RegistrationStatus.VERIFIED)
    department, municipality = PLACES[number % len(PLACES)]
    tax, name = made.told.tax_number, made.told.name or ""
    employer = Employer(work.new_id(), name, tax, EmployerSize.TO_10, department, municipality)
    event = work.event(Act.EMPLOYER_ADDED, employer.id)
    vacancies.add_employer(stage.session, employer, stage.now, event=event)
    by, after = demo_cast().setrass[0].person, then + timedelta(days=3)
    verified = replace(made, employer=employer.id, decided_at=after, decided_by=by)
    evidence = (Evidence.TAX_CERTIFICATE,)
    farm = _add(stage, replace(verified, evidence=evidence), number)
    _inspect(stage, number, farm)
    offer = replace(like.offer, employer=str(employer.id), employer_name=name)
    _ask(stage, number, replace(like, id=work.new_id(), status="draft", offer=offer))


def _registration(stage: Stage, number: int, status: RegistrationStatus) -> Registration:
    kind, then = EmployerKind.SMALL_GROWER, stage.now - timedelta(days=40)
    name = f"Finca {NAMES[number % len(NAMES)]} Ficticia {number}"
    told = Told(kind, name, f"9801{number:010d}", EmployerSize.TO_10, "Persona Ficticia", "")
    phone = f"+5049{number:07d}"
    handed_in = then + timedelta(days=1)
    return Registration(stage.work(then).new_id(), phone, status, told, 1, then, handed_in)


def _add(stage: Stage, made: Registration, number: int) -> Farm:
    work, (_, municipality) = stage.work(stage.now), PLACES[number % len(PLACES)]
    event = work.event(Act.REGISTRATION_STARTED, made.id)
    registrations.add_registration(stage.session, made, event=event)
    south = Decimal("14.4") + Decimal(number % SPREAD) / 200
    west = Decimal("-88.9") + Decimal(number % 89) / 200
    name = made.told.name or ""
    farm = Farm(work.new_id(), name, municipality, 40, "", south, west)
    event = work.event(Act.FARM_SAVED, made.id)
    farms.add_farm(stage.session, made.id, farm, stage.now, event=event)
    return farm


def _inspect(stage: Stage, number: int, farm: Farm) -> None:
    work, inspector = stage.work(stage.now), official("inspector").person
    on = legal_day(stage.now) - timedelta(days=30 + number % 300)
    seen = HousingInspection(work.new_id(), farm.id, on, 40, 4, 4, (), None, inspector)
    facts: dict[str, Fact] = {"farm": str(farm.id), "failed": "", "capacity": 40}
    event = work.event(Act.HOUSING_INSPECTED, seen.id, facts)
    housing_inspections.add_inspection(stage.session, seen, stage.now, event=event)


def _ask(stage: Stage, number: int, vacancy: ListedVacancy) -> None:
    """Its owner asked the officials to look at it."""
    then, owner = stage.now - timedelta(hours=5 + number % 400), official("empleador")
    work = stage.work(then, owner)
    told: dict[str, Fact] = {"programme": vacancy.programme}
    event = work.event(Act.VACANCY_ADDED, vacancy.id, told)
    vacancies.add_vacancy(stage.session, vacancy, then, event=event)
    event = work.event(Act.VACANCY_REVIEW_ASKED, vacancy.id)
    vacancy_terms.ask_officials(stage.session, vacancy.id, owner.person, then, event=event)


def _warn(stage: Stage, number: int) -> None:
    work = stage.work(stage.now - timedelta(hours=1 + number % 500))
    kind, name = ReportKind.ASKED_MONEY, f"Empleos Rápidos Inventados {number}"
    words = "Pidió dinero por un puesto en Canadá."
    report = Report(work.new_id(), kind, name, f"+5048{number:07d}", "", words)
    event = work.event(Act.OFFER_REPORTED, report.id, {"kind": kind.value})
    vault = stage.ports.vault
    offer_reports.add_report(stage.session, vault, report, work.now, event=event)


def _hold(stage: Stage, number: int) -> None:
    """A session and a day of attendance, so many days ahead."""
    day, host = legal_day(stage.now) + timedelta(days=number), official("facilitador")
    department, municipality = PLACES[number % len(PLACES)]
    where, work = ("Salón de ejemplo", day), stage.work(stage.now, host)
    begins, ends = time(9), time(12)
    kind, identity = SessionKind.ARRIVAL, work.new_id()
    held = OrientationSession(
        kind, department, municipality, *where, begins, "spa", 40, id=identity, host=host.person
    )
    event = work.event(Act.ORIENTATION_PLANNED, held.id, {"kind": kind.value, "seats": 40})
    orientation_sessions.add_session(stage.session, held, event=event)
    open_day = ReceptionDay(
        *(department, municipality, *where, begins, ends, 4, ("spa",)),
        id=work.new_id(),
        agency=None,
        host=host.person,
    )
    facts: dict[str, Fact] = {"department": department, "places": 4}
    event = work.event(Act.RECEPTION_PLANNED, open_day.id, facts)
    reception_days.add_day(stage.session, open_day, event=event)
