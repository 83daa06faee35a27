"""The way out: public addresses only, looked up once, over TLS, bounded; against real servers."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.adapters.outbound import Outbound, Refused, is_public, origin_of

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n" + b'{"a":1}'


@dataclass
class Peer:
    """A server of one connection at a time, and what it was sent."""

    port: int = 0
    heard: list[bytes] = field(default_factory=list)


@contextmanager
def peer(
    answer: bytes | Callable[[socket.socket], None], tls: ssl.SSLContext | None = None
) -> Iterator[Peer]:
    found = Peer()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found.port = listening.getsockname()[1]
        serving = threading.Thread(target=_serve, args=(listening, found, answer, tls))
        serving.start()
        try:
            yield found
        finally:
            with socket.create_connection(("127.0.0.1", found.port)):
                pass  # wakes a server that nobody asked
            serving.join(10)
            assert not serving.is_alive()


def _serve(
    listening: socket.socket,
    found: Peer,
    answer: bytes | Callable[[socket.socket], None],
    tls: ssl.SSLContext | None,
) -> None:
    line, _ = listening.accept()
    try:
        with tls.wrap_socket(line, server_side=True) if tls else line as spoken:
            spoken.settimeout(5)
            if heard := spoken.recv(65536):
                found.heard.append(heard)
                if callable(answer):
                    answer(spoken)
                else:
                    spoken.sendall(answer)
    except OSError:
        return  # the other side went away, as some tests want


def here(peer: Peer, **told: object) -> Outbound:
    """A way out that may go to this peer."""
    return Outbound([f"http://127.0.0.1:{peer.port}"], **told)  # type: ignore[arg-type]


def test_a_reply_of_an_allowed_peer_is_read_whole() -> None:
    with peer(OK) as other:
        reply = here(other).post(
            f"http://127.0.0.1:{other.port}/hook?x=1", b"{}", {"Content-Type": "application/json"}
        )
    assert (reply.status, reply.json(), reply.headers["content-type"]) == (
        200,
        {"a": 1},
        "application/json",
    )
    (heard,) = other.heard
    first, *lines = heard.decode().split("\r\n")
    assert first == "POST /hook?x=1 HTTP/1.1"
    assert f"Host: 127.0.0.1:{other.port}" in lines
    assert "Accept-Encoding: identity" in lines


PRIVATE = (
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
    *("169.254.169.254", "169.254.170.2", "192.0.0.192", "192.88.99.1", "198.18.0.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::7f00:1"),
    *("64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::", "2001::1", "2001:db8::1", "fe80::1%eth0"),
    *("fd00:ec2::254", "fc00::1", "fec0::1", "ff02::1", "100::1"),
)


@pytest.mark.asvs("1.3.6")
@pytest.mark.parametrize("address", PRIVATE)
def test_no_name_leads_to_a_private_address(address: str) -> None:
    assert not is_public(address)
    asked = Outbound(resolve=lambda host, port: ["93.184.215.14", address])
    with pytest.raises(Refused, match="private-address"):
        asked.get("https://public.example/")


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1"])
def test_the_open_net_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.asvs("1.3.6")
@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1.", "localhost", "[::1]"]
)
def test_ways_of_writing_this_machine(host: str) -> None:
    with peer(OK) as other, pytest.raises(OSError, match=r"private-address|Name or service"):
        Outbound().get(f"https://{host}/")
    assert other.heard == []


@pytest.mark.asvs("1.3.6")
@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://public.example/", "not-https"),
        ("https://public.example:8443/", "port-not-allowed"),
        ("https://public.example:22/", "port-not-allowed"),
        ("file:///etc/passwd", "address-malformed"),
        ("gopher://public.example/", "address-malformed"),
        ("ftp://public.example/", "address-malformed"),
        ("//public.example/", "address-malformed"),
        ("https:///path", "address-malformed"),
        ("https://me:secret@public.example/", "address-malformed"),
        ("https://allowed.example@public.example/", "address-malformed"),
        ("https://public.example\\@allowed.example/", "address-malformed"),
        ("https://public.example/#part", "address-malformed"),
        ("https://public.example/\r\nX: 1", "address-malformed"),
        ("https://public.example/a b", "address-malformed"),
        ("https://public.example:x/", "address-malformed"),
        ("https://public.example:99999/", "address-malformed"),
        ("https://públic.example/", "address-malformed"),
        ("https://[::1/", "address-malformed"),
        ("", "address-malformed"),
    ],
)
def test_what_is_no_address_for_us_asks_no_name(url: str, code: str) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["93.184.215.14"]

    with pytest.raises(Refused, match=code):
        Outbound(resolve=resolve).get(url)
    assert asked == []


@pytest.mark.asvs("1.3.6")
def test_the_name_is_looked_up_once_and_that_address_is_taken(tmp_path: Path) -> None:
    """A name that tells another address the second time gains nothing: it is not asked again."""
    server, client = certificates(tmp_path, "registro.example")
    with peer(OK, server) as other:
        told = [["127.0.0.1"], ["127.0.0.2"]]
        out = Outbound(
            [f"https://registro.example:{other.port}"],
            resolve=lambda host, port: told.pop(0),
            tls=client,
        )
        assert out.get(f"https://registro.example:{other.port}/").status == 200
    assert told == [["127.0.0.2"]]
    assert f"Host: registro.example:{other.port}".encode() in other.heard[0]


def test_a_certificate_of_another_name_or_of_nobody_is_refused(tmp_path: Path) -> None:
    server, client = certificates(tmp_path, "other.example")
    for tls in (client, None):
        with peer(OK, server) as other:
            origin = f"https://registro.example:{other.port}"
            out = Outbound([origin], resolve=lambda host, port: ["127.0.0.1"], tls=tls)
            with pytest.raises(ssl.SSLCertVerificationError):
                out.get(origin + "/")
        assert other.heard == []


@pytest.mark.asvs("1.3.6")
def test_a_redirect_is_a_reply_and_nobody_goes_there() -> None:
    with peer(OK) as elsewhere:
        to = f"http://127.0.0.1:{elsewhere.port}/"
        with peer(f"HTTP/1.1 302 Found\r\nLocation: {to}\r\n\r\n".encode()) as other:
            reply = here(other).get(f"http://127.0.0.1:{other.port}/")
    assert (reply.status, reply.headers["location"], elsewhere.heard) == (302, to, [])


def drip(line: socket.socket) -> None:
    """A byte now and then, for ever: no single wait is long."""
    while True:
        line.sendall(b"H")
        time.sleep(0.02)


def silent(line: socket.socket) -> None:
    line.recv(1)


@pytest.mark.promise("P24")
@pytest.mark.asvs("16.5.2")
@pytest.mark.parametrize("slow", [drip, silent])
def test_the_whole_has_an_end(slow: Callable[[socket.socket], None]) -> None:
    began = time.monotonic()
    with peer(slow) as other, pytest.raises(OSError, match=r"too-slow|timed out"):
        here(other, seconds=0.3).get(f"http://127.0.0.1:{other.port}/")
    assert time.monotonic() - began < 5


ENDLESS = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 4096
LIAR = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 4096


@pytest.mark.parametrize("answer", [ENDLESS, LIAR])
def test_a_long_reply_is_read_no_further(answer: bytes) -> None:
    with peer(answer) as other, pytest.raises(Refused, match="too-long"):
        here(other, most_bytes=1000).get(f"http://127.0.0.1:{other.port}/")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"hello\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_reply_is_an_error_of_the_line(answer: bytes) -> None:
    with peer(answer) as other, pytest.raises(OSError):  # noqa: PT011  any of its kinds
        here(other).get(f"http://127.0.0.1:{other.port}/")


def test_a_header_with_a_line_break_never_leaves() -> None:
    with peer(OK) as other, pytest.raises(OSError, match="no fit reply"):
        here(other).get(f"http://127.0.0.1:{other.port}/", {"X-Key": "a\r\nX-Other: b"})
    assert other.heard == []


@pytest.mark.asvs("1.5.3")
def test_json_with_a_name_that_stands_twice_is_none() -> None:
    body = b'{"iss":"a","iss":"b"}'
    with peer(b"HTTP/1.1 200 OK\r\n\r\n" + body) as other:
        reply = here(other).get(f"http://127.0.0.1:{other.port}/")
    with pytest.raises(ValueError, match="twice"):
        reply.json()


def test_an_origin_always_tells_its_port() -> None:
    assert origin_of("https://A.example/path") == "https://a.example:443"
    assert origin_of("http://a.example") == "http://a.example:80"
    assert origin_of("https://a.example.") == "https://a.example:443"


def certificates(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server that says it is `name`, and a client that trusts only who signed that."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)  # noqa: TID251  TLS reads the machine's clock
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "both.pem").write_bytes(secret + pem)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "both.pem")
    return server, ssl.create_default_context(cadata=pem.decode())
