"""A fresh proof before what cannot be taken back: nothing typed is lost, nothing happens twice."""

import html
import re
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.services.ports import Ports
from app.services.session_limits import PROOF
from app.storage.applications import applications
from app.web.dependencies import proven_work
from permits.applications import Status
from tests.builders import NOW
from tests.databases import Database
from tests.house.test_guards import calls, routes
from tests.web.clients import Client
from tests.web.conftest import Lived
from tests.web.pages.conftest import StandingClock
from tests.web.signing import add_person, code_at, enter

PROVE = "/entrar/prueba"
ASKING = {
    "POST /atestaciones/{vacancy:uuid}",
    "POST /atestaciones/{vacancy:uuid}/clausulas",
    "GET /tarjetas/{batch:uuid}/tarjetas.pdf",
    "POST /casos/{application}/decidir",
    "POST /casos/{application}/recomendar",
    "POST /api/v1/applications/{application}/recommendations",
    "POST /api/v1/applications/{application}/identity-change",
    "POST /contratos-cambiados/{application:uuid}/{version}",
    "POST /api/v1/applications/{application}/contract/{version}/look",
    "POST /casos/{application}/datos/decidir",
    "POST /casos/{application}/empleador/decidir",
    "POST /casos/{application}/credencial/revocar",
    "POST /casos/{application}/credencial/reemplazar",
    "POST /casos/{application}/autorizacion/consultar",
    "POST /casos/{application}/autorizacion/suspender",
    "POST /casos/{application}/autorizacion/restablecer",
    "POST /empleadores/{employer:uuid}/levantar",
    "POST /empleadores/{employer:uuid}/vetar",
    "POST /registros/confirmar",
    "POST /registros/{register:uuid}/quitar",
    "POST /casos/{application}/autorizacion/proponer",
    "POST /casos/{application}/autorizacion/confirmar",
    "POST /casos/{application}/autorizacion/descartar",
    "POST /mi-permiso/{credential:uuid}/reponer",
    "POST /mi-permiso/{credential:uuid}/billetera",
    "POST /cuadrillas/{crew:uuid}/aprobar",
    "POST /segunda-revision/{check:uuid}",
    "POST /api/v1/appeals/{appeal}/ruling",
    "POST /api/v1/applications/{application}/decisions",
    "POST /api/v1/applications/{application}/employer-change",
    "POST /api/v1/employers/{employer}/bar",
    "POST /api/v1/employers/{employer}/bar/lift",
    "POST /api/v1/credentials/{credential}/revoke",
    "POST /api/v1/credentials/{credential}/replace",
    "POST /api/v1/authorisations/{authorisation}/suspend",
    "POST /api/v1/authorisations/{authorisation}/reinstate",
    "POST /api/v1/authorisations/{authorisation}/revocation",
    "POST /api/v1/authorisations/{authorisation}/revocation/confirm",
    "POST /api/v1/authorisations/{authorisation}/revocation/drop",
    "POST /aperturas",
    "POST /recursos/{appeal:uuid}",
    "POST /recuperaciones/{recovery:uuid}",
    "GET /bandeja/exportar",
    "POST /bandeja/casos.csv",
    "GET /mis-datos/copia",
    "GET /mis-datos/copia.json",
    "GET /mis-datos/copia.pdf",
    "GET /api/v1/me/data",
    "POST /mis-datos/{application:uuid}/borrar",
}
"""Of the routes of others; one's own factors, accounts and devices stand in their own rooms."""


def hidden(page: str) -> dict[str, str]:
    """The fields that the page carries along in its first form with a text field."""
    form = page[page.index('<form id="proof"') :]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return {name: html.unescape(value) for name, value in found}


@pytest.fixture
def late(visitor: TestClient, database: Database, ports: Ports, clock: StandingClock) -> TestClient:
    """An officer whose proof is a quarter of an hour old."""
    add_person(database, ports)
    enter(visitor)
    clock.now = NOW + PROOF
    return visitor


def decision(note: str = "¿Cuál es su <segundo> apellido?") -> dict[str, str]:
    return {"opinion": "return", "reasons": "D1", "note": note, "version": "0"}


@pytest.mark.feature("D3")
@pytest.mark.asvs("7.5.3", "7.2.4")
def test_the_decision_goes_on_with_what_was_typed(
    late: TestClient, database: Database, lived: Lived, clock: StandingClock
) -> None:
    case = lived(lambda story: story.start().submit())
    with database.sessions.begin() as session:
        case.session = session  # the one that it was lived in is over
        version = str(case.application.version)
    path = f"/casos/{case.id}/decidir"
    sent = {**decision(), "version": version}
    asked = late.post(path, data=sent)
    assert asked.status_code == 401
    assert 'error="insufficient_user_authentication"' in asked.headers["www-authenticate"]
    kept = hidden(asked.text)
    assert kept == {**sent, "prueba-en": path, "prueba-forma": "POST"}
    before = late.cookies["vereda"]

    wrong = late.post(PROVE, data={**kept, "prueba": "000000"})
    assert (wrong.status_code, hidden(wrong.text)) == (422, kept)
    assert status_of(database, case.id) is Status.UNDER_REVIEW
    shown = {**kept, "prueba": code_at(clock.now)}
    proved = late.post(PROVE, data=shown)
    assert (proved.status_code, proved.headers["location"]) == (307, path)
    assert late.cookies["vereda"] != before
    done = late.post(path, data=shown)  # as a browser does by itself after 307
    assert done.status_code == 303, done.text
    assert status_of(database, case.id) is Status.RETURNED
    twice = late.post(path, data=shown)
    assert twice.status_code in {303, 409, 412}
    old = Client(late.app, follow_redirects=False)
    old.cookies.set("vereda", before)
    assert old.get("/bandeja").headers["location"].startswith("/entrar")


@pytest.mark.feature("W28")
def test_a_language_chosen_in_an_act_is_no_act_once_it_is_proved(
    late: TestClient, database: Database, lived: Lived, clock: StandingClock
) -> None:
    case = lived(lambda story: story.start().submit())
    path = f"/casos/{case.id}/decidir"
    sent = {**decision(), "prueba-en": path, "prueba-forma": "POST"}
    english = hidden(late.post(path, data={**decision(), "idioma": "en"}).text)
    assert english == {**sent, "prueba-idioma": "en"}
    wrong = late.post(PROVE, data={**english, "prueba": "000000"})
    assert (wrong.status_code, hidden(wrong.text)) == (422, english)
    spanish = late.post(PROVE, data={**english, "idioma": "es"})
    assert (spanish.status_code, hidden(spanish.text)) == (200, {**sent, "prueba-idioma": "es"})
    assert late.cookies["idioma"] == "es"
    shown = {**english, "prueba": code_at(clock.now)}
    assert late.post(PROVE, data=shown).status_code == 307
    page = late.post(path, data=shown)
    assert (page.status_code, 'lang="en"' in page.text) == (200, True)
    assert decision()["note"] in html.unescape(page.text)
    assert status_of(database, case.id) is Status.UNDER_REVIEW


def status_of(database: Database, case: object) -> Status:
    with database.sessions.begin() as session:
        found = select(applications.c.status).where(applications.c.id == case)
        return Status(session.execute(found).scalar_one())


@pytest.mark.asvs("7.5.3")
def test_a_proof_lasts_a_quarter_of_an_hour(
    late: TestClient, lived: Lived, clock: StandingClock
) -> None:
    case = lived(lambda story: story.start().submit())
    path = f"/casos/{case.id}/decidir"
    kept = hidden(late.post(path, data=decision()).text)
    late.post(PROVE, data={**kept, "prueba": code_at(clock.now)})
    clock.now += PROOF - timedelta(seconds=1)
    assert late.post(path, data=decision()).status_code != 401
    clock.now += timedelta(seconds=1)
    assert late.post(path, data=decision()).status_code == 401


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize("target", ["https://example.com/", "//example.com", "/\\example.com"])
def test_a_proof_leads_to_our_own_pages_only(
    late: TestClient, clock: StandingClock, target: str
) -> None:
    sent = {"prueba": code_at(clock.now), "prueba-en": target, "prueba-forma": "POST"}
    assert late.post(PROVE, data=sent).headers["location"] == "/"


@pytest.mark.promise("P19")
def test_proofs_are_not_guessed(late: TestClient) -> None:
    replies = [late.post(PROVE, data={"prueba": "000000"}).status_code for _ in range(11)]
    assert replies == [422] * 10 + [429]


@pytest.mark.asvs("7.5.3")
def test_a_program_is_told_by_its_challenge(late: TestClient) -> None:
    case = "00000000-0000-4000-8000-000000000000"
    reply = late.post(
        f"/api/v1/applications/{case}/decisions",
        json={"opinion": "approve"},
        headers={"If-Match": '"1"', "Idempotency-Key": "0" * 32},
    )
    assert (reply.status_code, reply.json()["code"]) == (401, "proof-needed")
    challenge = 'Bearer error="insufficient_user_authentication", max_age="900"'
    assert reply.headers["www-authenticate"] == challenge


@pytest.mark.asvs("7.5.3")
def test_what_asks_for_a_fresh_proof(app: FastAPI) -> None:
    asking = {name for name, dependant in routes(app).items() if proven_work in calls(dependant)}
    own = {name for name in asking if "/mi-cuenta" in name or "/llaves" in name}
    devices = {name for name in asking if "/puestos" in name}
    administration = {name for name in asking if "/administracion" in name}
    assert asking - own - devices - administration == ASKING
    assert len(own) >= 9
    assert len(list(iter_route_contexts(app.routes))) > 50


def test_a_page_that_is_only_opened_comes_back_to_itself(
    late: TestClient, clock: StandingClock
) -> None:
    asked = late.get("/mi-cuenta/contrasena")
    kept = hidden(asked.text)
    assert kept == {"prueba-en": "/mi-cuenta/contrasena", "prueba-forma": "GET"}
    proved = late.post(PROVE, data={**kept, "prueba": code_at(clock.now)})
    assert (proved.status_code, proved.headers["location"]) == (303, "/mi-cuenta/contrasena")
    assert late.get("/mi-cuenta/contrasena").status_code == 200
