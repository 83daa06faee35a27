"""A farm of the cast's employer, somebody who came to it, and every page of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from app.services import farm_register, foreman_links
from app.services.farm_register import Sent
from app.services.work import Work
from permits.deadlines import legal_day
from permits.people import SYSTEM, Actor
from recruitment.farm_register import Direction
from tests.builders import Story
from tests.farmed import add_farm


@dataclass(frozen=True)
class Farmed:
    """The farm, the address of its gate, and the worker who came from another employer."""

    farm: str
    gate: str
    worker: str


def settle(story: Story, farmer: Actor) -> Farmed:
    """A farm with a gate, where somebody came in whose permit is another's."""
    assert farmer.employer is not None
    work = Work(story.session, farmer, story.now, story.ports, "test")
    farm = add_farm(story.work(SYSTEM), farmer.employer)
    number = story.application.worker_number or ""
    farm_register.record(work, farm, [Sent(uuid4(), Direction.ENTRY, story.now, number)])
    token = foreman_links.make_link(work, farm, legal_day(story.now) + timedelta(days=9))
    return Farmed(str(farm), f"/porton/{token}", str(story.id))


def farm_pages(farmed: Farmed) -> Iterator[tuple[str, str, bool]]:
    """Whose page, its address, and whether its last form is sent empty."""
    yield "farmer", "/mis-fincas", False
    yield "farmer", f"/mis-fincas/{farmed.farm}", True
    yield "", farmed.gate, True
    yield "", "/porton/nobody-knows-it", False
    yield "issued", f"/mi-solicitud/{farmed.worker}/finca", True
    yield "chief", "/inspecciones", False
    yield "chief", f"/inspecciones/{farmed.farm}", False
