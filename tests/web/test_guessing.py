"""Guessing: nothing tells who exists, tries are bounded, and a storm holds up nobody else."""

import math
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from statistics import median
from typing import Any, cast

import httpx2
import numpy as np
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from pydantic import SecretStr
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.adapters.passwords import Argon2Passwords
from app.main import build_app
from app.services.accounts import add_account
from app.services.ports import Ports
from app.settings import Settings
from app.web.clock import Clock
from app.web.connections import BoundedProtocol
from app.web.dependencies import address_of
from app.web.turns import AT_ONCE
from app.wiring import House
from permits.people import SYSTEM, Role
from tests import outside
from tests.builders import PHONE, work_of
from tests.databases import Database
from tests.proofs import FULL, record, times
from tests.web.api.world import AGENT, World
from tests.web.conftest import Lived

SITE = "http://localhost:8000"
PASSWORD = "cordillera-azul-9"
NOISE = re.compile(r"[0-9a-f]{16}|known[^\"<]*|unknown[^\"<]*|\+?502\d{8}|\d{4} \d{4}")
"""What differs by right: the request's id and what was typed."""

Ask = Callable[[TestClient, str], httpx2.Response]


@dataclass(frozen=True)
class Door:
    """A place to guess at, asked with somebody who exists and with nobody."""

    ask: Ask
    known: str
    unknown: str


def official(client: TestClient, name: str) -> httpx2.Response:
    return client.post("/entrar", data={"user": name, "password": "not the password"})


def worker(client: TestClient, phone: str) -> httpx2.Response:
    return client.post("/retomar/papel", data={"phone": phone, "code": "00000000"})


def program(client: TestClient, name: str) -> httpx2.Response:
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": "wrong"}
    return client.post("/api/v1/token", data=form)


DOORS = {
    "officials": Door(official, "known@agency.example", "unknown@agency.example"),
    "workers": Door(worker, PHONE, "+50255500099"),
    "programs": Door(program, "known-client", "unknown-client"),
}


@pytest.fixture
def clock() -> Clock:
    """Every look at it is an hour later, so that no try is one too many."""
    hours = iter(range(10**6))
    start = datetime(2026, 12, 1, tzinfo=UTC)
    return lambda: start + timedelta(hours=next(hours))


@pytest.fixture
def ports() -> Ports:
    """The world outside with passwords of the real cost."""
    return replace(outside.ports(), passwords=Argon2Passwords())


def add_officials(database: Database, ports: Ports, *emails: str) -> None:
    with database.sessions.begin() as session:
        for number, email in enumerate(emails):
            work = work_of(session, SYSTEM, ports, datetime(2026, 11, 24, tzinfo=UTC))
            add_account(work, email, PASSWORD, Role.SETRASS_OFFICER, f"Persona {number}")


@pytest.fixture
def peopled(database: Database, ports: Ports, lived: Lived, app: FastAPI) -> None:
    """Somebody known behind each door."""
    add_officials(database, ports, "known@agency.example")
    lived(lambda story: story.start())
    World(app, database, ports).add_client(AGENT, "known-client")


@pytest.mark.promise("P18")
@pytest.mark.asvs("6.3.8")
@pytest.mark.usefixtures("peopled")
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_an_answer_does_not_tell_who_exists(visitor: TestClient, door: Door) -> None:
    known, unknown = door.ask(visitor, door.known), door.ask(visitor, door.unknown)
    assert known.status_code == unknown.status_code
    assert NOISE.sub("", known.text) == NOISE.sub("", unknown.text)
    own = {"x-request-id", "content-length"}
    told = [{k: v for k, v in r.headers.items() if k not in own} for r in (known, unknown)]
    assert told[0] == told[1]


def mann_whitney(one: list[float], other: list[float]) -> float:
    """The two-sided p of the rank sum test, by its normal approximation."""
    ranks = np.argsort(np.argsort([*one, *other])) + 1
    n, m = len(one), len(other)
    u = float(ranks[:n].sum()) - n * (n + 1) / 2
    z = (u - n * m / 2) / float(np.sqrt(n * m * (n + m + 1) / 12))
    return math.erfc(abs(z) / math.sqrt(2))


@pytest.mark.promise("P18")
@pytest.mark.asvs("6.3.8")
@pytest.mark.usefixtures("peopled")
@pytest.mark.parametrize("name", DOORS)
def test_time_does_not_tell_who_exists(visitor: TestClient, name: str) -> None:
    """Few tries show that a hash is made for nobody too; `make prove` compares 500 each."""
    door, took = DOORS[name], {True: list[float](), False: list[float]()}
    tries = 2 * times(6, 500)
    for turn in range(tries):
        exists = turn % 2 == 0
        began = time.perf_counter()
        door.ask(visitor, door.known if exists else door.unknown)
        took[exists].append((time.perf_counter() - began) * 1000)
    difference = median(took[True]) - median(took[False])
    p = mann_whitney(took[True], took[False])
    what = f"{name}: how long a wrong try takes for somebody who exists and for nobody"
    record(f"p18-{name}", what, tries, p=round(p, 3), difference_ms=round(difference, 2))
    if FULL:
        assert (p > 0.01 or abs(difference) < 0.5, abs(difference) < 2) == (True, True)
    assert 0.6 < median(took[False]) / median(took[True]) < 1.7


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


class TestStandingTime:
    """Tries within one window of time."""

    @pytest.fixture
    def clock(self) -> Clock:
        return lambda: datetime(2026, 12, 1, 12, tzinfo=UTC)

    @pytest.fixture
    def ports(self) -> Ports:
        return outside.ports()

    @pytest.mark.promise("P19")
    @pytest.mark.asvs("2.4.1", "4.1.3", "6.3.1")
    @pytest.mark.usefixtures("peopled")
    @pytest.mark.parametrize("name", DOORS)
    def test_guesses_at_one_account_end_whatever_address_is_forged(
        self, visitor: TestClient, name: str
    ) -> None:
        door, answers = DOORS[name], []
        for number in range(times(25, 10_000)):
            visitor.headers["X-Forwarded-For"] = f"198.51.{number % 200}.7"
            visitor.headers["X-Real-IP"] = visitor.headers["Forwarded"] = f"198.51.{number}.8"
            answers.append(door.ask(visitor, door.known).status_code)
        assert len([status for status in answers if status != 429]) == 10
        assert set(answers[10:]) == {429}

    @pytest.mark.promise("P19")
    @pytest.mark.asvs("6.3.1")
    def test_a_village_behind_one_address_gets_in(
        self, visitor: TestClient, database: Database, ports: Ports
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


def serve(app: FastAPI) -> tuple[uvicorn.Server, threading.Thread]:
    config = uvicorn.Config(app, port=0, log_config=None, http=BoundedProtocol, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    return server, thread


@dataclass
class SlowPasswords:
    """Hashes that take until somebody lets them go on."""

    go_on: threading.Event = field(default_factory=threading.Event)
    at_once: int = 0

    def hash(self, secret: str) -> str:
        return secret

    def verify(self, secret: str, hashed: str | None) -> bool:
        self.at_once += 1
        assert self.go_on.wait(60)
        return False


@pytest.mark.promise("P19")
@pytest.mark.asvs("2.4.1", "16.5.2")
def test_a_storm_of_sign_ins_holds_up_nobody_else(database: Database, ports: Ports) -> None:
    """All threads would be kept by hashing: who only looks at a page is answered meanwhile."""
    slow = SlowPasswords()
    house = House(
        Settings(database_url=SecretStr(database.url)),
        database.engine,
        database.sessions,
        database.read_sessions,
        replace(ports, passwords=slow),
    )
    server, thread = serve(build_app(house))
    port, ended = server.servers[0].sockets[0].getsockname()[1], list[int]()

    def ask(method: str, path: str, body: str = "", number: int = 1) -> int:
        line = HTTPConnection("127.0.0.1", port, 60, source_address=(f"127.0.0.{number}", 0))
        line.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        status = line.getresponse().status
        line.close()
        return status

    def knock(number: int) -> None:
        ended.append(ask("POST", "/entrar", f"user=nobody.{number}&password=guess", number))

    storm = [threading.Thread(target=knock, args=(n,)) for n in range(2, times(30, 200))]
    for one in storm:
        one.start()
    while slow.at_once < AT_ONCE or len(server.server_state.tasks) < len(storm):
        time.sleep(0.01)
    answered = [ask("GET", "/api/v1/programmes") for _ in range(10)]
    assert (set(answered), ended, slow.at_once) == ({200}, [], AT_ONCE)
    slow.go_on.set()
    for one in storm:
        one.join(60)
    assert (set(ended), len(ended)) == ({422}, len(storm))
    server.should_exit = True
    thread.join(20)
