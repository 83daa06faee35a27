"""The page of the own data: what is kept until when, who looked, and what can be asked."""

import json

import pytest
from fastapi.testclient import TestClient

from app.services import effects
from app.storage.grants import OWNER, WORKER
from permits.approvals import Opinion
from permits.people import SYSTEM, Actor, PersonId, Role
from tests.builders import CUI, Story, add_official, work_of
from tests.databases import Database
from tests.web.conftest import As, Lived


def page(browser: TestClient, path: str = "/mis-datos") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def do_effects(database: Database, story: Story) -> None:
    with database.of(WORKER).sessions.begin() as session:
        work = work_of(session, SYSTEM, story.ports)
        while effects.run_next_effect(work) is not None:
            pass


@pytest.mark.feature("N8")
def test_the_page_tells_who_looked_by_role_and_never_by_name(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    worker = as_(story.worker)
    assert "Nadie los ha mirado." in page(worker)
    assert as_(story.inm).get(f"/casos/{story.id}").status_code == 200
    told = page(worker)
    assert "Oficial del INM" in told or "INM" in told
    assert "Se abrió el expediente: revisar" in told
    assert story.inm.name not in told


@pytest.mark.feature("D8")
def test_the_page_tells_until_when_each_file_is_kept(as_: As, lived: Lived) -> None:
    draft = lived(lambda s: s.start())
    assert "Se borra sola el 21 de febrero de 2027." in page(as_(draft.worker))
    review = lived(lambda s: s.start().submit())
    told = page(as_(review.worker))
    assert "Se guarda mientras está en trámite." in told
    assert "aceptó el texto 2026-11." in told


def test_everything_can_be_taken_along(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit().approve().sign())
    worker = as_(story.worker)
    answer = worker.get("/mis-datos/copia.json")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'attachment; filename="mis-datos.json"'
    told = json.loads(answer.text)
    assert told["tables"]["applications"][0]["document_sealed"] == CUI
    paper = worker.get("/mis-datos/copia.pdf")
    assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
    assert paper.content.startswith(b"%PDF-")


@pytest.mark.feature("D8")
def test_a_draft_is_erased_by_the_worker_process_within_its_rights(
    as_: As, lived: Lived, database: Database
) -> None:
    story = lived(lambda s: s.start())
    worker = as_(story.worker)
    assert "¿Borrar esta solicitud?" in page(worker, f"/mis-datos/{story.id}/borrar")
    answer = worker.post(f"/mis-datos/{story.id}/borrar")
    assert (answer.status_code, answer.headers["location"]) == (303, "/mis-datos?borrado=si")
    assert "Lo estamos borrando" in page(worker, "/mis-datos?borrado=si")
    do_effects(database, story)
    assert worker.get("/mis-datos").status_code in {303, 401}  # nobody is there any more
    with database.sessions.begin() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM workers").scalar() == 0


def test_a_file_that_may_not_go_says_why_and_from_when(as_: As, lived: Lived) -> None:
    review = lived(lambda s: s.start().submit())
    told = page(as_(review.worker), f"/mis-datos/{review.id}/borrar")
    assert "Está en trámite. Retírela primero" in told
    assert as_(review.worker).post(f"/mis-datos/{review.id}/borrar").status_code == 409
    refused = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.REFUSE))
    told = page(as_(refused.worker), f"/mis-datos/{refused.id}/borrar")
    assert "Puede borrarla desde el 21 de febrero de 2027." in told
    permit = lived(lambda s: s.start().submit().approve().sign())
    assert "La ley pide guardarlo" in page(as_(permit.worker), f"/mis-datos/{permit.id}/borrar")


@pytest.mark.feature("D8")
def test_a_consent_is_taken_back_from_the_page(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    worker = as_(story.worker)
    action = page(worker).split('action="/mis-datos/consentimientos/')[1].split('"')[0]
    assert worker.post(f"/mis-datos/consentimientos/{action}").status_code == 303
    assert "Lo retiró el" in page(worker)
    stranger = as_(Actor(PersonId(story.id), Role.WORKER))
    assert stranger.post(f"/mis-datos/consentimientos/{action}").status_code == 404


def test_a_correction_is_asked_of_the_office_and_answered(
    as_: As, lived: Lived, database: Database
) -> None:
    draft = lived(lambda s: s.start())
    answer = as_(draft.worker).get(f"/mis-datos/{draft.id}/corregir")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/solicitud/{draft.id}")
    story = lived(lambda s: s.start().submit())
    worker, address = as_(story.worker), f"/mis-datos/{story.id}/corregir"
    assert worker.post(address, data={"words": " "}).status_code == 422
    assert worker.post(address, data={"words": "Me llamo <b>Ana</b>."}).status_code == 303
    assert worker.post(address, data={"words": "Otra vez."}).status_code == 409
    assert "Me llamo &lt;b&gt;Ana&lt;/b&gt;." in page(worker)
    with database.sessions.begin() as session:
        officer = add_official(session, story.ports, Role.DATA_PROTECTION_OFFICER)
    office = as_(officer)
    told = page(office, "/pedidos-de-datos")
    action = told.split('href="/pedidos-de-datos/')[1].split('"')[0]
    assert "Me llamo &lt;b&gt;Ana&lt;/b&gt;." in page(office, f"/pedidos-de-datos/{action}")
    given = {"words": "Ya está.", "status": "done"}
    other = office.post(f"/pedidos-de-datos/{action}", data={**given, "idioma": "en"})
    assert (other.status_code, given["words"] in other.text) == (200, True)
    empty = office.post(f"/pedidos-de-datos/{action}", data={"words": "", "status": "done"})
    assert empty.status_code == 422
    assert office.post(f"/pedidos-de-datos/{action}", data=given).status_code == 303
    assert "Hecho. Ya está." in page(worker)
    assert as_(story.setrass).get("/pedidos-de-datos").status_code == 403


def test_another_persons_files_are_not_there(as_: As, lived: Lived) -> None:
    one, other = lived(lambda s: s.start().submit()), lived(lambda s: s.start().submit())
    stranger = as_(other.worker)
    assert stranger.get(f"/mis-datos/{one.id}/borrar").status_code == 404
    assert stranger.post(f"/mis-datos/{one.id}/borrar").status_code == 404
    assert stranger.post(f"/mis-datos/{one.id}/corregir", data={"words": "x"}).status_code == 404
    assert str(one.id) not in page(stranger)


def test_the_page_speaks_english_too(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    browser = as_(story.worker)
    browser.cookies.set("idioma", "en")
    told = browser.get("/mis-datos", headers={"Accept-Language": "en"}).text
    assert "My data" in told or "Mis datos" in told


@pytest.mark.feature("D8")
def test_a_consent_that_is_over_says_so_and_offers_nothing(
    as_: As, lived: Lived, database: Database
) -> None:
    story = lived(lambda s: s.start().submit())
    standing = page(as_(story.worker))
    assert ("Vale hasta el" in standing, "Retirar mi permiso de uso" in standing) == (True, True)
    with database.of(OWNER).sessions.begin() as session:
        session.connection().exec_driver_sql(
            "UPDATE consents SET given_at = '2020-01-01T12:00Z', expires_at = '2025-06-01T12:00Z'"
        )
    over = page(as_(story.worker))
    assert "Venció el 1 de junio de 2025. Ya no vale." in over
    assert ("Vale hasta el" in over, "Retirar mi permiso de uso" in over) == (False, False)
