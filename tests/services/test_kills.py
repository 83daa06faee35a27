"""Ten thousand mixed acts over HTTP, the service killed ten times and its database five.

Workers, officials and posts go on at the same time, each telling a ledger what they were told;
the ledger, the log's checkpoints and the codes that were handed out are kept where nothing is
killed. After each death everything that was told is there, once, with its event, and provable.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from app.services import issuing
from app.services.work import Work
from app.storage.grants import OWNER, WORKER
from app.wiring import House
from permits.audit import Act
from permits.people import SYSTEM
from tests.proofs import record, times
from tests.services.half_states import check_carried_bytes, check_pictures, half_states
from tests.services.killing.cast import gather, now
from tests.services.killing.ledger import WATCHED, Ledger, differences
from tests.services.killing.lines import Gate, Line
from tests.services.killing.living import living
from tests.services.killing.proofs import Auditor, one_moment
from tests.services.killing.site import Site, lasting_server

OPERATIONS = times(25, 10_000)
DEATHS = ["service"] * times(1, 10) + ["database"] * times(1, 5)
LIVES, PROCESSES = times(3, 8), times(1, 2)
SECONDS = 1200


@dataclass
class Play:
    """The site, those who live on it, and what is known of them outside."""

    site: Site
    gate: Gate
    ledger: Ledger
    auditor: Auditor
    lives: list[Future[None]]

    def go_on(self, replies: int, *kinds: Act) -> None:
        """Until so many acts were acknowledged, in all, and some of each of these kinds."""
        self.gate.open()
        until = time.monotonic() + SECONDS
        while self.ledger.replies < replies or not {*kinds} <= self.ledger.kinds().keys():
            for life in self.lives:
                assert not life.done(), life.exception()
            assert time.monotonic() < until, (self.ledger.replies, self.site.said())
            time.sleep(0.01)

    def die(self, death: str, chance: random.Random) -> None:
        """Kill in the midst of what everybody is about, and bring it back to life."""
        reply = Line(self.site.port, "127.3.0.1").ask("GET", "/api/v1/audit/checkpoint")
        if reply.status == 200:  # the first seal may not have been set yet
            self.auditor.keep(reply.body.decode())
        time.sleep(chance.random() * 0.2)
        self.ledger.dying = True
        if death == "service":
            self.site.kill()
            self.gate.close()
            self.check()  # as it was left
            self.site.start()
        else:
            self.site.kill_database()
            self.gate.close()
            self.site.revive_database()
            self.check()
        self.ledger.dying = False

    def check(self) -> int:
        """Everything that was told is there, once, logged and provable."""
        with one_moment(self.site.house(OWNER)) as work:
            assert differences(self.ledger, work.session, work.ports.vault) == []
            assert half_states(work.session) == []
        return self.auditor.prove_all()


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    with lasting_server() as server:
        site, gate, ledger = Site(server, tmp_path, PROCESSES), Gate(), Ledger()
        house = site.house(OWNER)
        casts = [gather(house) for _ in range(LIVES)]
        site.start()
        with living(site.port, casts, gate, ledger) as lives:
            yield Play(site, gate, ledger, Auditor(site.house(WORKER)), lives)
        site.end()


def sign_all(house: House) -> None:
    """What still waits is signed as the worker does it; the site's own may hold one meanwhile."""
    until = time.monotonic() + SECONDS
    pending = text("SELECT count(*) FROM credentials WHERE state = 'pending'")
    while True:
        with house.sessions.begin() as session:
            issuing.sign_pending(Work(session, SYSTEM, now(), house.ports, "check"))
        with house.sessions() as session:
            if session.execute(pending).scalar_one() == 0:
                return
        assert time.monotonic() < until, "a permit that nobody signs"
        time.sleep(0.1)


@pytest.mark.promise("P1", "P4", "P6", "P11")
@pytest.mark.asvs("2.3.3")
@pytest.mark.feature("W13")
def test_nothing_told_is_lost_or_doubled_when_the_service_or_its_database_is_killed(
    play: Play,
) -> None:
    chance, done, recoveries = random.Random(11), 0, list[float]()
    chance.shuffle(DEATHS)
    for death in DEATHS:
        done += OPERATIONS // len(DEATHS) + 1
        play.go_on(done)
        play.die(death, chance)
        begun = time.monotonic()
        play.go_on(play.ledger.replies + 1)
        recoveries.append(time.monotonic() - begun)
    play.go_on(OPERATIONS, *WATCHED)
    play.gate.close()
    sign_all(play.site.house(WORKER))
    with one_moment(play.site.house(OWNER)) as work:
        check_pictures(work.session, work.ports.objects)
        credentials = check_carried_bytes(work.session, work.ports.vault)
        rights = work.session.execute(text("SELECT count(*) FROM authorisations")).scalar_one()
    assert credentials == rights > 0
    events, kinds = play.check(), play.ledger.kinds()
    assert {*WATCHED} == kinds.keys()
    assert play.ledger.surprises == []
    assert play.ledger.lost > 0
    tell(play, kinds, events)


def tell(play: Play, kinds: Counter[Act], events: int) -> None:
    record(
        "kills",
        "acts told over HTTP while service, worker and PostgreSQL are killed with SIGKILL",
        play.ledger.replies,
        service_killed=DEATHS.count("service"),
        database_killed=DEATHS.count("database"),
        at_the_same_time=LIVES,
        kinds=len(kinds),
        replies_lost=play.ledger.lost,
        decisions=kinds[Act.APPLICATION_DECIDED],
        permits_shown=len(play.ledger.texts),
        events_proved=events,
        lost=0,
        doubled=0,
    )
