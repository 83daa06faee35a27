"""The demonstration's telephones: newest first, by recipient, with links of this site alone."""

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.main import build_app
from app.services.ports import Ports
from app.settings import Settings
from app.storage.outbox import Message, add_message
from app.web.pages.outbox import Piece, cut
from app.wiring import House
from tests.builders import NOW
from tests.databases import Database
from tests.web.clients import browser, opened

SITE = "http://localhost:8000"


@pytest.fixture(autouse=True)
def sent(database: Database) -> None:
    """Two texts and an e-mail."""
    told = [
        ("sms", "+50255512345", "", f"Su código: 12345678. Siga en {SITE}/retomar."),
        ("sms", "+50499990000", "", f"¿Contrata? {SITE}/empleadores/respuesta/a-b_c <b>"),
        ("email", "cedral@demo.example", "Pregunta", "Vea https://example.com/x"),
    ]
    with database.sessions.begin() as session:
        for number, (channel, recipient, subject, body) in enumerate(told):
            key = f"k{number}"
            add_message(session, Message(key, "x", "es", channel, recipient, subject, body, NOW))


def recipients(page: str) -> list[str]:
    return re.findall(r'href="/demo/mensajes\?a=([^"]+)"', page)


@pytest.mark.feature("W11")
def test_everybody_reads_every_message_the_newest_first(visitor: TestClient) -> None:
    page = visitor.get("/demo/mensajes").text
    assert recipients(page) == ["cedral%40demo.example", "%2B50499990000", "%2B50255512345"]
    links = re.findall(r'<p class="letter__body">.*?<a class="govuk-link" href="([^"]+)"', page)
    assert links == ["/empleadores/respuesta/a-b_c", "/retomar"]
    assert "&lt;b&gt;" in page
    assert 'href="https://example.com' not in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("+502 5551-2345", ["%2B50255512345"]),
        ("Cedral@demo.example", ["cedral%40demo.example"]),
        ("+50200000000", []),
    ],
)
def test_one_recipient(visitor: TestClient, typed: str, found: list[str]) -> None:
    page = visitor.get("/demo/mensajes", params={"a": typed}).text
    assert recipients(page) == found
    assert ("Ningún mensaje para este teléfono o correo." in page) is (found == [])


@pytest.mark.parametrize(
    ("body", "pieces"),
    [
        ("", []),
        (f"{SITE}", [Piece(SITE, "/")]),
        (
            f"a {SITE}/v?n=1&m=2.",
            [Piece("a "), Piece(f"{SITE}/v?n=1&m=2", "/v?n=1&m=2"), Piece(".")],
        ),
        (f"{SITE}.evil.example/x", [Piece(SITE, "/"), Piece(".evil.example/x")]),
        (f"{SITE}0/x", [Piece(f"{SITE}0/x")]),
        ("https://example.com/x", [Piece("https://example.com/x")]),
    ],
)
def test_only_addresses_of_this_site_become_links(body: str, pieces: list[Piece]) -> None:
    assert cut(body, SITE) == pieces


@pytest.fixture
def in_production(database: Database, ports: Ports) -> Iterator[FastAPI]:
    settings = Settings(database_url=SecretStr(database.url)).model_copy(
        update={"environment": "production"}
    )
    house = House(settings, database.engine, database.sessions, database.read_sessions, ports)
    app = build_app(house)
    with opened(app):
        yield app


def test_in_production_there_is_no_such_page(in_production: FastAPI) -> None:
    reply = browser(in_production).get("/demo/mensajes")
    assert reply.status_code == 404
    assert "12345678" not in reply.text
