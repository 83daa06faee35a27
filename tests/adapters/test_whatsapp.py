"""WhatsApp's line against a server of our own: what is sent, what is refused, what is reported."""

import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.adapters.outbound import Outbound
from app.adapters.whatsapp import Line, Report, WhatsAppLine, read_line

SECRET = "app-secret"
FILE = """url = "https://graph.example/v23.0/1/messages"
token = "t"
secret = "s"
verify_token = "v"
template = "aviso"
"""


@dataclass
class Cloud:
    """What the server was asked, and what it answers."""

    address: str = ""
    status: int = 200
    answer: bytes = b'{"messages": [{"id": "wamid.1"}]}'
    asked: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)

    def line(self) -> WhatsAppLine:
        line = Line(f"{self.address}/v23.0/1/messages", "token", SECRET, "word", "vereda_aviso")
        return WhatsAppLine(Outbound([self.address]), line)


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    found = Cloud()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found.asked.append((self.path, self.headers["Authorization"], body))
            self.send_response(found.status)
            self.send_header("Content-Length", str(len(found.answer)))
            self.end_headers()
            self.wfile.write(found.answer)

        def log_message(self, *_: object) -> None:
            """Tell nobody."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.feature("W11")
def test_a_text_goes_as_the_one_place_of_a_template(cloud: Cloud) -> None:
    assert cloud.line().send("+50499990000", "Su permiso está listo:\n VD-1", "es") == "wamid.1"
    [(path, token, body)] = cloud.asked
    assert (path, token) == ("/v23.0/1/messages", "Bearer token")
    assert body == {
        "messaging_product": "whatsapp",
        "to": "50499990000",
        "type": "template",
        "template": {
            "name": "vereda_aviso",
            "language": {"code": "es"},
            "components": [
                {
                    "type": "body",
                    "parameters": [{"type": "text", "text": "Su permiso está listo: VD-1"}],
                }
            ],
        },
    }
    assert WhatsAppLine(Outbound(), None).send("+504", "x", "es") == ""


@pytest.mark.feature("W11")
def test_what_is_no_whole_answer_is_an_error(cloud: Cloud) -> None:
    for status, answer in [(400, cloud.answer), (200, b"{}"), (200, b'{"messages": [{"id": 1}]}')]:
        cloud.status, cloud.answer = status, answer
        with pytest.raises(OSError, match="whatsapp"):
            cloud.line().send("+50499990000", "x", "es")


def report(*statuses: dict[str, str]) -> bytes:
    return json.dumps({"entry": [{"changes": [{"value": {"statuses": statuses}}]}]}).encode()


def signed(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()


@pytest.mark.feature("W11")
def test_only_what_the_secret_signed_is_a_report() -> None:
    line = Cloud("https://graph.example").line()
    body = report(
        {"id": "a", "status": "sent"},
        {"id": "b", "status": "read"},
        {"id": "c", "status": "failed"},
    )
    assert line.read_reports(body, signed(body)) == [Report("b", True), Report("c", False)]
    for wrong in ("", "sha256=", signed(body, "other"), signed(body + b" "), "ñ"):
        assert line.read_reports(body, wrong) is None
    wrote = b'{"entry": [{"changes": [{"value": {"messages": [{}]}}]}]}'
    for other in (wrote, b"[]", b"{}", b"<"):
        assert line.read_reports(other, signed(other)) == []
    assert WhatsAppLine(Outbound(), None).read_reports(body, signed(body)) is None


def test_the_file_of_the_line_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "whatsapp.toml"
    path.write_text(FILE, encoding="utf-8")
    assert read_line(path) == Line("https://graph.example/v23.0/1/messages", "t", "s", "v", "aviso")
    for wrong in (FILE.replace('"s"', '""'), FILE + "x = 1\n", FILE.replace("https", "ftp")):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(ValueError, match="url"):
            read_line(path)
