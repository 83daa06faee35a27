"""From the permit to another name: asked with a photo, decided by both agencies, listed."""

import re

import pytest

from tests.builders import Story
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.pictures import jpeg
from tests.web.pages.test_employer_changes import card_of, signed
from tests.web.pages.walking import words

DATA = {
    "document_kind": "gt-dpi",
    "document_number": "1234 56789 2004",
    "given_names": "María Ángela",
    "surnames": "Gutiérrez de Paz",
    "date_of_birth-day": "27",
    "date_of_birth-month": "3",
    "date_of_birth-year": "1994",
    "sex": "female",
    "reason": "civil-status",
}
PHOTO = {"evidence": ("acta.jpg", jpeg(), "image/jpeg")}


@pytest.mark.feature("O15")
def test_a_name_is_asked_proved_decided_by_both_and_carried_by_the_next_card(
    as_: As, lived: Lived, database: Database
) -> None:
    story = lived(signed)
    path = f"/mi-permiso/{card_of(database, story).credential.id}/datos"
    worker = as_(story.worker)
    assert 'value="Gutiérrez Ñamendí"' in worker.get(path).text
    wrong = worker.post(path, data=DATA | {"surnames": "", "reason": ""}, files=PHOTO)
    kept = re.findall(r'name="kept" value="([0-9a-f-]{36})"', wrong.text)
    assert (wrong.status_code, len(kept)) == (422, 1)
    assert "Su foto ya está guardada." in words(wrong)
    bare = worker.post(path, data=DATA)
    assert (bare.status_code, "Agregue una foto del documento" in words(bare)) == (422, True)
    spoilt = {"evidence": ("acta.jpg", b"no picture", "image/jpeg")}
    assert worker.post(path, data=DATA, files=spoilt).status_code == 422
    done = worker.post(path, data=DATA | {"kept": kept[0]})
    assert done.headers["location"] == path
    assert worker.post(path, data=DATA | {"kept": kept[0]}).status_code == 409  # pressed twice
    waiting = words(worker.get(path))
    for told in ("Su pedido espera respuesta", "Gutiérrez Ñamendí", "Gutiérrez de Paz"):
        assert told in waiting
    _decide(as_, story)
    card = f"/mi-permiso/{card_of(database, story).credential.id}"
    assert "Gutiérrez de Paz" in words(worker.get(card))


def _decide(as_: As, story: Story) -> None:
    case = f"/casos/{story.id}"
    for official in (story.setrass, story.inm):
        desk = as_(official)
        listed = words(desk.get("/cambios-de-datos"))
        assert ("Gutiérrez Ñamendí" in listed, "Gutiérrez de Paz" in listed) == (True, True)
        page = desk.get(case)
        assert "Pide cambiar sus datos" in words(page)
        photo = re.findall(rf'href="({case}/archivos/[0-9a-f-]+)"[^>]*>Ver la foto', page.text)
        assert desk.get(photo[0]).content.startswith(b"\xff\xd8\xff")
        assert desk.post(f"{case}/datos/decidir", data={}).status_code == 422
        silent = desk.post(f"{case}/datos/decidir", data={"data_verdict": "refuse"})
        assert (silent.status_code, "La persona lo leerá." in silent.text) == (422, True)
        grant = {"data_verdict": "grant"}
        assert desk.post(f"{case}/datos/decidir", data=grant | {"digest": "0"}).status_code == 412
        [digest] = re.findall(r'name="digest" value="([0-9a-f]{64})"', page.text)
        said = desk.post(f"{case}/datos/decidir", data=grant | {"digest": digest})
        assert said.headers["location"] == f"{case}?hecho=data-granted"
        assert "quedó registrada" in words(desk.get(said.headers["location"]))


@pytest.mark.promise("P15")
def test_anothers_data_and_the_list_are_not_there_for_others(
    as_: As, lived: Lived, database: Database
) -> None:
    story, stranger = lived(signed), lived(lambda s: s.start())
    path = f"/mi-permiso/{card_of(database, story).credential.id}/datos"
    for actor in (stranger.worker, story.setrass):
        assert as_(actor).get(path).status_code == 404
        assert as_(actor).post(path, data=DATA).status_code == 404
        assert as_(actor).post(f"{path}/retirar").status_code == 404
    assert as_(story.worker).get("/cambios-de-datos").status_code == 403
    assert as_(story.worker).post(f"{path}/retirar").status_code == 409
