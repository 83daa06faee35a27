"""How an application stands by its receipt: the bare state, and nothing for who guesses."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, select

from app.services import effects
from app.services.phone_codes import NOBODYS
from app.services.ports import Ports
from app.services.tracking import PER_RECEIPT, track
from app.storage.applications import get_application
from app.storage.audit import audit_events
from app.web.wording.tracking import NEXT, STANDS
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.people import SYSTEM, Role
from permits.reach import EVERYTHING
from permits.tracking import Claim
from tests.builders import NOW, PHONE, Story, add_official, work_of
from tests.databases import Database
from tests.web.conftest import As, Lived

pytestmark = pytest.mark.feature("W10")

RIGHT, WRONG, NO_SUCH = PHONE[-4:], "0000", "2026-9999-9999"
NOISE = re.compile(r"[0-9a-f]{16}|\d{4}-\d{4}-\d{4}")
BORN = {"born-day": "27", "born-month": "3", "born-year": "1994"}


@pytest.fixture
def story(lived: Lived) -> Story:
    return lived(lambda s: s.start().submit())


@pytest.fixture
def receipt(database: Database, story: Story) -> str:
    with database.sessions() as session:
        return get_application(session, story.id, reach=EVERYTHING).receipt or ""


def ask(client: TestClient, receipt: str, **said: str) -> tuple[int, str]:
    reply = client.post("/seguimiento", data={"receipt": receipt, **said})
    return reply.status_code, reply.text


def test_a_receipt_and_four_digits_tell_the_bare_state(visitor: TestClient, receipt: str) -> None:
    for said in ({"ending": RIGHT}, {"ending": PHONE}, BORN):
        status, page = ask(visitor, receipt.replace("-", " "), **said)
        assert status == 200
        assert "Su solicitud está en revisión." in page
        assert "No tiene que hacer nada. Le avisamos por mensaje." in page
        for personal in (receipt, RIGHT, "María", "Gutiérrez", "cedral", "Cedral", "1994"):
            assert personal not in page


@pytest.mark.parametrize(
    ("opinion", "told"),
    [
        (Opinion.RETURN, "Entre con su teléfono, corrija y envíe otra vez."),
        (Opinion.REFUSE, "Su solicitud no fue aprobada."),
    ],
)
def test_each_state_is_said_with_what_comes_next(
    visitor: TestClient, lived: Lived, database: Database, opinion: Opinion, told: str
) -> None:
    story = lived(lambda s: s.start().submit().decide(s.setrass, opinion))
    with database.sessions() as session:
        number = get_application(session, story.id, reach=EVERYTHING).receipt or ""
    assert told in ask(visitor, number, ending=RIGHT)[1]


def test_every_state_of_what_was_handed_in_has_its_sentences() -> None:
    states = {one.value for one in Status} - {"draft"}
    assert STANDS.keys() == NEXT.keys() == states | {"over"}


@pytest.mark.promise("P18")
def test_a_wrong_claim_is_as_an_unknown_receipt(
    visitor: TestClient, receipt: str, database: Database
) -> None:
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(database.engine, "before_cursor_execute", note)
    pages, statements = [], []
    for number in (receipt, NO_SUCH):
        sent.clear()
        status, page = ask(visitor, number, ending=WRONG)
        pages.append((status, NOISE.sub("", page)))
        statements.append(list(sent))
    event.remove(database.engine, "before_cursor_execute", note)
    assert pages[0] == pages[1]
    assert pages[0][0] == 422
    assert "El número o el otro dato no es correcto. Revise los dos." in pages[0][1]
    assert statements[0] == statements[1]


@pytest.mark.promise("P19")
def test_a_receipt_is_guessed_at_ten_times_a_day_and_right_ones_do_not_count(
    story: Story, database: Database, receipt: str
) -> None:
    with database.sessions.begin() as session:
        work = replace(story.work(story.worker), session=session)
        for address in range(PER_RECEIPT.tries + 2):  # right, from anywhere
            assert track(work, receipt, Claim(RIGHT), f"192.0.2.{address}").status
        for address in range(PER_RECEIPT.tries):
            assert track(work, receipt, Claim(WRONG), f"192.0.2.{address}").wait == 0
        held_up = track(work, receipt, Claim(RIGHT), "192.0.2.99")
        assert (held_up.status, held_up.wait > 0) == (None, True)
        assert track(work, NO_SUCH, Claim(WRONG), "192.0.2.99").wait == 0


def test_who_says_nothing_of_the_person_is_asked(visitor: TestClient, receipt: str) -> None:
    status, page = ask(visitor, receipt, ending="12")
    assert (status, "Escriba los últimos cuatro números del teléfono" in page) == (422, True)
    status, page = ask(visitor, "", ending=RIGHT)
    assert (status, "Escriba el número de su solicitud." in page) == (422, True)


def test_the_page_speaks_english_and_keeps_what_was_typed(visitor: TestClient) -> None:
    status, page = ask(visitor, NO_SUCH, ending=RIGHT, idioma="en")
    assert (status, "See how an application is going" in page, NO_SUCH in page) == (200, True, True)


@pytest.mark.feature("N6")
def test_who_calls_is_read_their_messages_once_they_told_three_things(
    as_: As, database: Database, ports: Ports, receipt: str, story: Story
) -> None:
    with database.sessions.begin() as session:
        facilitator = add_official(session, ports, Role.FACILITATOR)
        work = work_of(session, SYSTEM, ports, NOW)
        while effects.run_next_effect(work):
            pass
        for address in range(PER_RECEIPT.tries + 1):  # a stranger uses up the public page's tries
            stranger = track(work, receipt, Claim(WRONG), f"192.0.2.{address}")
        assert stranger.wait > 0
    desk = as_(facilitator)

    def call(**said: str) -> tuple[int, str]:
        reply = desk.post("/asistencia/mensajes", data={"receipt": receipt, **BORN, **said})
        return reply.status_code, reply.text

    wrong = "Un dato no es correcto. Pregunte otra vez los tres."
    for said in ({"ending": WRONG}, {"ending": RIGHT, "receipt": NO_SUCH}):
        status, page = call(**said)
        assert (status, wrong in page, "Recibimos la solicitud" in page) == (422, True, False)
    status, page = call(ending=RIGHT)
    assert (status, "Recibimos la solicitud" in page, "Enviado" in page) == (200, True, True)
    for personal in (PHONE, "María", "Gutiérrez", "/mi-solicitud"):
        assert personal not in page
    with database.sessions() as session:
        asked = audit_events.c.act == Act.MESSAGES_READ_OUT.value
        rows = select(audit_events).where(asked).order_by(audit_events.c.id)
        seen = [(row.facts["found"], row.subject) for row in session.execute(rows)]
    assert seen == [(False, NOBODYS), (False, NOBODYS), (True, story.id)]
    assert as_(story.setrass).get("/asistencia/mensajes").status_code == 403
