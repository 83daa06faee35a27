"""The supervisor's page, a device's own doors by HTTP, and what an outsider is told."""

import base64
import json
import re
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi.testclient import TestClient
from httpx2 import Response

from app.services.ports import Ports
from permits.devices import message
from permits.people import Actor, Role
from permits.signing import sign_es256
from tests.builders import NOW, add_official
from tests.databases import Database
from tests.web.conftest import As
from tests.web.pages.walking import words
from tests.web.soft_passkey import SoftPasskey

HERE = "/puestos/dispositivos"
DOORS = "/escaner/equipo"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def someone(database: Database, ports: Ports, role: Role) -> Actor:
    with database.sessions.begin() as session:
        return add_official(session, ports, role)


class Tablet:
    """A device that speaks to its own doors."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.device = str(uuid4())

    def enrol(self, code: str) -> Response:
        point = self.key.public_key().public_numbers()
        body = {
            "code": code,
            "x": b64(point.x.to_bytes(32)),
            "y": b64(point.y.to_bytes(32)),
            "signature": b64(sign_es256(self.key, message("enrol", code))),
        }
        reply = self.client.post(f"{DOORS}/inscribir.json", json=body)
        self.device = reply.json().get("device", self.device)
        return reply

    def answer(self, purpose: str, *parts: str) -> dict[str, str]:
        asked = self.client.post(f"{DOORS}/reto.json", json={"device": self.device})
        challenge = asked.json()["challenge"]
        signed = message(purpose, self.device, challenge, *parts)
        signature = b64(sign_es256(self.key, signed))
        return {"device": self.device, "challenge": challenge, "signature": signature}

    def agents(self) -> Response:
        return self.client.post(f"{DOORS}/agentes.json", json=self.answer("agents"))

    def enter_by_passkey(self, credential: str) -> Response:
        digest = sha256(credential.encode()).hexdigest()
        body = {**self.answer("enter-passkey", digest), "credential": credential}
        return self.client.post(f"{DOORS}/entrar-llave.json", json=body)

    def enter(self, agent: str, pin: str, chosen: str = "") -> Response:
        body = {**self.answer("enter", agent), "agent": agent, "pin": pin, "chosen": chosen}
        return self.client.post(f"{DOORS}/entrar.json", json=body)


def enrolled(supervisor: TestClient, client: TestClient) -> Tablet:
    page = supervisor.post(HERE, data={"post": "HN-GT-1", "name": "Ventanilla 1"})
    found = re.search(r"number--large\">([0-9A-Z-]{14})<", page.text)
    assert found is not None
    tablet = Tablet(client)
    assert tablet.enrol(found[1].replace("-", "")).status_code == 200
    return tablet


def test_the_broom_takes_what_the_browser_keeps_of_this_site(visitor: TestClient) -> None:
    reply = visitor.post(f"{DOORS}/borrado")
    assert (reply.status_code, reply.content) == (204, b"")
    assert reply.headers["clear-site-data"] == '"cache", "cookies", "storage"'


@pytest.mark.feature("B8")
def test_an_ended_device_is_told_so_and_what_it_hands_in_waits_for_its_supervisor(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    supervisor = as_(someone(database, ports, Role.POST_SUPERVISOR))
    tablet = enrolled(supervisor, visitor)
    standing = f"{DOORS}/estado.json"
    assert visitor.post(standing, json=tablet.answer("standing")).json() == {"standing": "in-use"}
    supervisor.post(f"{HERE}/{tablet.device}/baja")
    refused = visitor.post(standing, json=tablet.answer("standing"))
    assert (refused.status_code, refused.json()["code"]) == (403, "revoked-device")
    stranger = Tablet(visitor)
    stranger.device = tablet.device
    refused = visitor.post(standing, json=stranger.answer("standing"))
    assert (refused.status_code, refused.json()["code"]) == (403, "device-refused")

    good = crossing_of(tablet.device)
    late = good | {"id": str(uuid4()), "device_time": (NOW + timedelta(hours=1)).isoformat()}
    text = json.dumps([good, late, good | {"id": "not an id"}, 7])
    digest = sha256(text.encode()).hexdigest()
    body = tablet.answer("hand-in", digest) | {"crossings": text}
    taken = visitor.post(f"{DOORS}/entrega.json", json=body)
    assert (taken.status_code, taken.json()) == (200, {"taken": 2})
    changed = visitor.post(f"{DOORS}/entrega.json", json=body | {"crossings": text + " "})
    assert (changed.status_code, changed.json()["code"]) == (403, "device-refused")
    nothing = "no JSON"
    body = tablet.answer("hand-in", sha256(nothing.encode()).hexdigest()) | {"crossings": nothing}
    assert visitor.post(f"{DOORS}/entrega.json", json=body).json() == {"taken": 0}

    assert "Pasos: 2" in words(supervisor.get(HERE))
    settled = words(supervisor.post(f"{HERE}/{tablet.device}/registrar-entrega"))
    assert "Quedaron registrados: 1. No se aceptaron: 1." in settled
    recorded = supervisor.get("/api/v1/crossings").json()["items"]
    assert [one["id"] for one in recorded] == [good["id"]]
    assert "Pasos:" not in words(supervisor.get(HERE))


def crossing_of(device: str) -> dict[str, object]:
    return {
        "id": str(uuid4()),
        "permit_number": "15NR9NK9R1C2",
        "direction": "entry",
        "post": "HN-GT-1",
        "device_id": device,
        "device_time": (NOW - timedelta(hours=1)).isoformat(),
        "verdict": "green",
        "reason": "ok",
        "list_issued_at": None,
        "offline": True,
    }


@pytest.mark.feature("B8")
def test_from_the_code_to_the_session_and_out(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    supervisor = as_(someone(database, ports, Role.POST_SUPERVISOR))
    agent = someone(database, ports, Role.BORDER_AGENT)
    tablet = enrolled(supervisor, visitor)
    told = tablet.agents().json()
    assert told["agents"] == [{"id": str(agent.person), "name": agent.name, "has_pin": False}]
    assert tablet.enter(str(agent.person), "482915").json()["code"] == "pin-not-set"

    page = supervisor.post(f"{HERE}/agentes/{agent.person}/pin")
    given = re.search(r"number--large\">(\d{6})<", page.text)
    assert given is not None
    assert tablet.enter(str(agent.person), given[1]).json()["code"] == "pin-to-choose"
    weak = tablet.enter(str(agent.person), given[1], "111111")
    assert (weak.status_code, weak.json()["errors"][0]["code"]) == (422, "pin-weak")
    entered = tablet.enter(str(agent.person), given[1], "482915")
    assert (entered.status_code, entered.json()) == (
        200,
        {"agent": str(agent.person), "name": agent.name},
    )
    assert visitor.get("/escaner/config.json").json()["post"] == "HN-GT-1"
    assert visitor.get("/mi-pin").status_code == 403

    said = words(supervisor.get(HERE))
    assert "con PIN propio" in said
    assert "Usado el" in said
    assert supervisor.post(f"{HERE}/{tablet.device}/baja").status_code == 303
    assert visitor.get("/escaner/config.json").status_code == 401
    refused = tablet.enter(str(agent.person), "482915")
    assert (refused.status_code, refused.json()["code"]) == (403, "revoked-device")
    said = words(supervisor.get(HERE))
    assert "Dado de baja el" in said
    assert "El equipo está dado de baja." in said


def passkey_of(browser: TestClient) -> SoftPasskey:
    """A passkey of whoever is signed in here."""
    passkey = SoftPasskey()
    answer = passkey.make(browser.post("/llaves/agregar.json").json())
    added = browser.post("/mi-cuenta/llave", data={"credential": answer, "name": "Llavero"})
    assert added.status_code == 303
    return passkey


def shown(passkey: SoftPasskey, tablet: Tablet) -> str:
    """What it answers to a fresh challenge at the tablet."""
    return passkey.use(tablet.client.post("/llaves/entrar.json").json())


@pytest.mark.feature("B8")
@pytest.mark.asvs("6.3.3")
@pytest.mark.promise("P14")
def test_a_passkey_is_as_good_as_a_pin_at_the_device_of_the_own_post(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    agent = someone(database, ports, Role.BORDER_AGENT)
    officer = someone(database, ports, Role.INM_OFFICER)
    tablet = enrolled(as_(someone(database, ports, Role.POST_SUPERVISOR)), visitor)
    passkey, others = passkey_of(as_(agent)), passkey_of(as_(officer))
    answer = shown(passkey, tablet)
    entered = tablet.enter_by_passkey(answer)
    assert entered.json() == {"agent": str(agent.person), "name": agent.name}
    assert visitor.get("/escaner/config.json").json()["post"] == "HN-GT-1"
    assert visitor.get("/mi-pin").status_code == 403  # the device is shared
    visitor.post("/salir")

    again = tablet.enter_by_passkey(answer)
    assert (again.status_code, again.json()["code"]) == (403, "passkey-wrong")
    assert tablet.enter_by_passkey("{}").json()["code"] == "passkey-wrong"
    assert tablet.enter_by_passkey(shown(others, tablet)).json()["code"] == "device-refused"
    stranger = Tablet(visitor)
    stranger.device = tablet.device
    assert stranger.enter_by_passkey(shown(passkey, tablet)).json()["code"] == "device-refused"
    other_answer = tablet.answer("enter-passkey", "0" * 64) | {"credential": shown(passkey, tablet)}
    swapped = visitor.post(f"{DOORS}/entrar-llave.json", json=other_answer)
    assert (swapped.status_code, "vereda" in visitor.cookies) == (403, False)


@pytest.mark.promise("P18")
def test_an_outsider_is_told_the_same_whatever_is_wrong(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    agent = someone(database, ports, Role.BORDER_AGENT)
    tablet = enrolled(as_(someone(database, ports, Role.POST_SUPERVISOR)), visitor)
    stranger, unknown = Tablet(visitor), Tablet(visitor)
    stranger.device = tablet.device
    replies = [one.enter(str(agent.person), "482915") for one in (stranger, unknown)]
    replies += [tablet.enter(str(uuid4()), "482915"), stranger.agents(), unknown.agents()]
    told = {(reply.status_code, reply.json()["code"], reply.json()["detail"]) for reply in replies}
    assert len(told) == 1
    assert agent.name not in "".join(reply.text for reply in replies)


def test_a_wrong_or_used_code_enrols_nothing(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    supervisor = as_(someone(database, ports, Role.POST_SUPERVISOR))
    reply = Tablet(visitor).enrol("ABCDEFGHJKMN")
    assert (reply.status_code, reply.json()["code"]) == (403, "enrolment-refused")
    assert "Todavía no hay equipos" in words(supervisor.get(HERE))


@pytest.mark.asvs("4.1.5")
@pytest.mark.promise("P7")
def test_an_upload_of_a_device_session_is_signed(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    agent = someone(database, ports, Role.BORDER_AGENT)
    tablet = enrolled(as_(someone(database, ports, Role.POST_SUPERVISOR)), visitor)
    as_(agent).post("/mi-pin", data={"pin": "482915", "again": "482915"})
    assert tablet.enter(str(agent.person), "482915").status_code == 200
    body, key = b'{"crossings":[]}', "k" * 32
    signed = message("crossings", tablet.device, key) + b"\n" + body
    headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
    unsigned = visitor.post("/api/v1/crossings", content=body, headers=headers)
    assert (unsigned.status_code, unsigned.json()["code"]) == (403, "device-proof-missing")
    headers["Device-Signature"] = b64(sign_es256(tablet.key, signed))
    sent = visitor.post("/api/v1/crossings", content=body, headers=headers)
    assert (sent.status_code, sent.json()) == (200, {"items": []})


def test_the_page_names_each_fault_and_shows_no_pin(
    as_: As, database: Database, ports: Ports
) -> None:
    supervisor = as_(someone(database, ports, Role.POST_SUPERVISOR))
    page = supervisor.post(HERE, data={"post": "HN-GT-2", "name": "x" * 41})
    assert page.status_code == 422
    agent = as_(someone(database, ports, Role.BORDER_AGENT))
    page = agent.post("/mi-pin", data={"pin": "482915", "again": "482916"})
    assert "Los dos PIN no son iguales." in words(page)
    assert "482915" not in page.text
    page = agent.post("/mi-pin", data={"pin": "111111", "again": "111111"})
    assert "Ese PIN es fácil de adivinar." in words(page)
    page = agent.post("/mi-pin", data={"pin": "482915", "again": "482915"})
    assert "Su PIN quedó guardado." in words(page)


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize("role", [Role.BORDER_AGENT, Role.SETRASS_SUPERVISOR])
def test_nobody_else_manages_devices(as_: As, database: Database, ports: Ports, role: Role) -> None:
    client = as_(someone(database, ports, role))
    assert client.get(HERE).status_code == 403
    assert client.post(HERE, data={"post": "HN-GT-1", "name": "x"}).status_code == 403


def test_the_doors_of_a_device_speak_both_languages(visitor: TestClient) -> None:
    for path, title in (("inscribir", "Enrol this device"), ("entrar", "Sign in with a PIN")):
        page = visitor.get(f"/escaner/{path}?idioma=en")
        assert f"<title>{title} · Vereda</title>" in page.text
