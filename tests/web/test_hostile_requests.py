"""Scripts, SQL, templates and broken requests at every page and form: no error, nothing changed."""

import random
import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import TypeVar
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text

from app.services.ports import Ports
from permits.people import Role
from tests.builders import add_official
from tests.databases import Database
from tests.proofs import FULL, times
from tests.vectors.hostile import EVERY, LINES, SQL, XSS
from tests.web.conftest import As, Lived
from tests.web.test_headers import SOME, addresses, fill

T = TypeVar("T")
FIELD = re.compile(r'<(?:input|textarea|select)[^>]*\bname="([^"]+)"')
ENDING = re.compile("salir|sesion|cerrar")
"""Who ends the own session asks for nothing more."""

ACTION = re.compile(r'<form[^>]*\bmethod="post"[^>]*>')

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"

pytestmark = pytest.mark.promise("P20")


def counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.engine.connect() as connection:
        names = connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname='public'")
        )
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for (name,) in names
        }


def is_raw(payload: str, reply: Response) -> bool:
    """Whether a script stands on a page as it was sent, marks and all."""
    page = reply.headers.get("content-type", "").startswith("text/html")
    return page and payload in XSS and payload != escape(payload) and payload in reply.text


def asked(app: FastAPI) -> Iterator[tuple[str, list[str]]]:
    """Each page with the names of what it takes behind the question mark."""
    for route in iter_route_contexts(app.routes):
        if route.path and "GET" in (getattr(route, "methods", None) or ()):
            dependant = getattr(route, "dependant", None)
            names = [field.alias for field in dependant.query_params] if dependant else []
            yield route.path, names or ["q"]


@pytest.fixture
def people(as_: As, lived: Lived, database: Database, ports: Ports) -> dict[str, TestClient]:
    """A worker with a draft, an official with a case, and nobody; their case is in the header."""
    drafted, handed_in = lived(lambda s: s.start()), lived(lambda s: s.start().submit())
    clients = {"worker": as_(drafted.worker), "official": as_(handed_in.setrass)}
    with database.sessions.begin() as session:
        clients["administrator"] = as_(add_official(session, ports, Role.ADMINISTRATOR))
    for name, story in (("worker", drafted), ("official", handed_in)):
        clients[name].headers["X-Case"] = str(story.id)
    return clients


def own(client: TestClient, path: str) -> str:
    return path.replace(SOME["application"], client.headers.get("X-Case", SOME["application"]))


def test_there_are_enough_of_each() -> None:
    assert (len(set(XSS)) >= 200, len(set(SQL)) >= 200) == (True, True)


@pytest.mark.asvs("1.1.2", "1.2.4", "1.3.7")
def test_nothing_asked_for_by_address_is_more_than_text(
    app: FastAPI, visitor: TestClient, people: dict[str, TestClient], database: Database
) -> None:
    before, wrong = counts(database), []
    pages = {fill(path): names for path, names in asked(app)}
    for turn, (who, client) in enumerate((*people.items(), ("visitor", visitor))):
        for path, names in taken(pages.items(), turn):
            for payload in random.Random(path).sample(EVERY, times(1, 60)):
                reply = client.get(own(client, path), params=dict.fromkeys(names, payload))
                if reply.status_code >= 500 or is_raw(payload, reply):
                    wrong.append((who, path, reply.status_code, payload))
    assert wrong == []
    after = counts(database)
    assert {name: after[name] for name in after if after[name] < before[name]} == {}


def taken(ways: Iterable[T], turn: int) -> list[T]:
    """What one person tries: a third of the people each in `make test`, in `make prove` all."""
    return [way for number, way in enumerate(ways) if FULL or (number + turn) % 3 == 0]


def forms(client: TestClient, app: FastAPI, turn: int) -> dict[str, set[str]]:
    """The names of the fields on each page that posts something, by its address."""
    found: dict[str, set[str]] = {}
    for method, path in taken(addresses(app), turn):
        if method != "POST" or path.startswith("/api/") or ENDING.search(path):
            continue
        page = client.get(own(client, path))
        named = set(FIELD.findall(page.text)) if ACTION.search(page.text) else set()
        found[path] = named - {"idioma"} or {"user", "password", "note", "reason", "phone", "code"}
    return found


@pytest.mark.asvs("1.1.2", "1.2.4", "1.3.7")
def test_nothing_typed_into_a_form_is_more_than_text(
    app: FastAPI, visitor: TestClient, people: dict[str, TestClient], database: Database
) -> None:
    before, wrong, sent = counts(database), [], 0
    for turn, (who, client) in enumerate((*people.items(), ("visitor", visitor))):
        for path, names in forms(client, app, turn).items():
            for payload in random.Random(path).sample(EVERY, times(1, len(EVERY))):
                reply = client.post(own(client, path), data=dict.fromkeys(names, payload))
                sent += 1
                if reply.status_code >= 500 or is_raw(payload, reply):
                    wrong.append((who, path, reply.status_code, payload))
    assert wrong == []
    after = counts(database)
    assert {name: after[name] for name in after if after[name] < before[name]} == {}
    assert sent > 100


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://evil.example",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil",
        ),
        *("/\t/evil.example", "/\n/evil.example", "http:evil.example", "javascript:alert(1)"),
        *("data:text/html,x", "https:/evil.example", " //evil.example", "/%09/evil.example"),
        *("//evil.example/%2f..", "/.//evil.example/..//", "@evil.example", "evil.example"),
        *(
            "/a\r\nLocation: //evil.example",
            "/\u2028/evil.example",
            "HTTPS://EVIL.EXAMPLE",
            "//[::1",
        ),
        *("/entrar?siguiente=//evil.example", "?//evil.example", "#//evil.example", "//\u3002evil"),
    ],
)
def test_no_redirect_leads_elsewhere(
    visitor: TestClient, as_: As, lived: Lived, address: str
) -> None:
    story = lived(lambda story: story.start())
    client = as_(story.setrass)
    replies = [
        visitor.get("/idioma/en", params={"volver": address, "back": address, "de": address}),
        visitor.get("/idioma/en", headers={b"Referer": address.encode("utf-8", "replace")}),
        client.get("/entrar", params={"siguiente": address}),
        as_(story.worker).get("/retomar", params={"siguiente": address}),
        as_(story.worker).get("/retomar/papel", params={"siguiente": address}),
    ]
    for reply in replies:
        assert reply.status_code in {200, 303, 400, 404, 422}
        to = reply.headers.get("location", "/")
        assert re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", to), to


def broken(chance: random.Random, path: str) -> dict[str, object]:
    """A request that no browser sends."""
    nested = b"[" * 5000 + b"]" * 5000
    bodies = (b"{", nested, b'{"a":1,"a":2}', b"\xff\xfe", b"\x00" * 50, b"null", b"1e999", b"[]")
    more = (b'{"a":' + b"9" * 5000 + b"}", b"a=%zz&%", b"--x\r\n\r\n--x--", b"x" * 10_000, b"")
    kinds = ("application/json", "text/plain", "multipart/form-data; boundary=x", "x/y", "", "é;=")
    odd = {
        "Cookie": ("vereda=\x01", "vereda=" + "a" * 3000, "=;=;", "idioma=../../etc", "codigo='"),
        "If-Match": ("*", '"9999999999"', "W/", '"\xff"', "-1"),
        "Authorization": ("Bearer", "Basic !!!", "Bearer " + "a." * 900, "Digest x", "\xe9"),
        "Accept-Language": ("xx-" * 500, "\xff", "es;q=", "*"),
        "Accept": ("*/*;q=x", "text/html;" * 200, ""),
        "Idempotency-Key": ("", "a" * 300, "\x7f", "é"),
        "Range": ("bytes=0-,-1", "bytes=99999999999-"),
        "X-Forwarded-For": ("not an address", "1.2.3.4, " * 200),
        "Content-Encoding": ("gzip", "br"),
        "Referer": ("\xff", "http://[", "//"),
    }
    names = chance.sample(sorted(odd), 3)
    headers = {name: chance.choice(odd[name]).encode("latin-1") for name in names}
    headers["Content-Type"] = chance.choice(kinds).encode("latin-1")
    tail = chance.choice(
        ("", "", "/", "//", "/..", "/%00", "/%ff", ";x", "?%00=%ff", "?a[]=1", "?=&&")
    )
    return {"url": path + tail, "content": chance.choice(bodies + more), "headers": headers}


@pytest.mark.asvs("16.5.1", "2.2.1")
def test_broken_requests_are_all_answered(
    app: FastAPI, visitor: TestClient, people: dict[str, TestClient], database: Database
) -> None:
    chance, before, wrong = random.Random(20261124), counts(database), []
    everything = [one for one in addresses(app) if not ENDING.search(one[1])]
    for _ in range(times(150, 10_000)):
        method, path = chance.choice(everything)
        client = chance.choice([visitor, *people.values()])
        sent = broken(chance, own(client, path))
        reply = client.request(chance.choice([method, method, "PUT", "PATCH"]), **sent)  # type: ignore[arg-type]
        if reply.status_code >= 500 or "Traceback" in reply.text:
            wrong.append((method, sent, reply.status_code))
    assert wrong == []
    after = counts(database)
    assert {name: after[name] for name in after if after[name] < before[name]} == {}


@pytest.mark.asvs("16.4.1")
@pytest.mark.parametrize("line", LINES)
def test_no_line_of_the_log_is_forged(
    visitor: TestClient, line: str, capfd: pytest.CaptureFixture[str]
) -> None:
    visitor.get("/nowhere/" + quote(line))
    visitor.post("/entrar", data={"user": line, "password": line})
    said = "".join(capfd.readouterr())
    assert "Set-Cookie" not in said
    assert "\x1b[31mb" not in said
