"""The desk of the complaints office, form by form, without JavaScript; and who sees none of it."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.adapters.outbound import Outbound
from app.adapters.webhooks import Endpoint, Webhooks
from app.services import complaint_terms
from app.services.ports import Ports
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.complaints.words import ReferralTarget
from tests import outside
from tests.builders import NOW, add_official, work_of
from tests.complained import PHRASE, Office, complain
from tests.complaint_remedied import confirm_on_page
from tests.databases import Database
from tests.web.clients import browser
from tests.web.conftest import As
from tests.web.pages.conftest import StandingClock
from tests.web.pages.walking import words

CODE = re.compile(r'<strong class="number">(\d{4} \d{4} \d{4} \d{4})</strong>')
VERSION = re.compile(r'name="version" value="(\d+)"')
REFERRAL = re.compile(r'name="referral" value="([^"]+)"')
REMEDY = re.compile(r'name="remedy" value="([^"]+)"')
PIECE = re.compile(r'href="(/quejas/[^"]+/pruebas/[^"]+)"')
UNREADABLE = b"OggS and nothing that an Ogg has"
DAY = (NOW + timedelta(days=10)).date().isoformat()


@dataclass
class OnDesk:
    """A case as a handler's browser sees it."""

    client: TestClient
    complaint: UUID

    @property
    def page(self) -> str:
        return self.client.get(f"/quejas/{self.complaint}").text

    def send(self, deed: str, status: int = 303, /, **fields: object) -> str:
        """Fill in a form of the page; what it answers, or the page that it leads to."""
        seen = VERSION.search(self.page)
        assert seen is not None
        sent = {"version": seen[1], **fields}
        reply = self.client.post(f"/quejas/{self.complaint}/{deed}", data=sent)
        assert reply.status_code == status, words(reply)
        if status != 303:
            return reply.text
        return self.client.get(reply.headers["location"]).text


@dataclass
class World:
    """Two handlers and a complaint."""

    handlers: list[Actor]
    complaint: UUID
    digits: str


@pytest.fixture
def ports() -> Ports:
    """The outside world, with one institution whose system takes calls."""
    endpoint = Endpoint("https://quejas.conadeh.example", bytes(24))
    calls = Webhooks(Outbound(), {ReferralTarget.CONADEH: endpoint})
    return replace(outside.ports(), webhooks=calls)


@pytest.fixture
def world(database: Database, ports: Ports, clock: StandingClock) -> World:
    with database.sessions.begin() as session:
        office = Office(session, ports).ready()
        office.join()
        filed = complain(office.work(), [UNREADABLE])
        complaint_terms.begin_clocks(work_of(session, SYSTEM, ports))
    return World(office.handlers, filed.id, filed.digits)


def opened(as_: As, handler: Actor) -> TestClient:
    client = as_(handler)
    reply = client.post("/quejas/llave/abrir", data={"phrase": PHRASE})
    assert reply.status_code == 303
    return client


@pytest.mark.feature("H1", "H3", "H5", "H9", "N1")
def test_a_case_is_led_from_its_reading_to_its_closing(as_: As, world: World) -> None:
    client, colleague = (opened(as_, one) for one in world.handlers)
    listed = client.get("/quejas").text
    assert ("Documento retenido" in listed, "CANARIO" in listed) == (True, False)
    desk = OnDesk(client, world.complaint)
    assert "CANARIO-7731" in desk.page
    assert "Escriba por qué." not in desk.send("tomar")
    assert "Aceptar el caso" in desk.send("mover", action="screen")
    wrong = desk.send("aceptar", 422, categories="document-retained", tax_number="1")
    assert "Elija qué tan grave es." in wrong
    known = {"severity": "s2", "categories": "document-retained"}
    wrong = desk.send("aceptar", 422, **known, tax_number="08019999999999")
    assert "No hay un empleador con ese RTN." in wrong
    desk.send("aceptar", severity="s2", categories="document-retained", departs_on=DAY)
    assert "Antes de que se vaya" in desk.page
    _judge_anew(desk)
    assert "Le escuchamos." in desk.send("responder", message="Le escuchamos.")
    wrong = desk.send("proteger", 422, safety_words="Llamarle los lunes.", permit_number="1")
    assert "Ese número no es de un permiso." in wrong
    assert "Llamarle los lunes." in wrong  # nothing typed is lost
    desk.send("proteger", safety_words="Llamarle los lunes.")
    desk.send("nota", kind="personal", note="Nota sólo mía")
    desk.send("mover", action="investigate")
    _hand_over(desk)
    desk.send("concluir", outcome="substantiated", found_words="Se halló el pasaporte.")
    other = OnDesk(colleague, world.complaint)
    assert "Nota sólo mía" not in other.page
    other.send("mover", action="approve-finding")
    refused = desk.send("mover", 409, action="close-no-action", move_words="x", told_words="x")
    assert "Se comprobó: hace falta un plan de reparación." in refused
    desk.send("mover", action="plan-remedy")
    _make_good(desk, world.digits)
    _nobody_asks_before_the_day(desk, _close(desk))


def _judge_anew(desk: OnDesk) -> None:
    for field in ("severity", "tax_number", "judged_words"):
        assert f'name="{field}"' in desk.page
    anew = {"severity": "s2", "categories": ["document-retained", "threats"]}
    wrong = desk.send("juzgar", 422, **anew)
    assert ("Escriba por qué cambia." in wrong, 'value="threats" checked' in wrong) == (True, True)
    assert "Lo amenazan." in desk.send("juzgar", **anew, judged_words="Lo amenazan.")
    assert "Escriba quién la representa." in desk.send("poder", 422)
    assert "Antes de que se vaya" not in desk.send("poder", power_words="Su hermana.")
    assert "Escriba un día que no haya pasado." in desk.send("salida", 422, departs_on="2026-01-01")
    desk.send("salida", departs_on="")


def _close(desk: OnDesk) -> str:
    """With words for the person, who reads nothing of what stands for the office."""
    closing = {"action": "close-resolved", "move_words": "Todo devuelto."}
    assert "Escriba lo que la persona va a leer." in desk.send("mover", 422, **closing)
    closed = desk.send("mover", **closing, told_words="Ya le devolvieron todo.")
    assert closed.index("Ya le devolvieron todo.") < closed.index("Responder a la persona")
    assert "Cerrada: resuelta" in closed
    assert desk.client.get("/quejas?ver=cerrados").text.count("Cerrada: resuelta") == 1
    return closed


def _nobody_asks_before_the_day(desk: OnDesk, closed: str) -> None:
    """Three days to ask on afterwards; each has its own."""
    assert closed.count("Por preguntar") == 3
    assert 'name="asked_on"' not in closed
    day = (NOW + timedelta(days=7)).date().isoformat()
    early = desk.send("seguimiento", 409, asked_on=day, retaliation="no")
    assert "Todavía no es el día." in early


def _hand_over(desk: OnDesk) -> None:
    """To an inspection: its code opens the package for whoever has it, and nothing else does."""
    over: Mapping[str, str] = {
        "target": "labour-inspection",
        "channel": "letter",
        "summary": "Inspeccionar el dormitorio CANARIO-R",
    }
    wrong = desk.send("remitir", 422, **{**over, "channel": "webhook"})
    assert "Por su sistema, sin contenido: CONADEH" in wrong  # and not the inspection's
    assert "Elija una de las opciones de la lista." in wrong
    assert over["summary"] in wrong
    _open_evidence(desk)
    shown = desk.send("remitir", 200, **over)
    code = CODE.search(shown)
    assert code is not None
    assert code[1] not in desk.page
    _receive(desk, code[1])


def _open_evidence(desk: OnDesk) -> None:
    """Nothing is opened without a reason, and each opening stands in the chain."""
    [piece] = PIECE.findall(desk.page)  # of which no copy can be made that tells on nobody
    why = {"para": "screening"}
    asked = desk.client.get(piece, params={"para": "curiosity"})
    assert (asked.status_code, "Elija para qué la abre." in asked.text) == (422, True)
    assert "¿Para qué la abre?" in desk.client.get(piece).text
    assert "Se abrió una copia" not in desk.page
    assert "Puede decir quién lo hizo" in desk.client.get(piece, params=why).text
    heard = desk.client.get(piece, params={**why, "asi": "1"})  # within the page: it has no address
    assert f'src="data:audio/ogg;base64,{b64encode(UNREADABLE).decode()}"' in heard.text
    assert heard.headers["content-security-policy"].endswith("media-src 'self' blob: data:")
    taken = desk.client.get(piece, params={**why, "asi": "1", "bajar": "1"})
    assert (taken.content, taken.headers["content-disposition"]) == (UNREADABLE, "attachment")
    assert desk.page.count("Se abrió una copia") == 3


def _receive(desk: OnDesk, code: str) -> None:
    referral = REFERRAL.search(desk.page)
    assert referral is not None
    visitor = browser(desk.client.app)  # type: ignore[arg-type]
    path = f"/remisiones/{referral[1]}"
    assert "CANARIO-R" not in visitor.get(path).text
    assert visitor.post(path, data={"code": "1111 2222 3333 4444"}).status_code == 422
    read = visitor.post(path, data={"code": code})
    assert "CANARIO-R" in read.text
    assert read.headers["cache-control"] == "no-store"
    kept = visitor.post(path, data={"code": code, "bajar": "1"})
    for digest in (sha256(kept.content), sha256(UNREADABLE)):
        assert digest.hexdigest() in read.text
    said = visitor.post(path, data={"code": code, "answer": "confirm", "number": "DGIT-9"})
    assert "Quedó anotado. Gracias." in said.text
    assert "DGIT-9" in desk.page
    report = {"code": code, "answer": "report"}
    assert "Elija qué se hizo." in visitor.post(path, data=report).text
    visitor.post(path, data={**report, "report": "investigating"})
    assert desk.page.count("Abrimos una investigación") == 2  # told, and to choose from
    letter = desk.client.get(f"/quejas/{desk.complaint}{path}/oficio.pdf")
    assert letter.headers["content-type"] == "application/pdf"
    check = visitor.get("/remisiones/oficio", params={"firma": "no"})
    assert (check.status_code, check.headers["cache-control"]) == (422, "no-store")


def _make_good(desk: OnDesk, digits: str) -> None:
    (remedy,) = set(REMEDY.findall(desk.page))
    plan = {"remedy": remedy, "remedy_kind": "repayment", "due_on": DAY}
    wrong = {**plan, "remedy_words": "Devuelve", "amount": ""}
    assert "Escriba cuánto es." in desk.send("reparar", 422, **wrong)
    assert "1,500" in desk.send(
        "reparar", **plan, remedy_words="Devuelve lo cobrado", amount="1500"
    )
    done = {"remedy": remedy, "version": "1"}
    desk.send("reparacion", **done, remedy_action="report-done")
    done["version"] = "2"
    for who, told in (("inspection", "que lo recibe."), ("complainant", "solo la persona.")):
        assert told in desk.send("reparacion", 409, **done, remedy_action="verify", verifier=who)
    confirm_on_page(desk.client, digits, remedy)
    assert "La persona lo confirmó con su número" in desk.page


@pytest.mark.feature("H2", "H5", "D1")
def test_without_the_phrase_nothing_is_read_and_others_see_no_case_at_all(
    as_: As, world: World, database: Database, ports: Ports
) -> None:
    locked = OnDesk(as_(world.handlers[0]), world.complaint)
    assert "CANARIO" not in locked.page
    assert "Escriba su frase para abrir las quejas." in locked.page
    wrong = locked.send("nota", 409, kind="internal", note="Nota")
    assert "Escriba su frase para abrir las quejas." in wrong
    locked.send("recusar")
    assert locked.client.get(f"/quejas/{world.complaint}").status_code == 403
    for role in (Role.SETRASS_SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR):
        with database.sessions.begin() as session:
            client = as_(add_official(session, ports, role))
        assert client.get("/quejas").status_code == 403
        assert client.get(f"/quejas/{world.complaint}").status_code == 403
    partner = as_(Actor(PersonId(world.handlers[1].person), Role.PARTNER_AUTHORITY, country="GTM"))
    assert partner.get("/quejas").status_code in {303, 403}
    with database.sessions() as session:
        acts = session.scalars(
            text("SELECT act FROM audit_events WHERE act = 'complaint:open' ORDER BY id")
        ).all()
    assert acts == []  # what was not read is not told as read


@pytest.mark.feature("H1", "H4", "D1")
def test_the_supervisor_sets_the_duty_list_gives_a_case_away_and_keeps_somebody_out(
    as_: As, world: World, database: Database, ports: Ports, clock: StandingClock
) -> None:
    with database.sessions.begin() as session:
        head = add_official(session, ports, Role.COMPLAINT_SUPERVISOR)
    first, second = world.handlers
    chief, handler = as_(head), as_(first)
    assert "Quién está de guardia" not in handler.get("/quejas").text
    assert handler.post("/quejas/guardia", data={}).status_code == 403
    wrong = chief.post("/quejas/guardia", data={"on_duty": str(UUID(int=5))})
    assert (wrong.status_code, "Elija una de las opciones" in wrong.text) == (422, True)
    assert chief.post("/quejas/guardia", data={"on_duty": str(first.person)}).status_code == 303
    assert f'value="{first.person}" checked' in chief.get("/quejas").text
    clock.now += timedelta(days=40)
    assert "1 caso pasó su plazo." in as_(head).get("/quejas").text
    clock.now -= timedelta(days=40)
    desk = OnDesk(chief, world.complaint)
    assert "Elija a quién le encarga el caso." in desk.send("encargar", 422)
    desk.send("encargar", given_to=second.person)
    page = OnDesk(handler, world.complaint)
    assert "Encargar el caso" not in page.page.split("Lo que se hizo")[0]
    assert "Tome el caso primero." not in page.send("tomar", 409)
    desk.send("apartar", kept_out=second.person)
    assert as_(second).get(f"/quejas/{world.complaint}").status_code == 403
    refused = desk.send("encargar", 422, given_to=UUID(int=5))
    assert "Elija una de las opciones" in refused
    assert "tiene parte en el caso" in desk.send("encargar", 409, given_to=second.person)
