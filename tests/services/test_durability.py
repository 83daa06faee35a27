"""No success is told before the disk has it: the order of system calls of site and PostgreSQL.

Killing shows no durability, since the kernel keeps what was written; only this order does. The acts
are those of the mixed lives, one after the other, by a site that serves as it does in life; nobody
but the site commits anything meanwhile.
"""

import re
import shutil
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from app.adapters.embedded_postgres import EmbeddedPostgres
from app.services import sign_in
from app.services.work import Work
from app.storage.grants import OWNER
from app.wiring import House
from permits.people import SYSTEM
from tests.builders import PHONE, Story
from tests.proofs import FULL, record, times
from tests.services.killing.cases import Case
from tests.services.killing.cast import gather, now
from tests.services.killing.courses import WHOLE, Course
from tests.services.killing.ledger import WATCHED, Ledger
from tests.services.killing.lines import Gate, Line
from tests.services.killing.mixed import Life
from tests.services.killing.site import Site, lasting_server

ACTS = times(12, 400)
SECONDS = 600
CALLS = "fdatasync,fsync,sendto,sendmsg,write,writev"
COMMITS = re.compile(r'sendto\(\d+, "Q[^"]*COMMIT')  # asked for; PostgreSQL says "C…" when done
ANSWERS = re.compile(r"(?:sendto|sendmsg|write|writev)\(.*HTTP/1\.1 [23]\d\d")
ON_DISK = re.compile(r"(?:fdatasync\(.*\)|fsync\(.*\)|<\.\.\. f(?:data)?sync resumed>.*\)) += 0")


def are_early(lines: Iterable[str]) -> list[bool]:
    """Of each answer of success, in their order, whether it came before the sync of its commit.

    A commit that was sent must be followed by a finished sync before the next success is sent;
    requests come one after the other.
    """
    early = list[bool]()
    committed = synced = False
    for line in lines:
        if COMMITS.search(line):
            committed, synced = True, False
        elif ON_DISK.search(line):
            synced = True
        elif ANSWERS.search(line):
            early.append(not (committed and synced))
            committed = synced = False
    return early


def traced(site: Site, log: Path) -> tuple[str, ...]:
    """The command that follows PostgreSQL, all that it forks, and whatever comes after it."""
    postmaster = site.server.cluster.pid
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    followed = [word for pid in (str(postmaster), *children) for word in ("-p", pid)]
    how = ["-f", "-I", "2", "-qq", "-s", "64", "-e", f"trace={CALLS}", "-o", str(log)]
    return ("strace", *how, *followed)


def signed_case(house: House, port: int) -> tuple[Case, Course]:
    """A worker who is signed in and whose permit is signed: the worker process stands still."""
    with house.sessions.begin() as session:
        story = Story(session, house.ports, now()).start().submit().approve().sign()
        work = Work(session, SYSTEM, now(), house.ports, "before")
        token = sign_in.open_session(work, story.worker, "before").token
    return Case(Line(port, "127.4.0.1", {"vereda": token}), str(story.id), PHONE, ""), WHOLE


@dataclass
class Play:
    """One life on a site that is followed call by call."""

    site: Site
    life: Life
    running: Future[None]

    def act(self, times: int) -> None:
        """So many acts more, or a few more still."""
        ledger, gate = self.life.ledger, self.life.gate
        wanted = ledger.replies + times
        gate.open()
        until = time.monotonic() + SECONDS
        while ledger.replies < wanted:
            assert not self.running.done(), self.running.exception()
            assert time.monotonic() < until, self.site.said()
            time.sleep(0.005)
        gate.close()


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    with lasting_server() as server:
        site = Site(server, tmp_path)
        house = site.house(OWNER)
        life = Life(site.port, 0, gather(house), Gate(), Ledger(), twice=0)
        life.approved.append(signed_case(house, site.port))
        site.start(before=traced(site, tmp_path / "calls"), options=["--no-with-worker"])
        with ThreadPoolExecutor(1) as pool:
            yield Play(site, life, pool.submit(life.run))
            life.gate.end()
        site.end()


def forget_to_sync(server: EmbeddedPostgres) -> None:
    """The sabotage: from now on commits are told before they are on disk."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("ALTER DATABASE vereda SET synchronous_commit = off")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = 'vereda' AND pid <> pg_backend_pid()"
        )


def test_the_reader_of_the_order_sees_what_is_early() -> None:
    commit = '9 sendto(7, "Q\\0\\0\\0\\vCOMMIT\\0", 12, 0, NULL, 0) = 12'
    sync, answer = "8 fdatasync(5) = 0", '9 sendto(9, "HTTP/1.1 201 Created\\r\\n", 99) = 99'
    resumed = ["8 fdatasync(5 <unfinished ...>", "8 <... fdatasync resumed>) = 0"]
    assert are_early([commit, sync, answer]) == [False]
    assert are_early([commit, sync, answer.replace("201", "303")]) == [False]
    assert are_early([commit, answer.replace("201", "422")]) == []
    assert are_early([commit, *resumed, answer]) == [False]
    done = '8 sendto(8, "C\\0\\0\\0\\vCOMMIT\\0Z", 18, 0, NULL, 0) = 18'
    assert are_early([commit, sync, done, answer]) == [False]
    assert are_early([commit, resumed[0], answer, resumed[1]]) == [True]
    assert are_early([commit, answer, sync]) == [True]
    assert are_early([sync, commit, answer]) == [True]
    assert are_early([commit, "8 fdatasync(5) = -1 EIO", answer]) == [True]
    assert are_early([commit, sync, answer, answer]) == [False, True]


@pytest.mark.promise("P1")
@pytest.mark.asvs("2.3.3")
@pytest.mark.skipif(
    not FULL and shutil.which("strace") is None, reason="strace is missing; `make prove` fails then"
)
def test_no_success_is_told_before_its_commit_is_on_disk(play: Play, tmp_path: Path) -> None:
    """And with asynchronous commits, the sabotage, it is told too early: the check sees it."""
    ledger = play.life.ledger
    play.act(ACTS)
    told, kinds = ledger.replies, ledger.kinds()
    forget_to_sync(play.site.server)
    play.act(ACTS)
    assert ledger.lost == 0
    play.site.end()
    early = are_early((tmp_path / "calls").read_text(errors="replace").splitlines())
    assert len(early) == ledger.replies
    assert sum(early[:told]) == 0
    assert sum(early[told:]) >= ACTS // 2
    assert FULL is False or kinds.keys() == {*WATCHED}
    record(
        "durability",
        "answers of success, each after the fdatasync of its commit by the order of system calls",
        told,
        kinds=len(kinds),
        told_too_early=sum(early[:told]),
        told_too_early_with_synchronous_commit_off=f"{sum(early[told:])} of {len(early) - told}",
    )
