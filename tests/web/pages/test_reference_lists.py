"""Two administrators change a row of a list; what everybody asks says it from its day on."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.adapters.list_shelf import ListShelf
from app.services.ports import Ports
from permits.deadlines import legal_day
from permits.people import Role
from tests import outside
from tests.builders import NOW
from tests.databases import Database
from tests.web.conftest import As
from tests.web.pages.walking import words
from tests.web.signing import add_person

PATH = "/administracion/listas/closures"
RATES = "/administracion/listas/exchange-rates"
TYPED = {
    "day": "2026-12-24",
    "reason": "Nochebuena",
    "valid_from-day": "24",
    "valid_from-month": "11",
    "valid_from-year": "2026",
    "source": "Acuerdo 5",
}
TODAY = [legal_day(NOW)]


@pytest.fixture
def ports(tmp_path: Path) -> Ports:
    shelf = ListShelf(tmp_path, lambda: TODAY[0], every=0)
    world = outside.ports()
    return replace(world, reference=shelf.over(world.reference))


@pytest.mark.feature("D4")
def test_from_the_proposal_to_the_calendar(as_: As, database: Database, ports: Ports) -> None:
    one, other = (
        as_(add_person(database, ports, Role.ADMINISTRATOR, email=f"{name}@demo.example"))
        for name in ("ada", "eva")
    )
    officer = as_(add_person(database, ports, Role.SETRASS_OFFICER))
    assert officer.get(PATH).status_code == officer.post(PATH, data=TYPED).status_code == 403
    assert one.get("/administracion/listas").status_code == 200
    assert one.get("/administracion/listas/otra").status_code == 404
    wrong = one.post(PATH, data={**TYPED, "day": "Navidad"})
    assert wrong.status_code == 422
    assert "Acuerdo 5" in wrong.text
    assert one.post(PATH, data=TYPED).headers["location"] == f"{PATH}?hecho=propuesto"
    assert one.post(PATH, data=TYPED).status_code == 409
    approve = other.get(PATH).text.split('/aprobar"')[0].rsplit('"', 1)[1] + "/aprobar"
    assert one.post(approve).status_code == 403
    assert other.post(approve).status_code == 303
    eve, calendar = date(2026, 12, 24), ports.reference.calendar
    told = []
    for day in (legal_day(NOW), date(2026, 11, 24)):
        TODAY[0] = day
        shown = "Nochebuena" in words(one.get(f"{PATH}?q=noche"))
        told.append((calendar.is_working_day(eve), shown))
    assert told == [(True, True), (False, True)]
    assert "Aprobado" in words(one.get(PATH))


@pytest.mark.feature("A5", "D4")
@pytest.mark.parametrize("days", [5, 6])
def test_a_rate_that_grew_old_is_told_where_rates_are_kept(
    as_: As, database: Database, ports: Ports, tmp_path: Path, days: int
) -> None:
    day = (legal_day(NOW) - timedelta(days=days)).isoformat()
    lines = ("currency,day,lempiras,source,valid_from,checked_on", f"USD,{day},26,BCH,{day},{day}")
    (tmp_path / "exchange_rates.csv").write_text("\n".join(lines) + "\n")
    TODAY[0] = legal_day(NOW)
    told = words(as_(add_person(database, ports, Role.ADMINISTRATOR)).get(RATES))
    assert ("El más nuevo de USD es del" in told) is (days == 6)
