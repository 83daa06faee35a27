"""One filter, three doors: the page, the API and the command find the same or refuse alike."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from app.main import build_app
from app.services import sign_in
from app.services.approvals import hold_application
from app.services.ports import Ports
from app.storage.database import Session
from app.web.clock import utc_now
from permits.approvals import Opinion
from permits.deadlines import legal_day
from permits.people import Actor, Role
from tests.builders import Story, add_official, work_of
from tests.cli.here import Place, Run, run
from tests.databases import Server
from tests.proofs import times
from tests.web.clients import browser, opened

__all__ = ["run"]

RECEIPT = re.compile(r'class="govuk-link number" href="/casos/[^"]+">([0-9-]+)</a>')
TODAY = legal_day(utc_now())
WORDS = {
    "estado": ["under-review", "asked", "returned", "returned,under-review", "refused"],
    "programa": ["coffee-hn-gt", "twap-spain"],
    "espera": ["mia", "todas", "setrass", "inm"],
    "tengo": ["yo"],
    "vence": ["pronto", "vencidas", str(TODAY), str(TODAY + timedelta(days=400))],
    "nuevo": ["si"],
    "paso": ["recomendar", "decidir"],
    "lugar": ["HN-CP", "0404", "HN-LE"],
    "enviada_desde": [str(TODAY - timedelta(days=400)), str(TODAY), str(TODAY + timedelta(days=1))],
    "enviada_hasta": [str(TODAY - timedelta(days=1)), str(TODAY)],
    "q": ["gutierrez", "ceferina", "seferina", "nombre: bartola", "1234567892004", "x"],
}
"""What each word may say; each of these finds a case or leaves one out."""

REFUSED = {
    "estado=draft": ["estado"],
    "estado=returned,x&programa=x": ["estado", "programa"],
    "espera=nadie": ["espera"],
    "tengo=otro&nuevo=x": ["nuevo", "tengo"],
    "vence=ayer": ["vence"],
    "vence=0001-01-01": ["vence"],
    "paso=x": ["paso"],
    "enviada_desde=ayer&enviada_hasta=2026-13-01": ["enviada_desde", "enviada_hasta"],
    "lugar=HN-XX": ["lugar"],
    "status=returned": ["status"],
    "waiting_for=inm&due_before=2026-12-01": ["due_before", "waiting_for"],
}


@dataclass(frozen=True)
class Doors:
    """The three ways of one officer to the same list."""

    place: Place
    client: TestClient
    run: Run
    who: str

    def page(self, query: str) -> set[str]:
        reply = self.client.get(f"/bandeja?{query}")
        assert reply.status_code == 200, query
        return set(RECEIPT.findall(reply.text))

    def api(self, query: str) -> set[str]:
        reply = self.client.get(f"/api/v1/applications?{query}")
        assert reply.status_code == 200, (query, reply.text)
        return {one["receipt"] for one in reply.json()["items"]}

    def command(self, query: str) -> set[object]:
        done = self.run("queue", query, "--as", self.who, "--json", **self.place.variables)
        assert done.returncode == 0, (query, done.stderr)
        return {row["receipt"] for row in done.rows}


@pytest.fixture(scope="module")
def place(database_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with database_server.clone() as database:
        yield Place(database, tmp_path_factory.mktemp("grammar"))


@pytest.fixture
def doors(place: Place, run: Run) -> Iterator[Doors]:
    house = place.open()
    with place.database.sessions.begin() as session:
        officer = _settle(session, house.ports)
        work = work_of(session, officer, house.ports, utc_now())
        token = sign_in.open_session(work, officer, "test").token
    app = build_app(house)
    with opened(app):
        yield Doors(place, browser(app, token), run, f"{officer.person.hex}@demo.example")
    house.engine.dispose()


def _settle(session: Session, ports: Ports) -> Actor:
    """Cases that each word tells apart; the officer holds one of them."""
    officer = add_official(session, ports, Role.SETRASS_OFFICER, "Lucía")

    def story(days: int, name: str) -> Story:
        return Story(session, ports, utc_now()).later(days=-days).start(given_names=name).submit()

    story(1, "Ceferina")
    story(90, "Bartola")
    story(45, "Ceferina")
    returned = story(2, "Bartola")
    returned.decide(returned.setrass, Opinion.RETURN)
    passed = story(3, "Candelaria")
    passed.decide(passed.setrass, Opinion.APPROVE)
    refused = story(4, "Bartola")
    refused.decide(refused.setrass, Opinion.REFUSE)
    held = story(5, "Candelaria")
    hold_application(held.work(officer), held.id, seen_version=held.application.version)
    return officer


def _filters(count: int) -> Iterator[str]:
    """Nothing, each word that can be said alone, and as many of them together as chance has it."""
    yield ""
    chance = random.Random(31)  # the same filters in every run
    for name, said in WORDS.items():
        yield urlencode({name: chance.choice(said)})
    for _ in range(count):
        names = chance.sample(sorted(WORDS), chance.randint(1, 3))
        yield urlencode({name: chance.choice(WORDS[name]) for name in names})


@pytest.mark.feature("O3", "O7")
def test_page_api_and_command_find_the_same_cases_or_refuse_the_same_words(doors: Doors) -> None:
    seen = set[frozenset[object]]()
    for query in _filters(times(3, 400)):
        found = doors.page(query)
        assert doors.api(query) == found == doors.command(query), query
        seen.add(frozenset(found))
    assert len(seen) >= 5  # the words do tell cases apart
    for asked, (query, names) in enumerate(REFUSED.items()):
        assert doors.client.get(f"/bandeja?{query}").status_code == 422, query
        told = doors.client.get(f"/api/v1/applications?{query}")
        faults = [(one["field"], one["code"]) for one in told.json()["errors"]]
        assert (told.status_code, sorted(faults)) == (422, [(n, "not-an-option") for n in names])
        if asked < times(2, len(REFUSED)):
            done = doors.run("queue", query, "--as", doors.who, **doors.place.variables)
            refused = ", ".join(f"{name}: not-an-option" for name in names)
            assert (done.returncode, done.stderr) == (1, f"Not done: {refused}.\n"), query
