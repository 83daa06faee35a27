"""How people reach a site that is killed meanwhile: connections that break, and a gate for all."""

import json
import select
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

TIMEOUT = 60
KEPT_SECONDS = 2
"""Less than the server keeps an idle connection."""


class Lost(Exception):
    """No reply came, or one that says that nothing is known: it may have been done or not."""


class NotThere(Exception):
    """Nobody listens: nothing was asked."""


class Ended(Exception):
    """There is nothing more to do."""


@dataclass(frozen=True)
class Reply:
    """What was answered, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: Mapping[str, str]

    @property
    def told(self) -> Any:  # noqa: ANN401
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def request(self) -> str:
        """The id that the log bears too."""
        return self.headers["x-request-id"]

    @property
    def version(self) -> str:
        """What If-Match takes."""
        return self.headers["etag"]


@dataclass
class Line:
    """One browser's or program's connection, from an address of its own, and what it keeps."""

    port: int
    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        self._http = HTTPConnection(
            "127.0.0.1", self.port, TIMEOUT, source_address=(self.address, 0)
        )
        self._used = 0.0
        weakref.finalize(self, self._http.close)

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        **sent: Any,  # noqa: ANN401
    ) -> Reply:
        """Send one request, with `form`, `json` or `content`; Lost where no answer is known.

        NotThere where nobody listens.
        """
        told = {"Host": f"localhost:{self.port}", **(headers or {})}
        body = sent.get("content", b"")
        if form is not None:
            body, told["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        if "json" in sent:
            body, told["Content-Type"] = json.dumps(sent["json"]), "application/json"
        if self.token:
            told["Authorization"] = f"Bearer {self.token}"
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        reply = self._exchange(method, path, body, told)
        self.cookies |= reply.cookies
        return reply

    def _connect(self) -> None:
        """A connection that the other side has not closed meanwhile, being idle or killed.

        A service that is back within `KEPT_SECONDS` knows nothing of the lines to the one before.
        """
        if time.monotonic() - self._used > KEPT_SECONDS or self._is_closed():
            self._http.close()
        if self._http.sock is None:
            try:
                self._http.connect()
            except OSError as nobody:
                time.sleep(0.02)
                raise NotThere from nobody
        self._used = time.monotonic()

    def _is_closed(self) -> bool:
        """Whether the other side said something while it was not asked: that it is gone."""
        line = self._http.sock
        return line is not None and bool(select.select([line], [], [], 0)[0])

    def _exchange(self, method: str, path: str, body: str | bytes, told: dict[str, str]) -> Reply:
        self._connect()
        try:
            self._http.request(method, path, body, told)
            answer = self._http.getresponse()
            whole = answer.read()
        except (OSError, HTTPException) as broken:
            self._http.close()
            raise Lost(repr(broken)) from broken
        if answer.status >= 500:
            raise Lost(f"{answer.status} {whole[:300]!r}")
        jar = SimpleCookie()
        for line in answer.headers.get_all("set-cookie") or []:
            jar.load(line)
        cookies = {name: morsel.value for name, morsel in jar.items()}
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(answer.status, headers, whole, cookies)


class Gate:
    """Lets everybody act, or holds everybody up between two acts."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open, self._ended, self._busy = False, False, 0

    @contextmanager
    def act(self) -> Iterator[None]:
        """One act: it begins while the gate is open, which waits for its end. Ended at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._open or self._ended)
            if self._ended:
                raise Ended
            self._busy += 1
        try:
            yield
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def open(self) -> None:
        """Go on."""
        with self._changed:
            self._open = True
            self._changed.notify_all()

    def close(self) -> None:
        """Nobody begins anything more; returns once nobody is about anything."""
        with self._changed:
            self._open = False
            assert self._changed.wait_for(lambda: self._busy == 0, 2 * TIMEOUT), "somebody is stuck"

    def end(self) -> None:
        """There is nothing more to do."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
