"""What the larger benchmarks stand on: an embedded database with the demonstration, and a site.

It is set up once for all of them, as `make run` sets it up (fsync and all), and is gone at the end.
"""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path

from pydantic import SecretStr

from app.adapters.embedded_postgres import EmbeddedPostgres
from app.demo.seed import seed_demo
from app.services import sign_in
from app.services.ports import Ports
from app.services.work import Work
from app.settings import Settings
from app.storage import accounts, migrations
from app.storage.database import SessionFactory, make_engine, session_factory
from app.wiring import House, open_house
from permits.people import SYSTEM

SECONDS = 60


@dataclass(frozen=True)
class Ground:
    """The house on the demonstration's data, and where the same is served by another process."""

    house: House
    url: str
    folder: Path

    @cached_property
    def ports(self) -> Ports:
        """The house's ports, with hashes of next to no cost for people that do not exist."""
        return replace(self.house.ports, passwords=self.house.fast_passwords())

    @cached_property
    def rehearsals(self) -> SessionFactory:
        """Sessions on connections of their own: psycopg forgets what it prepared at a rollback."""
        url = self.house.engine.url.render_as_string(hide_password=False)
        return session_factory(make_engine(url, pool_size=1))

    def cookie_of(self, email: str) -> str:
        """A session of one of the demonstration's officials, as the cookie that a browser sends."""
        with self.house.sessions.begin() as session:
            account = accounts.find_account(session, email)
            assert account is not None, email
            work = Work(session, SYSTEM, now(), self.house.ports, "bench")
            return sign_in.open_session(work, account.actors[0], "bench").token


def now() -> datetime:
    """The real clock, which the site reads too."""
    return datetime.now(UTC)  # noqa: TID251


@cache
def stand() -> Ground:
    """Set everything up at the first call: a database, the demonstration, a web server."""
    stack = ExitStack()
    atexit.register(stack.close)
    folder = Path(tempfile.mkdtemp(prefix="vereda-bench-"))
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o711)  # the database's own account passes through
    server = stack.enter_context(EmbeddedPostgres(folder / "data"))
    settings = Settings(data_dir=folder / "data", database_url=SecretStr(server.url))
    engine = make_engine(server.url, pool_size=1)
    migrations.upgrade(engine)
    engine.dispose()
    house = open_house(settings)
    stack.callback(house.engine.dispose)
    seed_demo(house, now(), lambda _: None)
    return Ground(house, _serve(stack, settings, server.url), folder)


@cache
def stand_unlogged() -> str:
    """The same house served once more, by a site that writes no event."""
    house = stand().house
    stack = ExitStack()
    atexit.register(stack.close)
    database = house.engine.url.render_as_string(hide_password=False)
    return _serve(stack, house.settings, database, "unlogged")


def _serve(stack: ExitStack, settings: Settings, database: str, *how: str) -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        **os.environ,
        "VEREDA_DATABASE_URL": database,
        "VEREDA_DATA_DIR": str(settings.data_dir),
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "tests.benchmarks.served", *how]
    process = subprocess.Popen(command, env=environment)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    until = time.monotonic() + SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, "the site of the benchmark has ended"
            assert time.monotonic() < until, "the site of the benchmark does not answer"
            time.sleep(0.05)
        else:
            return f"http://localhost:{port}"


def interleaved(calls: Sequence[Callable[[], object]], turns: int) -> list[float]:
    """Quiet seconds of each call; they take turns, so that a busy machine meets all alike."""
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(turns):
        for times, call in zip(taken, calls, strict=True):
            begin = time.perf_counter()
            call()
            times.append(time.perf_counter() - begin)
    return [quiet(times) for times in taken]


def quiet(taken: Sequence[float]) -> float:
    """The time that a quarter of the turns needed at most: others on the machine only add."""
    return sorted(taken)[len(taken) // 4]
