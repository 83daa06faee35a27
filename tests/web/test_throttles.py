"""Tries are bounded by account and by address, and nobody else is held up by them."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.services.ports import Ports
from app.web.clock import Clock
from app.web.dependencies import address_of
from tests.databases import Database
from tests.proofs import times
from tests.web.api.world import World
from tests.web.doors import DOORS, PASSWORD, add_officials, add_people

SITE = "http://localhost:8000"


@pytest.fixture
def clock() -> Clock:
    """One instant: all tries fall into one window."""
    return lambda: datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def peopled(app: FastAPI, database: Database, ports: Ports) -> None:
    add_people(World(app, database, ports))


@pytest.mark.promise("P19")
@pytest.mark.asvs("4.1.3", "15.3.4")
def test_only_a_trusted_proxy_says_where_a_request_comes_from() -> None:
    app = FastAPI()

    @app.get("/")
    def where(request: Request) -> str:
        return address_of(request)

    def seen(peer: str, told: str) -> str:
        behind: Any = ProxyHeadersMiddleware(cast(Any, app), trusted_hosts=["10.0.0.0/8"])
        client = TestClient(behind, SITE, client=(peer, 1))
        answer: str = client.get("/", headers={"X-Forwarded-For": told}).json()
        return answer

    assert seen("203.0.113.9", "198.51.100.7") == "203.0.113.9"
    assert seen("10.0.0.2", "198.51.100.7") == "198.51.100.7"
    assert seen("10.0.0.2", "1.1.1.1, 198.51.100.7") == "198.51.100.7"
    assert seen("10.0.0.2", "1.1.1.1, 198.51.100.7, 10.0.0.3") == "198.51.100.7"


@pytest.mark.promise("P19")
@pytest.mark.asvs("2.4.1", "4.1.3", "6.3.1")
@pytest.mark.usefixtures("peopled")
@pytest.mark.parametrize("name", DOORS)
def test_guesses_at_one_account_end_whatever_address_is_forged(
    visitor: TestClient, name: str
) -> None:
    door, answers = DOORS[name], []
    for number in range(times(25, 10_000)):
        visitor.headers["X-Forwarded-For"] = f"198.51.{number % 200}.7"
        visitor.headers["X-Real-IP"] = visitor.headers["Forwarded"] = f"198.51.{number}.8"
        answers.append(door.ask(visitor, door.known).status_code)
    assert len([status for status in answers if status != 429]) == door.tries
    assert set(answers[door.tries :]) == {429}


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.3.1")
def test_a_village_behind_one_address_gets_in(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    people = [f"persona.{number}@agency.example" for number in range(times(30, 100))]
    add_officials(database, ports, *people)
    for wrong in (True, False):
        statuses = set()
        for person in people:
            form = {"user": person, "password": "typo" if wrong else PASSWORD}
            statuses.add(visitor.post("/entrar", data=form).status_code)
            visitor.cookies.clear()
        assert statuses == ({422} if wrong else {303})
