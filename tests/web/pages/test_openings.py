"""Break-glass on the screen: opened, read, told to the data-protection officer, judged."""

import re
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app.services.accounts import add as add_account
from app.services.ports import Ports
from app.storage.accounts import Account
from app.storage.applications import get_application
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.reach import EVERYTHING
from tests.builders import Story, add_official, work_of
from tests.databases import Database
from tests.web.conftest import As, Lived

REASON = "La señora Juana Pérez llamó desde la frontera."
REVIEWS = "/proteccion-de-datos/aperturas"


@pytest.fixture
def story(lived: Lived) -> Story:
    return lived(lambda story: story.start().submit())


@pytest.fixture
def receipt(database: Database, story: Story) -> str:
    with database.sessions() as session:
        return get_application(session, story.id, reach=EVERYTHING).receipt or ""


@pytest.fixture
def official(database: Database, ports: Ports) -> Actor:
    """Of a department where the file is not."""
    actor = Actor(PersonId(uuid4()), Role.INM_OFFICER, "Norma Fúnez", department="HN-OC")
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports)
        add_account(work, Account.of(actor, "norma@demo.example", ""))
    return actor


@pytest.fixture
def judge(as_: As, database: Database, ports: Ports) -> TestClient:
    with database.sessions.begin() as session:
        return as_(add_official(session, ports, Role.DATA_PROTECTION_OFFICER))


@pytest.mark.feature("D1", "D8")
def test_a_file_is_opened_read_told_and_judged(
    as_: As, official: Actor, judge: TestClient, story: Story, receipt: str
) -> None:
    desk = as_(official)
    assert desk.get(f"/casos/{story.id}").status_code == 404
    assert "Usted no ha abierto ningún expediente así." in desk.get("/aperturas").text

    opened = desk.post("/aperturas", data={"receipt": receipt, "reason": REASON})

    assert opened.status_code == 303
    path = opened.headers["location"]
    file = desk.get(path)
    assert file.status_code == 200
    assert "Gutiérrez" in file.text
    assert re.findall(r'<form[^>]*action="/(?!salir|idioma)', file.text) == []
    assert desk.get(f"/casos/{story.id}").status_code == 404
    decided = desk.post(f"/casos/{story.id}/decidir", data={"opinion": "approve", "version": "2"})
    assert decided.status_code == 404
    assert receipt in desk.get("/aperturas").text

    listed = judge.get(REVIEWS).text
    assert (receipt in listed, "Norma Fúnez" in listed) == (True, True)
    one = path.replace("/aperturas", REVIEWS)
    assert "Juana Pérez" in judge.get(one).text
    assert judge.get(path).status_code == 403
    silent = judge.post(one, data={"justified": "no"})
    assert (silent.status_code, "Escriba por qué lo juzga así." in silent.text) == (422, True)
    judged = judge.post(one, data={"justified": "no", "note": "No había prisa."})
    assert judged.headers["location"] == f"{one}?hecho=revisada"
    assert "Su revisión quedó guardada." in judge.get(judged.headers["location"]).text
    again = judge.post(one, data={"justified": "yes", "note": "Sí había."})
    assert (again.status_code, "No había prisa." in again.text) == (409, True)
    assert "Ninguna apertura espera su revisión." in judge.get(REVIEWS).text
    assert receipt in judge.get(REVIEWS, params={"ver": "revisadas"}).text


@pytest.mark.feature("D1")
def test_what_opens_nothing_says_why_and_keeps_the_reason(
    as_: As, official: Actor, story: Story, receipt: str
) -> None:
    desk = as_(official)
    short = desk.post("/aperturas", data={"receipt": receipt, "reason": "porque sí"})
    assert (short.status_code, "Cuente un poco más" in short.text) == (422, True)
    unknown = desk.post("/aperturas", data={"receipt": "2026-0000-0000", "reason": REASON})
    assert (unknown.status_code, REASON in unknown.text) == (404, True)
    own = as_(story.inm).post("/aperturas", data={"receipt": receipt, "reason": REASON})
    assert (own.status_code, "Este expediente ya le toca." in own.text) == (409, True)


@pytest.mark.promise("P15")
def test_nobody_else_reads_what_one_official_opened(
    as_: As, official: Actor, judge: TestClient, story: Story, receipt: str
) -> None:
    opened = as_(official).post("/aperturas", data={"receipt": receipt, "reason": REASON})
    path = opened.headers["location"]
    assert as_(story.setrass).get(path).status_code == 403
    assert as_(story.worker).get(path).status_code == 403
    assert as_(story.inm).get(REVIEWS).status_code == 403
    assert judge.get(REVIEWS, params={"ver": "nonsense"}).status_code == 422
    assert judge.get(REVIEWS, params={"desde": "nonsense"}).status_code == 422
    assert judge.get(f"{REVIEWS}/{uuid4()}").status_code == 404
