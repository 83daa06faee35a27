"""No success is told before the disk has it: the order of system calls of app and PostgreSQL.

Killing shows no durability, since the kernel keeps what was written; only this order does.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import psycopg
import pytest

from app.adapters.embedded_postgres import EmbeddedPostgres
from app.storage.grants import OWNER
from app.storage.roles import signed_in_as
from tests.proofs import FULL, record, times
from tests.services.test_kills import server

__all__ = ["server"]
REQUESTS = times(4, 200)
CALLS = "fdatasync,fsync,sendto,sendmsg,write,writev"
COMMITS = re.compile(r'sendto\(\d+, "Q[^"]*COMMIT')  # asked for; PostgreSQL says "C…" when done
ANSWERS = re.compile(r"(?:sendto|sendmsg|write|writev)\(.*HTTP/1\.1 2\d\d")
ON_DISK = re.compile(r"(?:fdatasync\(.*\)|fsync\(.*\)|<\.\.\. f(?:data)?sync resumed>.*\)) += 0")


def answers_too_early(lines: Iterable[str]) -> tuple[int, int]:
    """How many answers of success there were, and how many before the sync of their commit.

    A commit that was sent must be followed by a finished sync before the next success is sent;
    requests come one after the other.
    """
    answers = early = 0
    committed = synced = False
    for line in lines:
        if COMMITS.search(line):
            committed, synced = True, False
        elif ON_DISK.search(line):
            synced = True
        elif ANSWERS.search(line):
            answers += 1
            early += not (committed and synced)
            committed = synced = False
    return answers, early


def trace(server: EmbeddedPostgres, log: Path) -> list[str]:
    """The calls of PostgreSQL and of a site while it answers requests, in their order."""
    strace = shutil.which("strace")
    assert strace, "the order of system calls cannot be seen: apt install strace"
    postmaster = server.cluster.pid
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    followed = [word for pid in (str(postmaster), *children) for word in ("-p", pid)]
    command = [
        strace,
        "-f",
        "-I",
        "2",
        "-qq",
        "-s",
        "64",
        "-e",
        f"trace={CALLS}",
        "-o",
        str(log),
        *followed,
    ]
    url = signed_in_as(server.url, OWNER)
    child = [sys.executable, "-m", "tests.services.durable_child", url, str(REQUESTS)]
    tracer = subprocess.Popen([*command, *child], stdout=subprocess.PIPE, text=True)
    try:
        assert tracer.stdout is not None
        told = [tracer.stdout.readline().strip() for _ in range(REQUESTS)]
        assert told == ["201"] * REQUESTS
    finally:
        tracer.terminate()
        tracer.communicate(timeout=60)
    return log.read_text(errors="replace").splitlines()


def test_the_reader_of_the_order_sees_what_is_early() -> None:
    commit = '9 sendto(7, "Q\\0\\0\\0\\vCOMMIT\\0", 12, 0, NULL, 0) = 12'
    sync, answer = "8 fdatasync(5) = 0", '9 sendto(9, "HTTP/1.1 201 Created\\r\\n", 99) = 99'
    resumed = ["8 fdatasync(5 <unfinished ...>", "8 <... fdatasync resumed>) = 0"]
    assert answers_too_early([commit, sync, answer]) == (1, 0)
    assert answers_too_early([commit, *resumed, answer]) == (1, 0)
    done = '8 sendto(8, "C\\0\\0\\0\\vCOMMIT\\0Z", 18, 0, NULL, 0) = 18'
    assert answers_too_early([commit, sync, done, answer]) == (1, 0)
    assert answers_too_early([commit, resumed[0], answer, resumed[1]]) == (1, 1)
    assert answers_too_early([commit, answer, sync]) == (1, 1)
    assert answers_too_early([sync, commit, answer]) == (1, 1)
    assert answers_too_early([commit, "8 fdatasync(5) = -1 EIO", answer]) == (1, 1)
    assert answers_too_early([commit, sync, answer, answer]) == (2, 1)


@pytest.mark.promise("P1")
@pytest.mark.asvs("2.3.3")
def test_no_success_is_told_before_its_commit_is_on_disk(
    server: EmbeddedPostgres, tmp_path: Path
) -> None:
    """And with asynchronous commits, the sabotage, it is told too early: the check sees it."""
    if not FULL and shutil.which("strace") is None:
        return  # `make prove` fails here instead
    answers, early = answers_too_early(trace(server, tmp_path / "calls"))
    assert (answers, early) == (REQUESTS, 0)
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("ALTER DATABASE vereda SET synchronous_commit = off")
    answers, caught = answers_too_early(trace(server, tmp_path / "sabotaged"))
    assert answers == REQUESTS
    assert caught >= REQUESTS // 2
    record(
        "durability",
        "answers of success, each after the fdatasync of its commit by the order of system calls",
        REQUESTS,
        told_too_early=early,
        told_too_early_with_synchronous_commit_off=caught,
    )
