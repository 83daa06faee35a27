"""The whole service on real parts, beside the test: web server, worker, database, keys."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import uvicorn
from pydantic import SecretStr

from app import worker
from app.adapters.complaint_seals import ComplaintSeals
from app.main import build_app
from app.settings import Settings
from app.storage.grants import APP, WORKER
from app.web.connections import BoundedProtocol
from app.wiring import House, choose_ports
from tests.databases import Database

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of everybody's code app."""


class Site:
    """A site that can be switched off and on again under the same address."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        own = database.of(APP)
        self.settings = Settings(database_url=SecretStr(own.url), data_dir=folder, port=self.port)
        # Phrases and numbers of complaints are hashed as always, but for the memory: 0.2 s each.
        seals = ComplaintSeals(memory_kib=64)
        ports = replace(choose_ports(self.settings), seals=seals)
        self.house = House(self.settings, own.engine, own.sessions, own.read_sessions, ports)
        behind = database.of(WORKER)
        self._worker = replace(
            self.house,
            engine=behind.engine,
            sessions=behind.sessions,
            read_sessions=behind.read_sessions,
        )
        self.database = database
        self._steps: dict[str, int] = {}
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen; returns once requests are answered."""
        config = uvicorn.Config(
            build_app(self.house),
            host="127.0.0.1",
            port=self.port,
            log_config=None,
            http=BoundedProtocol,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        _wait_until(lambda: bool(self._server and self._server.started))

    def stop(self) -> None:
        """Shut the server down; nobody listens any more when this returns."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
        self._server = self._thread = None

    def app_code(self, email: str) -> str:
        """The next code of somebody's app that was not used yet."""
        step = max(int(self.now().timestamp()) // 30, self._steps.get(email, 0) + 1)
        self._steps[email] = step
        return pyotp.HOTP(SECRET).at(step)

    def now(self) -> datetime:
        """The real clock, which the pages and the browser read too."""
        return datetime.now(UTC)  # noqa: TID251

    def work(self) -> int:
        """Let the worker do what waits and what the hour asks for: sign, publish, send."""
        done = worker.run_pending(self._worker)
        worker.keep_house(self._worker)
        return done


@contextmanager
def running(database: Database, folder: Path) -> Iterator[Site]:
    """A site that runs while the test does."""
    site = Site(database, folder)
    site.start()
    try:
        yield site
    finally:
        site.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until(holds: Callable[[], bool]) -> None:
    tick = threading.Event()
    for _ in range(2000):
        if holds():
            return
        tick.wait(0.01)
    raise TimeoutError("the site did not start")
