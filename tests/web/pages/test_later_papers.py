"""A paper that was missing: added from the status page, marked on the case's, noted as seen."""

import pytest

from tests.builders import Story
from tests.web.conftest import As, Lived
from tests.web.pages.pictures import jpeg
from tests.web.pages.walking import words


@pytest.mark.feature("W5", "O8")
def test_a_paper_is_added_from_home_and_noted_at_the_desk(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    worker, officer = as_(story.worker), as_(story.setrass)
    own, case = f"/mi-solicitud/{story.id}", f"/casos/{story.id}"
    assert f'href="{own}/papel"' in worker.get(own).text
    nothing = worker.post(f"{own}/papel", data={"paper": "identity-front"})
    assert nothing.status_code == 422
    assert "Elija la foto del papel." in nothing.text
    assert 'value="identity-front" checked' in nothing.text  # nothing that was chosen is lost
    photo = {"photo": ("dpi.jpg", jpeg(), "image/jpeg")}
    sent = worker.post(f"{own}/papel", data={"paper": "identity-front"}, files=photo)
    assert sent.headers["location"] == f"{own}/papel?hecho=1"
    assert "Recibimos su papel." in words(worker.get(sent.headers["location"]))
    seen = words(officer.get(case))
    assert "Frente del documento Llegó después" in seen
    assert "Llegó después de enviar, el 23 de noviembre de 2026: frente del documento." in seen
    none = officer.post(f"{case}/papeles", data={})
    assert (none.status_code, "Elija qué papel vio." in none.text) == (422, True)
    noted = officer.post(f"{case}/papeles", data={"shown": "identity-front"})
    assert noted.headers["location"] == f"{case}?hecho=shown"
    told = words(officer.get(noted.headers["location"]))
    assert "Quedó anotado que usted vio el papel." in told
    assert "Lo vio SETRASS el 23 de noviembre de 2026: frente del documento." in told
    assert officer.post(f"{case}/papeles", data={"shown": "identity-front"}).status_code == 409


def test_who_was_decided_on_is_led_back_and_asked_for_nothing(as_: As, lived: Lived) -> None:
    def decided(story: Story) -> Story:
        return story.start().submit().approve()

    story = lived(decided)
    own = f"/mi-solicitud/{story.id}"
    worker = as_(story.worker)
    assert f"{own}/papel" not in worker.get(own).text
    assert worker.get(f"{own}/papel").headers["location"] == own
    photo = {"photo": ("dpi.jpg", jpeg(), "image/jpeg")}
    late = worker.post(f"{own}/papel", data={"paper": "identity-front"}, files=photo)
    assert late.status_code == 409
