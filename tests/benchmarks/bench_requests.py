"""What the log costs whoever waits: requests a second over HTTP, with it and without it.

Four clients, each on a connection of its own that is kept open, ask two sites on one database,
taking turns: one as it is, whose events a thread seals meanwhile as the worker does, and one that
sends no event to the database. They take a case and put it back, which writes; and they open a
person's file, which only reads and is an event none the less.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from app import worker
from app.services.sealing import BATCH, seal_events
from app.services.work import Work
from app.storage.audit import audit_events
from app.storage.queue_filters import QueueFilter
from app.storage.queues import list_queue
from permits.applications import Status
from permits.people import SYSTEM
from permits.reach import EVERYTHING
from tests.benchmarks.ground import Ground, interleaved, now, stand, stand_unlogged

Row = dict[str, Any]

CLIENTS, CALLS, TURNS = 4, 6, 60
EMAIL = "setrass@demo.vereda.example"


@dataclass
class Client:
    """An official's program at one site, with a case of its own."""

    url: str
    cookie: str
    case: str
    line: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.line = HTTPConnection(urlsplit(self.url).netloc)

    def ask(self, method: str, path: str = "", seen: str = "") -> str:
        """Send one request, and return the version that it tells."""
        headers = {"Cookie": f"vereda={self.cookie}"}
        if seen:
            headers |= {"If-Match": seen, "Idempotency-Key": uuid4().hex}
        self.line.request(method, f"/api/v1/applications/{self.case}{path}", headers=headers)
        reply = self.line.getresponse()
        body = reply.read()
        assert reply.status == 200, (reply.status, body)
        return str(reply.headers["ETag"])

    def read(self) -> None:
        for _ in range(CALLS):
            self.ask("GET")

    def write(self) -> None:
        seen = self.ask("GET")
        for act in ("POST", "DELETE") * (CALLS // 2):
            seen = self.ask(act, "/hold", seen)


def run() -> list[Row]:
    """Measure for some forty seconds."""
    ground = stand()
    logged, unlogged = (_clients(ground, url) for url in (ground.url, stand_unlogged()))
    with ThreadPoolExecutor(CLIENTS) as pool, _sealing(ground):

        def all_of(clients: list[Client], what: str) -> None:
            list(pool.map(lambda client: getattr(client, what)(), clients))

        before = _events(ground)
        all_of(unlogged, "read")
        assert _events(ground) == before, "the site without a log has written into it"
        all_of(logged, "read")
        assert _events(ground) == before + CLIENTS * CALLS
        return [
            _row(
                name,
                *interleaved([partial(all_of, logged, w), partial(all_of, unlogged, w)], TURNS),
            )
            for name, w in (
                ("taking a case and putting it back, with the log", "write"),
                ("opening a person's file, with the log", "read"),
            )
        ]


def _row(name: str, ours: float, theirs: float) -> Row:
    """Both in seconds for what all clients ask in a turn."""
    asked = CLIENTS * CALLS
    return {
        "name": name,
        "unit": "requests/s",
        "ours": round(asked / ours, 1),
        "against": "the same with no event written",
        "theirs": round(asked / theirs, 1),
        "ratio": round(theirs / ours, 3),
        "goal": 0,
    }


def _clients(ground: Ground, url: str) -> list[Client]:
    with ground.house.read_sessions() as session:
        wanted = QueueFilter(statuses=frozenset({Status.UNDER_REVIEW}))
        cases = list_queue(session, wanted, (), reach=EVERYTHING, limit=CLIENTS)
    assert len(cases) == CLIENTS
    return [Client(url, ground.cookie_of(EMAIL), str(case.id)) for case in cases]


def _events(ground: Ground) -> int:
    with ground.house.read_sessions() as session:
        return session.query(audit_events).count()


@contextmanager
def _sealing(ground: Ground) -> Iterator[None]:
    """Seal meanwhile, in the worker's rhythm."""
    ended = Event()

    def seal() -> None:
        while not ended.is_set():
            with ground.house.sessions.begin() as session:
                sealed = seal_events(Work(session, SYSTEM, now(), ground.ports, "bench"))
            if sealed < BATCH:
                ended.wait(worker.SEAL_SECONDS)

    sealer = Thread(target=seal)
    sealer.start()
    try:
        yield
    finally:
        ended.set()
        sealer.join()
