"""The scanner's server side: one shell for everybody, settings for border agents alone."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from app.services.ports import Ports
from permits.people import Actor, Role
from permits.signing import kid_of
from tests.builders import add_official
from tests.databases import Database
from tests.web.conftest import As


def someone(database: Database, ports: Ports, role: Role, post: str | None = None) -> Actor:
    with database.sessions.begin() as session:
        return replace(add_official(session, ports, role), post=post)


def test_the_shell_does_not_depend_on_who_is_signed_in(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    agent = as_(someone(database, ports, Role.BORDER_AGENT))
    shells = {client.get("/escaner/?idioma=es").text for client in (visitor, agent)}
    assert len(shells) == 1
    assert '<html lang="es-HN">' in shells.pop()
    assert '<html lang="en">' in visitor.get("/escaner/?idioma=en").text
    assert visitor.get("/escaner").headers["location"] == "/escaner/"


def test_every_part_of_the_shell_is_served(visitor: TestClient) -> None:
    page = visitor.get("/escaner/?idioma=es").text
    parts = set(re.findall(r'"(/static/scanner/[^"]+)"', page))
    assert len(parts) == 6
    assert {visitor.get(part).status_code for part in parts} == {200}


def test_the_service_worker_may_serve_the_whole_scanner(visitor: TestClient) -> None:
    reply = visitor.get("/escaner/sw.js")
    assert reply.status_code == 200
    assert reply.headers["service-worker-allowed"] == "/escaner/"
    assert reply.headers["content-type"].startswith("text/javascript")
    assert reply.headers["cache-control"] == "no-cache"
    assert "/escaner/?idioma=en" in reply.text
    assert "wasm-unsafe-eval" in reply.headers["content-security-policy"]


@pytest.mark.feature("B2")
def test_an_agent_gets_the_roots_and_the_tables_of_the_post(
    as_: As, database: Database, ports: Ports
) -> None:
    client = as_(someone(database, ports, Role.BORDER_AGENT, "HN-GT-1"))
    config = client.get("/escaner/config.json").json()
    assert config.pop("server_time").endswith("Z")
    key = ports.keys.roots()[0]
    assert config.pop("roots") == [
        {
            "kid": kid_of(key).hex(),
            "x": f"{key.public_numbers().x:064x}",
            "y": f"{key.public_numbers().y:064x}",
        }
    ]
    assert config == {
        "post": "HN-GT-1",
        "posts": [
            {"code": "HN-GT-1", "name": "El Florido"},
            {"code": "HN-GT-2", "name": "Agua Caliente"},
            {"code": "HN-GT-3", "name": "Corinto"},
        ],
        "departments": {"HN-CP": "Copán", "HN-LE": "Lempira"},
        "occupations": {"9211": "Peones de explotaciones agrícolas"},
        "programmes": {
            code: programme.name_es for code, programme in ports.reference.programmes.items()
        },
        "issuers": {},
        "faces": ["coffee-hn-gt"],
        "freshness": {"green_hours": 24, "amber_hours": 72},
        "result_seconds": 20,
        "halted": False,
        "child_duty_phone": "+50422000000",
    }


def test_the_tables_speak_the_language_of_the_device(
    as_: As, database: Database, ports: Ports
) -> None:
    client = as_(someone(database, ports, Role.BORDER_AGENT))
    client.cookies.set("idioma", "en")
    config = client.get("/escaner/config.json").json()
    assert config["occupations"] == {"9211": "Crop farm labourers"}
    assert config["programmes"]["coffee-hn-gt"] == "Coffee harvest Honduras–Guatemala"


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize("role", [Role.SETRASS_OFFICER, Role.ADMINISTRATOR])
def test_nobody_else_enrols_a_device(
    visitor: TestClient, as_: As, database: Database, ports: Ports, role: Role
) -> None:
    for client in (visitor, as_(someone(database, ports, role))):
        reply = client.get("/escaner/config.json")
        assert reply.status_code == 401
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["code"] == "sign-in-needed"
