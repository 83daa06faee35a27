"""Raw sockets at a running server: what is slow, endless, doubled or smuggled."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from app.web.connections import BoundedProtocol

HOST = b"Host: localhost\r\n"
GET = b"GET /a HTTP/1.1\r\n" + HOST


class Hasty(BoundedProtocol):
    """The same with little patience."""

    head_bytes, head_seconds, body_bytes, body_seconds = 4096, 0.4, 100_000, 0.6


class Server:
    """Answers each request with its method, path and what it was sent; notes them too."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, bytes]] = []
        self.headers = 0
        config = uvicorn.Config(
            self, host="127.0.0.1", port=0, http=Hasty, ws="none", log_config=None
        )
        config.lifespan = "off"
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until(lambda: self._server.started)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.headers = len(scope["headers"])
        self.seen.append((scope["method"], scope["path"], body))
        said = f"{scope['method']} {scope['path']} {len(body)}".encode()
        length = str(len(said)).encode()
        start = {"type": "http.response.start", "status": 200}
        await send({**start, "headers": [(b"content-length", length)]})
        await send({"type": "http.response.body", "body": said})

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.stop()


@contextmanager
def line(server: Server) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), 5) as spoken:
        yield spoken


def rest(spoken: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    read = b""
    try:
        while piece := spoken.recv(65536):
            read += piece
    except ConnectionError:
        return read
    return read


def say(server: Server, *pieces: bytes) -> bytes:
    """Send and read to the end; whoever keeps the line open is told to close it.

    The server may hang up while we still talk: then what it said is read.
    """
    server.seen.clear()
    with line(server) as spoken:
        with suppress(ConnectionError):
            for piece in pieces:
                spoken.sendall(piece)
        return rest(spoken)


CLOSE = b"Connection: close\r\n"
PLAIN = b"GET /a HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n"


def test_what_is_right_is_answered(server: Server) -> None:
    assert say(server, PLAIN).endswith(b"GET /a 0")
    body = b"POST /a HTTP/1.1\r\n" + HOST + CLOSE + b"Content-Length: 5\r\n\r\nhello"
    assert say(server, body[:40], body[40:]).endswith(b"POST /a 5")
    chunked = b"POST /a HTTP/1.1\r\n" + HOST + CLOSE + b"Transfer-Encoding: chunked\r\n\r\n"
    assert say(server, chunked, b"5\r\nhello\r\n0\r\n\r\n").endswith(b"POST /a 5")


def test_two_in_one_packet_are_two(server: Server) -> None:
    said = say(server, GET + b"\r\n" + GET.replace(b"/a", b"/b") + CLOSE + b"\r\n")
    assert (said.count(b"200 OK"), [path for _, path, _ in server.seen]) == (2, ["/a", "/b"])


POST = b"POST /a HTTP/1.1\r\n" + HOST
HIDDEN = b"GET /hidden HTTP/1.1\r\n" + HOST + b"\r\n"
SMUGGLED = {
    "two lengths": POST + b"Content-Length: 4\r\nContent-Length: 60\r\n\r\nabcd" + HIDDEN,
    "length and chunks": POST
    + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + HIDDEN,
    "chunks and length": POST
    + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n"
    + HIDDEN,
    "two encodings": POST
    + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"
    + HIDDEN,
    "an encoding behind chunks": POST
    + b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"
    + HIDDEN,
    "an unknown encoding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a blank before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a tab in the name": POST + b"Transfer\tEncoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a folded line": POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a signed length": POST + b"Content-Length: +4\r\n\r\nabcd" + HIDDEN,
    "a negative length": POST + b"Content-Length: -4\r\n\r\nabcd" + HIDDEN,
    "a length in hex": POST + b"Content-Length: 0x4\r\n\r\nabcd" + HIDDEN,
    "a list of lengths": POST + b"Content-Length: 4, 4\r\n\r\nabcd" + HIDDEN,
    "an endless length": POST + b"Content-Length: 99999999999999999999\r\n\r\nabcd" + HIDDEN,
    "a bad chunk": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabcd\r\n0\r\n\r\n" + HIDDEN,
    "a signed chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n+4\r\nabcd\r\n0\r\n\r\n" + HIDDEN,
    "an endless chunk": POST
    + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabcd\r\n0\r\n\r\n"
    + HIDDEN,
    "a line feed alone": b"POST /a HTTP/1.1\n" + HOST + b"Content-Length: 0\n\n" + HIDDEN,
    "a carriage return alone": b"GET /a HTTP/1.1\r" + HOST + b"\r" + HIDDEN,
    "another version": b"GET /a HTTP/3.7\r\n" + HOST + b"\r\n" + HIDDEN,
    "a NUL": b"GET /a HTTP/1.1\r\n" + HOST + b"X: a\0b\r\n\r\n" + HIDDEN,
    "no words at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
}


@pytest.mark.promise("P20")
@pytest.mark.asvs("4.2.1")
@pytest.mark.parametrize("sent", SMUGGLED.values(), ids=SMUGGLED)
def test_nothing_is_hidden_in_a_request(server: Server, sent: bytes) -> None:
    """Where two could read it in two ways nobody is asked anything, also not the first part."""
    said = say(server, sent)
    assert b"/hidden" not in said
    assert [path for _, path, _ in server.seen] == []
    assert said.startswith((b"HTTP/1.1 400", b"HTTP/1.1 408", b"HTTP/1.1 431")) or said == b""


@pytest.mark.promise("P19")
@pytest.mark.asvs("2.4.1", "16.5.2")
@pytest.mark.parametrize(
    "start",
    [b"", b"G", b"GET /a HTT", GET, b"\r\n\r\n", POST + b"Content-Length: 50\r\n\r\nabc"],
    ids=["nothing", "a letter", "half a line", "half a head", "empty lines", "half a body"],
)
def test_who_is_slow_has_to_go(server: Server, start: bytes) -> None:
    """A byte now and then does not help: the whole has its time."""
    began = time.monotonic()
    with line(server) as spoken:
        spoken.sendall(start)
        dripping = threading.Thread(target=_drip, args=(spoken, b"\r\n" if not start else b"x"))
        dripping.start()
        said = rest(spoken)
        dripping.join(5)
    assert time.monotonic() - began < 3
    assert b"200 OK" not in said
    assert server.port


def _drip(spoken: socket.socket, piece: bytes) -> None:
    try:
        for _ in range(40):
            spoken.sendall(piece)
            time.sleep(0.05)
    except OSError:
        return


def test_a_line_may_be_used_again_and_then_has_the_same_time(server: Server) -> None:
    with line(server) as spoken:
        for _ in range(3):
            spoken.sendall(GET + b"\r\n")
            assert spoken.recv(65536).endswith(b"GET /a 0")
        began = time.monotonic()
        spoken.sendall(b"GET /")
        assert rest(spoken).startswith(b"HTTP/1.1 408")
    assert time.monotonic() - began < 3


@pytest.mark.promise("P19")
@pytest.mark.parametrize(
    "long",
    [
        b"GET /" + b"a" * 6000 + b" HTTP/1.1\r\n",
        GET + b"X: " + b"a" * 6000,
        GET + b"a: b\r\n" * 1000,
        b"\r\n" * 3000,
        b"GET /?" + b"a=1&" * 1500,
    ],
    ids=["address", "header", "headers", "empty lines", "query"],
)
def test_a_head_without_end_is_cut_off(server: Server, long: bytes) -> None:
    assert say(server, long).startswith((b"HTTP/1.1 431", b"HTTP/1.1 400"))
    assert server.seen == []


@pytest.mark.promise("P19")
def test_trailers_are_dropped_and_have_an_end(server: Server) -> None:
    start = POST + CLOSE + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
    assert say(server, start, b"Cookie: a=b\r\nX: y\r\n\r\n").endswith(b"POST /a 1")
    assert server.headers == 3
    said = say(server, start, *[b"a: b\r\n" * 1000] * 40)
    assert b"200 OK" not in said


def test_whoever_asked_rightly_is_answered_all_the_while(server: Server) -> None:
    with line(server) as slow, line(server) as other:
        slow.sendall(b"GET /")
        other.sendall(b"POST /")
        assert say(server, PLAIN).endswith(b"GET /a 0")
