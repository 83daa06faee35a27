"""Employers that SETRASS has verified and registries know, changed by what a test is about."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from app.services.work import Work
from app.storage import (
    farms,
    housing_inspections,
    mandates,
    measures,
    registrations,
    registries,
    registry_answers,
)
from app.storage.measures import Against
from app.storage.registries import Import
from app.storage.registry_answers import RegistryAnswer
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import SYSTEM
from permits.wages import EmployerSize
from recruitment.housing import HousingInspection
from recruitment.recruiters import LicenceKey, Mandate
from recruitment.registrations import (
    EmployerKind,
    Evidence,
    Farm,
    Registration,
    RegistrationStatus,
    Told,
)
from recruitment.registries import Entry, EntryState, Registry, Verdict
from recruitment.standings import Measure, MeasureKind
from tests.builders import NOW

PAPERS = (Evidence.TAX_CERTIFICATE, Evidence.EMPLOYER_CERTIFICATE, Evidence.COFFEE_CARD)
PLACE = (Decimal("14.84000"), Decimal("-89.15000"))
LICENCE = LicenceKey(Registry.HN_RECRUITERS, "HNGOOD")


FIT = HousingInspection(
    UUID(int=0),
    UUID(int=0),
    legal_day(NOW) - timedelta(days=20),
    2000,
    200,
    200,
    inspector=SYSTEM.person,
)
"""A look that finds nothing, at a house for whoever comes."""


def know(
    work: Work,
    employer: UUID,
    *,
    papers: tuple[Evidence, ...] = PAPERS,
    verdicts: dict[Registry, Verdict] | None = None,
    located: bool = True,
    seen: HousingInspection | None = FIT,
) -> UUID:
    """The registration of an employer: who it is was seen, and its farm has a point.

    `seen` is the last look at the farm's housing, none where it is None.
    """
    number = f"0404{uuid4().int % 10**10:010d}"
    told = Told(EmployerKind.SMALL_GROWER, "Finca", number, EmployerSize.TO_10, "Ana", "")
    made = Registration(
        uuid4(),
        f"+5048{uuid4().int % 10**9:09d}",
        RegistrationStatus.VERIFIED,
        told,
        1,
        work.now,
        work.now,
        work.now,
        SYSTEM.person,
        evidence=papers,
        employer=employer,
    )
    event = work.event(Act.REGISTRATION_STARTED, made.id)
    registrations.add_registration(work.session, made, event=event)
    farm = Farm(uuid4(), "La Peña", "0404", 6)
    point = replace(farm, latitude=PLACE[0], longitude=PLACE[1]) if located else farm
    farms.add_farm(work.session, made.id, point, work.now, event=event)
    if seen is not None:
        inspect(work, farm.id, seen)
    if verdicts:
        said = [RegistryAnswer(*one, legal_day(work.now), work.now) for one in verdicts.items()]
        registry_answers.put_answers(work.session, made.id, said, event=event)
    return made.id


def inspect(work: Work, farm: UUID, seen: HousingInspection = FIT) -> UUID:
    """A look at a farm's housing; its days count from the tests' day."""
    later = legal_day(work.now) - legal_day(NOW)
    until = seen.mend_by + later if seen.mend_by else None
    look = replace(seen, id=uuid4(), farm=farm, on=seen.on + later, mend_by=until)
    event = work.event(Act.HOUSING_INSPECTED, look.id, {"farm": str(farm)})
    housing_inspections.add_inspection(work.session, look, work.now, event=event)
    return look.id


def list_licences(work: Work, *entries: Entry) -> None:
    """The register of recruiters has exactly these lines, as of today."""
    today = legal_day(work.now)
    brought = Import(
        uuid4(), LICENCE.registry, "file", today, "DGE", "0" * 64, 1, SYSTEM.person, work.now
    )
    event = work.event(Act.REGISTRY_IMPORTED, brought.id)
    registries.replace_entries(work.session, brought, list(entries), event=event)


def licence(number: str, days: int = 400, state: EntryState = EntryState.ACTIVE) -> Entry:
    """A line of the register that tells no first day, and a last one from the tests' day."""
    return Entry(number, f"Agencia {number}", state, None, legal_day(NOW) + timedelta(days=days))


def name_recruiter(
    work: Work, employer: UUID, number: str = LICENCE.number, under: UUID | None = None
) -> UUID:
    """The employer has named this licence since today, for a year."""
    today = legal_day(work.now)
    key = replace(LICENCE, number=number)
    mandate = Mandate(uuid4(), key, today, today + timedelta(days=365), under)
    event = work.event(Act.MANDATE_GIVEN, mandate.id, {"registry": key.registry.value})
    mandates.add_mandate(work.session, employer, mandate, uuid4(), work.now, event=event)
    return mandate.id


def measure(work: Work, against: Against, kind: MeasureKind, days_ago: int = 10) -> UUID:
    """An authority established something; nobody judges again for it here."""
    day = legal_day(work.now) - timedelta(days=days_ago)
    found = Measure(identity := uuid4(), kind, f"DGIT-{identity.hex[:6]}-2026", day)
    event = work.event(Act.MEASURE_RECORDED, found.id, {"kind": kind.value})
    measures.add_measure(work.session, against, found, SYSTEM.person, work.now, event=event)
    return found.id
