"""Letters on their way: a real mail server and a real gateway, each in a thread of its own."""

import email.message
import email.policy
import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.adapters.messages import Messenger
from tests.outside import PlainLetter

SMS = PlainLetter("sms", "+50255512345", "", "Su permiso está listo: VD-1234. Año nuevo.")
MAIL = PlainLetter("email", "ana@demo.example", "Aceptación de José Ñ.", "Señora:\n\n.punto\nAdiós")


@dataclass
class Post:
    """What a server was told; `refuses` names the command that it does not take."""

    address: str = ""
    envelopes: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    refuses: str = ""
    status: int = 202
    answer: bytes = b""


def mail_handler(post: Post) -> type[socketserver.StreamRequestHandler]:
    class Mail(socketserver.StreamRequestHandler):
        """Just enough of RFC 5321 for one letter after the other."""

        def handle(self) -> None:
            sender, to = "", list[str]()
            self._say("220 ready")
            while line := self.rfile.readline():
                command = line.decode().strip()
                verb = command.split(" ")[0].split(":")[0].upper()
                if verb == post.refuses:
                    self._say("554 no")
                elif verb == "QUIT":
                    return self._say("221 bye")
                elif verb == "MAIL":
                    sender, to = command, []
                    self._say("250 ok")
                elif verb == "RCPT":
                    to.append(command.split("<")[1].split(">")[0])
                    self._say("250 ok")
                elif verb == "DATA":
                    self._say("354 go on")
                    post.envelopes.append((sender, to, self._letter()))
                    self._say("250 taken")
                else:
                    self._say("250 ok")
            return None

        def _letter(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            return b"".join(lines)

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    return Mail


def gateway_handler(post: Post) -> type[BaseHTTPRequestHandler]:
    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            post.requests.append((self.path, headers, body))
            self.send_response(post.status)
            if 300 <= post.status < 400:
                self.send_header("Location", f"{post.address}/elsewhere")
            self.end_headers()
            self.wfile.write(post.answer)

        def do_GET(self) -> None:
            post.requests.append((self.path, {}, b""))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tell nobody."""

    return Gateway


@contextmanager
def running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def mail() -> Iterator[Post]:
    post = Post()
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), mail_handler(post))
    server.daemon_threads = True
    post.address = f"smtp://127.0.0.1:{server.server_address[1]}"
    with running(server):
        yield post


@pytest.fixture
def gateway() -> Iterator[Post]:
    post = Post()
    server = ThreadingHTTPServer(("127.0.0.1", 0), gateway_handler(post))
    post.address = f"http://127.0.0.1:{server.server_address[1]}/sms"
    with running(server):
        yield post


def messenger(*, mail: str | None = None, sms: str | None = None) -> Messenger:
    return Messenger(smtp_url=mail, mail_from="Vereda <no-responder@vereda.example>", sms_url=sms)


def test_an_e_mail_arrives_as_it_was_written(mail: Post) -> None:
    messenger(mail=mail.address).send(MAIL, "accepted:7:email")
    [(sender, to, letter)] = mail.envelopes
    read = email.message_from_bytes(letter, policy=email.policy.default)
    assert isinstance(read, email.message.EmailMessage)
    assert sender.lower().startswith("mail from:<no-responder@vereda.example>")
    assert to == ["ana@demo.example"]
    assert (read["Subject"], read["X-Vereda-Key"]) == (MAIL.subject, "accepted:7:email")
    assert read.get_content().replace("\r\n", "\n").rstrip("\n") == MAIL.body


def test_an_sms_reaches_the_gateway_with_its_key(gateway: Post) -> None:
    messenger(sms=gateway.address).send(SMS, "ready:7:sms")
    [(path, headers, body)] = gateway.requests
    assert (path, headers["content-type"]) == ("/sms", "application/json")
    assert headers["idempotency-key"] == "ready:7:sms"
    assert json.loads(body) == {"to": SMS.recipient, "text": SMS.body}


@pytest.mark.feature("W11")
def test_a_gateway_names_what_it_will_report(gateway: Post) -> None:
    gateway.answer = b'{"id": "m-1", "queued": true}'
    assert messenger(sms=gateway.address).send(SMS, "1") == "sms:m-1"
    gateway.answer = b"OK"
    assert messenger(sms=gateway.address).send(SMS, "2") == ""


def test_each_letter_goes_by_its_own_way(mail: Post, gateway: Post) -> None:
    both = messenger(mail=mail.address, sms=gateway.address)
    both.send(SMS, "1")
    both.send(MAIL, "2")
    assert (len(mail.envelopes), len(gateway.requests)) == (1, 1)


def test_without_a_channel_the_outbox_is_the_record(mail: Post, gateway: Post) -> None:
    messenger(mail=mail.address).send(SMS, "1")
    messenger(sms=gateway.address).send(MAIL, "2")
    messenger().send(MAIL, "3")
    assert (mail.envelopes, gateway.requests) == ([], [])


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_mail_server_that_refuses_is_an_os_error(mail: Post, command: str) -> None:
    mail.refuses = command
    with pytest.raises(OSError, match="the mail server refused") as failed:
        messenger(mail=mail.address).send(MAIL, "1")
    assert MAIL.recipient not in str(failed.value)
    assert mail.envelopes == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 400, 401, 429, 500, 503])
def test_a_gateway_that_refuses_is_an_os_error(gateway: Post, status: int) -> None:
    gateway.status = status
    with pytest.raises(OSError, match=str(status)):
        messenger(sms=gateway.address).send(SMS, "1")
    assert [path for path, _, _ in gateway.requests] == ["/sms"]


NOBODY: dict[str, Callable[[], str]] = {
    "mail": lambda: messenger(mail="smtp://127.0.0.1:1").send(MAIL, "1"),
    "sms": lambda: messenger(sms="http://127.0.0.1:1/sms").send(SMS, "1"),
}


@pytest.mark.parametrize("send", NOBODY.values(), ids=NOBODY)
def test_nobody_at_the_other_end_is_an_os_error(send: Callable[[], str]) -> None:
    with pytest.raises(OSError, match="refused"):
        send()


@pytest.mark.promise("P20")
def test_a_name_cannot_add_a_recipient_or_a_header(mail: Post) -> None:
    sly = PlainLetter("email", "ana@demo.example\r\nBcc: all@x.example", "Hola", "texto")
    with pytest.raises((OSError, ValueError)):
        messenger(mail=mail.address).send(sly, "1")
    assert mail.envelopes == []
