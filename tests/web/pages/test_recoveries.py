"""The counter, the supervisors' list and the objection, page by page."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from fastapi import FastAPI

from app.services import effects
from app.services.ports import Ports
from permits.people import SYSTEM, Actor, Role
from tests.builders import CUI, PHONE, add_official, work_of
from tests.databases import Database
from tests.outside import Letterbox
from tests.web.clients import Client
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.walking import Walker, words

BORN = {"born__day": "27", "born__month": "marzo", "born__year": "1994"}
Read = Callable[[str, str], str]


@pytest.fixture
def read_sms(database: Database, ports: Ports, clock: StandingClock) -> Read:
    """What fits a pattern in the newest message to a phone."""

    def read(phone: str, pattern: str) -> str:
        with database.sessions.begin() as session:
            while effects.run_next_effect(work_of(session, SYSTEM, ports, clock.now)):
                pass
        assert isinstance(ports.messenger, Letterbox)
        bodies = [o.body for o in ports.messenger.letters.values() if o.recipient == phone]
        found: list[str] = re.findall(pattern, "".join(bodies))
        return found[-1]

    return read


def someone(database: Database, ports: Ports, role: Role) -> Actor:
    with database.sessions.begin() as session:
        return add_official(session, ports, role)


def ask_at_the_counter(desk: Walker, read_sms: Read) -> str:
    """The facilitator finds the person and proves the new phone; the address of the recovery."""
    desk.open("/recuperacion")
    desk.send(kind="gt-dpi", number="1234567892012", **BORN)
    assert "Nadie coincide." in words(desk.page)
    desk.send("/recuperacion", kind="gt-dpi", number=CUI, **BORN)
    assert "María Ángela" in words(desk.page)
    assert CUI not in desk.page.text
    base = desk.path
    desk.send(phone="5559 8765", compared=["photo"])
    assert "Compare las tres cosas antes de seguir." in words(desk.page)
    desk.send(base, phone="5559 8765", compared=["photo", "names", "number"])
    desk.send(f"{base}/codigo", code="1")
    assert desk.page.status_code == 422
    desk.send(f"{base}/codigo", code=read_sms("+50255598765", r"'code': '(\d{6})'"))
    assert "Espera la decisión" in words(desk.page)
    return base


def agree(head: Walker, recovery: str) -> None:
    """The supervisor compares and says yes, once."""
    assert f"/recuperaciones/{recovery}" in head.open("/recuperaciones").text
    said = words(head.open(f"/recuperaciones/{recovery}"))
    assert "+502 5559 8765" in said
    head.send(decision="refuse")
    assert head.page.status_code == 422
    head.send(f"/recuperaciones/{recovery}", decision="approve")
    assert "No hay pedidos que esperen." in words(head.page)
    again = head.client.post(f"/recuperaciones/{recovery}", data={"decision": "approve"})
    assert again.status_code == 409


def test_from_the_counter_to_the_new_code_and_back(
    app: FastAPI, as_: As, lived: Lived, database: Database, ports: Ports, read_sms: Read
) -> None:
    lived(lambda s: s.start().submit())
    desk = Walker(as_(someone(database, ports, Role.FACILITATOR)))
    head = Walker(as_(someone(database, ports, Role.SETRASS_SUPERVISOR)))
    base = ask_at_the_counter(desk, read_sms)
    agree(head, base.rsplit("/", 1)[1])

    desk.open(base)
    desk.send(f"{base}/mostrar")
    shown = re.search(r"number--large\">(\d{4} \d{4})<", desk.page.text)
    assert shown is not None
    assert shown[1] not in desk.open(base).text
    worker = Walker(Client(app))
    worker.send("/retomar/papel", phone="5559 8765", code=shown[1])
    assert worker.path.startswith("/mi-solicitud/")

    link = read_sms(PHONE, r"(/no-fui-yo/[\w-]{22})")
    old = Walker(Client(app))
    assert "No fui yo" in words(old.open(link))
    old.send(link)
    assert "El cambio quedó parado." in words(old.page)
    assert "Este enlace ya no sirve." in words(old.open(link))
    assert worker.open("/mi-acceso").url.path == "/retomar"
    assert "no fui yo" in words(head.open("/recuperaciones"))


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize(
    ("role", "desk", "heads"),
    [
        (Role.FACILITATOR, 200, 403),
        (Role.INM_SUPERVISOR, 403, 200),
        (Role.INM_OFFICER, 403, 403),
        (Role.ADMINISTRATOR, 403, 403),
    ],
)
def test_each_side_has_its_own_pages(
    as_: As, database: Database, ports: Ports, role: Role, desk: int, heads: int
) -> None:
    client = as_(someone(database, ports, role))
    found = [client.get(path).status_code for path in ("/recuperacion", "/recuperaciones")]
    assert found == [desk, heads]


def test_a_supervisor_refuses_with_a_reason(
    as_: As, lived: Lived, database: Database, ports: Ports, read_sms: Read
) -> None:
    lived(lambda s: s.start().submit())
    desk = Walker(as_(someone(database, ports, Role.FACILITATOR)))
    desk.send("/recuperacion", kind="gt-dpi", number=CUI, **BORN)
    base = desk.path
    desk.send(base, phone="5559 8765", compared=["photo", "names", "number"])
    desk.send(f"{base}/codigo", code=read_sms("+50255598765", r"'code': '(\d{6})'"))
    head = as_(someone(database, ports, Role.INM_SUPERVISOR))
    body = {"decision": "refuse", "reason": "not-the-person"}
    recovery = base.rsplit("/", 1)[1]
    assert head.post(f"/recuperaciones/{recovery}", data=body).status_code == 303
    assert "La supervisión lo negó." in words(desk.open(base))
    assert head.get(f"/recuperaciones/{uuid4()}").status_code == 404
