"""The list as a file: announced, proven, made of what the screen shows, and harmless to open."""

import csv
import re
from io import StringIO

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.services.ports import Ports
from app.services.session_limits import PROOF
from app.storage.applications import get_application
from app.storage.grants import OWNER
from permits.approvals import Opinion
from permits.people import Role
from permits.reach import EVERYTHING
from tests.builders import CUI, NOW, PHONE, Story
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.test_proofs import PROVE, hidden
from tests.web.signing import add_person, code_at

PAGE, FILE = "/bandeja/exportar", "/bandeja/casos.csv"


@pytest.fixture
def chief(as_: As, database: Database, ports: Ports) -> TestClient:
    """The browser of a supervisor, who has a second factor."""
    return as_(add_person(database, ports, Role.SETRASS_SUPERVISOR))


def rename(database: Database, story: Story, name: str) -> None:
    """Let somebody be called what no form of ours would take."""
    with database.of(OWNER).sessions.begin() as session:
        changed = "UPDATE applications SET worker_name = :name WHERE id = :id"
        session.execute(text(changed), {"name": name, "id": story.id})


def table(browser: TestClient, address: str) -> list[list[str]]:
    answer = browser.post(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"
    return list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"), newline="")))


@pytest.mark.feature("O3", "O7")
def test_the_list_on_the_screen_is_what_is_in_the_file(
    chief: TestClient, lived: Lived, database: Database
) -> None:
    waits = lived(lambda s: s.start().submit())
    returned = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.RETURN))
    link = re.search(rf'href="({PAGE}[^"]*)"', chief.get("/bandeja?estado=returned").text)
    assert link is not None
    offered = chief.get(link[1]).text
    assert "El archivo tendrá 1 caso." in offered
    assert 'href="/bandeja?estado=returned"' in offered  # back to the same list
    header, *rows = table(chief, f"{FILE}?estado=returned")
    assert header[:3] == ["Caso", "Persona", "Empleador"]
    with database.sessions() as session:
        receipts = [
            get_application(session, one.id, reach=EVERYTHING).receipt for one in (waits, returned)
        ]
    assert [row[0] for row in rows] == [receipts[1]]
    everything = table(chief, f"{FILE}?espera=todas")
    assert {row[0] for row in everything[1:]} == set(receipts)
    for secret in (CUI, PHONE):
        assert secret not in chief.post(f"{FILE}?espera=todas").text


@pytest.mark.promise("P20")
@pytest.mark.asvs("1.2.10")
def test_a_name_that_is_a_formula_is_only_a_name(
    chief: TestClient, lived: Lived, database: Database
) -> None:
    name = '=HYPERLINK("http://evil.example","Ana, clic")'
    rename(database, lived(lambda s: s.start().submit()), name)
    _, row = table(chief, FILE)
    assert row[1] == f"'{name}"


def test_in_english_it_is_in_english(chief: TestClient, lived: Lived) -> None:
    lived(lambda s: s.start().submit())
    chief.cookies.set("idioma", "en")
    header, row = table(chief, FILE)
    assert (header[0], header[5], row[5]) == ("Case", "Status", "Under review")
    disposition = chief.post(FILE).headers["content-disposition"]
    assert disposition == f'attachment; filename="cases-{NOW.date()}.csv"'


@pytest.mark.asvs("7.5.3")
@pytest.mark.feature("D3")
@pytest.mark.parametrize(("how", "path"), [("GET", PAGE), ("POST", FILE)])
def test_it_asks_first_who_it_is_and_then_shows_its_link(
    chief: TestClient, lived: Lived, clock: StandingClock, how: str, path: str
) -> None:
    lived(lambda s: s.start().submit())
    clock.now = NOW + PROOF
    asked = chief.request(how, f"{path}?estado=under-review")
    kept = hidden(asked.text)
    assert asked.status_code == 401
    assert kept == {"prueba-en": f"{PAGE}?estado=under-review", "prueba-forma": "GET"}
    proved = chief.post(PROVE, data={**kept, "prueba": code_at(clock.now)})
    assert proved.headers["location"] == kept["prueba-en"]
    assert f'action="{FILE}?estado=under-review"' in chief.get(kept["prueba-en"]).text


def test_who_may_not_has_no_link_and_no_file(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    officer = as_(story.setrass)
    assert PAGE not in officer.get("/bandeja").text
    assert (officer.get(PAGE).status_code, officer.post(FILE).status_code) == (403, 403)


def test_an_empty_or_a_nonsense_list_says_so(chief: TestClient) -> None:
    told = chief.get(f"{PAGE}?estado=refused").text
    assert "Ningún caso cumple estos filtros." in told
    assert FILE not in told
    assert PAGE not in chief.get("/bandeja").text
    assert len(table(chief, FILE)) == 1
    assert chief.post(f"{FILE}?estado=nonsense").status_code == 422
