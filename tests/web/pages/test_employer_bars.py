"""A supervisor of SETRASS sees what a bar would do, bars, and lifts; the worker is told."""

import pytest

from tests.barred import employer_of, follow
from tests.builders import Story
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words


@pytest.mark.feature("W21")
def test_what_happens_is_told_before_it_happens_and_the_worker_chooses_again(
    as_: As, lived: Lived, database: Database
) -> None:
    story = lived(lambda s: s.supervise().start().submit())
    with database.sessions.begin() as session:
        employer = employer_of(_in(story, session))
    chief, path = as_(story.supervisor), f"/empleadores/{employer}"
    assert f'href="{path}"' in chief.get("/empleadores?q=cedral").text
    assert "Ningún empleador tiene ese nombre." in words(chief.get("/empleadores?q=marte"))
    page = words(chief.get(path))
    assert "para elegir otro empleador: 1." in page
    assert "Permisos que siguen valiendo: 0." in page
    none = chief.post(f"{path}/vetar", data={})
    assert (none.status_code, "Elija por qué lo veta." in none.text) == (422, True)
    english = chief.post(f"{path}/vetar", data={"reason": "fee-charged", "idioma": "en"})
    assert (english.status_code, english.headers["content-language"]) == (200, "en")
    assert 'value="fee-charged" checked' in english.text  # nothing typed is lost, nothing done
    chief.cookies.delete("idioma")
    done = chief.post(f"{path}/vetar", data={"reason": "fee-charged"})
    assert done.headers["location"] == f"{path}?hecho=vetado"
    told = words(chief.get(done.headers["location"]))
    assert "El empleador quedó vetado." in told
    assert "Cobró por dar trabajo" in told
    again = chief.post(f"{path}/vetar", data={"reason": "fee-charged"})
    assert (again.status_code, "ya está vetado" in again.text) == (409, True)
    with database.sessions.begin() as session:
        follow(_in(story, session))
    worker = as_(story.worker)
    status = worker.get(f"/mi-solicitud/{story.id}")
    assert "Usted no hizo nada malo." in words(status)
    assert f'href="/solicitud/{story.id}/trabajo"' in status.text
    assert "ya no puede contratar" in words(worker.get(f"/solicitud/{story.id}"))
    refused = worker.post(f"/solicitud/{story.id}/revisar")
    assert "Este empleador ya no puede contratar. Elija otro trabajo." in words(refused)
    lifted = chief.post(f"{path}/levantar")
    assert "El veto quedó levantado." in words(chief.get(lifted.headers["location"]))
    assert chief.post(f"{path}/levantar").status_code == 409


def test_nobody_else_sees_it(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    for actor in (story.setrass, story.inm, story.worker):
        for path in ("/empleadores", f"/empleadores/{story.id}"):
            assert as_(actor).get(path).status_code == 403


def _in(story: Story, session: object) -> Story:
    """The same people in another transaction."""
    story.session = session  # type: ignore[assignment]
    return story
