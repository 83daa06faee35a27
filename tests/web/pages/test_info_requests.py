"""Questions within a round on the pages: asked in the case, answered one by one, seen together."""

import pytest

from app.services.ports import Ports
from permits.applications import Status
from tests.builders import Story
from tests.databases import Database
from tests.web.api.operations import picture
from tests.web.conftest import As, Lived
from tests.web.pages.officers import Desk, forms_of, send

NAME, PAPER = "¿Cuál es su segundo apellido?", "Mande otra foto del reverso."


@pytest.fixture
def desk(database: Database, ports: Ports) -> Desk:
    return Desk(database, ports)


def submitted(story: Story) -> Story:
    return story.start().submit()


@pytest.mark.feature("W12", "O8")
def test_questions_are_asked_and_answered_one_by_one(as_: As, lived: Lived, desk: Desk) -> None:
    story = lived(submitted)
    officer, worker = as_(story.setrass), as_(story.worker)
    faulty = send(officer, story, "preguntar", {"question-1": " "})
    assert faulty.status_code == 422
    assert "Escriba al menos una pregunta." in faulty.text
    asked: dict[str, str | list[str]] = {
        "kind-1": "fact",
        "question-1": NAME,
        "kind-2": "document",
        "question-2": PAPER,
    }
    reply = send(officer, story, "preguntar", asked)
    assert reply.headers["location"] == f"/casos/{story.id}?hecho=ask"
    case = officer.get(reply.headers["location"]).text
    assert "Sus preguntas salieron. La persona recibe un aviso." in case
    assert "preguntar" not in forms_of(case)
    own = f"/mi-solicitud/{story.id}"
    assert "Le preguntan algo" in worker.get(own).text
    listed = worker.get(f"{own}/preguntas").text
    assert NAME in listed
    assert "Enviar mis respuestas" not in listed
    empty = worker.post(f"{own}/preguntas/1", data={"answer": " "})
    assert empty.status_code == 422
    assert "Escriba su respuesta." in empty.text
    assert worker.post(f"{own}/preguntas/1", data={"answer": "Xol"}).status_code == 303
    wrong = worker.post(f"{own}/preguntas/2", files={"photo": ("x.jpg", b"x", "image/jpeg")})
    assert wrong.status_code == 422
    assert 'id="photo-error"' in wrong.text
    sent = worker.post(f"{own}/preguntas/2", files={"photo": ("x.jpg", picture(), "image/jpeg")})
    assert sent.status_code == 303
    assert "Xol" not in officer.get(f"/casos/{story.id}").text  # not handed in yet
    assert "Enviar mis respuestas" in worker.get(f"{own}/preguntas").text
    for _ in range(2):  # pressed twice
        assert worker.post(f"{own}/preguntas").headers["location"] == own
    assert desk.application(story).status is Status.UNDER_REVIEW
    seen = officer.get(f"/casos/{story.id}").text
    for words in (NAME, "Xol", "Ver la foto", "La persona respondió las preguntas"):
        assert words in seen
