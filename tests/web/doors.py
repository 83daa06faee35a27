"""Every door that can be guessed at, and somebody known behind each."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx2
from fastapi.testclient import TestClient

from app.services import applications
from app.services.accounts import add_account
from app.services.ports import Ports
from permits.people import NOBODY, SYSTEM, Role
from tests.builders import PHONE, work_of
from tests.databases import Database
from tests.web.api.world import AGENT, World

PASSWORD = "cordillera-azul-9"
SHARED = "+50255501234"
"""The phone of a household of four."""

Ask = Callable[[TestClient, str], httpx2.Response]


@dataclass(frozen=True)
class Door:
    """A place to guess at, asked with somebody who exists and with nobody, so often at most."""

    ask: Ask
    known: str
    unknown: str
    tries: int = 10


def official(client: TestClient, name: str) -> httpx2.Response:
    return client.post("/entrar", data={"user": name, "password": "not the password"})


def worker(client: TestClient, phone: str) -> httpx2.Response:
    return client.post("/retomar/papel", data={"phone": phone, "code": "00000000"})


def message(client: TestClient, phone: str) -> httpx2.Response:
    client.cookies.clear()
    return client.post("/retomar", data={"phone": phone})


def program(client: TestClient, name: str) -> httpx2.Response:
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": "wrong"}
    return client.post("/api/v1/token", data=form)


DOORS = {
    "officials": Door(official, "known@agency.example", "unknown@agency.example"),
    "workers": Door(worker, PHONE, "+50255500099"),
    "household": Door(worker, SHARED, "+50255500099"),
    "messages": Door(message, SHARED, "+50255500099", 5),
    "programs": Door(program, "known-client", "unknown-client"),
}


def add_officials(database: Database, ports: Ports, *emails: str) -> None:
    """Officers with the one password."""
    with database.sessions.begin() as session:
        for number, email in enumerate(emails):
            work = work_of(session, SYSTEM, ports)
            add_account(work, email, PASSWORD, Role.SETRASS_OFFICER, f"Persona {number}")


def add_workers(database: Database, ports: Ports, phone: str, count: int = 1) -> list[str]:
    """Workers who began a draft on one phone; returns their codes on paper."""
    with database.sessions.begin() as session:
        work = work_of(session, NOBODY, ports)
        begun = [
            applications.start_application(work, "coffee-hn-gt", phone, "es") for _ in range(count)
        ]
    return [one.resume_code for one in begun]


def add_people(world: World) -> None:
    """Somebody known behind each door."""
    add_officials(world.database, world.ports, "known@agency.example")
    add_workers(world.database, world.ports, PHONE)
    add_workers(world.database, world.ports, SHARED, 4)
    world.add_client(AGENT, "known-client")
