"""The brigade's tablet on the server's side: its pages, and what becomes of what it sends."""

import json
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import func, select

from app.services.ports import Ports
from app.storage.applications import applications
from app.storage.consents import consents
from app.storage.roster import roster_entries
from app.web.pages.steps import WIZARD
from app.web.prompts import read_prompts
from permits.people import Actor, Role
from tests.builders import CUI, add_official
from tests.databases import Database
from tests.web.conftest import As
from tests.web.pages.walking import open_work, photo

Send = Callable[..., Response]
DAY = ("free_from-day", "free_from-month", "free_from-year")


@pytest.fixture
def facilitator(database: Database, ports: Ports) -> Actor:
    with database.sessions.begin() as session:
        return add_official(session, ports, Role.FACILITATOR)


@pytest.fixture
def case(database: Database, ports: Ports, facilitator: Actor) -> dict[str, object]:
    """One person as the tablet wrote them down."""
    vacancy = str(open_work(database, ports))
    typed = {
        "documento": {"document_kind": ["gt-dpi"], "document_number": [CUI]},
        "nombre": {"given_names": ["María Ángela"], "surnames": ["Gutiérrez Ñamendí"]},
        "nacimiento": {
            "date_of_birth-day": ["27"],
            "date_of_birth-month": ["marzo"],
            "date_of_birth-year": ["1994"],
        },
        "sexo": {"sex": ["female"]},
        "municipio": {"municipality": ["jocotan"]},
        "telefono": {"phone": ["5551 2345"]},
        "idiomas": {"languages_spoken": ["spa", "caa"]},
        "lectura": {"languages_read": ["none"]},
        "trabajo": {"vacancy": [vacancy]},
        "papeles": {"brings_documents": ["yes"]},
        "foto": {},
        "permiso": {"consent": ["yes"]},
    }
    return {
        "id": str(uuid4()),
        "facilitator": str(facilitator.person),
        "programme": "coffee-hn-gt",
        "language": "es",
        "typed": typed,
    }


@pytest.fixture
def send(as_: As, facilitator: Actor) -> Send:
    client = as_(facilitator)

    def post(case: object, client: TestClient = client, *, face: bytes = photo()) -> Response:
        files = {"photo": ("foto.jpg", face, "image/jpeg")}
        return client.post("/brigada/casos.json", data={"caso": json.dumps(case)}, files=files)

    return post


def count(database: Database) -> int:
    with database.sessions.begin() as session:
        query = select(func.count()).select_from(applications)
        return session.execute(query.where(applications.c.round > 0)).scalar_one()


def test_every_question_of_the_registry_stands_on_the_tablets_page(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    open_work(database, ports)
    pages = visitor.get("/brigada/paginas.json").json()
    sounds = [one for slugs in read_prompts().values() for one in slugs.values()]
    assert [one for one in pages if one.startswith("/static/")] == sounds
    assert "/brigada/preguntas/coffee-hn-gt?idioma=en" in pages
    page = visitor.get("/brigada/preguntas/coffee-hn-gt?idioma=es").text
    shown = re.findall(r'<section hidden data-step="(\w+)">', page)
    assert shown == [*(step.slug for step in WIZARD.steps), "guardar"]
    for step in WIZARD.steps:
        asked = page.split(f'data-step="{step.slug}"')[1].split("</section>")[0]
        assert f'id="answers-{step.slug}"' in asked
        fields = {name for name in step.model.model_fields if f'name="{name}' in asked}
        assert fields == set(step.model.model_fields)
    assert visitor.get("/brigada/preguntas/nada").status_code == 404


@pytest.mark.feature("W4", "D8")
def test_what_is_sent_twice_is_registered_once(
    send: Send, case: dict[str, object], database: Database, facilitator: Actor
) -> None:
    first = send(case)
    assert first.status_code == 200, first.text
    again = send(case)
    assert again.json() == first.json()
    assert first.json()["same"]
    changed = send(case | {"language": "en"})
    assert changed.json() == {**first.json(), "same": False}
    assert count(database) == 1
    with database.sessions.begin() as session:
        kept = session.execute(select(consents)).one()
        face = session.execute(select(applications.c.answers)).scalar_one()
    assert (kept.way, kept.witness) == ("witnessed", facilitator.person)
    assert face["brings_photo"] is False


@pytest.mark.feature("W4")
def test_what_is_wrong_comes_back_by_question_and_changes_nothing(
    send: Send, case: dict[str, object], database: Database
) -> None:
    typed = {**case["typed"], "documento": {"document_kind": ["gt-dpi"], "document_number": ["1"]}}  # type: ignore[dict-item]
    reply = send(case | {"typed": typed})
    assert reply.status_code == 422
    assert [one["step"] for one in reply.json()["faults"]] == ["documento"]
    typed = {**case["typed"], "permiso": {}, "municipio": {"municipality": ["Nada"]}}  # type: ignore[dict-item]
    reply = send(case | {"typed": typed})
    assert [one["step"] for one in reply.json()["faults"]] == ["municipio", "permiso"]
    assert reply.json()["faults"][0]["words"].startswith("No encontramos ese municipio")
    assert send(case, face=b"no picture").json()["faults"][0]["step"] == "foto"
    typed = {**case["typed"], "trabajo": {"vacancy": [str(uuid4())]}}  # type: ignore[dict-item]
    assert send(case | {"typed": typed}).json()["faults"][0]["step"] == "trabajo"
    assert count(database) == 0
    assert send(case).status_code == 200


@pytest.mark.feature("W4")
def test_only_who_was_the_witness_sends_it(
    send: Send, case: dict[str, object], as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        other = as_(add_official(session, ports, Role.FACILITATOR))
        officer = as_(add_official(session, ports, Role.SETRASS_OFFICER))
    assert send(case, other).status_code == 409
    assert officer.get("/brigada/yo.json").status_code == 403
    own = case | {"facilitator": str(other.get("/brigada/yo.json").json()["facilitator"])}
    assert send(case).status_code == 200
    assert send(own, other).status_code == 409
    assert send({**case, "more": 1}).status_code == 400


@pytest.mark.feature("W4", "W7")
def test_for_work_abroad_the_tablet_asks_for_the_list_and_puts_the_person_on_it(
    visitor: TestClient, send: Send, case: dict[str, object], database: Database
) -> None:
    page = visitor.get("/brigada/preguntas/twap-canada?idioma=es").text
    shown = re.findall(r'<section hidden data-step="(\w+)">', page)
    assert "trabajo" not in shown
    asked = page.split('data-step="lista"')[1].split("</section>")[0]
    assert 'name="vacancy"' not in page
    assert {*re.findall(r'name="([a-z_-]+)"', asked)} == {"occupation", "years", "proof", *DAY}
    assert "Todavía no es una solicitud." in page

    typed = {
        **case["typed"],  # type: ignore[dict-item]
        "documento": {"document_kind": ["hn-dni"], "document_number": ["0801199490001"]},
        "municipio": {"municipality": ["Copán Ruinas"]},
        "telefono": {"phone": ["9911 2233"]},
    }
    abroad = case | {"programme": "twap-canada", "typed": typed}
    reply = send(abroad)
    assert (reply.status_code, {one["step"] for one in reply.json()["faults"]}) == (422, {"lista"})
    free = dict(zip(DAY, (["1"], ["enero"], ["2027"]), strict=True))
    known = {"occupation": ["9211"], "years": ["3"], "proof": ["reference"], **free}
    typed = {**typed, "trabajo": {}, "lista": {**known, "occupation": ["0000"]}}
    reply = send(abroad | {"typed": typed})
    assert [one["step"] for one in reply.json()["faults"]] == ["lista"]
    reply = send(abroad | {"typed": {**typed, "lista": known}})
    assert reply.status_code == 200, reply.text
    assert (reply.json()["receipt"], reply.json()["faults"]) == ("", [])
    assert re.fullmatch(r"\d+ de \w+ de \d{4}", reply.json()["listed"])
    assert count(database) == 0
    with database.sessions.begin() as session:
        profile = session.execute(select(roster_entries.c.profile)).scalar_one()
    assert (profile["destinations"], profile["languages"]) == (["twap-canada"], ["spa"])
