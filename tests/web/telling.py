"""Telling what happened as a browser does it: the form, its number, and what may be left of it."""

import re

from fastapi.testclient import TestClient
from sqlalchemy import text

from tests.builders import NOW
from tests.databases import Database

WORDS = "El patrón nos quitó los papeles CANARIO-7731"
TICKET = re.compile(r'name="ticket" value="([^"]+)"')
ENTRY = re.compile(r'name="entry" value="([^"]+)"')
GROUP = re.compile(r"<strong>(\d{4})</strong>")
PDF = b"%PDF-1.4 CANARIO-7731"
TOLD = {"filing": "anonymous", "categories": ["document-retained"], "words": WORDS}


class Scan:
    """A malware scan that goes away."""

    away = False

    def is_malware(self, data: bytes) -> bool:
        if self.away:
            raise OSError("away")
        return False


class Hand:
    """The clock of the site: it stands still until somebody moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> object:
        return self.now


def found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    assert match is not None, page
    return match[match.lastindex or 0]


def number_in(page: str) -> str:
    groups = GROUP.findall(page)
    assert len(groups) == 4, page
    return " ".join(groups)


def tell(client: TestClient, **other: object) -> tuple[int, str]:
    """Open the form and send it; a file goes along where one is named."""
    files = other.pop("files", [("files", ("", b""))])
    data = {"ticket": found(TICKET, client.get("/consulta/contar").text), **TOLD, **other}
    reply = client.post("/consulta/contar", data=data, files=files)  # type: ignore[arg-type]
    return reply.status_code, reply.text


def traces(database: Database) -> list[object]:
    """What would say that somebody was there: sessions, the log, counters, the outbox."""
    tables = ("sessions", "audit_events", "throttles", "outbox", "idempotency_keys")
    with database.sessions() as session:
        return [
            session.execute(text(f"SELECT t::text FROM {name} t ORDER BY 1")).scalars().all()
            for name in tables
        ]
