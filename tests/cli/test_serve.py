"""How `vereda serve` starts and ends: nothing that it started outlives it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.adapters.embedded_postgres import EmbeddedPostgres
from app.cli.serve import WORKER
from app.demo.seed import sign_in_lines
from tests.adapters.test_embedded_postgres import reachable_folder
from tests.databases import Database

SECONDS = 60


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """A running site of the stub, and what it leaves behind."""

    def __init__(self, data_dir: Path, port: int, workers: int) -> None:
        self.data_dir = data_dir
        (data_dir / "worker").unlink(missing_ok=True)  # of the site before
        self.address = f"http://127.0.0.1:{port}/"
        environment = {
            **os.environ,
            "VEREDA_DEMO_DATA": "false",
            "DATA_DIR": str(data_dir),
            "PORT": str(port),
            "VEREDA_WORKERS": str(workers),
        }
        environment.pop("VEREDA_DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.stub"],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.said = self._read_until(sign_in_lines()[-1])

    def _read_until(self, words: str) -> str:
        assert self.process.stderr is not None
        said = ""
        for line in self.process.stderr:
            said += line
            if words in line:
                return said
        raise AssertionError(said)

    def worker_note(self) -> str:
        return (self.data_dir / "worker").read_text(encoding="utf-8").strip()

    def end(self, number: signal.Signals) -> int:
        os.killpg(self.process.pid, number)  # as a terminal does at Ctrl-C
        self.said += self.process.communicate(timeout=SECONDS)[1]
        return self.process.returncode


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture(scope="module")
def parent() -> Iterator[Path]:
    """One folder for the module: its database is made once and then kept, as in life."""
    with reachable_folder() as folder:
        yield folder


@pytest.fixture
def start(parent: Path, port: int) -> Iterator[Callable[[int], Site]]:
    sites: list[Site] = []

    def begin(workers: int) -> Site:
        sites.append(Site(parent / "data", port, workers))
        return sites[-1]

    yield begin
    for site in sites:
        if site.process.poll() is None:
            site.end(signal.SIGKILL)
        if site.process.stderr:
            site.process.stderr.close()
    with EmbeddedPostgres(parent / "data"):
        pass  # stops what a killed site left


def server_pid(site: Site) -> int | None:
    file = site.data_dir / "postgres" / "cluster" / "postmaster.pid"
    return int(file.read_text(encoding="utf-8").split()[0]) if file.exists() else None


@pytest.mark.parametrize(("number", "workers"), [(signal.SIGINT, 2), (signal.SIGTERM, 1)])
def test_everything_that_was_started_ends(
    start: Callable[[int], Site], port: int, workers: int, number: signal.Signals
) -> None:
    site = start(workers)
    with urllib.request.urlopen(site.address) as reply:
        assert reply.read().startswith(b"postgresql://")
    assert server_pid(site) is not None
    wait_for(lambda: (site.data_dir / "worker").exists())
    assert site.end(number) == 0
    assert site.worker_note() == "ended"
    assert server_pid(site) is None
    told = site.said.splitlines()
    at = told.index(f"Vereda is at http://localhost:{port}")  # a bare address has no passkeys
    assert told[at + 1 :][: len(sign_in_lines())] == sign_in_lines()


def test_the_worker_of_a_killed_site_ends_too(start: Callable[[int], Site]) -> None:
    site = start(1)
    wait_for(lambda: (site.data_dir / "worker").exists() and site.worker_note() != "")
    site.end(signal.SIGKILL)
    wait_for(lambda: site.worker_note() == "ended")
    pid = server_pid(site)
    again = start(1)
    assert server_pid(again) == pid  # taken over
    assert again.end(signal.SIGINT) == 0
    assert server_pid(again) is None


def test_the_background_worker_starts_without_a_warning_and_ends_with_its_parent(
    database: Database, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", *WORKER[1:]],
        env={
            **os.environ,
            "VEREDA_DEMO_DATA": "false",
            "VEREDA_DATABASE_URL": database.url,
            "VEREDA_DATA_DIR": str(tmp_path),
        },
        stdin=subprocess.DEVNULL,  # a parent that is gone
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert (done.returncode, "Warning" in done.stderr) == (0, False)


def test_a_taken_port_is_one_sentence(tmp_path: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        done = subprocess.run(
            [sys.executable, "-c", "from app.cli import main; main()", "serve"],
            env={**os.environ, "DATA_DIR": str(tmp_path / "data"), "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == (
        f"Cannot listen on 127.0.0.1:{port} (Address already in use): "
        "stop the other program or set PORT.\n"
    )
    assert not (tmp_path / "data").exists()
