"""The pages of a journey: the worker tells it, an official notes what they saw."""

import re

import pytest

from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("N13")

LEFT = {"step": "visa-submitted", "on-day": "20", "on-month": "11", "on-year": "2026"}


def test_a_step_is_noted_shown_and_taken_out(as_: As, lived: Lived) -> None:
    story = lived(lambda story: story.start().submit().approve().sign())
    worker, officer = as_(story.worker), as_(story.setrass)
    mine, case = f"/mi-solicitud/{story.id}/viaje", f"/casos/{story.id}/viaje"
    assert mine in worker.get(f"/mi-solicitud/{story.id}").text
    assert case in officer.get(f"/casos/{story.id}").text
    assert worker.post(mine, data={}).status_code == 422
    future = worker.post(mine, data={**LEFT, "on-year": "2027"})
    assert (future.status_code, 'value="2027"' in future.text) == (422, True)
    assert officer.post(case, data=LEFT).status_code == 303
    assert "La visa se pidió" in words(worker.get(f"/mi-solicitud/{story.id}"))
    note = re.search(rf"{case}/([0-9a-f-]{{36}})/quitar", officer.get(case).text)
    assert note is not None
    assert worker.post(f"{mine}/{note[1]}/quitar").status_code == 409
    for _ in range(2):  # pressed twice
        assert officer.post(f"{case}/{note[1]}/quitar").status_code == 303
    assert "Todavía no hay nada anotado." in words(worker.get(mine))
