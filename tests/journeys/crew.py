"""A crew in the site's database, one of whom has said yes."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from app.services import crew_consents, crews
from app.services.work import Work
from app.storage.crews import list_members
from permits.people import Actor, Role
from tests.crew_lists import as_csv, people
from tests.journeys.lives import Lives


@dataclass(frozen=True)
class Registered:
    """A list, the case that was handed in, a draft that waits, and its worker."""

    id: UUID
    submitted: str
    waiting: str
    worker: Actor


def register(lives: Lives, employer: Actor, vacancy: UUID) -> Registered:
    """Two people are registered by their employer; the first of them says yes."""
    ports, crew = lives.site.house.ports, uuid4()

    def work(actor: Actor) -> Work:
        return Work(lives.session, actor, lives.site.now(), ports, "test")

    rows = ports.sheets.read(as_csv(people(2)))
    crews.register_crew(work(employer), crew, vacancy, rows, str)
    first, second = list_members(lives.session, crew)
    said = work(Actor(first.member.worker, Role.WORKER))
    crew_consents.consent(said, first.application.id)
    worker = Actor(second.member.worker, Role.WORKER)
    return Registered(crew, str(first.application.id), str(second.application.id), worker)


def crew_pages(crew: Registered, vacancy: str) -> list[tuple[str, str, bool]]:
    """Who sees which page, and whether its form is sent empty."""
    return [
        ("farmer", "/listas", False),
        ("farmer", f"/listas/vacante/{vacancy}", True),
        ("farmer", f"/listas/{crew.id}", False),
        ("issued", "/consentir", False),
        ("listed", f"/consentir/{crew.waiting}", True),
        ("witness", "/marcas", False),
        ("witness", "/marcas-de-acompanantes", False),
        ("witness", "/marcas-de-contratos", False),
        ("witness", f"/marcas/{crew.id}", False),
        ("witness", f"/marcas/{crew.id}/{crew.waiting}", True),
        ("setrass", "/cuadrillas", False),
        ("setrass", f"/cuadrillas/{crew.id}", False),
        ("setrass", f"/cuadrillas/{crew.id}/{crew.submitted}", False),
    ]
