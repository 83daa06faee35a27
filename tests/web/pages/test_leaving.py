"""Ending the own permit on the phone: asked once, told plainly, done once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app.services import unused_rights
from app.services.credentials import find_permit_of
from app.services.effects import run_next_effect
from app.services.ports import Ports
from permits.people import SYSTEM
from tests.builders import PHONE, Story
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock


def signed(story: Story) -> Story:
    return story.start().submit().approve().sign()


@pytest.mark.feature("O16")
def test_a_worker_ends_the_own_permit(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(signed)
    with database.sessions() as session:
        story.session = session
        permit = find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    path, worker = f"/mi-permiso/{permit.credential.id}", as_(story.worker)
    assert f'href="{path}/terminar"' in worker.get(path).text
    asked = worker.get(f"{path}/terminar").text
    assert "Esto no se puede deshacer." in asked
    assert worker.post(f"{path}/terminar", data={"version": "99"}).status_code == 412
    version = str(permit.authorisation.version)
    for _ in range(2):  # pressed twice
        reply = worker.post(f"{path}/terminar", data={"version": version})
        assert reply.headers["location"] == f"/mi-solicitud/{story.id}"
    told = worker.get(f"/mi-solicitud/{story.id}").text
    assert "Usted terminó su permiso." in told
    assert "Terminada" in as_(story.setrass).get(f"/casos/{story.id}").text


@pytest.mark.feature("O16")
def test_the_pages_say_that_a_right_was_not_taken_up_and_what_to_do(
    as_: As, lived: Lived, visitor: TestClient, clock: StandingClock
) -> None:
    def unused(story: Story) -> Story:
        lapsing = signed(story).later(days=31)  # told on Christmas Eve
        unused_rights.tell_unused(lapsing.work(SYSTEM))
        return lapsing

    story = lived(unused)
    clock.now = story.now
    own, path = as_(story.worker), f"/mi-solicitud/{story.id}"
    page = own.get(path).text
    assert "Úselo a más tardar el 31 de diciembre de 2026" in page
    assert f'href="{path}/viaje"' in page

    def lapsed(again: Story) -> Story:
        story.session, story.now = again.session, story.now + timedelta(days=8)
        work = story.work(SYSTEM)
        while run_next_effect(replace(work, now=work.now - timedelta(days=8))) is not None:
            pass
        assert unused_rights.end_unused(work) == 1
        receipts.append(story.application.receipt or "")
        return story

    receipts: list[str] = []
    lived(lapsed)
    clock.now = story.now
    own, official = as_(story.worker), as_(story.setrass)
    page = own.get(path).text
    assert "Su permiso terminó el 1 de enero de 2027, porque nadie lo usó." in page
    assert 'href="/solicitud/nueva"' in page
    assert own.get(f"/mis-datos/{story.id}/corregir").status_code == 200
    case = official.get(f"/casos/{story.id}").text
    assert "Autorización terminada sin uso" in case
    assert "La autorización terminó sin uso" in case  # its line in what happened
    told = {"receipt": receipts[0], "ending": PHONE}
    assert "Su permiso ya no vale." in visitor.post("/seguimiento", data=told).text
