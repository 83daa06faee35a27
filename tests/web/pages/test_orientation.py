"""The pages of the orientation: told by a supervisor, chosen, written down, tested, printed."""

import re
from datetime import timedelta

import pytest

from permits.deadlines import legal_day
from permits.worker_numbers import show
from tests.builders import NOW, Story
from tests.oriented import RIGHT, WRONG, hold
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("W17", "W18")


def test_a_session_is_told_and_called_off(as_: As, lived: Lived) -> None:
    story = lived(lambda story: story.start().submit().supervise())
    chief = as_(story.supervisor)
    assert "/orientaciones" in chief.get("/jornadas").text
    empty = chief.post("/orientaciones/nueva", data={"seats": "x"})
    assert (empty.status_code, "Elija el idioma." in empty.text) == (422, True)
    day = legal_day(NOW) + timedelta(days=2)
    typed = {
        "kind": "arrival",
        "town": "HN-CP/0404",
        "place": "Salón comunal",
        "day-day": str(day.day),
        "day-month": str(day.month),
        "day-year": str(day.year),
        "begins": "09:00",
        "language": "spa",
        "seats": "2",
    }
    assert chief.post("/orientaciones/nueva", data={**typed, "seats": "500"}).status_code == 422
    told = chief.post("/orientaciones/nueva", data=typed)
    path = told.headers["location"]
    assert path in chief.get("/orientaciones").text
    assert as_(story.setrass).get(path).status_code == 403
    assert chief.post(f"{path}/cancelar").status_code == 303
    assert chief.post(f"{path}/cancelar").status_code == 409


def test_a_worker_reads_the_lessons_and_takes_a_seat(as_: As, lived: Lived) -> None:
    held = []

    def begun(story: Story) -> Story:
        story.start().submit()
        held.append(hold(story))
        return story

    story = lived(begun)
    chief, worker = as_(story.supervisor), as_(story.worker)
    session = str(held[0].id)
    path = f"/orientaciones/{session}"
    mine = f"/mi-solicitud/{story.id}/orientacion"
    assert mine in worker.get(f"/mi-solicitud/{story.id}").text
    page = worker.get(mine)
    assert "Su pasaporte es suyo." in words(page)
    assert session in page.text
    assert worker.post(mine, data={}).status_code == 422
    assert worker.post(mine, data={"session": session}).status_code == 303
    assert "Usted tiene un lugar" in words(worker.get(mine))
    assert "María Ángela Gutiérrez Ñamendí" in words(chief.get(path))
    assert chief.post(f"{path}/asistencia", data={}).status_code == 422
    number = str(story.application.worker_number)
    assert show(number) in words(chief.get(path))
    early = chief.post(f"{path}/asistencia", data={"number": number})
    assert (early.status_code, "una hora antes" in early.text) == (409, True)
    assert worker.get(f"{mine}/prueba").status_code == 409
    assert worker.get(f"{mine}.pdf").status_code == 409
    assert worker.post(f"{mine}/devolver").status_code == 303
    assert worker.post(f"{mine}/devolver").status_code == 409


def test_who_came_is_tested_until_they_understood(
    as_: As, lived: Lived, clock: StandingClock
) -> None:
    held = []

    def begun(story: Story) -> Story:
        story.start().submit()
        held.append(hold(story))
        return story

    story = lived(begun)
    clock.now = held[0].starts_at
    chief, worker = as_(story.supervisor), as_(story.worker)
    path, mine = f"/orientaciones/{held[0].id}", f"/mi-solicitud/{story.id}/orientacion"
    number = str(story.application.worker_number)
    assert chief.post(f"{path}/asistencia", data={"number": "1"}).status_code == 422
    came = chief.post(f"{path}/asistencia", data={"number": number})
    assert "Asistencia guardada." in words(chief.get(came.headers["location"]))
    again = chief.post(f"{path}/asistencia", data={"number": number})
    assert "Ya estaba anotada." in words(chief.get(again.headers["location"]))
    test = f"{mine}/prueba"
    unsaid = worker.post(test, data={"papers": RIGHT[next(iter(RIGHT))]})
    assert (unsaid.status_code, unsaid.text.count("Elija una respuesta.") > 1) == (422, True)
    failed = worker.post(test, data={topic.value: said for topic, said in WRONG.items()})
    assert "Nadie pierde el viaje por la prueba." in words(failed)
    assert "Su pasaporte es suyo." in words(failed)  # the lesson of what was not understood
    passed = worker.post(test, data={topic.value: said for topic, said in RIGHT.items()})
    assert "6 de 6 respuestas correctas" in words(passed)
    assert worker.get(f"{mine}.pdf").content.startswith(b"%PDF")
    assert re.search("Usted asistió y entendió", worker.get(mine).text)
