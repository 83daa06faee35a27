"""A request from elsewhere changes nothing: every form and operation × every sign of a stranger."""

from dataclasses import replace
from itertools import product
from random import Random

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import SecretStr
from sqlalchemy import text

from app.main import build_app
from app.services.ports import Ports
from app.settings import Settings
from app.storage.applications import get_application
from app.web.security import SAFE_METHODS
from app.wiring import House
from permits.audit import Act
from permits.people import Role
from permits.reach import EVERYTHING
from tests.builders import add_official
from tests.databases import Database
from tests.proofs import FULL
from tests.web.conftest import As, Lived
from tests.web.test_headers import SOME, addresses

FOREIGN = {
    "another origin": {"Origin": "https://evil.example"},
    "another port": {"Origin": "http://localhost:9999"},
    "another scheme": {"Origin": "https://localhost:8000"},
    "a name that only begins like ours": {"Origin": "http://localhost:8000.evil.example"},
    "no origin to tell": {"Origin": "null"},
    "another site, says the browser": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour, says the browser": {"Sec-Fetch-Site": "same-site"},
    "both": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    "a sandbox": {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    "two that do not agree": {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
}

WAYS = {
    "a form": {"Content-Type": "application/x-www-form-urlencoded"},
    "a form with files": {"Content-Type": "multipart/form-data; boundary=x"},
    "JSON called text": {"Content-Type": "text/plain"},
    "JSON": {"Content-Type": "application/json"},
    "nothing said": {},
}
"""The first three need no question beforehand (CORS), so any page may send them."""

MARK = {"foreign-request", "El pedido vino de otra página"}

pytestmark = [pytest.mark.promise("P20")]


def is_refused(reply: Response) -> bool:
    return reply.status_code == 403 and any(mark in reply.text for mark in MARK)


def changing(app: FastAPI) -> list[tuple[str, str]]:
    return [(method, path) for method, path in addresses(app) if method not in SAFE_METHODS]


def strangers(method: str, path: str, first: bool) -> list[tuple[str, str]]:
    """Signs of a stranger × ways to send: all of them in the proof and at one address, else some.

    Which ones differs by address, so that each sign and each way meets many.
    """
    every = list(product(FOREIGN, WAYS))
    return every if FULL or first else Random(method + path).sample(every, 2)


@pytest.mark.asvs("3.5.1")
def test_every_change_is_refused_to_strangers_and_to_nobody_else(
    app: FastAPI, visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        officer = as_(add_official(session, ports, Role.SETRASS_OFFICER))
    asked = changing(app)
    assert len(asked) > 25
    let_in = [
        f"{method} {path}: {sign}, {way}"
        for client in ((visitor, officer) if FULL else (officer,))
        for method, path in asked
        for sign, way in strangers(method, path, path == asked[0][1])
        if not is_refused(
            client.request(method, path, content="{}", headers=FOREIGN[sign] | WAYS[way])
        )
    ]
    assert let_in == []
    own = {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}
    shut_out = [
        f"{method} {path}"
        for method, path in asked
        if is_refused(visitor.request(method, path, content="{}", headers=own))
    ]
    assert shut_out == []


@pytest.mark.asvs("3.5.1", "3.5.3")
def test_a_case_stands_as_it_was_after_all_strangers(
    as_: As, lived: Lived, database: Database
) -> None:
    """The addresses are real here and the person may do all of it."""
    story = lived(lambda story: story.start().submit())
    with database.sessions.begin() as session:
        before = get_application(session, story.id, reach=EVERYTHING)
    client = as_(story.setrass)
    paths = [f"/casos/{story.id}/{act}" for act in ("decidir", "tomar", "soltar")]
    version = {"version": str(before.version), "opinion": "approve"}
    for path in [*paths, f"/api/v1/applications/{story.id}/decisions"]:
        for told in FOREIGN.values():
            assert is_refused(client.post(path, data=version, headers=told))
    with database.sessions.begin() as session:
        assert get_application(session, story.id, reach=EVERYTHING) == before


NOTED = {
    *("audit_events", "audit_leaves", "audit_nodes", "looks"),
    *("openings", "sessions", "throttles"),
    "enrolments",  # a second factor that waits to be confirmed by a form
}
"""What looking may leave behind: that somebody looked, and when they were last here."""


def contents(database: Database) -> dict[str, str]:
    """A digest of every table but those of `NOTED`."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    digest = "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t"
    with database.engine.connect() as connection:
        names = [name for (name,) in connection.execute(text(tables)) if name not in NOTED]
        return {name: str(connection.execute(text(digest.format(name))).scalar()) for name in names}


@pytest.mark.asvs("3.5.3")
def test_looking_changes_nothing(
    app: FastAPI, as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    """Every address that answers to GET, asked by the worker and the official of a real case."""
    story = lived(lambda story: story.start().submit())
    looked_at = [path for method, path in addresses(app) if method == "GET"]
    clients = [as_(actor) for actor in (story.worker, story.setrass)]
    before, seen = contents(database), set[int]()
    for client in clients:
        for path in looked_at:
            reply = client.get(path.replace(SOME["application"], str(story.id)))
            seen.add(reply.status_code)
    assert {200, 404} <= seen
    assert contents(database) == before
    assert len(before) > 10


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("permisos.example", 200),
        ("permisos.example:443", 200),
        ("PERMISOS.example", 200),
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("evil.example", 421),
        ("permisos.example.evil.example", 421),
        ("evil.example:443", 421),
        ("10.1.2.3", 421),
        ("[fe80::1]", 421),
        ("permisos.example@evil.example", 421),
        ("", 421),
    ],
)
def test_only_names_of_ours_are_answered(
    database: Database, ports: Ports, host: str, status: int
) -> None:
    client = TestClient(secure(database, ports), "https://permisos.example")
    assert client.get("/", headers={"Host": host}).status_code == status
    assert client.get("/health/live", headers={"Host": host}).status_code == 200


def test_a_demonstration_may_be_asked_by_number(visitor: TestClient) -> None:
    for host, status in (("192.168.1.7:8000", 200), ("[fe80::1]:8000", 200), ("evil.example", 421)):
        assert visitor.get("/", headers={"Host": host}).status_code == status


def secure(database: Database, ports: Ports) -> FastAPI:
    """The site as it is reached over https, strict with names."""
    address = "https://permisos.example"
    settings = Settings(
        environment="production",
        database_url=SecretStr(database.url),
        key_passphrase=SecretStr("a passphrase of the tests"),
        issuer=address,
        public_url=address,
        trusted_proxy=("127.0.0.1",),
        smtp_url=SecretStr("smtp://mail.example"),
        clamd="off",
        watch_list="off",
        sms_url=SecretStr("off"),
        child_duty_email="guardia@example.org",
        outside_duty=("guardia@conadeh.example.org",),
    )
    house = House(
        settings,
        database.engine,
        database.sessions,
        database.read_sessions,
        replace(ports, public_url=address),
    )
    return build_app(house)


@pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4")
def test_cookies_over_https_belong_to_this_host_and_to_no_script(
    database: Database, ports: Ports
) -> None:
    client = TestClient(secure(database, ports), "https://permisos.example", follow_redirects=False)
    told = [client.get("/idioma/en").headers["set-cookie"]]
    begun = client.post("/solicitud/nueva/coffee-hn-gt", data={"phone": "+50255512345"})
    assert begun.status_code == 303
    told += begun.headers.get_list("set-cookie")
    names = {cookie.partition("=")[0] for cookie in told}
    assert names == {"__Host-idioma", "__Host-vereda", "__Secure-codigo"}
    for cookie in told:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax"} <= parts
        assert not any(part.startswith("domain") for part in parts)
        if cookie.startswith("__Host-"):
            assert "path=/" in parts
    assert client.get("/entrar").text.count('lang="en"') == 1


def test_a_request_of_two_names_is_not_answered(visitor: TestClient) -> None:
    """Who is in front may read the first and we the last."""
    for names in (["localhost", "evil.example"], ["localhost", "localhost"]):
        told = [("Host", name) for name in names]
        assert visitor.get("/health/live", headers=told).status_code == 421


@pytest.mark.asvs("16.3.2")
def test_who_may_not_is_written_down(as_: As, database: Database, ports: Ports) -> None:
    with database.sessions.begin() as session:
        agent = add_official(session, ports, Role.BORDER_AGENT)
    assert as_(agent).get("/bandeja").status_code == 403
    query = text("SELECT person, facts->>'operation' FROM audit_events WHERE act = :act")
    with database.engine.connect() as connection:
        noted = [tuple(row) for row in connection.execute(query, {"act": Act.REFUSED})]
    assert noted == [(agent.person, "show_queue")]
