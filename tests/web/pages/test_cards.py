"""Cards by the batch, as officials and the worker see them: from the order to the hand-over."""

import re

import pytest
from fastapi.testclient import TestClient

from app.services import credentials, effects
from app.services.ports import Ports
from permits import permit_numbers
from permits.issuing import Credential
from permits.people import SYSTEM, Actor, Role
from tests.builders import Story, add_official, work_of
from tests.databases import Database
from tests.web.conftest import As, Lived

BATCH = "/tarjetas"


def signed(story: Story) -> Story:
    return story.start().submit().approve().sign()


def order(client: TestClient) -> str:
    """Order by the form as the page shows it; the address of the batch."""
    page = client.get(BATCH).text
    (batch,) = re.findall(r'name="batch" value="([^"]+)"', page)
    asked = {"programme": "coffee-hn-gt", "language": "es", "most": "1000", "batch": batch}
    reply, again = client.post(BATCH, data=asked), client.post(BATCH, data=asked)
    assert reply.status_code == again.status_code == 303
    assert reply.headers["location"] == again.headers["location"]
    return reply.headers["location"]


def draw(database: Database, ports: Ports, story: Story) -> None:
    """The worker process does what is due, each effect in its own transaction."""
    done = object()
    while done is not None:
        with database.sessions.begin() as session:
            done = effects.run_next_effect(work_of(session, SYSTEM, ports, story.now))


def carrier(database: Database, ports: Ports, story: Story) -> Credential:
    with database.sessions.begin() as session:
        permit = credentials.find_permit_of(
            work_of(session, story.worker, ports, story.now), story.id
        )
    assert permit is not None
    return permit.credential


@pytest.mark.feature("W14", "O18")
def test_a_card_is_ordered_printed_confirmed_and_handed_over(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    others = list[Actor]()

    def live(story: Story) -> Story:
        others.append(add_official(story.session, story.ports, Role.SETRASS_OFFICER))
        return signed(story)

    story = lived(live)
    client, worker = as_(story.setrass), as_(story.worker)
    path = order(client)
    assert "Dibujadas 0 de 1" in client.get(path).text
    assert client.get(f"{path}/tarjetas.pdf").status_code == 409
    draw(database, ports, story)

    assert "1 tarjeta está lista para imprimir." in client.get(path).text
    pdf = client.get(f"{path}/tarjetas.pdf")
    assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
    assert pdf.headers["cache-control"] == "no-store"
    assert client.post(f"{path}/impresas").status_code == 403  # two people, not one
    assert "Otra persona debe confirmarlas." in client.get(path).text
    other = as_(others[0])
    assert "Todas salieron bien" in other.get(path).text
    for _ in range(2):  # a double click
        assert other.post(f"{path}/impresas").headers["location"] == path
    assert "Por entregar" in client.get(path).text

    permit = carrier(database, ports, story)
    page = worker.get(f"/mi-permiso/{permit.id}").text
    assert "Ya está impresa. Recójala gratis" in page
    found = client.post("/entregas", data={"number": permit_numbers.show(permit.number).lower()})
    counter = found.headers["location"]
    assert "María Ángela Gutiérrez Ñamendí" in client.get(counter).text
    for _ in range(2):
        assert client.post(counter).headers["location"] == counter
    assert "Anotar la entrega" not in client.get(counter).text
    assert "Se la entregaron el" in worker.get(f"/mi-permiso/{permit.id}").text


def test_a_batch_is_discarded_and_its_permits_wait_again(as_: As, lived: Lived) -> None:
    story = lived(signed)
    client = as_(story.setrass)
    path = order(client)
    assert "Todos los permisos que valen ya tienen su tarjeta." in client.get(BATCH).text
    for _ in range(2):
        assert client.post(f"{path}/descartar").headers["location"] == path
    assert "Estos permisos esperan otro lote." in client.get(path).text
    assert order(client) != path
    assert client.post(f"{path}/impresas").status_code == 409


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"most": "0"}, "de 1 a 1000"),
        ({"most": "1001"}, "de 1 a 1000"),
        ({"most": "muchas"}, "de 1 a 1000"),
        ({"programme": ""}, "Elija el programa."),
    ],
)
def test_a_wrong_order_is_told_and_keeps_what_was_typed(
    as_: As, lived: Lived, typed: dict[str, str], told: str
) -> None:
    client = as_(lived(signed).setrass)
    asked = {"programme": "coffee-hn-gt", "language": "en", "most": "7", "batch": "0" * 32}
    reply = client.post(BATCH, data=asked | typed)
    assert reply.status_code == 422
    assert told in reply.text
    assert re.search(r'<option value="en" selected', reply.text)


def test_an_order_for_nobody_is_told(as_: As, lived: Lived) -> None:
    client = as_(lived(signed).setrass)
    order(client)
    asked = {"programme": "coffee-hn-gt", "language": "es", "most": "7", "batch": "1" * 32}
    reply = client.post(BATCH, data=asked)
    assert reply.status_code == 409
    assert "Ningún permiso de este programa espera una tarjeta." in reply.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Escriba el número de la tarjeta."),
        ("ABCD", "Revise el número"),
        (permit_numbers.make(7), "No hay una tarjeta impresa con este número."),
    ],
)
def test_the_counter_says_what_is_wrong_with_a_number(
    as_: As, lived: Lived, typed: str, told: str
) -> None:
    reply = as_(lived(signed).setrass).post("/entregas", data={"number": typed})
    assert reply.status_code == 422
    assert told in reply.text
    assert typed in reply.text


@pytest.mark.parametrize("role", [Role.BORDER_AGENT, Role.DATA_ANALYST, Role.SETRASS_ANALYST])
def test_printing_is_for_officers(
    as_: As, lived: Lived, database: Database, ports: Ports, role: Role
) -> None:
    path = order(as_(lived(signed).setrass))
    with database.sessions.begin() as session:
        official = add_official(session, ports, role)
    other = as_(official)
    assert other.get(BATCH).status_code == 403
    assert other.get(path).status_code == 403
    assert other.get("/entregas").status_code == (200 if role is Role.SETRASS_ANALYST else 403)
