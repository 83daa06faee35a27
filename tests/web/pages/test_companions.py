"""The worker's page of who travels along, and what officials see of it."""

import re

import pytest

from permits.companions import MOST_COMPANIONS
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
    assert worker.post(gone).status_code == 404
    assert "Viajan con la persona" not in as_(story.inm).get(f"/casos/{story.id}").text


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
    for _ in range(MOST_COMPANIONS):
        assert client.post(path, data=CHILD).status_code == 303
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
