"""Every reply carries its headers: each route, each error, what is static or refused early."""

import re
from collections.abc import Mapping

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.main import build_app
from app.services.ports import Ports
from app.settings import Settings
from app.web import assets
from app.web.content_policies import DATA_POLICY, PAGE_POLICY, PAPER_POLICY
from app.web.content_policies import HEARD_POLICY as HEARD
from app.web.content_policies import SCANNER_POLICY as SCANNER
from app.web.content_policies import TABLET_POLICY as TABLET
from app.web.content_policies import TALK_POLICY as TALK
from app.web.security import HEADERS, PAGE_HEADERS
from app.wiring import House
from permits.people import Role
from tests.builders import add_official
from tests.databases import Database
from tests.web.conftest import As

SITE = "http://localhost:8000"
SOME = {"application": "00000000-0000-4000-8000-000000000001"}

EVERYWHERE = {
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""Said here again: a header that goes missing in the code is missed here."""

OTHERWISE = {
    "/api/v1/trust-list": {"cross-origin-resource-policy": "cross-origin"},
    "/st/aggregation.json": {"cross-origin-resource-policy": "cross-origin"},
    "/.well-known/openid-credential-issuer": {"cross-origin-resource-policy": "cross-origin"},
    "/.well-known/oauth-authorization-server": {"cross-origin-resource-policy": "cross-origin"},
    "/.well-known/jwt-vc-issuer": {"cross-origin-resource-policy": "cross-origin"},
    "/acompanar/": {"referrer-policy": "no-referrer"},
    "/como-esta/": {"referrer-policy": "no-referrer"},
    "/empleadores/respuesta/": {"referrer-policy": "no-referrer"},
    "/invitacion/": {"referrer-policy": "no-referrer"},
    "/porton/": {"referrer-policy": "no-referrer"},
    "/remisiones/": {"referrer-policy": "no-referrer"},
}
"""Public and for every verifier and wallet; a page whose very address is a secret."""
SIGNED_IN = "/contestar"
"""The answer to a hand-over by an authority that signed in, which needs no secret."""

pytestmark = [pytest.mark.promise("P20")]


def fill(path: str) -> str:
    """A path with something in each of its places."""
    filled = path
    while "{" in filled:
        before, _, rest = filled.partition("{")
        place, _, after = rest.partition("}")
        named = place.partition(":")[0]
        word = "1" if named == "number" else "photo" if named == "kind" else SOME["application"]
        filled = before + word + after
    return filled


def addresses(app: FastAPI) -> list[tuple[str, str]]:
    """Method and address of every route there is."""
    return sorted(
        (method, fill(route.path))
        for route in iter_route_contexts(app.routes)
        if route.path and getattr(route, "methods", None)
        for method in route.methods or ()
    )


def policy_for(path: str, headers: Mapping[str, str]) -> str:
    """What the CSP of a reply has to be, by what it is."""
    kind = headers.get("content-type", "").partition(";")[0]
    if path in {"/escaner/", "/escaner/sw.js", "/v"}:
        return SCANNER
    if path.startswith("/porton/") and kind in {"text/html", "text/javascript"}:
        return SCANNER
    reads_codes = re.fullmatch(r"/mis-fincas/[0-9a-f-]{36}(/enlaces)?|/verificar-oferta", path)
    if reads_codes and kind == "text/html":
        return PAGE_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    if path.startswith("/brigada/") and kind in {"text/html", "text/javascript"}:
        return TABLET
    if is_spoken(path) and kind == "text/html":
        return HEARD if path == "/consulta/archivo" else TALK
    if re.fullmatch("/quejas/[^/]+/pruebas/[^/]+", path) and kind == "text/html":
        return HEARD
    return {"text/html": PAGE_POLICY, "application/pdf": PAPER_POLICY}.get(kind, DATA_POLICY)


def is_spoken(path: str) -> bool:
    """Whether a voice is recorded there: in a complaint, or in a worker's own diary."""
    own = path.startswith("/mi-solicitud/") and path.endswith("/pagos")
    return path.startswith("/consulta") or own


def wrong_with(path: str, headers: Mapping[str, str]) -> dict[str, str | None]:
    """The headers that are not as they should be, with what they are."""
    wanted = {**EVERYWHERE, "content-security-policy": policy_for(path, headers)}
    if headers.get("content-type", "").startswith("text/html"):
        wanted |= {name.lower(): value for name, value in PAGE_HEADERS.items()}
        if is_spoken(path):
            allowed = wanted["permissions-policy"].replace("microphone=()", "microphone=(self)")
            wanted["permissions-policy"] = allowed
    for start, other in OTHERWISE.items():
        wanted |= other if path.startswith(start) and not path.endswith(SIGNED_IN) else {}
    found = {name: headers.get(name) for name in wanted}
    wrong = {name: value for name, value in found.items() if value != wanted[name]}
    if "cache-control" not in headers:
        wrong["cache-control"] = None
    if len(headers.get("x-request-id", "")) != 16:
        wrong["x-request-id"] = headers.get("x-request-id")
    return wrong


@pytest.mark.asvs("3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.8", "14.3.2")
def test_every_route_has_its_headers_whatever_it_answers(
    app: FastAPI, visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        officer = add_official(session, ports, Role.SETRASS_OFFICER)
    asked = addresses(app)
    assert len(asked) > 60
    wrong, kinds = {}, set()
    for client in (visitor, as_(officer)):
        for method, path in asked:
            reply = client.request(method, path)
            kinds.add(reply.status_code)
            if found := wrong_with(path, reply.headers):
                wrong[f"{method} {path} {reply.status_code}"] = found
    assert wrong == {}
    assert {200, 303, 401, 403, 404, 422} <= kinds


def broken(database: Database, ports: Ports, **told: str) -> FastAPI:
    """The site with a page that breaks."""
    settings = Settings(database_url=SecretStr(database.url), **told)  # type: ignore[arg-type]
    house = House(settings, database.engine, database.sessions, database.read_sessions, ports)
    app = build_app(house)

    def breaks() -> None:
        raise RuntimeError("the secret of the house")

    app.get("/breaks")(breaks)
    app.get("/api/v1/breaks")(breaks)
    return app


@pytest.mark.asvs("3.4.3", "16.5.1")
@pytest.mark.parametrize("path", ["/breaks", "/api/v1/breaks"])
def test_an_unknown_error_has_them_too_and_tells_nothing(
    database: Database, ports: Ports, path: str
) -> None:
    client = TestClient(broken(database, ports), SITE, raise_server_exceptions=False)
    reply = client.get(path)
    assert (reply.status_code, wrong_with(path, reply.headers)) == (500, {})
    for told in ("secret", "RuntimeError", "Traceback", ".py"):
        assert told not in reply.text


def early(client: TestClient) -> dict[str, tuple[int, object]]:
    """What is answered before any route: path, wanted status and what is wrong."""
    built = next(iter(assets.read_manifest().values()))
    replies = {
        "static": client.get(built),
        "static, not there": client.get("/static/nothing.js"),
        "a page, not there": client.get("/nowhere"),
        "an operation, not there": client.get("/api/v1/nowhere"),
        "method": client.delete("/entrar"),
        "strange method": client.request("BREW", "/entrar"),
        "foreign form": client.post("/entrar", headers={"Origin": "https://evil.example"}),
        "too long": client.post("/entrar", headers={"Content-Length": "99999999"}),
        "no length": client.post("/entrar", headers={"Content-Length": "long"}),
        "another's name": client.get("/", headers={"Host": "evil.example"}),
        "bad token": client.get("/api/v1/applications", headers={"Authorization": "Bearer x"}),
        "head": client.head("/"),
        "options": client.options("/"),
        "encoded": client.get("/", headers={"Accept-Encoding": "gzip"}),
        "unchanged": client.get("/static/../escaner/"),
    }
    return {
        name: (reply.status_code, wrong_with(reply.request.url.path, reply.headers))
        for name, reply in replies.items()
    }


@pytest.mark.asvs("3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.8")
def test_what_is_refused_early_has_them_too(visitor: TestClient) -> None:
    assert early(visitor) == {
        "static": (200, {}),
        "static, not there": (404, {}),
        "a page, not there": (404, {}),
        "an operation, not there": (404, {}),
        "method": (405, {}),
        "strange method": (405, {}),
        "foreign form": (403, {}),
        "too long": (413, {}),
        "no length": (413, {}),
        "another's name": (421, {}),
        "bad token": (401, {}),
        "head": (405, {}),
        "options": (405, {}),
        "encoded": (200, {}),
        "unchanged": (200, {}),
    }


@pytest.mark.asvs("3.4.1")
def test_over_https_every_reply_says_to_stay_there(database: Database, ports: Ports) -> None:
    app = broken(database, ports, public_url="https://permisos.example")
    client = TestClient(app, "https://permisos.example", raise_server_exceptions=False)
    for path in ("/", "/nowhere", "/breaks", "/api/v1/programmes", "/static/nothing.js"):
        told = client.get(path).headers.get("strict-transport-security")
        assert told == "max-age=31536000; includeSubDomains"
    foreign = client.post("/entrar", headers={"Origin": "https://evil.example"})
    assert foreign.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    plain = TestClient(broken(database, ports), SITE).get("/")
    assert "strict-transport-security" not in plain.headers


@pytest.mark.asvs("3.4.3")
def test_no_policy_lets_inline_scripts_or_foreign_parts_in() -> None:
    for policy in (PAGE_POLICY, SCANNER, TABLET, TALK, HEARD):
        parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert parts["default-src"] == parts["object-src"] == parts["base-uri"] == "'none'"
        assert parts["require-trusted-types-for"] == "'script'"
        assert parts["form-action"] == "'self'"
        for word in ("unsafe-inline", "'unsafe-eval'", "http", "*"):
            assert word not in policy
    assert HEADERS["X-Content-Type-Options"] == "nosniff"


@pytest.mark.asvs("3.2.1")
def test_data_opened_as_a_page_runs_nothing() -> None:
    assert "sandbox" in DATA_POLICY.split("; ")
    assert "default-src 'none'" in DATA_POLICY.split("; ")
    assert "script-src 'none'" in PAPER_POLICY.split("; ")


@pytest.mark.asvs("13.4.2", "13.4.5")
@pytest.mark.parametrize(
    "path",
    [
        *("/docs", "/redoc", "/openapi.json", "/metrics", "/debug", "/admin", "/console", "/.env"),
        *("/.git/config", "/static/manifest.json.map", "/static/../app/settings.py", "/static/"),
    ],
)
def test_nothing_for_makers_is_open_to_everybody(visitor: TestClient, path: str) -> None:
    assert visitor.get(path).status_code == 404
