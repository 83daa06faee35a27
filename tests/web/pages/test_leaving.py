"""Ending the own permit on the phone: asked once, told plainly, done once."""

import pytest

from app.services.credentials import find_permit_of
from app.services.ports import Ports
from tests.builders import Story
from tests.databases import Database
from tests.web.conftest import As, Lived


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
