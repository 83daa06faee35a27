"""How long a connection may take to say what it wants, and how much it may say before that.

uvicorn waits for ever for the end of a request's head and keeps any length of it. A few hundred
connections that send a byte now and then (slowloris) would hold every place; a proxy in front has
such limits, but the demonstration has none in front.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 32 * 1024
"""Request line and headers together; browsers send 1 to 2 KB."""

HEAD_SECONDS = 15.0
"""From the first byte of a request, or of a connection, to the end of its headers."""

BODY_BYTES = 40 * 1024 * 1024
"""More than security.py lets through, with the marks of its chunks; then the line is cut."""

BODY_SECONDS = 180.0
"""Two photos of 15 MB over a line of 1.5 Mbit/s."""

TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\n"
TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
_NOTHING = b"content-length: 0\r\nconnection: close\r\n\r\n"


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's own protocol with a clock and a measure."""

    head_bytes, head_seconds = HEAD_BYTES, HEAD_SECONDS
    body_bytes, body_seconds = BODY_BYTES, BODY_SECONDS

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock: who says nothing has to go."""
        super().connection_made(transport)
        self._in_head, self._read = True, 0
        self._clock: asyncio.TimerHandle | None = None
        self._allow(self.head_seconds)

    def data_received(self, data: bytes) -> None:
        """Read on while it is not too long; the first byte of a next request starts anew."""
        if self._clock is None and not self._in_head:
            self._in_head, self._read = True, 0
            self._allow(self.head_seconds)
        super().data_received(data)
        self._read += len(data)
        if self._read > (self.head_bytes if self._in_head else self.body_bytes):
            self._end(TOO_LONG)

    def on_message_begin(self) -> None:
        """A request begins, perhaps behind another one in the same packet."""
        self._in_head, self._read = True, 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep headers; trailers behind a body are dropped, nobody here asks for them."""
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is there: now the body has its time."""
        self._in_head, self._read = False, 0
        self._allow(self.body_seconds)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The whole request is there: what remains is ours to do."""
        self._stop()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._stop()
        super().connection_lost(exc)

    def _allow(self, seconds: float) -> None:
        self._stop()
        self._clock = self.loop.call_later(seconds, self._end, TOO_SLOW)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _end(self, status: bytes) -> None:
        """Say why, where something was asked and not answered, and let the line go."""
        self._stop()
        if self.transport.is_closing():
            return
        answering: Any = self.cycle
        is_answering = answering is not None and answering.response_started
        if self._read and (not is_answering or answering.response_complete):
            self.transport.write(status + _NOTHING)
        self.transport.close()
