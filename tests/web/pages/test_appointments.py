"""A supervisor tells of a day; a worker takes a place by one tap, changes it and gives it back."""

import re

import pytest

from app.services import appointments
from tests.builders import Story
from tests.received import EIGHT, hold
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("O17")

DAY = {"town": "HN-CP/0404", "place": "Salón comunal", "opens": "08:00", "closes": "09:00"}


def typed(**changes: object) -> dict[str, object]:
    date = {"day-day": "4", "day-month": "diciembre", "day-year": "2026"}
    return {**DAY, **date, "places": "1", "languages": ["spa", "caa"], **changes}


def test_a_supervisor_tells_of_a_day_sees_who_comes_and_calls_it_off(as_: As, lived: Lived) -> None:
    story = lived(lambda story: story.start().supervise())
    chief, worker = as_(story.supervisor), as_(story.worker)
    empty = chief.post("/jornadas/nueva", data={})
    assert (empty.status_code, "Elija un municipio de la lista." in empty.text) == (422, True)
    for strange in ({"places": "x"}, {"places": "0"}, {"languages": ()}, {"town": "x" * 21}):
        assert chief.post("/jornadas/nueva", data=typed(**strange)).status_code == 422
    wrong = chief.post("/jornadas/nueva", data=typed(opens="08:15"))
    assert "Use horas en punto o medias horas" in words(wrong)
    told = chief.post("/jornadas/nueva", data=typed())
    assert "El día quedó anunciado." in words(chief.get(told.headers["location"]))
    address = re.search(r'href="(/jornadas/[0-9a-f-]{36})"', chief.get("/jornadas").text)
    assert address is not None
    day = address[1]
    path = f"/mi-solicitud/{story.id}/cita"
    worker.post(path, data={"day": day.rsplit("/", 1)[1], "slot": "08:30"})
    shown = words(chief.get(day))
    assert "08:30" in shown
    assert "María Ángela Gutiérrez Ñamendí" in shown
    assert chief.get(f"{day}/lista.pdf").content.startswith(b"%PDF")
    assert as_(story.setrass).get(day).status_code == 403
    gone = chief.post(f"{day}/cancelar")
    assert "El día quedó cancelado." in words(chief.get(gone.headers["location"]))
    assert chief.post(f"{day}/cancelar").status_code == 409
    assert "Usted tiene una cita" not in worker.get(path).text


def test_a_worker_with_a_draft_takes_changes_and_gives_back(as_: As, lived: Lived) -> None:
    story = lived(lambda story: story.start())
    days: list[appointments.ReceptionDay] = []

    def told_of(other: Story) -> Story:
        days.extend([hold(other, places=1), hold(other, 9)])
        return other

    lived(told_of)
    worker, path = as_(story.worker), f"/mi-solicitud/{story.id}/cita"
    assert path in worker.get(f"/solicitud/{story.id}").text
    page = worker.get(path)
    assert "Salón comunal" in words(page)
    assert "DPI" in words(page)  # what to bring
    first, second = ({"day": str(day.id), "slot": "08:00"} for day in days)
    taken = worker.post(path, data=first)
    assert (taken.status_code, taken.headers["location"]) == (303, path)
    shown = words(worker.get(path))
    assert "Usted tiene una cita" in shown
    assert "a las 08:00 Salón comunal, Copán Ruinas" in shown
    assert worker.post(path, data=second).status_code == 303
    late = lived(lambda other: other.start())
    lived(lambda other: _take(other, late, days[0]))
    full = worker.post(path, data=first)
    assert (full.status_code, "Ya no queda lugar a esa hora." in full.text) == (409, True)
    for wrong in ({"slot": "never"}, {**first, "slot": "25:00"}, {**first, "day": "x"}):
        assert worker.post(path, data=wrong).status_code == 422
    assert worker.post(f"{path}/devolver").status_code == 303
    assert worker.post(f"{path}/devolver").status_code == 409
    assert as_(late.worker).get(path).status_code == 404


def test_the_list_for_everybody_tells_of_nobody(as_: As, lived: Lived) -> None:
    story = lived(lambda story: story.start().submit())
    lived(lambda other: _take(other, story, hold(other)))
    told = as_(story.worker).get("/api/v1/reception-days").json()["days"][-1]
    assert set(told) == {
        *("id", "agency", "department", "municipality", "place", "day"),
        *("opens", "closes", "languages", "half_hours"),
    }
    assert told["half_hours"] == [
        {"begins": "08:00:00", "free": 1},
        {"begins": "08:30:00", "free": 2},
    ]
    assert "Tiene una cita" in as_(story.setrass).get(f"/casos/{story.id}").text


def _take(other: Story, story: Story, day: appointments.ReceptionDay) -> Story:
    """Somebody takes a place at eight, in the transaction of another story."""
    appointments.take_place(other.work(story.worker), story.id, day.id, EIGHT)
    return other
