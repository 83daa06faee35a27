"""A sum says of which day its rate of exchange is, and a rate that grew old is told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.services.ports import Ports
from permits.people import Role
from recruitment.exchange_rates import Rate, Rates, order_rates
from tests import outside
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.test_costs import FEE, diary, typed
from tests.web.pages.walking import words
from tests.web.signing import add_person

OTHER_DAY = "Tipo de cambio del"
OLD = "El tipo de cambio es viejo"


@pytest.fixture
def ports() -> Ports:
    """One rate, of two days before the payment and three weeks before today."""
    world = outside.ports()
    rates = Rates(order_rates([Rate("GTQ", date(2026, 11, 1), Decimal("3.4"), "BCH")]))
    return replace(world, reference=replace(world.reference, exchange_rates=rates))


@pytest.mark.feature("A5", "N9")
@pytest.mark.parametrize(("paid_on", "told"), [("1", False), ("3", True)])
def test_a_payment_by_the_rate_of_another_day_says_so(
    as_: As, lived: Lived, paid_on: str, *, told: bool
) -> None:
    story = lived(lambda one: one.start())
    worker, path = as_(story.worker), diary(story)
    new = typed(worker.get(path).text)
    assert worker.post(path, data={**new, **FEE, "paid_on-day": paid_on}).status_code == 303
    page = words(worker.get(path))
    assert "4,197.30" in page
    assert (OTHER_DAY in page) is told


@pytest.mark.feature("A5")
def test_who_reads_the_figures_is_told_that_the_rate_is_old(
    as_: As, database: Database, ports: Ports
) -> None:
    chief = as_(add_person(database, ports, Role.SETRASS_SUPERVISOR))
    page = chief.get("/pagos-por-devolver")
    assert page.status_code == 200
    assert OLD in words(page)
