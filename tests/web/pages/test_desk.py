"""The desk in pages: cases given by the tick, views with a name, notes, what is new."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import quote
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.services import documents
from app.services.ports import Ports
from app.storage import audit
from app.storage.applications import get_application
from permits.audit import Act
from permits.identity_documents import IdentityKind, cui_remainder, group
from permits.people import Actor, Role
from permits.reach import EVERYTHING
from permits.submissions import DocumentKind
from tests.builders import Story, add_official
from tests.databases import Database
from tests.web.api.operations import picture
from tests.web.conftest import As, Lived
from tests.zones import td3

CUI, OTHER_CUI = (f"{serial}{cui_remainder(serial)}2004" for serial in ("90000077", "90000078"))


@pytest.fixture
def supervisor(database: Database, ports: Ports) -> Actor:
    with database.sessions.begin() as session:
        return add_official(session, ports, Role.SETRASS_SUPERVISOR, "Ana Ordóñez")


@pytest.fixture
def officer(database: Database, ports: Ports) -> Actor:
    with database.sessions.begin() as session:
        return add_official(session, ports, Role.SETRASS_OFFICER, "Lucía Mejía")


def boxes(page: str) -> list[str]:
    return re.findall(r'name="cases" value="([^"]+)"', page)


def holder(database: Database, story: Story) -> object:
    with database.sessions() as session:
        return get_application(session, story.id, reach=EVERYTHING).held_by


@pytest.mark.feature("O4")
def test_ticked_cases_are_given_once_and_the_page_tells_what_stays(
    as_: As, lived: Lived, database: Database, supervisor: Actor, officer: Actor
) -> None:
    story, desk = lived(lambda s: s.start().submit()), as_(supervisor)
    page = desk.get("/bandeja").text
    assert f'<option value="{officer.person}">Lucía Mejía</option>' in page
    (box,) = boxes(page)
    form = {"cases": box, "to": str(officer.person), "words": "estado=under-review"}
    given = desk.post("/bandeja/asignar", data=form)
    assert (given.status_code, "1 caso es ahora de Lucía Mejía." in given.text) == (200, True)
    assert 'href="/bandeja?estado=under-review"' in given.text
    assert holder(database, story) == officer.person
    again = desk.post("/bandeja/asignar", data=form)  # the double click
    assert (again.status_code, "1 caso quedó igual" in again.text) == (409, True)
    assert desk.get("/bandeja/asignar").headers["location"] == "/bandeja"


@pytest.mark.feature("O4")
def test_what_was_ticked_stays_ticked_where_something_is_missing(
    as_: As, lived: Lived, supervisor: Actor, officer: Actor
) -> None:
    lived(lambda s: s.start().submit())
    desk = as_(supervisor)
    (box,) = boxes(desk.get("/bandeja").text)
    nobody = desk.post("/bandeja/asignar", data={"cases": box, "to": ""})
    assert (nobody.status_code, f'value="{box}" checked' in nobody.text) == (422, True)
    nothing = desk.post("/bandeja/asignar", data={"to": str(officer.person)})
    assert "Elija uno o más casos, hasta 50." in nothing.text
    forged = desk.post("/bandeja/asignar", data={"cases": "x_1", "to": str(officer.person)})
    assert forged.status_code == 422


@pytest.mark.feature("O3")
def test_what_changed_is_marked_until_it_is_opened(as_: As, lived: Lived, officer: Actor) -> None:
    story, desk = lived(lambda s: s.start().submit()), as_(officer)
    assert '<span class="fresh">Nuevo</span>' in desk.get("/bandeja?nuevo=si").text
    desk.get(f"/casos/{story.id}")
    assert '<span class="fresh">' not in desk.get("/bandeja").text
    assert (
        "Ningún caso cambió desde que usted lo vio."
        in desk.get("/bandeja?espera=mia&nuevo=si").text
    )


def save(desk: TestClient, name: str, words: str, **more: str) -> int:
    form = {"name": name, "words": words, **more}
    return desk.post("/bandeja/vistas", data=form).status_code


@pytest.mark.feature("O3")
def test_a_view_is_saved_without_the_search_shared_and_taken_away(
    as_: As, supervisor: Actor, officer: Actor
) -> None:
    desk, colleague = as_(officer), as_(supervisor)
    words = f"estado=returned&q={quote('María')}"
    assert save(desk, "Devueltas <b>", words, shared="yes") == 303
    assert 'href="/bandeja?estado=returned">Devueltas &lt;b&gt;' in desk.get("/bandeja").text
    seen = colleague.get("/bandeja").text
    assert ("de su institución" in seen, "/quitar" in seen) == (True, False)
    assert save(desk, "", words) == 422
    assert save(desk, "Otra", "estado=nonsense") == 422
    (gone,) = re.findall(r'action="(/bandeja/vistas/[^"]+/quitar)"', desk.get("/bandeja").text)
    assert colleague.post(gone).status_code == 404
    assert desk.post(gone).status_code == 303
    assert "Devueltas &lt;b&gt;" not in desk.get("/bandeja").text


def test_a_note_stands_on_the_case_and_nothing_typed_is_lost(
    as_: As, lived: Lived, officer: Actor
) -> None:
    story, desk = lived(lambda s: s.start().submit()), as_(officer)
    path = f"/casos/{story.id}/notas"
    empty = desk.post(path, data={"words": " ", "shared": "yes"})
    assert (empty.status_code, "Escriba unas palabras." in empty.text) == (422, True)
    assert re.search(r'name="shared"[^>]* value="yes" checked', empty.text)
    done = desk.post(path, data={"words": "Llamé <al> patrono.\r\nNo contestó."})
    assert done.headers["location"] == f"/casos/{story.id}?hecho=note"
    page = desk.get(done.headers["location"]).text
    assert "Su nota quedó guardada." in page
    assert "Llamé &lt;al&gt; patrono.\nNo contestó." in page
    assert "Se escribió una nota interna" in page
    assert "Solo su institución la lee" in page


@pytest.mark.feature("O6")
def test_a_lookalike_stands_beside_the_case_with_each_difference_named(
    as_: As, lived: Lived, database: Database, officer: Actor
) -> None:
    story = lived(lambda s: s.start().submit())
    twin = lived(lambda s: s.start(given_names="MARIA Angela", document_number=CUI).submit())
    born = date(1970, 1, 2)  # a namesake
    lived(lambda s: s.start(document_number=OTHER_CUI, date_of_birth=born).submit())
    desk = as_(officer)
    page = desk.get(f"/casos/{story.id}/parecidas").text
    found = re.findall(r'<h2[^>]*>Caso <a [^>]*href="/casos/([^"]+)"', page)
    assert found == [str(twin.id)]
    assert re.search(r"<th[^>]*>Nombres</th>.*?Parecido", page, re.S)
    assert group(IdentityKind.GT_DPI, CUI) in page
    with database.sessions() as session:
        (*_, last) = audit.list_events(session, twin.id)
    assert (last.act, last.facts) == (Act.APPLICATION_READ, {"purpose": "compare"})


@pytest.mark.feature("O6")
def test_where_nobody_looks_like_them_the_page_says_so(
    as_: As, lived: Lived, officer: Actor
) -> None:
    story = lived(lambda s: s.start().submit())
    reply = as_(officer).get(f"/casos/{story.id}/parecidas")
    assert reply.status_code == 200
    page = reply.text
    assert "No encontramos otro caso que parezca de esta persona." in page


WATCHED = {"Nombres", "Apellidos", "Fecha de nacimiento", "Sexo"}


@pytest.mark.feature("W5")
def test_the_documents_lines_stand_beside_what_was_typed(
    as_: As, lived: Lived, officer: Actor
) -> None:
    story, desk = lived(lambda s: s.start().submit()), as_(officer)
    path = f"/casos/{story.id}/documento"
    wrong = desk.post(path, data={"zone": "P<GTM<nada", "confirmed": "yes"})
    assert (wrong.status_code, "P&lt;GTM&lt;nada" in wrong.text) == (422, True)
    zone = td3("GUTIERREZ NAMENDI", "MARIA", date(1994, 3, 28))
    done = desk.post(path, data={"zone": zone})
    assert done.headers["location"] == f"/casos/{story.id}?hecho=compared"
    page = desk.get(done.headers["location"]).text
    assert "La comparación quedó guardada." in page
    rows = re.findall(
        r"<th scope=\"row\"[^>]*>([^<]+)</th>.*?</svg>\s*(\w+[ \w]*)</td>", page, re.S
    )
    told = {name: how for name, how in rows if name in WATCHED}
    assert told == {
        "Nombres": "Parecido",
        "Apellidos": "Parecido",
        "Fecha de nacimiento": "Distinto",  # by a day
        "Sexo": "Igual",
    }
    assert "27 de marzo de 1994" in page
    assert "28 de marzo de 1994" in page


class Reads:
    """Reads one zone in every picture."""

    def read_lines(self, picture: bytes) -> Sequence[str]:
        return td3("GUTIERREZ", "MARIA").splitlines()


@pytest.mark.feature("W5")
def test_what_is_read_in_the_photos_stands_in_the_field_to_be_compared(
    app: FastAPI, as_: As, lived: Lived, officer: Actor, ports: Ports
) -> None:
    def pictured(story: Story) -> Story:
        story.start(brings_documents=False)
        for kind in (DocumentKind.IDENTITY_FRONT, DocumentKind.IDENTITY_BACK):
            documents.attach_document(story.work(story.worker), story.id, kind, picture())
        return story.submit()

    story, desk = lived(pictured), as_(officer)
    path = f"/casos/{story.id}/documento/leer"
    assert "Leer de las fotos" not in desk.get(f"/casos/{story.id}").text
    absent = desk.post(path)
    assert (absent.status_code, "Escriba las líneas." in absent.text) == (409, True)
    app.state.ports = replace(ports, zones=Reads())
    assert "Leer de las fotos" in desk.get(f"/casos/{story.id}").text
    read = desk.post(path)
    assert read.status_code == 200
    assert "Compare cada letra con la foto antes de guardar." in read.text
    assert "P&lt;GTMGUTIERREZ&lt;&lt;MARIA" in read.text
    assert "Un oficial leyó las líneas" not in read.text


@pytest.mark.feature("O18")
def test_ticked_cases_are_printed_one_sheet_each_and_each_is_remembered(
    as_: As, lived: Lived, database: Database, officer: Actor
) -> None:
    stories = [lived(lambda s: s.start().submit()) for _ in range(2)]
    desk = as_(officer)
    ticked = boxes(desk.get("/bandeja").text)
    page = desk.post("/bandeja/imprimir", data={"cases": ticked, "words": "espera=todas"})
    assert (page.status_code, page.text.count('<section class="sheet"')) == (200, 2)
    assert "María Ángela Gutiérrez Ñamendí" in page.text
    assert 'href="/bandeja?espera=todas"' in page.text
    with database.sessions() as session:
        for story in stories:
            (*_, last) = audit.list_events(session, story.id)
            assert (last.act, last.facts) == (Act.APPLICATION_READ, {"purpose": "print"})
    nothing = desk.post("/bandeja/imprimir", data={})
    assert (nothing.status_code, "Elija uno o más casos" in nothing.text) == (422, True)
    hidden = desk.post("/bandeja/imprimir", data={"cases": f"{uuid4()}_1"})
    assert hidden.status_code == 404
    assert desk.get("/bandeja/imprimir").headers["location"] == "/bandeja"
