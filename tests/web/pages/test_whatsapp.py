"""A worker wishes WhatsApp: what goes there, what never does, and when an SMS follows."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.adapters.outbound import Outbound, Reply
from app.adapters.whatsapp import Line, WhatsAppLine
from app.services import effects, notices
from app.services.ports import Ports
from app.storage import outbox
from app.storage.applications import get_application
from app.storage.audit import audit_events
from app.storage.grants import WORKER
from app.storage.outbox import Message
from app.web.delivery_reports import LARGEST
from permits.acts import Act
from permits.notices import NoticeKind
from permits.people import SYSTEM
from permits.reach import EVERYTHING
from tests import outside
from tests.builders import NOW, Story, work_of
from tests.databases import Database
from tests.web.conftest import As, Lived

DOOR, SECRET = "/avisos/whatsapp", "app-secret"
LINE = Line("https://graph.example/1/messages", "token", SECRET, "word", "aviso")


@dataclass
class Cloud(Outbound):
    """Meta's side: takes each message under a name of its own, or refuses."""

    status: int = 200
    texts: list[str] = field(default_factory=list)

    def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        (component,) = json.loads(body)["template"]["components"]
        self.texts.append(component["parameters"][0]["text"])
        answer = {"messages": [{"id": f"wamid.{len(self.texts)}"}]}
        return Reply(self.status, {}, json.dumps(answer).encode())


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


@pytest.fixture
def ports(cloud: Cloud) -> Ports:
    return replace(outside.ports(), whatsapp=WhatsAppLine(cloud, LINE))


def run(database: Database, ports: Ports, **later: int) -> None:
    """What the worker process does, so much later."""
    with database.of(WORKER).sessions.begin() as session:
        work = work_of(session, SYSTEM, ports, NOW + timedelta(**later))
        while effects.run_next_effect(work) is not None:
            pass


def tell(database: Database, story: Story, once: str) -> None:
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, story.ports)
        told = {"number": "VD-1"}
        case = get_application(session, story.id, reach=EVERYTHING)
        notices.tell_worker(work, NoticeKind.PERMIT_READY, case, told, once)


def sent(database: Database, key: str) -> list[Message]:
    """What was sent under a key, by channel."""
    with database.sessions.begin() as session:
        rows = outbox.list_messages(session, 100)
    return sorted((one for one in rows if f":{key}:" in one.key), key=lambda one: one.channel)


def channels(database: Database, story: Story, once: str) -> list[str]:
    """The ways by which a notice goes that is left and sent now."""
    tell(database, story, once)
    run(database, story.ports)
    return [one.channel for one in sent(database, once)]


def report(visitor: TestClient, name: str, status: str, secret: str = SECRET) -> int:
    value = {"statuses": [{"id": name, "status": status}]}
    body = json.dumps({"entry": [{"changes": [{"value": value}]}]}).encode()
    signature = "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()
    answer = visitor.post(DOOR, content=body, headers={"X-Hub-Signature-256": signature})
    return answer.status_code


@pytest.mark.feature("W11")
@pytest.mark.feature("N8")
def test_the_worker_chooses_it_and_goes_back(
    as_: As, lived: Lived, database: Database, ports: Ports, cloud: Cloud
) -> None:
    story = lived(lambda s: s.start().submit())
    browser = as_(story.worker)
    assert "Le avisamos por SMS." in browser.get("/mis-datos").text
    assert channels(database, story, "a") == ["sms"]
    for _ in range(2):
        chosen = browser.post("/mis-datos/avisos", data={"channel": "whatsapp"})
        assert (chosen.status_code, chosen.headers["location"]) == (303, "/mis-datos")
    assert browser.post("/mis-datos/avisos", data={"channel": "fax"}).status_code == 422
    assert "Le avisamos por WhatsApp." in browser.get("/mis-datos").text
    with database.sessions.begin() as session:
        acts = select(audit_events).where(audit_events.c.act == Act.CHANNEL_CHOSEN.value)
        assert len(session.execute(acts).all()) == 1
    assert channels(database, story, "b") == ["whatsapp"]
    cloud.status = 400
    assert channels(database, story, "refused") == ["sms"]
    browser.post("/mis-datos/avisos", data={"channel": "sms"})
    assert channels(database, story, "back") == ["sms"]
    assert len(cloud.texts) == 2


@pytest.mark.feature("W11")
def test_an_sms_follows_what_does_not_come(
    as_: As, lived: Lived, visitor: TestClient, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: s.start().submit())
    as_(story.worker).post("/mis-datos/avisos", data={"channel": "whatsapp"})
    keys = ("heard", "failed", "silent")
    for key in keys:
        assert channels(database, story, key) == ["whatsapp"]
    heard, failed = (str(sent(database, key)[0].provider_id) for key in ("heard", "failed"))
    assert report(visitor, heard, "delivered", "other") == 404
    assert report(visitor, heard, "delivered") == report(visitor, failed, "failed") == 204
    assert report(visitor, failed, "failed") == report(visitor, "unknown", "failed") == 204
    run(database, ports)
    assert [len(sent(database, key)) for key in keys] == [1, 2, 1]
    run(database, ports, hours=5)
    assert [len(sent(database, key)) for key in keys] == [1, 2, 2]
    sms, _ = sent(database, "failed")
    assert (sms.channel, sms.body[:18]) == ("sms", "plain permit-ready")


@pytest.mark.feature("W11")
def test_it_is_asked_at_the_beginning_and_carries_no_code(
    visitor: TestClient, database: Database, ports: Ports, cloud: Cloud
) -> None:
    start = "/solicitud/nueva/coffee-hn-gt"
    assert 'name="whatsapp"' in visitor.get(start).text
    typed = {"phone": "+50255512399", "whatsapp": "yes"}
    assert visitor.post(start, data=typed).status_code == 303
    assert "Le avisamos por WhatsApp." in visitor.get("/mis-datos").text
    run(database, ports)
    with database.sessions.begin() as session:
        (welcome,) = outbox.list_messages(session, 10, "+50255512399")
    assert (welcome.kind, welcome.channel) == ("draft-started", "sms")
    assert not cloud.texts


@pytest.mark.feature("W11")
def test_the_door_is_there_for_whoever_knows_the_word(visitor: TestClient) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": "word", "hub.challenge": "1158201444"}
    assert visitor.get(DOOR, params=asked).text == "1158201444"
    for wrong in ({"hub.verify_token": "other"}, {"hub.challenge": "<b>"}, {"hub.mode": ""}):
        assert visitor.get(DOOR, params=asked | wrong).status_code == 404
    assert visitor.post(DOOR, content=b"x" * (LARGEST + 1)).status_code == 404
