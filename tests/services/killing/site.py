"""A site that can be killed: `vereda serve` with its worker, as processes, and their database."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import SecretStr

from app.adapters.embedded_postgres import EmbeddedPostgres
from app.settings import Settings
from app.storage import migrations, rights, roles
from app.storage.database import make_engine
from app.storage.grants import APP, OWNER, WORKER, DatabaseRole
from app.wiring import House, open_house

SECONDS = 120
SERVE = (sys.executable, "-c", "from app.cli import main; main()", "serve")


@contextmanager
def lasting_server() -> Iterator[EmbeddedPostgres]:
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


class Site:
    """What runs of the service, each part in the rights that it has in life.

    `processes` is how many of them answer requests.
    """

    def __init__(self, server: EmbeddedPostgres, folder: Path, processes: int = 1) -> None:
        self.server, self.folder = server, folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._environment = {
            **os.environ,
            "VEREDA_DATABASE_URL": self._url(APP),
            "VEREDA_DATABASE_WORKER_URL": self._url(WORKER),
            "VEREDA_DATABASE_OWNER_URL": self._url(OWNER),
            "VEREDA_DATA_DIR": str(folder),
            "VEREDA_PORT": str(self.port),
            "VEREDA_WORKERS": str(processes),
            "VEREDA_DEMO_DATA": "false",
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._houses: dict[DatabaseRole, House] = {}

    def house(self, role: DatabaseRole) -> House:
        """The same house in this process, as one of the users of its database."""
        if role not in self._houses:
            url = SecretStr(self._url(role))
            settings = Settings(database_url=url, data_dir=self.folder, port=self.port)
            self._houses[role] = open_house(settings)
        return self._houses[role]

    def start(self, before: Sequence[str] = (), options: Sequence[str] = ()) -> None:
        """Serve; returns once somebody listens. `before` is put in front of the command."""
        command = [*before, *SERVE, *options]
        with (self.folder / "site.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + SECONDS
        while not self._listens():
            assert self._process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL to every process of the service at once, the worker too."""
        assert self._process is not None
        victims = [self._process.pid, *_descendants(self._process.pid)]
        for pid in victims:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        for pid in victims:
            _wait_for_end(pid)

    def kill_database(self) -> None:
        """SIGKILL to PostgreSQL itself; what it left to its children ends with it."""
        postmaster = self.server.cluster.pid
        assert postmaster is not None
        os.kill(postmaster, signal.SIGKILL)

    def revive_database(self) -> None:
        """Start PostgreSQL again, which recovers from its log."""
        self.server.stop()
        self.server.start()

    def end(self) -> None:
        """Whatever still runs ends."""
        if self._process is not None:
            self.kill()
        for house in self._houses.values():
            house.engine.dispose()

    def resident(self) -> dict[int, float]:
        """The memory of each process of the service, by its number, in MB."""
        assert self._process is not None
        pids = [self._process.pid, *_descendants(self._process.pid)]
        return {pid: _resident(pid) for pid in pids}

    def said(self) -> str:
        """The end of what the processes wrote."""
        return (self.folder / "site.log").read_text("utf-8", "replace")[-3000:]

    def _url(self, role: DatabaseRole) -> str:
        return roles.signed_in_as(self.server.url, role)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(word) for file in children for word in file.read_text().split()]
    return [*found, *(deeper for one in found for deeper in _descendants(one))]


def _resident(pid: int) -> float:
    """What of a process stands in memory, in MB (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    told = next(line for line in lines if line.startswith("VmRSS"))
    return int(told.split()[1]) / 1024


def _wait_for_end(pid: int) -> None:
    """Until nothing of it runs; what its parent left is nobody's to wait for but the kernel's."""
    until = time.monotonic() + SECONDS
    while Path(f"/proc/{pid}").exists() and _state(pid) not in {"Z", "X"}:
        assert time.monotonic() < until
        time.sleep(0.01)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"
