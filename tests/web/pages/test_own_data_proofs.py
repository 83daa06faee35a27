"""A worker's own copy, and an erasure, on a phone that somebody else found: a proof comes first."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.services import own_access
from app.services.access_tokens import sign_token
from app.services.ports import Ports
from app.services.session_limits import PROOF
from app.storage.api_clients import ApiClient, add_api_client
from app.storage.audit import audit_events
from permits.audit import Act
from permits.people import SYSTEM
from tests.builders import NOW, Story, work_of
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.test_proofs import PROVE, hidden

COPY = "/mis-datos/copia"


@pytest.fixture
def story(lived: Lived) -> Story:
    return lived(lambda s: s.start())


@pytest.fixture
def code(story: Story, database: Database, ports: Ports) -> str:
    """The code on paper of the worker."""
    with database.sessions.begin() as session:
        proved = replace(story.worker, proven_until=NOW + PROOF)
        return own_access.renew_resume_code(work_of(session, proved, ports))


@pytest.fixture
def found(story: Story, as_: As, clock: StandingClock) -> TestClient:
    """The worker's browser, a quarter of an hour after the sign-in."""
    browser = as_(story.worker)
    clock.now = NOW + PROOF
    return browser


def erasures(database: Database) -> int:
    """How often an erasure was asked for."""
    with database.sessions.begin() as session:
        asked = select(func.count()).where(audit_events.c.act == Act.DATA_REQUESTED.value)
        return int(session.execute(asked).scalar_one())


@pytest.mark.feature("D8")
@pytest.mark.asvs("7.5.3")
@pytest.mark.parametrize("path", [COPY, f"{COPY}.json", f"{COPY}.pdf"])
def test_a_copy_asks_first_and_then_shows_its_links(
    found: TestClient, code: str, path: str
) -> None:
    """A download leaves the browser where it was; so the proof leads to the page of the links."""
    asked = found.get(path)
    kept = hidden(asked.text)
    assert (asked.status_code, kept) == (401, {"prueba-en": COPY, "prueba-forma": "GET"})
    assert found.post(PROVE, data={**kept, "prueba": "00000000"}).status_code == 422
    assert found.get(path).status_code == 401

    proved = found.post(PROVE, data={**kept, "prueba": code})

    assert (proved.status_code, proved.headers["location"]) == (303, COPY)
    links = re.findall(rf'href="({COPY}\.[a-z]+)"', found.get(COPY).text)
    assert links == [f"{COPY}.pdf", f"{COPY}.json"]
    saved = [found.get(link).headers["content-disposition"] for link in links]
    assert saved == [f'attachment; filename="mis-datos.{end}"' for end in ("pdf", "json")]


@pytest.mark.feature("D8")
@pytest.mark.asvs("7.5.3")
def test_an_erasure_waits_for_the_proof(
    found: TestClient, story: Story, code: str, database: Database
) -> None:
    path = f"/mis-datos/{story.id}/borrar"
    asked = found.post(path)
    kept = hidden(asked.text)
    assert (asked.status_code, kept) == (401, {"prueba-en": path, "prueba-forma": "POST"})
    assert erasures(database) == 0

    proved = found.post(PROVE, data={**kept, "prueba": code})

    assert (proved.status_code, proved.headers["location"]) == (307, path)
    sent_again = found.post(path, data={**kept, "prueba": code})  # as a browser does after 307
    assert sent_again.headers["location"] == "/mis-datos?borrado=si"
    assert erasures(database) == 1


@pytest.mark.asvs("7.5.3")
def test_the_api_asks_a_session_too(
    found: TestClient, story: Story, database: Database, ports: Ports, clock: StandingClock
) -> None:
    refused = found.get("/api/v1/me/data")
    assert (refused.status_code, refused.json()["code"]) == (401, "proof-needed")
    assert 'max_age="900"' in refused.headers["www-authenticate"]
    assert str(story.worker.person) not in refused.text
    with database.sessions.begin() as session:
        work, client = work_of(session, SYSTEM, ports, clock.now), uuid4().hex
        event = work.event(Act.API_CLIENT_ADDED, story.worker.person, {"client": client})
        own = ApiClient(client, story.worker, "", disabled=False)
        add_api_client(session, own, clock.now, event=event)
        token = sign_token(work, story.worker, client)
    found.cookies.clear()
    told = found.get("/api/v1/me/data", headers={"Authorization": f"Bearer {token}"})
    assert (told.status_code, told.json()["person"]) == (200, str(story.worker.person))


def test_who_lost_the_code_comes_back_to_the_same_page_by_a_message(found: TestClient) -> None:
    """Whoever came in by SMS alone has no code on paper: another SMS is a proof as fresh."""
    asked = found.get(f"{COPY}.pdf").text
    assert f'href="/retomar?siguiente={COPY}"' in asked
    assert f'name="after" value="{COPY}"' in found.get(f"/retomar?siguiente={COPY}").text


def test_a_visitor_is_led_to_the_door_of_workers(visitor: TestClient) -> None:
    led = visitor.get(f"{COPY}.json")
    assert (led.status_code, led.headers["location"]) == (303, f"/retomar?siguiente={COPY}.json")
