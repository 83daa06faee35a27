"""A farm of a verified employer, and a worker who may be recorded at its gate."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from app.services import employer_changes
from app.services.work import Work
from app.storage import authorisations, farms, registrations
from app.storage.vacancies import find_vacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import Actor, PersonId, Role
from permits.programmes import Hiring
from permits.wages import EmployerSize
from recruitment.registrations import (
    EmployerKind,
    Farm,
    Registration,
    RegistrationStatus,
    Told,
)
from tests.agreed import agree
from tests.builders import Story, add_vacancy


def add_farm(
    work: Work, employer: UUID, name: str = "Finca El Cedral Alto", housed: int = 6
) -> UUID:
    """A farm of this employer, registered and verified some days ago."""
    known = registrations.find_by_employer(work.session, employer)
    if known is None:
        then = work.now - timedelta(days=30)
        told = Told(
            EmployerKind.SMALL_GROWER, name, uuid4().hex[:14], EmployerSize.TO_10, "Ana", ""
        )
        known = Registration(
            uuid4(),
            f"+504{uuid4().int % 10**8:08d}",
            RegistrationStatus.VERIFIED,
            told,
            1,
            then,
            then,
            then,
            PersonId(uuid4()),
            employer=employer,
        )
        event = work.event(Act.REGISTRATION_STARTED, known.id)
        registrations.add_registration(work.session, known, event=event)
    farm = Farm(uuid4(), name, "0404", housed, "", Decimal("14.84"), Decimal("-89.15"))
    event = work.event(Act.FARM_SAVED, known.id)
    farms.add_farm(work.session, known.id, farm, work.now, event=event)
    return farm.id


def owner_of(employer: UUID) -> Actor:
    """Who acts for an employer."""
    return Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña de la finca", employer=employer)


def working(story: Story) -> UUID:
    """Somebody whose season began today with a permit; the employer for whom they work."""
    today = legal_day(story.now)
    begun = add_vacancy(
        story.session, story.ports, starts_on=today, ends_on=today + timedelta(days=60)
    )
    story.start(vacancy=str(begun)).submit().approve().sign()
    return employer_of(story, begun)


def another_employer(story: Story) -> UUID:
    """An employer with a vacancy of their own."""
    return employer_of(story, add_vacancy(story.session, story.ports))


def change_employer(story: Story) -> UUID:
    """Another farm asks for nobody by name, the worker asks for it, and SETRASS grants it."""
    right = authorisations.find_of_application(story.session, story.id)
    assert right is not None
    open_ = Hiring.OPEN
    vacancy = add_vacancy(story.session, story.ports, hiring=open_, now=story.now)
    employer_changes.ask_change(story.work(story.worker), right.id, vacancy)
    agree(story)
    employer_changes.decide_change(story.work(story.setrass), story.id, "", granted=True)
    return employer_of(story, vacancy)


def employer_of(story: Story, vacancy: UUID) -> UUID:
    """Whose vacancy it is."""
    found = find_vacancy(story.session, vacancy)
    assert found is not None
    return UUID(found.offer.employer)
