"""Ten thousand acknowledged acts, the app killed ten times and its database five: all are there.

The server is one with its safety on, of its own, for it is killed.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.adapters.embedded_postgres import EmbeddedPostgres
from app.services import issuing
from app.services.log_checks import check_log
from app.services.sealing import seal_events
from app.storage import migrations, rights, roles
from app.storage.database import make_engine
from app.storage.grants import OWNER
from permits.people import SYSTEM
from tests.builders import work_of
from tests.databases import Database
from tests.proofs import record, times
from tests.services.crash_child import lasting_ports
from tests.services.test_crashes import check_acknowledged, check_carried_bytes, half_states

OPERATIONS = times(30, 10_000)
APP_KILLS, DATABASE_KILLS = times(1, 10), times(1, 5)
SECONDS = 600


@pytest.fixture
def server() -> Iterator[EmbeddedPostgres]:
    """A server that writes through to the disk, with the tables and rights of the house."""
    folder = Path(tempfile.mkdtemp(prefix="vereda-"))
    folder.chmod(0o711)
    with EmbeddedPostgres(folder / "data") as server:
        admin = make_engine(server.url)
        roles.prepare(admin)
        owner = make_engine(roles.signed_in_as(server.url, OWNER))
        migrations.upgrade(owner)
        rights.apply(owner)
        owner.dispose()
        admin.dispose()
        yield server
    shutil.rmtree(folder)


def acknowledged_lines(file: Path) -> list[list[str]]:
    return [line.split() for line in file.read_text().splitlines()] if file.exists() else []


def live_until(url: str, file: Path, lines: int, kill: Callable[[int], None]) -> None:
    """Live cases until so many acts were acknowledged, and kill in the midst of the next."""
    child = subprocess.Popen([sys.executable, "-m", "tests.services.crash_child", url, str(file)])
    try:
        until = time.monotonic() + SECONDS
        while len(acknowledged_lines(file)) < lines:
            assert child.poll() is None, "the child ended by itself"
            assert time.monotonic() < until, "the child is too slow"
            time.sleep(0.01)
        time.sleep(random.Random(lines).random() * 0.05)
        kill(child.pid)
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()


def check_all(database: Database, file: Path) -> int:
    """Every acknowledged act is there, whole, logged and provable; returns the log's size."""
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, lasting_ports())
        issuing.sign_pending(work)
        check_acknowledged(session, acknowledged_lines(file))
        assert half_states(session) == []
        check_carried_bytes(session)
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, lasting_ports())
        while seal_events(work):
            pass
    with database.sessions.begin() as session:
        report = check_log(work_of(session, SYSTEM, lasting_ports()))
        assert (report.damages, report.waiting) == ((), 0)
        return report.events


@pytest.mark.promise("P1", "P4", "P11")
@pytest.mark.feature("W13")
def test_nothing_acknowledged_is_lost_when_the_app_or_the_database_is_killed(
    server: EmbeddedPostgres, tmp_path: Path
) -> None:
    file, done, leaves = tmp_path / "acknowledged", 0, 0
    owner = roles.signed_in_as(server.url, OWNER)
    deaths = ["app"] * APP_KILLS + ["database"] * DATABASE_KILLS
    random.Random(11).shuffle(deaths)
    for death in deaths:
        done += OPERATIONS // len(deaths) + 1

        def kill(child: int, death: str = death) -> None:
            victim = child if death == "app" else server.cluster.pid
            assert victim is not None
            os.kill(victim, signal.SIGKILL)

        live_until(owner, file, done, kill)
        if death == "database":
            server.stop()
            server.start()
        database = Database(owner)
        leaves = check_all(database, file)
        database.dispose()
    told = len(acknowledged_lines(file))
    assert told >= OPERATIONS
    assert leaves > told
    record(
        "kills",
        "acknowledged acts, while the app and PostgreSQL itself are killed with SIGKILL",
        told,
        app_killed=APP_KILLS,
        database_killed=DATABASE_KILLS,
        events_proved_by_the_log=leaves,
        lost=0,
        doubled=0,
    )
