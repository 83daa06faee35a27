"""Passkeys through the site, with a device in memory: added, used, and every way of refusing."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app.services.passkeys import TIME_TO_ANSWER
from app.services.ports import Ports
from tests.builders import NOW
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.test_enrolling import codes_of
from tests.web.signing import add_person, enter, typed
from tests.web.soft_passkey import SoftPasskey

SECOND, KEY = "/entrar/segundo-paso", "/entrar/llave"


def options(browser: TestClient, what: str) -> dict[str, object]:
    reply = browser.post(f"/llaves/{what}.json")
    assert reply.status_code == 200, reply.text
    found: dict[str, object] = reply.json()
    return found


def add_passkey(browser: TestClient, **how: object) -> SoftPasskey:
    """A passkey of whoever is signed in here."""
    passkey = SoftPasskey(**how)  # type: ignore[arg-type]
    answer = passkey.make(options(browser, "agregar"))
    reply = browser.post("/mi-cuenta/llave", data={"credential": answer, "name": "Teléfono"})
    assert reply.headers["location"] == "/mi-cuenta?hecho=factor-added", reply.text
    return passkey


@pytest.fixture
def holder(visitor: TestClient, database: Database, ports: Ports) -> tuple[TestClient, SoftPasskey]:
    """An officer who was signed in, added a passkey, and left."""
    add_person(database, ports)
    enter(visitor)
    passkey = add_passkey(visitor)
    visitor.post("/salir")
    return visitor, passkey


@pytest.mark.feature("D3")
@pytest.mark.asvs("6.3.3")
def test_an_official_comes_in_with_a_passkey_alone(holder: tuple[TestClient, SoftPasskey]) -> None:
    browser, passkey = holder
    asked = options(browser, "entrar")
    assert (asked["rpId"], asked["userVerification"]) == ("localhost", "required")
    assert asked["allowCredentials"] == []
    reply = browser.post(KEY, data={"credential": passkey.use(asked), "after": "/bandeja?q=x"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/bandeja?q=x")
    assert "Teléfono" in browser.get("/mi-cuenta").text


@pytest.mark.feature("D3")
def test_it_is_a_second_step_and_a_fresh_proof_too(
    holder: tuple[TestClient, SoftPasskey], clock: StandingClock
) -> None:
    browser, passkey = holder
    browser.post("/entrar", data=typed())
    asked = options(browser, "segundo-paso")
    assert len(asked["allowCredentials"]) == 1  # type: ignore[arg-type]
    answer = passkey.use(asked, named=False)
    assert browser.post(SECOND, data={"credential": answer}).headers["location"] == "/bandeja"
    clock.now = NOW + timedelta(minutes=16)
    assert 'data-options="/llaves/prueba.json"' in browser.get("/mi-cuenta/llave").text
    answer = passkey.use(options(browser, "prueba"))
    kept = {"prueba-en": "/mi-cuenta/llave", "prueba-forma": "GET"}
    proved = browser.post("/entrar/prueba", data={**kept, "prueba-llave": answer})
    assert (proved.status_code, proved.headers["location"]) == (303, "/mi-cuenta/llave")
    assert browser.get("/mi-cuenta/llave").status_code == 200


@pytest.mark.feature("D3")
def test_it_can_be_the_first_factor(visitor: TestClient, database: Database, ports: Ports) -> None:
    add_person(database, ports, enrolled=False)
    visitor.post("/entrar", data=typed())
    passkey = SoftPasskey()
    answer = passkey.make(options(visitor, "inscripcion"))
    shown = visitor.post("/entrar/inscripcion", data={"credential": answer})
    assert len(codes_of(shown.text)) == 10
    assert visitor.post("/entrar/codigos", data={"kept": "yes"}).headers["location"] == "/bandeja"


@pytest.mark.feature("D3")
def test_a_worker_comes_back_with_a_passkey(as_: As, lived: Lived, visitor: TestClient) -> None:
    passkey = add_passkey(as_(lived(lambda story: story.start()).worker))
    reply = visitor.post(KEY, data={"credential": passkey.use(options(visitor, "entrar"))})
    assert (reply.status_code, reply.headers["location"]) == (303, "/solicitud")
    assert visitor.get("/mi-cuenta").status_code == 200


Bend = Callable[[SoftPasskey, dict[str, object]], str]


def _bent(passkey: SoftPasskey, asked: dict[str, object], **changes: object) -> str:
    return replace(passkey, **changes).use(asked)  # type: ignore[arg-type]


def _without_signature(passkey: SoftPasskey, asked: dict[str, object]) -> str:
    answer = json.loads(passkey.use(asked))
    answer["response"]["signature"] = "AAAA"
    return json.dumps(answer)


REFUSED: dict[str, Bend] = {
    "another site": lambda p, o: _bent(p, o, origin="https://vereda.example.org"),
    "another name": lambda p, o: _bent(p, o, rp_id="localhost.example"),
    "nobody was verified": lambda p, o: _bent(p, o, verified=False),
    "a key that is not known": lambda p, o: _bent(p, o, id=b"unknown"),
    "another key": lambda p, o: replace(p, key=SoftPasskey().key).use(o),
    "another owner": lambda p, o: _bent(p, o, owner=bytes(16)),
    "another challenge": lambda p, o: p.use({**o, "challenge": "AAAA"}),
    "no signature": _without_signature,
    "nonsense": lambda p, o: "{",
    "a list": lambda p, o: "[]",
    "nested": lambda p, o: "[" * 9000,
    "numbers": lambda p, o: '{"id": 1, "response": {"clientDataJSON": 5}}',
    "nothing": lambda p, o: "",
}


@pytest.mark.feature("D3")
@pytest.mark.parametrize("how", REFUSED)
def test_what_does_not_fit_lets_nobody_in(holder: tuple[TestClient, SoftPasskey], how: str) -> None:
    browser, passkey = holder
    answer = REFUSED[how](passkey, options(browser, "entrar"))
    reply = browser.post(KEY, data={"credential": answer})
    assert (reply.status_code, "vereda" in browser.cookies) == (422, False)
    assert "La llave de acceso no sirvió." in reply.text


@pytest.mark.asvs("6.5.1")
def test_a_challenge_counts_once_for_its_purpose_and_five_minutes(
    holder: tuple[TestClient, SoftPasskey], clock: StandingClock
) -> None:
    browser, passkey = holder
    answer = passkey.use(options(browser, "entrar"))
    assert browser.post(KEY, data={"credential": answer}).status_code == 303
    browser.post("/salir")
    assert browser.post(KEY, data={"credential": answer}).status_code == 422
    browser.post("/entrar", data=typed())
    for_the_step = passkey.use(options(browser, "segundo-paso"))
    assert browser.post(KEY, data={"credential": for_the_step}).status_code == 422
    late = passkey.use(options(browser, "entrar"))
    clock.now = NOW + TIME_TO_ANSWER
    assert browser.post(KEY, data={"credential": late}).status_code == 422


def test_a_copied_authenticator_is_noticed_by_its_count(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports)
    enter(visitor)
    passkey = add_passkey(visitor, count=5)
    visitor.post("/salir")
    status = []
    for count in (6, 6, 5, 7):
        passkey.count = count
        answer = passkey.use(options(visitor, "entrar"))
        status.append(visitor.post(KEY, data={"credential": answer}).status_code)
        visitor.post("/salir")
    assert status == [303, 422, 422, 303]


def test_a_passkey_of_another_opens_no_second_step(
    holder: tuple[TestClient, SoftPasskey], database: Database, ports: Ports, as_: As
) -> None:
    browser, _ = holder
    thief = as_(add_person(database, ports, email="otra@demo.example"))
    theirs = add_passkey(thief)
    browser.post("/entrar", data=typed())
    answer = theirs.use(options(browser, "segundo-paso"))
    assert browser.post(SECOND, data={"credential": answer}).status_code == 422
    assert thief.post("/llaves/segundo-paso.json").status_code == 401
    assert browser.post("/llaves/agregar.json").status_code == 401


def test_one_passkey_is_added_once_and_never_to_another(
    visitor: TestClient, database: Database, ports: Ports, as_: As
) -> None:
    add_person(database, ports)
    enter(visitor)
    passkey = add_passkey(visitor)
    other = as_(add_person(database, ports, email="otra@demo.example"))
    answer = passkey.make(options(other, "agregar"))
    reply = other.post("/mi-cuenta/llave", data={"credential": answer, "name": "x"})
    assert reply.status_code == 422
    assert "La llave de acceso no sirvió." in reply.text
