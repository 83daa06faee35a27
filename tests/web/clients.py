"""Browsers and programs that speak to a site of the tests, all over its one event loop.

A client of Starlette's opens a loop of its own for each request, unless it has one already, and
goes eight times to that thread and back, so that an answer may come in pieces. Ours goes once and
takes the answer when it is whole.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote

import httpx2
from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Message, Scope

SITE = "http://localhost:8000"
PORTS = {"http": 80, "https": 443}
SOMEWHERE = ("testclient", 50000)


@contextmanager
def opened(app: FastAPI) -> Iterator[None]:
    """The site is up, as between its start and its shutdown."""
    with TestClient(app) as first:
        app.state.portal = first.portal
        try:
            yield
        finally:
            app.state.portal = None


class Client(TestClient):
    """Somebody at a site that is up; follows redirects unless told otherwise."""

    def __init__(
        self,
        app: ASGIApp,
        base_url: str = SITE,
        *,
        follow_redirects: bool = True,
        client: tuple[str, int] = SOMEWHERE,
    ) -> None:
        super().__init__(app, base_url, follow_redirects=follow_redirects)
        assert isinstance(app, FastAPI)
        self._transport = InOneGo(app, app.state.portal, client)


def browser(app: FastAPI, token: str | None = None) -> TestClient:
    """Somebody, signed in with the token of a session; redirects are answers to look at."""
    client = Client(app, follow_redirects=False)
    if token is not None:
        client.cookies.set("vereda", token)
    return client


@dataclass
class Exchange:
    """One request and what comes of it; lives in the site's loop."""

    app: FastAPI
    scope: Scope
    body: bytes
    head: Message | None = None
    parts: list[bytes] = field(default_factory=list)

    async def run(self) -> None:
        """Ask, and wait until nothing of it works any more."""
        self._asked, self._answered = False, asyncio.Event()
        await self.app(self.scope, self._receive, self._send)

    async def _receive(self) -> Message:
        if self._asked:
            await self._answered.wait()
            return {"type": "http.disconnect"}
        self._asked = True
        return {"type": "http.request", "body": self.body}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            assert self.head is None, "a second answer"
            self.head = message
        elif message["type"] == "http.response.body":
            assert self.head is not None, "a body before its head"
            assert not self._answered.is_set(), "a body after its end"
            self.parts.append(bytes(message.get("body", b"")))
            if not message.get("more_body", False):
                self._answered.set()


@dataclass(frozen=True)
class InOneGo(httpx2.BaseTransport):
    """What the site raises is raised here, too."""

    app: FastAPI
    portal: BlockingPortal
    client: tuple[str, int]

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of the site, whole."""
        made = Exchange(self.app, self._scope(request), request.read())
        self.portal.call(made.run)
        assert made.head is not None, "no answer"
        assert made._answered.is_set(), "an answer without an end"
        headers = [(name.decode(), value.decode()) for name, value in made.head["headers"]]
        body = b"" if request.method == "HEAD" else b"".join(made.parts)
        stream = httpx2.ByteStream(body)
        return httpx2.Response(made.head["status"], headers=headers, stream=stream, request=request)

    def _scope(self, request: httpx2.Request) -> Scope:
        url = request.url
        headers = [(name.lower(), value) for name, value in request.headers.raw]
        return {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "path": unquote(url.path),
            "raw_path": url.raw_path.split(b"?", 1)[0],
            "root_path": "",
            "scheme": url.scheme,
            "query_string": url.query,
            "headers": headers,
            "client": self.client,
            "server": [url.host, url.port or PORTS[url.scheme]],
            "extensions": {},
            "state": {},
        }
