"""Two hundred complaints a minute of 5 MB each, and kills meanwhile: none lost, none half there.

In `make test` a few, and the server is killed as soon as the last number was shown; `make prove`
sends them for five minutes and kills ten times meanwhile. Whoever gets no answer sends the same
form again, as people do: it counts once.
"""

import hashlib
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from sqlalchemy import text

from app.services import complaint_evidence, complaint_numbers
from app.services.ports import Ports
from app.storage.database import Session
from app.storage.grants import APP
from permits.people import NOBODY
from recruitment.complaints.filed import FILE_LIMIT_BYTES
from tests.builders import work_of
from tests.complained import Office
from tests.databases import Database
from tests.proofs import record, times
from tests.web.complaint_child import lasting_ports

COMPLAINTS, KILLS, SENDERS = times(2, 1000), times(0, 10), times(1, 8)
PER_MINUTE = 200
SIZE = times(200_000, FILE_LIMIT_BYTES)
MOST_MIB = 480
"""Of the server's memory at its peak, whatever came in: 205 that it starts with, two slow hashes of
64, and a few files on their way through."""

TICKET = re.compile(r'name="ticket" value="([^"]+)"')
GROUP = re.compile(r"<strong>(\d{4})</strong>")
BOUNDARY = "a-boundary-that-no-sound-holds"


@dataclass
class Server:
    """The child process, and its memory at the most of each of its lives."""

    command: list[str]
    port: int
    child: subprocess.Popen[bytes] | None = None
    peaks: list[int] = field(default_factory=list)

    def start(self) -> None:
        self.child = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                ask(self.port, "GET", "/consulta")
            except (OSError, HTTPException):
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server does not start")

    def kill(self) -> None:
        assert self.child is not None
        status = Path(f"/proc/{self.child.pid}/status").read_text("utf-8")
        self.peaks.append(int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024)
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.wait()


def ask(port: int, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"Content-Type": kind} if kind else {}
        connection.request(method, path, body or None, headers)
        reply = connection.getresponse()
        return reply.status, reply.read().decode()
    finally:
        connection.close()


def sound(number: int) -> bytes:
    """A voice of the full size, each another."""
    return b"OggS" + random.Random(number).randbytes(SIZE - 4)


def form(ticket: str, number: int) -> bytes:
    fields = {
        "ticket": ticket,
        "filing": "anonymous",
        "categories": "wage-unpaid",
        "words": f"No me pagan. Caso {number}.",
    }
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = 'Content-Disposition: form-data; name="voice"; filename="voz.ogg"'
    file = f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode()
    return b"".join((*parts, file, sound(number), f"\r\n--{BOUNDARY}--\r\n".encode()))


@dataclass
class Senders:
    """People who send; `shown` are the numbers that they were shown, by complaint."""

    port: int
    shown: dict[int, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    again: int = 0

    def run(self, first: int, began: float) -> None:
        for number in range(first, COMPLAINTS, SENDERS):
            time.sleep(max(0.0, began + number * 60 / PER_MINUTE - time.monotonic()))
            self._send(number)

    def _send(self, number: int) -> None:
        body = b""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                body = body or form(self._ticket(), number)
                sent = time.monotonic()
                kind = f"multipart/form-data; boundary={BOUNDARY}"
                status, page = ask(self.port, "POST", "/consulta/contar", body, kind)
            except (OSError, HTTPException):
                self.again += 1
                time.sleep(0.2)
                continue
            assert status == 200, page
            self.waits.append(time.monotonic() - sent)
            self.shown[number] = "".join(GROUP.findall(page))
            return

    def _ticket(self) -> str:
        return str(TICKET.findall(ask(self.port, "GET", "/consulta/contar")[1])[0])


@contextmanager
def served(database: Database, folder: Path, port: int) -> Iterator[Server]:
    words = (database.of(APP).url, str(folder), str(port))
    server = Server([sys.executable, "-m", "tests.web.complaint_child", *words], port)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.feature("C2")
@pytest.mark.feature("C4")
def test_no_complaint_whose_number_was_shown_is_lost_and_none_is_half_there(
    database: Database, tmp_path: Path
) -> None:
    ports, chance = lasting_ports(tmp_path), random.Random(7)
    with database.sessions.begin() as session:
        Office(session, ports).ready()
    senders = Senders(free_port())
    with served(database, tmp_path, senders.port) as server:
        began = time.monotonic()
        threads = [
            threading.Thread(target=senders.run, args=(first, began)) for first in range(SENDERS)
        ]
        for thread in threads:
            thread.start()
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.3, 2 * COMPLAINTS * 60 / PER_MINUTE / (KILLS + 1)))
            server.kill()
            server.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - began
    assert len(senders.shown) == len(set(senders.shown.values())) == COMPLAINTS
    with database.sessions() as session:
        check_whole(session)
        for number, digits in senders.shown.items():
            check_opens(session, ports, number, digits)
    assert max(server.peaks) < MOST_MIB
    senders.waits.sort()
    record(
        "complaint-load",
        f"complaints with {SIZE} bytes of voice each, the server killed {KILLS} times",
        COMPLAINTS,
        a_minute=round(COMPLAINTS / took * 60),
        sent_again=senders.again,
        median_s=round(senders.waits[len(senders.waits) // 2], 3),
        slowest_s=round(senders.waits[-1], 3),
        peak_mib=max(server.peaks),
    )


def check_whole(session: Session) -> None:
    """Every complaint has its key, its first message and its file; nothing else hangs about."""
    whole = text(
        "SELECT count(*) AS complaints, count(k.complaint) AS keys, count(m.id) AS messages,"
        " count(f.id) AS files FROM complaints c LEFT JOIN complaint_keys k ON k.complaint = c.id"
        " LEFT JOIN complaint_messages m ON m.complaint = c.id"
        " LEFT JOIN complaint_files f ON f.complaint = c.id"
    )
    assert set(session.execute(whole).one()) == {COMPLAINTS}


def check_opens(session: Session, ports: Ports, number: int, digits: str) -> None:
    """A number that was shown opens its complaint, and its voice is every byte of what was sent."""
    work = work_of(session, NOBODY, ports)
    found = complaint_numbers.open_by_number(work, digits)
    assert found is not None
    [piece] = complaint_evidence.list_pieces(work, found.seal)
    assert piece.sha256 == hashlib.sha256(sound(number)).hexdigest()
    assert complaint_evidence.read_own(work, found.seal, piece.id)[1] == sound(number)
