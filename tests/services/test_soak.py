"""Half an hour of mixed life: nothing fails, memory stands still, the slowest replies stay so.

Workers, officials and posts go on as in the proof of kills; beside them somebody looks at pages
and asks for the lists, without a pause. `make test` does the same for some seconds.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import pytest

from app.services import sign_in
from app.services.work import Work
from app.storage.grants import OWNER
from permits.people import SYSTEM
from tests.proofs import FULL, record, times
from tests.services.killing.cast import Cast, gather, now
from tests.services.killing.ledger import Ledger
from tests.services.killing.lines import Gate, Line
from tests.services.killing.living import living
from tests.services.killing.site import Site, lasting_server

SECONDS = times(2, 1800)
LIVES = 2
MOST_MB_A_MINUTE = 1.0
"""How fast a process that leaks nothing may still grow: what is kept is bounded."""

SLOWER = 2.0
"""How many times as long the slowest of the last third may take; the database grew meanwhile."""

PATHS = (
    "/",
    "/solicitud/nueva",
    "/v",
    "/bandeja?espera=todas",
    "/api/v1/trust-list",
    "/health/ready",
)


@dataclass
class Reader:
    """Somebody who looks at one page after the other; how long each took, in seconds."""

    line: Line
    taken: list[float] = field(default_factory=list)
    strange: list[tuple[str, int]] = field(default_factory=list)

    def read(self, seconds: float) -> None:
        """For so long, and each page once at the least."""
        until = time.monotonic() + seconds
        for number, path in enumerate(cycle(PATHS)):
            if number >= len(PATHS) and time.monotonic() > until:
                return
            begun = time.perf_counter()
            reply = self.line.ask("GET", path)
            self.taken.append(time.perf_counter() - begun)
            if reply.status != 200:
                self.strange.append((path, reply.status))


@dataclass
class Play:
    """The site and those who live on it."""

    site: Site
    ledger: Ledger
    reader: Reader
    lives: Sequence[Future[None]]


def cookie_of(site: Site, cast: Cast) -> str:
    """An official's session."""
    with site.house(OWNER).sessions.begin() as session:
        work = Work(session, SYSTEM, now(), site.house(OWNER).ports, "before")
        return sign_in.open_session(work, cast.setrass.actor, "before").token


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    with lasting_server() as server:
        site, gate, ledger = Site(server, tmp_path), Gate(), Ledger()
        casts = [gather(site.house(OWNER)) for _ in range(LIVES)]
        site.start()
        reader = Reader(Line(site.port, "127.5.0.1", {"vereda": cookie_of(site, casts[0])}))
        with living(site.port, casts, gate, ledger) as lives:
            gate.open()
            yield Play(site, ledger, reader, lives)
        site.end()


def slowest(taken: Sequence[float]) -> float:
    """The time below which 99 of a hundred lie."""
    return sorted(taken)[len(taken) * 99 // 100]


@pytest.mark.promise("P30")
def test_nothing_fails_grows_or_slows_down(play: Play) -> None:
    play.reader.read(SECONDS / 3)  # until everything was loaded once
    early, first = slowest(play.reader.taken), play.site.resident()
    play.reader.read(SECONDS / 3)
    middle = len(play.reader.taken)
    play.reader.read(SECONDS / 3)
    late, last = slowest(play.reader.taken[middle:]), play.site.resident()
    minutes = SECONDS * 2 / 3 / 60
    grown = {pid: (last[pid] - first[pid]) / minutes for pid in first}
    assert play.reader.strange == []
    assert play.ledger.surprises == []
    assert not any(life.done() for life in play.lives)
    assert play.ledger.replies > 0
    if FULL:
        assert max(grown.values()) < MOST_MB_A_MINUTE
        assert late < early * SLOWER
    record(
        "soak",
        "seconds of mixed life over HTTP, acts and pages side by side",
        SECONDS,
        acts=play.ledger.replies,
        pages=len(play.reader.taken),
        errors=0,
        memory_grown_mb_a_minute=round(max(grown.values()), 2) if FULL else "not measured",
        slowest_hundredth_last_to_first_third=round(late / early, 2),
    )
