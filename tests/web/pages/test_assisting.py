"""A facilitator fills an application in for a worker beside them, who alone agrees."""

import re
from datetime import datetime

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.services import effects
from app.services.ports import Ports
from app.storage.audit import audit_events
from app.storage.consents import consents
from permits.audit import Act
from permits.people import SYSTEM, Actor, Role
from tests.builders import add_official, work_of
from tests.databases import Database
from tests.outside import Letterbox
from tests.web.clients import Client
from tests.web.conftest import As
from tests.web.pages.conftest import StandingClock
from tests.web.pages.walking import CUI, E164, Walker, open_work, title, words


@pytest.fixture
def facilitator(database: Database, ports: Ports) -> Actor:
    with database.sessions.begin() as session:
        return add_official(session, ports, Role.FACILITATOR, "Selvin Interiano")


def told(database: Database, ports: Ports, at: datetime, pattern: str) -> str:
    """What fits in the newest message to the worker's phone."""
    with database.sessions.begin() as session:
        while effects.run_next_effect(work_of(session, SYSTEM, ports, at)):
            pass
    assert isinstance(ports.messenger, Letterbox)
    bodies = [one.body for one in ports.messenger.letters.values() if one.recipient == E164]
    found: list[str] = re.findall(pattern, "".join(bodies))
    return found[-1]


def answer_but_for_consent(desk: Walker, database: Database, ports: Ports) -> str:
    """Begin and answer until the consent is asked for; the code that belongs to the worker."""
    vacancy = open_work(database, ports)
    code = desk.begin()
    desk.answer_all(vacancy)
    return code


@pytest.mark.feature("W2", "D8")
def test_a_facilitator_registers_somebody_who_tells_the_code_of_their_message(
    app: FastAPI,
    as_: As,
    facilitator: Actor,
    database: Database,
    ports: Ports,
    clock: StandingClock,
) -> None:
    desk = Walker(as_(facilitator))
    assert "No tiene registros sin terminar." in words(desk.open("/asistencia"))
    code = answer_but_for_consent(desk, database, ports)
    # The tick of the worker's own wizard is not there for somebody else to press.
    assert desk.path == f"/asistencia/{desk.application}/permiso"
    base = desk.path
    application = desk.application
    assert "María Ángela Gutiérrez Ñamendí" in words(desk.open("/asistencia"))
    desk.open(f"/solicitud/{application}/permiso")
    assert desk.path == base
    assert "+502 5551 2345" in words(desk.page)
    desk.send(f"{base}/codigo")
    desk.send(f"{base}/dicho", code="000000")
    assert desk.page.status_code == 422
    desk.send(f"{base}/dicho", code=told(database, ports, clock.now, r"'code': '(\d{6})'"))
    assert desk.path == f"/solicitud/{application}/revisar"
    desk.send()
    assert desk.path == f"/asistencia/{application}/recibo"
    receipt = re.search(r"number--large\">([^<]+)<", desk.page.text)
    assert receipt is not None
    # What was handed in is the worker's and the agencies' alone.
    for closed in ("", "/nombre", "/revisar", "/recibo"):
        assert desk.client.get(f"/solicitud/{application}{closed}").status_code == 404
    assert desk.client.get(f"/mi-solicitud/{application}").status_code == 404
    assert "No tiene registros sin terminar." in words(desk.open("/asistencia"))
    worker = Walker(Client(app))
    worker.open("/retomar/papel")
    worker.send(phone=E164, code=code)
    assert receipt[1] in worker.page.text


@pytest.mark.feature("W2", "D8")
def test_a_witnessed_mark_names_both_in_the_log(
    as_: As, facilitator: Actor, database: Database, ports: Ports
) -> None:
    desk = Walker(as_(facilitator))
    answer_but_for_consent(desk, database, ports)
    desk.send()
    assert desk.page.status_code == 422
    assert "cuando la persona haya puesto su marca" in words(desk.page)
    desk.send(desk.path, marked="yes")
    assert desk.slug == "revisar"
    with database.sessions.begin() as session:
        shown = session.execute(
            select(audit_events).where(audit_events.c.act == Act.CONSENT_SHOWN.value)
        ).one()
        kept = session.execute(select(consents)).one()
    assert (shown.person, shown.facts["way"]) == (facilitator.person, "witnessed")
    assert shown.subject == kept.worker != facilitator.person
    assert kept.witness == facilitator.person


@pytest.mark.feature("W2")
def test_nobody_ticks_anothers_consent_or_opens_anothers_registration(
    as_: As, facilitator: Actor, database: Database, ports: Ports
) -> None:
    desk = Walker(as_(facilitator))
    answer_but_for_consent(desk, database, ports)
    application = desk.application
    assert desk.client.post(f"/solicitud/{application}/permiso", data={"consent": "yes"}).is_error
    desk.send(f"/solicitud/{application}/revisar")
    assert desk.page.status_code == 422
    assert "Falta el permiso de la persona" in words(desk.page)
    with database.sessions.begin() as session:
        other = Walker(as_(add_official(session, ports, Role.FACILITATOR)))
    assert other.client.get(f"/solicitud/{application}/nombre").status_code == 404
    assert other.client.get(f"/asistencia/{application}/permiso").status_code == 404
    assert "No tiene registros sin terminar." in words(other.open("/asistencia"))


@pytest.mark.feature("W2", "W28")
def test_another_language_keeps_what_was_typed(
    as_: As, facilitator: Actor, database: Database, ports: Ports
) -> None:
    desk = Walker(as_(facilitator))
    desk.begin()
    desk.send(document_kind="gt-dpi", document_number=CUI)
    desk.send(given_names="Ceferina", surnames="", idioma="en")
    assert 'value="Ceferina"' in desk.page.text
    assert "name" in title(desk.page).lower()
    application = desk.application
    desk.open(f"/asistencia/{application}/permiso")
    desk.send(marked="yes", idioma="es")
    assert "checked" in desk.page.text
    assert "¿La persona permite usar sus datos?" in title(desk.page)
