"""The SMS gateway tells what became of a message, and the case says whom to call."""

import json
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from app.adapters.sms_reports import open_reports
from app.services import effects
from app.services.ports import Letter, Ports
from app.storage.grants import WORKER
from app.web.delivery_reports import LARGEST
from permits.people import SYSTEM
from tests import outside
from tests.adapters.test_sms_reports import SECRET, signed
from tests.builders import NOW, work_of
from tests.databases import Database
from tests.web.conftest import As, Lived

DOOR = "/avisos/sms"


class Gateway:
    """Takes every letter under a name of its own."""

    def send(self, letter: Letter, key: str) -> str:
        return f"sms:{key}" if letter.channel == "sms" else ""


@pytest.fixture
def ports() -> Ports:
    return replace(outside.ports(), messenger=Gateway(), sms_reports=open_reports(SECRET))


def report(visitor: TestClient, name: str, status: str) -> int:
    body = json.dumps({"id": name.removeprefix("sms:"), "status": status}).encode()
    return visitor.post(DOOR, content=body, headers=signed(body, NOW)).status_code


@pytest.mark.feature("W11", "N6")
def test_what_did_not_come_to_the_phone_stands_on_the_case(
    as_: As, lived: Lived, visitor: TestClient, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: s.start().submit())
    with database.of(WORKER).sessions.begin() as session:
        work = work_of(session, SYSTEM, ports, NOW)
        while effects.run_next_effect(work) is not None:
            pass
    name = f"application-submitted:{story.id}:{story.application.version}:sms"
    desk = as_(story.setrass)
    assert "No llegó al teléfono" not in desk.get(f"/casos/{story.id}").text
    assert report(visitor, name, "failed") == report(visitor, "nobody", "failed") == 204
    assert report(visitor, name, "failed") == 204
    seen = desk.get(f"/casos/{story.id}").text
    assert "No llegó al teléfono" in seen
    assert "Llámela y léale el mensaje." in seen
    assert report(visitor, name, "delivered") == 204
    seen = desk.get(f"/casos/{story.id}").text
    assert "Llegó al teléfono" in seen
    assert "Llámela y léale el mensaje." not in seen


@pytest.mark.feature("W11")
def test_to_whoever_cannot_sign_there_is_no_door(visitor: TestClient) -> None:
    body = b'{"id": "1", "status": "failed"}'
    assert visitor.post(DOOR, content=body).status_code == 404
    long = b"x" * (LARGEST + 1)
    assert visitor.post(DOOR, content=long, headers=signed(long, NOW)).status_code == 404
