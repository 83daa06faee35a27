"""A log of a season, checked at the command line: how long that takes, and in how much memory."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.services.anchoring import export_checkpoint
from app.settings import Settings
from app.wiring import choose_ports
from tests.databases import Database
from tests.proofs import record, times
from tests.services.logbook import Logbook

EVENTS = times(10_000, 1_000_000)
SEALED_BY = 100
SECONDS_ALLOWED = 60
MEGABYTES_ALLOWED = 300


WATCHED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-c", "from app.cli import main; main()", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(done.returncode)
"""
"""Runs the command and tells its greatest memory. In between, because a process begins with the
greatest memory of the one that started it, and that of the tests is large."""


def verify(book: Logbook, folder: Path) -> tuple[dict[str, object], float, float]:
    """The command's reply, how many seconds it took in all, and its greatest memory in MB."""
    environment = {"VEREDA_DATABASE_URL": book.database.url, "VEREDA_DATA_DIR": str(folder)}
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "audit", "verify", "--json"],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=True,
    )
    seconds = time.monotonic() - begun
    (row,) = json.loads(done.stdout)
    return row, seconds, int(done.stderr.split()[-1]) / 1024


@pytest.mark.feature("D2")
@pytest.mark.promise("P11")
def test_a_million_events_are_checked_within_a_minute(database: Database, tmp_path: Path) -> None:
    settings = Settings(database_url=SecretStr(database.url), data_dir=tmp_path)
    now = datetime.now(UTC)  # noqa: TID251  as the command's
    book = Logbook(database, choose_ports(settings), now).fill(EVENTS)
    begun = time.monotonic()
    book.seal(batch=SEALED_BY)
    sealing = time.monotonic() - begun
    with book.work() as work:
        export_checkpoint(work)
    row, seconds, megabytes = verify(book, tmp_path)
    told = (row["well"], row["events"], row["checkpoints"], row["exported"])
    assert told == (True, EVENTS, EVENTS // SEALED_BY, 1)
    assert seconds <= SECONDS_ALLOWED
    assert megabytes <= MEGABYTES_ALLOWED
    record(
        "log-verification",
        f"`vereda audit verify` of a log with a checkpoint every {SEALED_BY} events, in all",
        EVENTS,
        seconds=round(seconds, 1),
        memory_in_MB=round(megabytes),
        sealed_per_second=round(EVENTS / sealing),
    )
