"""A farm of the cast's employer, somebody who came to it, and every page of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from app.services import (
    farm_changes,
    farm_register,
    foreman_links,
    housing,
    improvements,
    payslips,
)
from app.services.farm_changes import Wanted
from app.services.farm_register import Sent
from app.services.housing import Seen
from app.services.work import Work
from permits.deadlines import legal_day
from permits.people import SYSTEM, Actor, Role
from recruitment.complaints.words import Category
from recruitment.ethics.words import HousingItem
from recruitment.farm_register import Direction
from recruitment.improvements import CheckedBy
from tests.builders import Story, add_official
from tests.farmed import add_farm, owner_of
from tests.payslips import week

LOCKED = frozenset({HousingItem.NO_OUTSIDE_LOCK})


@dataclass(frozen=True)
class Farmed:
    """The farm, the address of its gate, and the worker who came from another employer."""

    farm: str
    gate: str
    worker: str
    hand: str
    vacancy: str
    day: str
    change: str
    points: tuple[str, str]


def settle(story: Story, hired: Story, farmer: Actor, vacancy: UUID) -> Farmed:
    """A farm with a gate, where somebody came in whose permit is another's, and a payslip."""
    assert farmer.employer is not None
    work = Work(story.session, farmer, story.now, story.ports, "test")
    farm = add_farm(story.work(SYSTEM), farmer.employer)
    look = Seen(uuid4(), legal_day(story.now), 6, 1, 1, LOCKED, legal_day(story.now))
    inspector = add_official(story.session, story.ports, Role.LABOUR_INSPECTOR)
    housing.record_inspection(story.work(inspector), farm, look)
    number = story.application.worker_number or ""
    farm_register.record(work, farm, [Sent(uuid4(), Direction.ENTRY, story.now, number)])
    today = legal_day(story.now)
    token = foreman_links.make_link(work, farm, today + timedelta(days=9))
    hired.start(vacancy=str(vacancy)).submit().approve()
    stands = farm_changes.get_own(work).begin(farm)
    wider = replace(stands, housed=stands.housed + 4)
    asked = farm_changes.ask_change(work, Wanted(uuid4(), wider, 0))
    points = _ask_points(story.work(inspector), farm)
    slip = week(today, rate=Decimal(100))
    payslips.write_payslip(work, hired.id, slip)
    return Farmed(
        str(farm),
        f"/porton/{token}",
        str(story.id),
        str(hired.id),
        str(vacancy),
        slip.first_day.isoformat(),
        str(asked.id),
        points,
    )


def _ask_points(work: Work, farm: UUID) -> tuple[str, str]:
    """A point that is told since this month, and one of which the employer said something."""
    before = replace(work, now=work.now - timedelta(days=40))
    due = improvements.read_plan(before, farm).due
    asked = (
        improvements.Asked(uuid4(), topic, change, CheckedBy.VISIT, due[1])
        for topic, change in (
            (Category.WAGE_UNPAID, "pagar completo cada semana"),
            (Category.WATER_FOOD, "agua limpia en cada corte"),
        )
    )
    told, said = (improvements.ask_point(before, farm, one).id for one in asked)
    owner = replace(work, actor=owner_of(improvements.read_plan(work, farm).farm.employer))
    improvements.say_done(owner, said, "Ya hay agua en cada corte.", 0)
    return str(told), str(said)


def farm_pages(farmed: Farmed) -> Iterator[tuple[str, str, bool]]:
    """Whose page, its address, and whether its last form is sent empty."""
    yield "farmer", "/mis-fincas", False
    yield "farmer", f"/mis-fincas/{farmed.farm}", True
    yield "farmer", f"/mis-fincas/{farmed.farm}/cuido", True
    yield "farmer", "/mis-fincas/nueva", True
    yield "farmer", f"/mis-fincas/{farmed.farm}/datos", False
    yield "farmer", f"/mis-fincas/{farmed.farm}/quitar", True
    told, said = farmed.points
    yield "farmer", "/mis-fincas/mejoras", False
    yield "farmer", f"/mis-fincas/mejoras/{told}", True
    yield "inspector", f"/inspecciones/{farmed.farm}/mejoras", True
    yield "inspector", f"/inspecciones/{farmed.farm}/mejoras/{said}", False
    yield "chief", "/registros-de-empleadores/cambios-de-fincas", False
    yield "chief", f"/registros-de-empleadores/cambios-de-fincas/{farmed.change}", True
    yield "chief", "/inspecciones/menores", False
    yield "chief", "/inspecciones/plan", False
    yield "", farmed.gate, True
    yield "", "/porton/nobody-knows-it", False
    yield "", "/porton/sin-red", False
    yield "issued", f"/mi-solicitud/{farmed.worker}/finca", True
    paid = f"/mis-fincas/salarios/{farmed.hand}"
    yield "farmer", "/mis-fincas/salarios", False
    yield "farmer", paid, True
    yield "farmer", f"/mis-vacantes/{farmed.vacancy}/planilla", True
    own = f"/mi-solicitud/{farmed.hand}/salarios"
    yield "hired", own, False
    yield "hired", f"{own}?periodo={farmed.day}", True
    yield "chief", "/inspecciones/salarios", False
    yield "chief", "/inspecciones", False
    yield "chief", f"/inspecciones/{farmed.farm}", False
    yield "chief", f"/inspecciones/{farmed.farm}/vivienda", True
