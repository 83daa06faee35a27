"""The second step: codes that work once, tries that are counted, the role, and what it tells."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from app.services import second_factors
from app.services.ports import Ports
from app.services.sign_in import TIME_FOR_A_STEP, WRONG_FACTORS
from app.storage.audit import audit_events
from app.storage.outbox import outbox
from permits.people import Role
from tests.builders import NOW, work_of
from tests.databases import Database
from tests.web.clients import Client
from tests.web.pages.conftest import StandingClock
from tests.web.signing import add_person, code_at, enter, typed

SECOND = "/entrar/segundo-paso"
WRONG = "El código no es correcto."


def told(database: Database) -> list[str]:
    """The kinds of notices that wait, in their order."""
    with database.sessions.begin() as session:
        rows = session.scalars(select(outbox.c.payload).order_by(outbox.c.id)).all()
    return [row["kind"] for row in rows]


@pytest.mark.feature("D3")
@pytest.mark.asvs("6.5.1")
def test_a_code_works_once(
    visitor: TestClient, database: Database, ports: Ports, clock: StandingClock
) -> None:
    add_person(database, ports)
    assert enter(visitor).status_code == 303
    visitor.post("/salir")
    again = enter(visitor)
    assert again.status_code == 422
    assert WRONG in again.text
    clock.now = NOW + timedelta(seconds=30)
    assert visitor.post(SECOND, data={"code": code_at(clock.now)}).status_code == 303


@pytest.mark.asvs("6.5.1", "6.5.5")
@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (0, 303), (1, 303), (2, 422)])
def test_a_phone_s_clock_may_be_half_a_minute_wrong(
    visitor: TestClient, database: Database, ports: Ports, steps: int, status: int
) -> None:
    add_person(database, ports)
    assert enter(visitor, code=code_at(NOW, steps)).status_code == status


@pytest.mark.feature("D3")
@pytest.mark.asvs("6.5.1", "6.5.2")
def test_a_paper_code_works_once_however_it_is_typed(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    actor = add_person(database, ports)
    with database.sessions.begin() as session:
        codes = second_factors.make_paper_codes(work_of(session, actor, ports), actor.person)
        kept = session.execute(text("SELECT code_hash FROM paper_codes")).scalars().all()
    assert len(set(codes)) == len(kept) == 10
    assert all(one.startswith("$argon2id$") for one in kept)
    assert enter(visitor, code=codes[3].lower().replace("-", " ")).status_code == 303
    visitor.post("/salir")
    assert WRONG in enter(visitor, code=codes[3]).text
    assert visitor.post(SECOND, data={"code": codes[4]}).status_code == 303


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.3.1", "16.3.1")
def test_wrong_codes_end_the_step_and_its_owner_hears_of_it(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    actor = add_person(database, ports)
    visitor.post("/entrar", data=typed())
    replies = [visitor.post(SECOND, data={"code": "000000"}) for _ in range(WRONG_FACTORS)]
    assert [reply.status_code for reply in replies] == [422] * WRONG_FACTORS
    assert "Empiece otra vez." in replies[-1].text
    assert visitor.post(SECOND, data={"code": code_at()}).headers["location"] == "/entrar"
    assert told(database) == ["password-known"]
    with database.sessions.begin() as session:
        events = session.execute(select(audit_events).order_by(audit_events.c.id)).all()
    refused = [event for event in events if event.act == "person:sign-in-refuse"]
    assert [event.facts for event in refused] == [{"way": "second-factor"}] * WRONG_FACTORS
    assert {event.subject for event in refused} == {actor.person}


@pytest.mark.promise("P19")
def test_who_knows_a_password_cannot_go_on_guessing_codes(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports)
    for number in range(second_factors.PER_PERSON.tries):
        if number % (WRONG_FACTORS - 1) == 0:
            visitor.post("/entrar", data=typed())
        visitor.post(SECOND, data={"code": "000000"})
    reply = visitor.post(SECOND, data={"code": code_at()})
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "900")


@pytest.mark.asvs("7.3.2")
def test_a_step_waits_ten_minutes(
    visitor: TestClient, database: Database, ports: Ports, clock: StandingClock
) -> None:
    add_person(database, ports)
    visitor.post("/entrar", data=typed(after="/bandeja?q=x"))
    clock.now = NOW + TIME_FOR_A_STEP
    reply = visitor.post(SECOND, data={"code": code_at(clock.now), "after": "/bandeja?q=x"})
    assert reply.headers["location"] == "/entrar?siguiente=/bandeja%3Fq%3Dx"


def test_a_lock_between_the_steps_ends_the_sign_in(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    actor = add_person(database, ports)
    visitor.post("/entrar", data=typed())
    with database.engine.begin() as connection:
        connection.execute(
            text("UPDATE accounts SET disabled_at = now() WHERE person = :p"), {"p": actor.person}
        )
    assert visitor.post(SECOND, data={"code": code_at()}).headers["location"] == "/entrar"


@pytest.mark.promise("P17")
@pytest.mark.asvs("7.2.3", "7.2.4")
def test_a_cookie_of_before_is_never_the_one_of_after(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports)
    visitor.cookies.set("vereda", "planted")
    first = visitor.post("/entrar", data=typed())
    step = visitor.cookies["vereda-paso"]
    assert first.status_code == 303
    reply = visitor.post(SECOND, data={"code": code_at()})
    (cookie,) = [c for c in reply.headers.get_list("set-cookie") if c.startswith("vereda=")]
    token = cookie.split("=", 1)[1].split(";")[0]
    assert len(token) == 43
    assert token not in {"planted", step}


@pytest.mark.feature("D3")
def test_whoever_holds_several_roles_chooses_one(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports, Role.LABOUR_INSPECTOR, Role.FACILITATOR)
    reply = enter(visitor)
    assert reply.headers["location"] == "/entrar/puesto"
    assert "vereda" not in visitor.cookies
    page = visitor.get("/entrar/puesto").text
    assert 'value="facilitator"' in page
    assert 'value="labour-inspector"' in page
    assert visitor.post("/entrar/puesto", data={"role": "administrator"}).status_code == 422
    assert "vereda" not in visitor.cookies
    enter_again = visitor.post("/entrar/puesto", data={"role": "facilitator"})
    if enter_again.headers["location"] == "/entrar":  # a role that is not held ends the step
        pytest.fail("the step is over")
    assert "Facilitador" in visitor.get("/mi-cuenta").text
    changed = visitor.post("/mi-cuenta/puesto", data={"role": "labour-inspector"})
    assert changed.status_code == 303
    assert visitor.post("/mi-cuenta/puesto", data={"role": "administrator"}).status_code == 403


@pytest.mark.feature("D3")
def test_a_new_browser_is_told_and_a_known_one_is_not(
    visitor: TestClient, database: Database, ports: Ports, clock: StandingClock
) -> None:
    add_person(database, ports)
    enter(visitor)
    assert told(database) == ["new-browser"]
    visitor.post("/salir")
    clock.now = NOW + timedelta(minutes=1)
    enter(visitor, code=code_at(clock.now))
    assert told(database) == ["new-browser"]
    stranger = Client(visitor.app, follow_redirects=False)
    clock.now = NOW + timedelta(minutes=2)
    enter(stranger, code=code_at(clock.now))
    assert told(database) == ["new-browser", "new-browser"]


def test_an_empty_code_is_named_and_the_language_can_be_changed(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports)
    visitor.post("/entrar", data=typed())
    assert "Escriba el código." in visitor.post(SECOND, data={"code": ""}).text
    english = visitor.post(SECOND, data={"code": "", "idioma": "en"})
    assert "Show that it is you" in english.text
