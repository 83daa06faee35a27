"""The worker's page of who travels along, and what officials see of it."""

import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.services.ports import Ports
from app.storage.applications import get_application
from app.storage.outbox import outbox
from permits.companions import MOST_COMPANIONS
from permits.people import Role
from permits.reach import EVERYTHING
from tests.builders import Story, add_official
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

BORN = {"date_of_birth-day": "4", "date_of_birth-month": "mayo", "date_of_birth-year": "2018"}
CHILD = {"relation": "child", "full_name": "José Ñamendí", "document": "B7788210", **BORN}


@pytest.mark.feature("W24")
def test_a_family_is_told_seen_by_both_agencies_and_taken_back(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    worker, path = as_(story.worker), f"/mi-solicitud/{story.id}/acompanantes"
    assert f'href="{path}"' in worker.get(f"/mi-solicitud/{story.id}").text
    assert "Quien viaja con usted no tiene permiso de trabajo." in words(worker.get(path))
    added = worker.post(path, data=CHILD)
    assert (added.status_code, added.headers["location"]) == (303, path)
    page = worker.get(path)
    for fact in ("José Ñamendí", "Hija o hijo", "4 de mayo de 2018 · menor de edad", "B7788210"):
        assert fact in words(page)
    for official in (story.setrass, story.inm):
        case = words(as_(official).get(f"/casos/{story.id}"))
        assert "Viajan con la persona No tienen permiso de trabajo." in case
        assert "José Ñamendí · Hija o hijo · 4 de mayo de 2018 · menor de edad · B7788210" in case
    [gone] = re.findall(rf'action="({path}/[0-9a-f-]+/quitar)"', page.text)
    assert worker.post(gone).headers["location"] == path
    assert "José" not in worker.get(path).text
    assert worker.post(gone).headers["location"] == path  # pressed twice
    assert "Viajan con la persona" not in as_(story.inm).get(f"/casos/{story.id}").text


@pytest.mark.feature("W24")
def test_a_grown_one_is_seen_by_nobody_before_their_own_yes(
    as_: As, lived: Lived, database: Database, visitor: TestClient
) -> None:
    story = lived(lambda s: s.start().submit())
    worker, path = as_(story.worker), f"/mi-solicitud/{story.id}/acompanantes"
    grown = {"relation": "spouse", "full_name": "Ana Paz", **BORN, "date_of_birth-year": "1990"}
    wrong = worker.post(path, data={**grown, "phone": "12"})
    assert wrong.status_code == 422
    worker.post(path, data={**grown, "phone": "5551 2399"})
    page = worker.get(path)
    assert "Nadie ve sus datos hasta que diga que sí." in words(page)
    [again] = re.findall(rf'action="({path}/[0-9a-f-]+/preguntar)"', page.text)
    assert worker.post(again).headers["location"] == f"{path}?hecho=enviado"
    case = f"/casos/{story.id}"
    assert "Ana Paz" not in as_(story.setrass).get(case).text
    link = _link(database, story)
    asked = visitor.get(link)
    assert "le anotó a usted, Ana Paz, para viajar" in words(asked)
    assert asked.headers["referrer-policy"] == "no-referrer"
    assert visitor.post(link, data={}).status_code == 422
    assert "Do you agree?" in words(visitor.post(link, data={"idioma": "en"}))
    visitor.cookies.clear()
    assert visitor.post(link, data={"answer": "yes"}).headers["location"] == link
    assert "Ana Paz" in as_(story.setrass).get(case).text
    gone = visitor.post(link, data={"answer": "no"})
    assert "Borramos sus datos" in words(gone)
    assert visitor.get(link).status_code == 404
    assert "Ana Paz" not in worker.get(path).text


@pytest.mark.feature("W24")
def test_a_witness_finds_them_by_the_receipt(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: s.start().submit())
    worker, path = as_(story.worker), f"/mi-solicitud/{story.id}/acompanantes"
    worker.post(
        path,
        data={"relation": "other", "full_name": "Rosa Paz", **BORN, "date_of_birth-year": "1990"},
    )
    with database.sessions.begin() as session:
        brigade = add_official(session, ports, Role.FACILITATOR)
        receipt = get_application(session, story.id, reach=EVERYTHING).receipt
    desk = as_(brigade)
    assert desk.get("/marcas-de-acompanantes?recibo=1").status_code == 404
    found = desk.get(f"/marcas-de-acompanantes?recibo={receipt}")
    assert "Rosa Paz" in words(found)
    [act] = re.findall(r'action="(/marcas-de-acompanantes/[^"]+)"', found.text)
    assert desk.post(act, data={"receipt": receipt}).status_code == 422
    done = desk.post(act, data={"receipt": receipt, "answer": "yes"})
    assert "Nadie mayor de edad espera" in words(desk.get(done.headers["location"]))
    assert "Rosa Paz" in as_(story.setrass).get(f"/casos/{story.id}").text
    assert as_(story.worker).get("/marcas-de-acompanantes").status_code == 403


def _link(database: Database, story: Story) -> str:
    with database.sessions() as session:
        rows = session.scalars(
            select(outbox.c.payload)
            .where(outbox.c.key.startswith(f"companion-asked:{story.id}"))
            .order_by(outbox.c.id.desc())
        ).all()
    return "/acompanar/" + str(rows[0]["facts"]["link"]).rpartition("/")[2]


def test_every_fault_is_told_and_what_was_typed_stays(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start())
    client, path = as_(story.worker), f"/mi-solicitud/{story.id}/acompanantes"
    empty = client.post(path, data={})
    assert empty.status_code == 422
    for told in ("Elija qué es de usted.", "Escriba su nombre y sus apellidos."):
        assert told in empty.text
    grown = client.post(path, data={**CHILD, "date_of_birth-year": "2001"})
    assert grown.status_code == 422
    assert "Ya cumplió 18 años. Elija «Otro familiar»." in grown.text
    assert 'value="José Ñamendí"' in grown.text
    for day in range(1, MOST_COMPANIONS + 1):
        born = {"date_of_birth-day": str(day), "date_of_birth-year": "2017"}
        assert client.post(path, data=CHILD | born).status_code == 303
    assert "<form id=" not in client.get(path).text
    more = client.post(path, data=CHILD)
    assert (more.status_code, "12 personas como máximo" in more.text) == (409, True)
    english = client.post(path, data={**CHILD, "idioma": "en"})
    assert "Who travels with you?" in words(english)


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_anothers_family_is_not_there(as_: As, lived: Lived) -> None:
    story, other = lived(lambda s: s.start().submit()), lived(lambda s: s.start())
    path = f"/mi-solicitud/{story.id}/acompanantes"
    for actor in (other.worker, story.setrass):
        assert as_(actor).get(path).status_code == 404
        assert as_(actor).post(path, data=CHILD).status_code == 404
    assert "José" not in as_(story.worker).get(path).text
