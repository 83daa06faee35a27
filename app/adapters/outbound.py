"""The one way out to addresses that people or other services name: webhooks, witness, OpenID.

A server that fetches what it is told can be sent to its own database or to the cloud's metadata
(server-side request forgery, OWASP API7). So a name is resolved once, every address that it has
must be a public one, and the connection goes to just that address: a name that changes between
looking and connecting (DNS rebinding) gains nothing. Institutions whose systems live in a private
network name their origins in VEREDA_OUTBOUND_ALLOWED.

Built on the standard library's http.client, since its connection may be given an address of our
own while TLS still checks the name. It reads no proxy setting, follows no redirect and unpacks
nothing, so there is nothing of that to switch off (urllib, httpx and requests do all three).
"""

import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

from app.foreign_json import read_json

SECONDS = 10.0
"""From the first byte of ours to the last of theirs."""

MOST_BYTES = 1024 * 1024
"""The longest reply that is read."""

MOST_ADDRESSES = 2
"""So many addresses of a name are tried."""

PORTS = {"https": 443, "http": 80}

_UNICAST_6 = ipaddress.ip_network("2000::/3")
_RELAYS = tuple(
    ipaddress.ip_network(text) for text in ("192.0.0.0/24", "192.88.99.0/24", "2002::/16")
)
"""Public by the registry, but they lead to other addresses (RFC 6890, RFC 3056)."""

Resolve = Callable[[str, int], Sequence[str]]


class Refused(OSError):
    """A way that is not taken; `code` says why and the text repeats nothing that came from outside.

    address-malformed · not-https · port-not-allowed · private-address · too-slow · too-long
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Reply:
    """What the other side answered; header names are in small letters, a redirect is a reply."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401  whoever asks checks the shape
        """The body as JSON; ValueError where it is none, or a name stands twice in an object."""
        read_json(self.body)  # no deeper than is good for the reader that sees a name twice
        return json.loads(self.body, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def origin_of(url: str) -> str:
    """`scheme://host:port` of an address, the port always told; Refused("address-malformed")."""
    parts = _split(url)
    return f"{parts.scheme}://{_host(parts)}:{_port(parts)}"


@cache
def _trusting_the_system() -> ssl.SSLContext:
    """The authorities that the machine trusts; reading them takes 30 ms, so they are read once."""
    return ssl.create_default_context()


class Outbound:
    """Asks other servers over HTTPS, within limits of place, time and size."""

    def __init__(
        self,
        allowed: Sequence[str] = (),
        *,
        seconds: float = SECONDS,
        most_bytes: int = MOST_BYTES,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`allowed`: origins that may be private, without TLS or on another port than 443."""
        self._allowed = frozenset(origin_of(origin) for origin in allowed)
        self._seconds = seconds
        self._most_bytes = most_bytes
        self._resolve = resolve or _addresses
        self._tls = tls or _trusting_the_system()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Fetch; OSError (Refused among them) where there is no reply."""
        return self.send("GET", url, None, headers)

    def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        """Send; OSError where there is no reply, and then it may or may not have arrived."""
        return self.send("POST", url, body, headers)

    def send(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request and its reply, whatever the status; nothing is tried again."""
        parts = _split(url)
        connection = self._connection(parts)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        told = {"Accept-Encoding": "identity", "Connection": "close", **(headers or {})}
        with _ended_after(self._seconds, connection) as late:
            try:
                connection.request(method, path, body, told)
                with connection.getresponse() as response:
                    return self._read(response)
            except (http.client.HTTPException, OSError, ValueError) as error:
                if late.is_set():
                    raise Refused("too-slow") from None
                if isinstance(error, OSError):
                    raise
                raise OSError(f"no fit reply: {type(error).__name__}") from None

    def _connection(self, parts: SplitResult) -> "_Pinned":
        host, port = _host(parts), _port(parts)
        known = origin_of(parts.geturl()) in self._allowed
        if not known and parts.scheme != "https":
            raise Refused("not-https")
        if not known and port != PORTS["https"]:
            raise Refused("port-not-allowed")
        addresses = self._resolve(host, port)
        if not known and not all(is_public(address) for address in addresses):
            raise Refused("private-address")
        tls = self._tls if parts.scheme == "https" else None
        return _Pinned(host, port, addresses, self._seconds, tls)

    def _read(self, response: http.client.HTTPResponse) -> Reply:
        body = response.read(self._most_bytes + 1)
        if len(body) > self._most_bytes:
            raise Refused("too-long")
        if response.length:
            raise http.client.IncompleteRead(body, response.length)
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, headers, body)


class _Pinned(http.client.HTTPConnection):
    """Connects to the addresses it was given; the name is for the Host header and for TLS."""

    def __init__(
        self,
        host: str,
        port: int,
        addresses: Sequence[str],
        seconds: float,
        tls: ssl.SSLContext | None,
    ) -> None:
        super().__init__(host, port, timeout=seconds)
        self.default_port = PORTS["https" if tls else "http"]
        self._addresses = addresses[:MOST_ADDRESSES]
        self._context = tls
        self.line: socket.socket | None = None

    def connect(self) -> None:
        """Take the first address that answers, each in its share of the time."""
        failed: OSError = OSError("the name has no address")
        for address in self._addresses:
            share = self.timeout / len(self._addresses) if self.timeout else None
            try:
                self.line = socket.create_connection((address, self.port), share)
                break
            except OSError as error:
                failed = error
        if self.line is None:
            raise failed
        if self._context is not None:
            self.line = self._context.wrap_socket(
                self.line, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.line.do_handshake()
        self.sock = self.line

    def close(self) -> None:
        """Let the line go, also where its greeting failed."""
        super().close()
        if self.line is not None:
            self.line.close()

    def cut(self) -> None:
        """End the line from another thread; whoever reads it meets its end."""
        if self.line is not None:
            with suppress(OSError):  # it ended by itself meanwhile
                self.line.shutdown(socket.SHUT_RDWR)


@contextmanager
def _ended_after(seconds: float, connection: _Pinned) -> Iterator[threading.Event]:
    """Cut the line when the whole takes too long: a byte a second outlasts every time-out."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        connection.cut()

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        connection.close()


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open net, and leads to no other address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _UNICAST_6:
        return False  # mapped, translated, local, group and reserved ones alike
    return ip.is_global and not ip.is_multicast and not any(ip in relay for relay in _RELAYS)


def _addresses(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


def _split(url: str) -> SplitResult:
    """The parts of an absolute address that every parser reads alike."""
    if not url.isascii() or any(char <= " " or char in "\\\x7f" for char in url):
        raise Refused("address-malformed")
    try:
        parts = urlsplit(url)
        fit = parts.scheme in PORTS and parts.hostname and parts.port != 0
    except ValueError:
        raise Refused("address-malformed") from None
    if not fit or parts.username is not None or parts.password is not None or parts.fragment:
        raise Refused("address-malformed")
    return parts


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".")


def _port(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]
