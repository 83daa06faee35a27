"""The worker's own page: a right that is suspended or ended, and another card for a lost one."""

from uuid import UUID

import pytest
from sqlalchemy import text

from app.services import credentials
from app.services.ports import Ports
from tests.builders import Story, work_of
from tests.databases import Database
from tests.rights import RightStory
from tests.web.conftest import As, Lived
from tests.web.pages.officers import hidden
from tests.web.pages.walking import now, words


def signed(story: Story) -> Story:
    return story.start().submit().approve().sign()


def card_of(database: Database, ports: Ports, story: Story) -> credentials.Permit:
    """The newest card."""
    with database.sessions.begin() as session:
        work = work_of(session, story.worker, ports, now())
        found = credentials.find_permit_of(work, UUID(str(story.id)))
    assert found is not None
    return found


@pytest.mark.promise("P6")
@pytest.mark.feature("W15")
def test_a_worker_replaces_a_lost_card_once_alone_whatever_is_clicked_twice(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(signed)
    before = card_of(database, ports, story).credential
    client, path = as_(story.worker), f"/mi-permiso/{before.id}"
    assert "Le damos otro, gratis. El de antes deja de valer." in words(client.get(path))
    asked = client.get(f"{path}/reponer")
    said = words(asked)
    for fact in (
        "Es gratis. Nadie puede cobrarle por su permiso, tampoco por otro.",
        "deja de valer para siempre, aunque lo encuentre.",
        "Su derecho a trabajar sigue igual.",
    ):
        assert fact in said
    fields = hidden(asked.text, "reponer")
    empty = client.post(f"{path}/reponer", data=fields)
    assert (empty.status_code, "Elija qué le pasó." in empty.text) == (422, True)
    done = client.post(f"{path}/reponer", data={**fields, "reason": "lost"})
    after = card_of(database, ports, story).credential
    assert done.headers["location"] == f"/mi-permiso/{after.id}"
    again = client.post(f"{path}/reponer", data={**fields, "reason": "lost"})
    assert again.headers["location"] == "/mi-permiso"
    assert client.get("/mi-permiso").headers["location"] == f"/mi-permiso/{after.id}"
    with database.sessions() as session:
        count = session.execute(text("SELECT count(*) FROM credentials")).scalar_one()
    assert count == 2
    assert "Su permiso se está preparando" in words(client.get(f"/mi-permiso/{after.id}"))
    old = client.get(path)
    assert "Este permiso fue reemplazado" in words(old)
    assert f'href="/mi-permiso/{after.id}"' in old.text
    assert "carrier" not in old.text
    assert client.get(f"{path}/qr.png").status_code == 404


@pytest.mark.feature("W15")
def test_the_second_time_an_office_does_it_free_as_well(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: RightStory(signed(s)).lose_card().story)
    card = card_of(database, ports, story).credential
    client, path = as_(story.worker), f"/mi-permiso/{card.id}/reponer"
    page = client.get(path)
    assert "El siguiente se lo da una oficina." in words(page)
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]
    forced = client.post(path, data={"reason": "lost", "version": str(card.version)})
    assert forced.status_code == 403
    assert card_of(database, ports, story).credential.id == card.id


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_anothers_card_is_not_there_to_be_replaced(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story, stranger = lived(signed), lived(lambda s: s.start())
    card = card_of(database, ports, story).credential
    path, fields = f"/mi-permiso/{card.id}/reponer", {"reason": "lost", "version": "2"}
    for actor in (stranger.worker, story.setrass):
        assert as_(actor).get(path).status_code == 404
        assert as_(actor).post(path, data=fields).status_code == 404
    assert card_of(database, ports, story).credential.id == card.id


@pytest.mark.feature("O16", "W13")
def test_a_suspended_permit_says_until_when_and_shows_no_symbol(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: RightStory(signed(s)).suspend().story)
    client = as_(story.worker)
    page = client.get(f"/mi-permiso/{card_of(database, ports, story).credential.id}")
    said = words(page)
    for fact in (
        "Su permiso está suspendido",
        "Hasta el 2 de diciembre de 2026, ese día incluido.",
        "Hay una alerta por confirmar",
        "Hay que confirmar un dato.",
        "Después vale otra vez por sí solo, con el mismo código.",
        "Carta con las razones (PDF)",
    ):
        assert fact in said
    assert "carrier" not in page.text
    assert "tarjeta.pdf" not in page.text
    status = words(client.get(f"/mi-solicitud/{story.id}"))
    assert "Su permiso está suspendido por unos días." in status


@pytest.mark.feature("O16", "W13")
def test_a_revoked_right_says_why_and_how_to_appeal(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: RightStory(signed(s)).propose().confirm().story)
    client = as_(story.worker)
    page = client.get(f"/mi-permiso/{card_of(database, ports, story).credential.id}")
    said = words(page)
    for fact in (
        "Su derecho a trabajar fue revocado",
        "Hubo fraude",
        "Usted puede reclamar, gratis. La carta dice cómo y hasta cuándo.",
    ):
        assert fact in said
    assert "Pedir otro permiso" not in said
    assert "fue revocado. La carta dice por qué" in words(client.get(f"/mi-solicitud/{story.id}"))
