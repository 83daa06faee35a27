"""WhatsApp's way: the HTTP interface of its Business Cloud, and the reports that it sends back.

A first word to somebody goes by a template that Meta approved; ours holds one place, the text. What
a place holds has no line ends. A report is signed: `X-Hub-Signature-256` is HMAC-SHA256 of the body
as it came, by the secret of the app. WhatsApp knows no idempotency key: a message whose answer got
lost may come twice.
"""

import hmac
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.adapters.outbound import Outbound, Refused, origin_of
from app.foreign_json import read_json

LONGEST_ID = 200
"""Characters of how WhatsApp names a message; real ones have some sixty."""

REACHED = frozenset({"delivered", "read"})


@dataclass(frozen=True)
class Line:
    """The institution's number at Meta: where to post, and the secrets of both directions."""

    url: str
    token: str
    secret: str
    verify_token: str
    template: str


@dataclass(frozen=True)
class Report:
    """What became of one message: it came to the phone, or it failed."""

    provider_id: str
    delivered: bool


class WhatsAppLine:
    """Sends by the line, or keeps silent where there is none (the demonstration's outbox)."""

    def __init__(self, outbound: Outbound, line: Line | None) -> None:
        self._outbound, self._line = outbound, line

    @property
    def verify_token(self) -> str:
        """The word that Meta shows when the address of the reports is entered; "" for none."""
        return self._line.verify_token if self._line else ""

    def send(self, phone: str, text: str, language: str) -> str:
        """How WhatsApp names the message, "" without a line; OSError where it was not taken."""
        if self._line is None:
            return ""
        body = json.dumps(_template(self._line.template, phone, text, language)).encode()
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self._line.token}",
        }
        reply = self._outbound.post(self._line.url, body, headers)
        if reply.status != 200:
            raise OSError(f"whatsapp answered {reply.status}")
        try:
            name = reply.json()["messages"][0]["id"]
        except (ValueError, TypeError, KeyError, IndexError):
            raise OSError("whatsapp gave no whole answer") from None
        if not isinstance(name, str) or not 0 < len(name) <= LONGEST_ID:
            raise OSError("whatsapp gave no whole answer")
        return name

    def read_reports(self, body: bytes, signature: str) -> Sequence[Report] | None:
        """What became of messages; None where the signature is missing or is not WhatsApp's.

        What is no report of a message (somebody wrote back) is passed over.
        """
        if self._line is None:
            return None
        expected = "sha256=" + hmac.digest(self._line.secret.encode(), body, "sha256").hex()
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            return None
        try:
            return list(_reports(read_json(body)))
        except (ValueError, TypeError, KeyError, AttributeError):
            return []


def read_line(path: Path) -> Line:
    """The file of the line; ValueError that names what is wrong, without a secret."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    names = ("url", "token", "secret", "verify_token", "template")
    if set(told) != set(names) or not all(isinstance(told[n], str) and told[n] for n in names):
        raise ValueError(f"the file of WhatsApp needs just {', '.join(names)}")
    try:
        origin_of(told["url"])
    except Refused:
        raise ValueError("url is no address") from None
    return Line(**told)


def _template(name: str, phone: str, text: str, language: str) -> dict[str, Any]:
    told = {"type": "text", "text": " ".join(text.split())}
    return {
        "messaging_product": "whatsapp",
        "to": phone.removeprefix("+"),
        "type": "template",
        "template": {
            "name": name,
            "language": {"code": language},
            "components": [{"type": "body", "parameters": [told]}],
        },
    }


def _reports(told: Any) -> Iterator[Report]:  # noqa: ANN401  (as it came)
    for entry in told["entry"]:
        for change in entry["changes"]:
            for one in change["value"].get("statuses", ()):
                name, status = str(one["id"]), one["status"]
                if status in REACHED or status == "failed":
                    yield Report(name, status in REACHED)
