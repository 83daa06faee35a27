"""Who sends complaints while the server is killed, and the lives that the server has meanwhile."""

import os
import random
import re
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median

APART = 0.21
"""Seconds from one form to the next, whoever sends it: those who come back after an outage are no
flood, from which the site would ask to wait (`paces.Flood`, 300 a minute)."""

TICKET = re.compile(r'name="ticket" value="([^"]+)"')
GROUP = re.compile(r"<strong>(\d{4})</strong>")
BOUNDARY = "a-boundary-that-no-sound-holds"


@dataclass
class Server:
    """The child process, and what each of its lives took of memory and processor."""

    command: list[str]
    port: int
    child: subprocess.Popen[bytes] | None = None
    lives: list[list[int]] = field(default_factory=list)
    """MiB in memory, twice a second from when it answers; one list a life."""
    peaks: list[int] = field(default_factory=list)
    seconds: float = 0.0
    """Of processor, for what came after the start."""

    def start(self) -> None:
        self.child = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                ask(self.port, "GET", "/consulta")
            except (OSError, HTTPException):
                time.sleep(0.1)
            else:
                self.seconds -= self._seconds()
                self.lives.append([])
                return
        raise AssertionError("the server does not start")

    def live(self, until: float) -> None:
        """Watch its memory until then."""
        while (left := until - time.monotonic()) > 0:
            self.lives[-1].append(self._status("VmRSS"))
            time.sleep(min(left, 0.5))

    def kill(self) -> None:
        assert self.child is not None
        self.peaks.append(self._status("VmHWM"))
        self.seconds += self._seconds()
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.wait()

    def grown(self) -> int:
        """MiB of the last life, from its second third to its third one."""
        seen = self.lives[-1]
        third = max(len(seen) // 3, 1)
        return round(median(seen[-third:]) - median(seen[-2 * third : -third] or seen))

    def _status(self, name: str) -> int:
        assert self.child is not None
        status = Path(f"/proc/{self.child.pid}/status").read_text("utf-8")
        return int(re.findall(rf"{name}:\s+(\d+)", status)[0]) // 1024

    def _seconds(self) -> float:
        assert self.child is not None
        times_ = Path(f"/proc/{self.child.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(times_[11]) + int(times_[12])) / os.sysconf("SC_CLK_TCK")


def ask(port: int, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"Content-Type": kind} if kind else {}
        connection.request(method, path, body or None, headers)
        reply = connection.getresponse()
        return reply.status, reply.read().decode()
    finally:
        connection.close()


def sound(number: int, size: int) -> bytes:
    """A voice of so many bytes, each another."""
    return b"OggS" + random.Random(number).randbytes(size - 4)


def form(ticket: str, number: int, size: int) -> bytes:
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
    return b"".join((*parts, file, sound(number, size), f"\r\n--{BOUNDARY}--\r\n".encode()))


@dataclass
class Senders:
    """People who send; `shown` are the numbers that they were shown, by complaint."""

    port: int
    size: int
    shown: dict[int, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    again: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0

    def run(self, numbers: range, began: float, per_minute: int) -> None:
        """Send these, each at its time."""
        for number in numbers:
            time.sleep(max(0.0, began + number * 60 / per_minute - time.monotonic()))
            self._send(number)

    def _send(self, number: int) -> None:
        body = b""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                body = body or form(self._ticket(), number, self.size)
                self._take_turn()
                sent = time.monotonic()
                kind = f"multipart/form-data; boundary={BOUNDARY}"
                status, page = ask(self.port, "POST", "/consulta/contar", body, kind)
            except (OSError, HTTPException):
                self.again += 1
                time.sleep(1)
                continue
            assert status == 200, page
            self.waits.append(time.monotonic() - sent)
            self.shown[number] = "".join(GROUP.findall(page))
            return

    def _take_turn(self) -> None:
        with self.turn:
            now = time.monotonic()
            wait, self.next_at = self.next_at - now, max(self.next_at, now) + APART
        time.sleep(max(0.0, wait))

    def _ticket(self) -> str:
        return str(TICKET.findall(ask(self.port, "GET", "/consulta/contar")[1])[0])
