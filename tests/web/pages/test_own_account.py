"""One's own account: sessions listed and ended, factors added, named and removed, the password."""

import re
from datetime import timedelta

import pyotp
import pytest
from fastapi.testclient import TestClient

from app.services.ports import Ports
from app.services.session_limits import SessionLimits
from permits.people import Actor, Role
from tests.builders import NOW
from tests.databases import Database
from tests.web.clients import Client
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.test_enrolling import codes_of, secret_of
from tests.web.pages.test_second_step import told
from tests.web.signing import PASSWORD, add_person, code_at, enter, typed

WINDOWS = {"user-agent": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"}
NEW = "tres burros en la milpa"


@pytest.fixture
def owner(database: Database, ports: Ports) -> Actor:
    return add_person(database, ports)


@pytest.fixture
def desk(visitor: TestClient, owner: Actor) -> TestClient:
    """The owner's browser at a desk."""
    visitor.headers.update(WINDOWS)
    enter(visitor)
    return visitor


@pytest.fixture
def other(desk: TestClient, clock: StandingClock) -> TestClient:
    """The same person in another browser, half a minute later."""
    browser = Client(desk.app, follow_redirects=False)
    clock.now = NOW + timedelta(seconds=30)
    enter(browser, code=code_at(clock.now))
    return browser


def is_in(browser: TestClient) -> bool:
    return browser.get("/mi-cuenta").status_code == 200


@pytest.mark.feature("D3")
@pytest.mark.promise("P17")
def test_sessions_are_listed_and_ended_one_by_one(desk: TestClient, other: TestClient) -> None:
    page = desk.get("/mi-cuenta").text
    assert "Firefox · Windows" in page
    assert page.count("Cerrar esta sesión") == 1
    (session,) = re.findall(r"/mi-cuenta/sesiones/([0-9a-f-]{36})/cerrar", page)
    assert desk.post(f"/mi-cuenta/sesiones/{session}/cerrar").status_code == 303
    assert (is_in(desk), is_in(other)) == (True, False)
    assert desk.post(f"/mi-cuenta/sesiones/{session}/cerrar").status_code == 404


@pytest.mark.promise("P17")
def test_out_everywhere_is_out_at_once(desk: TestClient, other: TestClient) -> None:
    assert desk.post("/mi-cuenta/sesiones/cerrar").headers["location"] == "/entrar"
    assert (is_in(desk), is_in(other)) == (False, False)


@pytest.mark.promise("P17")
def test_nobody_ends_a_session_of_others(
    desk: TestClient, database: Database, ports: Ports, as_: As
) -> None:
    stranger = as_(add_person(database, ports, email="otra@demo.example"))
    page = stranger.get("/mi-cuenta").text
    assert "Cerrar esta sesión" not in page
    listed = re.findall(r"/mi-cuenta/sesiones/([0-9a-f-]{36})", desk.get("/mi-cuenta").text)
    assert listed == []


@pytest.mark.feature("D3")
@pytest.mark.asvs("7.5.1")
def test_another_app_is_added_named_and_removed(
    desk: TestClient, other: TestClient, database: Database, clock: StandingClock
) -> None:
    secret = secret_of(desk.get("/mi-cuenta/codigo").text)
    assert desk.get("/mi-cuenta/codigo/simbolo.svg").status_code == 200
    wrong = desk.post("/mi-cuenta/codigo", data={"code": "000000", "name": "Casa"})
    assert "El código no coincide." in wrong.text
    code = pyotp.TOTP(secret).at(clock.now)
    added = desk.post("/mi-cuenta/codigo", data={"code": code, "name": "Casa"})
    assert added.headers["location"] == "/mi-cuenta?hecho=factor-added"
    page = desk.get("/mi-cuenta?hecho=factor-added").text
    assert "Listo: puede entrar también con esto." in page
    first, second = dict.fromkeys(re.findall(r"/mi-cuenta/factores/([0-9a-f-]{36})/nombre", page))
    desk.post(f"/mi-cuenta/factores/{second}/nombre", data={"name": "Tableta"})
    assert "Tableta" in desk.get("/mi-cuenta").text
    assert desk.post(f"/mi-cuenta/factores/{first}/quitar").status_code == 303
    assert is_in(other) is False  # what was lost may be in other hands
    assert desk.post(f"/mi-cuenta/factores/{second}/quitar").status_code == 409
    assert told(database)[-2:] == ["factor-added", "factor-removed"]
    nobody = "00000000-0000-4000-8000-000000000000"
    assert desk.post(f"/mi-cuenta/factores/{nobody}/quitar").status_code == 404
    assert desk.post(f"/mi-cuenta/factores/{nobody}/nombre", data={"name": "x"}).status_code == 404


@pytest.mark.feature("D3")
@pytest.mark.asvs("7.5.1", "6.2.5", "6.2.9", "6.2.12")
def test_another_password_ends_every_other_session(
    desk: TestClient, other: TestClient, database: Database
) -> None:
    path = "/mi-cuenta/contrasena"
    assert 'autocomplete="new-password"' in desk.get(path).text
    for old, new, words in (
        ("otra", NEW, "La contraseña de ahora no es correcta."),
        (PASSWORD, "corta", "Escriba al menos 12 letras o números."),
        (PASSWORD, "contraseña.2026", "Es fácil de adivinar."),
        ("", NEW, "La contraseña de ahora no es correcta."),
        (PASSWORD, "", "Escriba la contraseña nueva."),
    ):
        reply = desk.post(path, data={"old": old, "password": new})
        assert (reply.status_code, words in reply.text) == (422, True), words
        assert NEW not in reply.text
    reply = desk.post(path, data={"old": PASSWORD, "password": NEW})
    assert reply.headers["location"] == "/mi-cuenta?hecho=password"
    assert (is_in(desk), is_in(other)) == (True, False)
    assert told(database)[-1] == "password-changed"
    assert other.post("/entrar", data=typed()).status_code == 422
    assert other.post("/entrar", data=typed(NEW)).status_code == 303


def test_new_paper_codes_are_shown_once(desk: TestClient) -> None:
    assert len(codes_of(desk.post("/mi-cuenta/codigos").text)) == 10
    page = desk.get("/mi-cuenta").text
    assert codes_of(page) == []
    assert "Le quedan 10 códigos." in page


@pytest.mark.feature("D3")
@pytest.mark.asvs("7.5.1")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/mi-cuenta/codigo"),
        ("GET", "/mi-cuenta/llave"),
        ("POST", "/mi-cuenta/codigos"),
        ("POST", "/mi-cuenta/contrasena"),
        ("POST", "/mi-cuenta/factores/00000000-0000-4000-8000-000000000000/quitar"),
    ],
)
def test_an_old_proof_changes_nothing(
    desk: TestClient, clock: StandingClock, method: str, path: str
) -> None:
    clock.now = NOW + timedelta(minutes=20)
    assert desk.request(method, path).status_code == 401


@pytest.mark.feature("D3")
@pytest.mark.promise("P17")
@pytest.mark.asvs("7.3.1", "7.3.2")
@pytest.mark.parametrize(
    ("role", "idle", "whole"),
    [
        (Role.SETRASS_OFFICER, timedelta(minutes=30), timedelta(hours=10)),
        (Role.BORDER_AGENT, timedelta(hours=2), timedelta(hours=16)),
        (Role.WORKER, timedelta(hours=20), timedelta(hours=24)),
    ],
)
def test_sessions_end_by_the_clock(
    as_: As,
    database: Database,
    ports: Ports,
    lived: Lived,
    clock: StandingClock,
    role: Role,
    idle: timedelta,
    whole: timedelta,
) -> None:
    if role is Role.WORKER:
        person = lived(lambda story: story.start()).worker
    else:
        person = add_person(database, ports, role)
    assert (SessionLimits().of(role).idle, SessionLimits().of(role).whole) == (idle, whole)
    sleepy, busy = as_(person), as_(person)
    clock.now = NOW + idle
    assert is_in(sleepy) is (idle < whole)
    clock.now += timedelta(seconds=1)
    quiet = as_(person)
    clock.now += idle + timedelta(seconds=1)
    assert is_in(quiet) is False
    clock.now = NOW
    while clock.now < NOW + whole - idle:
        clock.now += idle / 2
        assert is_in(busy)
    clock.now = NOW + whole
    assert is_in(busy) is False


def test_a_worker_has_a_page_too(as_: As, lived: Lived) -> None:
    worker = as_(lived(lambda story: story.start()).worker)
    page = worker.get("/mi-cuenta").text
    assert "Agregar una llave de acceso" in page
    assert "Códigos de papel" not in page
    assert worker.post("/mi-cuenta/codigos").status_code == 403
    assert worker.post("/mi-cuenta/sesiones/cerrar").headers["location"] == "/"
