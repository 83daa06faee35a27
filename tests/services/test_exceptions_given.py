"""An exception is for what was looked at: not for more people, nor below a higher minimum wage."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from app.services import vacancy_judging, vacancy_overrides, vacancy_writing
from app.services.ports import Ports
from app.storage.database import Session
from permits.deadlines import legal_day
from permits.people import SYSTEM, Role
from recruitment.ethics.overrides import Plea
from recruitment.ethics.rules import RuleFinding, RuleId
from tests.builders import NOW, add_official, work_of
from tests.hirers import FIT, know
from tests.vacancies import add_fair, owner_of, read, with_wages

pytestmark = pytest.mark.feature("E4")
PLEA = Plea("Se revisó con la finca, por esta temporada.", legal_day(NOW) + timedelta(days=20))


def holding(session: Session, ports: Ports, vacancy: UUID) -> set[tuple[RuleId, str]]:
    """What of the rules keeps it from being published."""
    looked = vacancy_judging.look(work_of(session, SYSTEM, ports), read(session, vacancy))
    return {(one.rule, one.code) for one in looked.holding if isinstance(one, RuleFinding)}


def set_aside(session: Session, ports: Ports, vacancy: UUID) -> None:
    """A supervisor sets aside all that holds it, after its employer asked."""
    vacancy_writing.ask_officials(work_of(session, owner_of(session, vacancy), ports), vacancy)
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), ports)
    for rule, code in holding(session, ports, vacancy):
        vacancy_overrides.set_aside(chief, vacancy, rule, code, PLEA)
    assert holding(session, ports, vacancy) == set()


def test_it_is_for_so_many_people(session: Session, ports: Ports) -> None:
    ports = with_wages(ports)
    vacancy = add_fair(session, ports, known=False)
    small = replace(FIT, capacity=18, toilets=200, showers=200)
    know(work_of(session, SYSTEM, ports), UUID(read(session, vacancy).offer.employer), seen=small)
    before = holding(session, ports, vacancy)
    assert {rule for rule, _ in before} == {RuleId.R20}
    set_aside(session, ports, vacancy)
    found = read(session, vacancy)
    more = vacancy_writing.Wanted(found.programme, found.offer, found.places + 5)
    owner = work_of(session, owner_of(session, vacancy), ports)
    vacancy_writing.change_offer(owner, vacancy, found.version, more)
    assert holding(session, ports, vacancy) == before


def test_below_a_minimum_is_not_below_a_higher_one(session: Session, ports: Ports) -> None:
    ports = with_wages(ports)
    vacancy = add_fair(session, ports, {"wage": Decimal("300.00")})
    below = {(RuleId.R06, "below-minimum")}
    assert holding(session, ports, vacancy) == below
    set_aside(session, ports, vacancy)
    wages = ports.reference.minimum_wages
    raised = tuple(replace(one, per_month_hnl=one.per_month_hnl * 3) for one in wages)
    dear = replace(ports, reference=replace(ports.reference, minimum_wages=raised))
    assert holding(session, dear, vacancy) == below
