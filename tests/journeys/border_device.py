"""A device as a post has it: a browser with a profile on disk that can be killed, and bad lines."""

import http.client
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Playwright

from tests import chromium

TWICE = ("/api/v1/crossings", "/brigada/casos.json")
"""What the bad line sends twice, and whose answers it loses every other time."""


class Line:
    """The only way to the site: a proxy that can be down, double what is sent and lose answers."""

    def __init__(self) -> None:
        self.up = True
        self.bad = False
        self.uploads = 0
        self.lost = 0
        line = self

        class Handler(BaseHTTPRequestHandler):
            """One request of the browser, by its absolute address."""

            def do_GET(self) -> None:
                line.carry(self)

            def do_POST(self) -> None:
                line.carry(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._lock = threading.Lock()
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()

    def carry(self, asked: BaseHTTPRequestHandler) -> None:
        """Bring a request to the site and its answer back, as well as the line is."""
        asked.close_connection = True
        if not self.up:
            return
        body = asked.rfile.read(int(asked.headers.get("Content-Length", 0)))
        upload = asked.command == "POST" and urlsplit(asked.path).path in TWICE
        try:
            if upload and self.bad:
                # Both at the same time: the worse case.
                with ThreadPoolExecutor(2) as both:
                    first, _ = both.map(lambda _: _forward(asked, body), range(2))
            else:
                first = _forward(asked, body)
        except OSError:
            return
        if upload and self.bad and self._loses():
            return
        status, headers, content = first
        asked.send_response_only(status)
        for name, value in headers:
            if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                asked.send_header(name, value)
        asked.send_header("Content-Length", str(len(content)))
        with suppress(OSError):  # nobody waits for it any more
            asked.end_headers()
            asked.wfile.write(content)

    def _loses(self) -> bool:
        with self._lock:
            self.uploads += 1
            loses = self.uploads % 2 == 1
            self.lost += loses
            return loses


def _forward(
    asked: BaseHTTPRequestHandler, body: bytes
) -> tuple[int, list[tuple[str, str]], bytes]:
    parts = urlsplit(asked.path)
    there = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    headers = {n: v for n, v in asked.headers.items() if not n.lower().startswith("proxy-")}
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    there.request(asked.command, path, body, headers | {"Connection": "close"})
    reply = there.getresponse()
    told = reply.status, reply.getheaders(), reply.read()
    there.close()
    return told


@contextmanager
def line() -> Iterator[Line]:
    """A line for the time of a test."""
    made = Line()
    try:
        yield made
    finally:
        made.close()


class Device:
    """A browser with its own profile; `kill` is the battery that falls out."""

    def __init__(self, playwright: Playwright, profile: Path, way: Line) -> None:
        self._playwright, self.profile, self._way = playwright, profile, way
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Page:
        """Start the browser and return its page."""
        told = self.profile / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        arguments = [
            *chromium.ARGUMENTS,
            "--headless=new",
            "--window-size=360,740",
            "--disable-dev-shm-usage",
            f"--user-data-dir={self.profile}",
            "--remote-debugging-port=0",
            f"--proxy-server=http://127.0.0.1:{self._way.port}",
            "--proxy-bypass-list=<-loopback>",
            "about:blank",
        ]
        self._process = subprocess.Popen(
            [chromium.find(), *arguments],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        tick = threading.Event()
        for _ in range(1200):
            if told.exists() and "\n" in told.read_text():
                break
            tick.wait(0.05)
        port = told.read_text().splitlines()[0]
        browser = self._playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        context = browser.contexts[0]
        return context.pages[0] if context.pages else context.new_page()

    def kill(self) -> None:
        """End every process of this browser at once, without a word (SIGKILL)."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        for left in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (self.profile / left).unlink(missing_ok=True)

    def files(self, under: str = "") -> list[Path]:
        """What lies on its disk."""
        return [path for path in (self.profile / under).rglob("*") if path.is_file()]


@contextmanager
def device(playwright: Playwright, profile: Path, way: Line) -> Iterator[Device]:
    """A device for the time of a test; its profile is gone afterwards."""
    made = Device(playwright, profile, way)
    try:
        yield made
    finally:
        made.kill()
        shutil.rmtree(profile, ignore_errors=True)


def find_in(paths: list[Path], words: dict[str, str]) -> list[str]:
    """Which of these words stand in these files, as UTF-8, Latin-1 or UTF-16."""
    found = set()
    for path in paths:
        data = path.read_bytes()
        for name, word in words.items():
            forms = {word.encode("utf-8"), word.encode("utf-16-le"), _latin(word)}
            if any(form in data for form in forms):
                found.add(f"{name} in {path.name}")
    return sorted(found)


def _latin(word: str) -> bytes:
    return word.encode("latin-1", "replace")
