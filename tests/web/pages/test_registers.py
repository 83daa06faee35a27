"""A supervisor takes an older register in: faults by row, who may be meant, and out again."""

import html
import re

import pytest
from fastapi.testclient import TestClient

from app.services import effects
from app.services.ports import Ports
from permits.people import SYSTEM
from tests.builders import work_of
from tests.databases import Database
from tests.registers import permit, register
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

HERE = "/registros"
SENT = {"programme": "coffee-hn-gt", "source": "Copán 2024"}
SLIP = permit(document_number="", given_names="Maria Anjela")


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return html.unescape(found[1])


def try_(chief: TestClient, data: bytes, **sent: str) -> tuple[int, str]:
    files = {"list": ("2024.csv", data, "text/csv")}
    reply = chief.post(HERE, data={**SENT, **sent}, files=files)
    return reply.status_code, reply.text


@pytest.mark.feature("D9")
def test_a_dry_run_tells_every_fault_and_keeps_what_was_typed(as_: As, lived: Lived) -> None:
    chief = as_(lived(lambda s: s.supervise()).supervisor)
    status, page = try_(chief, register(permit(), permit(ends_on="23/11/2099")))
    assert (status, "Este permiso no terminó." in page, "Copán 2024" in page) == (422, True, True)
    assert "Permiso hasta</td>" in page
    for data, sent in (
        (register(permit()), {"source": " "}),
        (register(permit()), {"programme": "x"}),
        (b"", {}),
    ):
        assert try_(chief, data, **sent)[0] == 422
    assert "Ya importados" not in chief.get(HERE).text


@pytest.mark.feature("D9")
def test_a_register_is_taken_in_decided_and_taken_out(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: s.supervise().start().submit())
    chief = as_(story.supervisor)

    status, page = try_(chief, register(SLIP))
    assert (status, "Nada se guardó todavía." in page) == (200, True)
    confirmed = {name: field(page, name) for name in ("rows", "identity", "programme", "source")}
    other = as_(story.supervisor)
    english = other.post(f"{HERE}/confirmar", data={**confirmed, "idioma": "en"})
    assert "Nothing was saved yet." in english.text
    for _ in range(2):  # pressed twice
        done = chief.post(f"{HERE}/confirmar", data=confirmed)
        assert done.headers["location"] == f"{HERE}/{confirmed['identity']}"
    assert "Todavía comparamos" in chief.get(done.headers["location"]).text
    with database.sessions.begin() as session:
        while effects.run_next_effect(work_of(session, SYSTEM, ports)):
            pass
    listed = chief.get(f"{done.headers['location']}?ver=unsure").text
    (one,) = re.findall(r'href="(/registros/permisos/[^"]+)"', listed)
    beside = words(chief.get(one))
    assert "Maria Anjela María Ángela Parecido" in beside
    assert chief.post(one, data={"seen": "unsure"}).status_code == 422
    late = chief.post(one, data={"seen": "alone", "whose": str(story.id)})
    assert (late.status_code, "Alguien lo decidió" in late.text) == (409, True)
    settled = chief.post(one, data={"seen": "unsure", "whose": str(story.id)})
    assert "Su decisión quedó guardada." in chief.get(settled.headers["location"]).text
    case = words(as_(story.setrass).get(f"/casos/{story.id}"))
    assert "Temporadas anteriores" in case
    assert "Finca El Roble" in case
    out = chief.post(f"{done.headers['location']}/quitar")
    assert "Sus permisos ya no están." in chief.get(out.headers["location"]).text
    assert chief.post(f"{done.headers['location']}/quitar").status_code == 409
    assert "Temporadas anteriores" not in as_(story.setrass).get(f"/casos/{story.id}").text
