"""Guessing: nothing tells who exists, and a storm of tries holds up nobody else."""

import math
import re
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from statistics import median

import numpy as np
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.adapters.passwords import Argon2Passwords
from app.main import build_app
from app.services.ports import Ports
from app.settings import Settings
from app.web.clock import Clock
from app.web.connections import BoundedProtocol
from app.web.turns import AT_ONCE
from app.wiring import House
from tests import outside
from tests.databases import Database
from tests.proofs import FULL, record, times
from tests.web.api.world import World
from tests.web.doors import DOORS, Door, add_people

NOISE = re.compile(r"[0-9a-f]{16}|known[^\"<]*|unknown[^\"<]*|\+?502\d{8}|\d{4} \d{4}")
"""What differs by right: the request's id and what was typed."""

CHANCE = re.compile(r"retomar=[\w-]{43};")
"""The token of the cookie, whoever it is for."""


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


@pytest.fixture
def peopled(app: FastAPI, database: Database, ports: Ports) -> None:
    add_people(World(app, database, ports))


@pytest.mark.promise("P18")
@pytest.mark.asvs("6.3.8")
@pytest.mark.usefixtures("peopled")
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_an_answer_does_not_tell_who_exists(visitor: TestClient, door: Door) -> None:
    known, unknown = door.ask(visitor, door.known), door.ask(visitor, door.unknown)
    assert known.status_code == unknown.status_code
    assert NOISE.sub("", known.text) == NOISE.sub("", unknown.text)
    own = {"x-request-id", "content-length"}
    told = [
        {k: CHANCE.sub("", v) for k, v in r.headers.items() if k not in own}
        for r in (known, unknown)
    ]
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
