"""A wrong-doer behind a village's address: whoever is known comes in, a stranger hears when."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.services.ports import Ports
from app.services.throttling import PER_ADDRESS, allow_try, place_of
from app.services.work import token_hash
from app.storage.sign_in_steps import is_anybodys_browser
from permits.people import NOBODY, Role
from tests.builders import NOW, PHONE, work_of
from tests.databases import Database
from tests.proofs import times
from tests.web.clients import Client
from tests.web.conftest import As, Lived
from tests.web.doors import add_workers
from tests.web.pages.conftest import StandingClock
from tests.web.pages.test_devices import HERE, enrolled, someone
from tests.web.pages.test_passkeys import add_passkey, options
from tests.web.pages.test_returning import Read, read_sms
from tests.web.pages.walking import words
from tests.web.signing import EMAIL, PASSWORD, add_person, code_at, enter, typed

__all__ = ["read_sms"]

WRONG = 400
"""Tries of the wrong-doer: more than an address has."""

BY_THE_DOOR = times(20, WRONG)
"""So many of them knock in truth; the others are counted as the door counts them."""

Browser = Callable[[], TestClient]


@pytest.fixture
def clock() -> StandingClock:
    """Ten minutes into a window of fifteen."""
    return StandingClock(NOW + timedelta(minutes=10))


@pytest.fixture
def browser(app: FastAPI) -> Browser:
    """Another browser behind the one address of all."""
    return lambda: Client(app, follow_redirects=False)


@pytest.fixture
def counted(database: Database, ports: Ports, clock: StandingClock) -> Callable[[int], None]:
    """Wrong tries from the address of all browsers, as the door counts them."""

    def count(tries: int) -> None:
        with database.sessions.begin() as session:
            work = work_of(session, NOBODY, ports, clock.now)
            for _ in range(tries):
                allow_try(work, PER_ADDRESS, place_of("testclient"))

    return count


Counted = Callable[[int], None]


@pytest.fixture
def storm(browser: Browser, counted: Counted) -> Callable[[], None]:
    """Four hundred wrong tries from the address, each at another name."""

    def rage() -> None:
        counted(WRONG - BY_THE_DOOR)
        guesser = browser()
        tries = [
            guesser.post("/entrar", data=typed("otra", f"persona.{n}@demo.example")).status_code
            for n in range(BY_THE_DOOR)
        ]
        assert tries.count(429) == min(BY_THE_DOOR, WRONG - PER_ADDRESS.tries)

    return rage


Storm = Callable[[], None]


def resume(browser: TestClient, code: str, phone: str = PHONE) -> Response:
    return browser.post("/retomar/papel", data={"phone": phone, "code": code})


@pytest.mark.promise("P18", "P19")
@pytest.mark.asvs("6.1.1", "6.3.1", "6.3.8")
def test_a_stranger_is_told_to_wait_and_when_and_nothing_else(
    browser: Browser, database: Database, ports: Ports, storm: Storm
) -> None:
    add_person(database, ports)
    (code,) = add_workers(database, ports, PHONE)
    storm()
    told = []
    for user, password in ((EMAIL, PASSWORD), (EMAIL, "otra"), ("nadie@demo.example", "otra")):
        reply = browser().post("/entrar", data=typed(password, user))
        assert (reply.status_code, reply.headers["retry-after"]) == (429, "300")
        assert "Hubo demasiados intentos. Espere 5 minutos y pruebe otra vez." in words(reply)
        told.append(reply.text.replace(user, EMAIL))
    assert len(set(told)) == 1
    for phone, typed_code in ((PHONE, code), (PHONE, "00000000"), ("+50255500099", code)):
        reply = resume(browser(), typed_code, phone)
        assert (reply.status_code, reply.headers["retry-after"]) == (429, "300")
        assert "Espere 5 minutos y pruebe otra vez." in words(reply)


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.3.1")
def test_after_the_window_everybody_gets_in_again(
    browser: Browser, database: Database, ports: Ports, storm: Storm, clock: StandingClock
) -> None:
    add_person(database, ports)
    storm()
    clock.now += timedelta(seconds=299)
    assert browser().post("/entrar", data=typed()).status_code == 429
    clock.now += timedelta(seconds=1)
    assert browser().post("/entrar", data=typed()).status_code == 303


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.3.1")
def test_a_browser_that_is_known_gets_in(
    browser: Browser, database: Database, ports: Ports, storm: Storm, clock: StandingClock
) -> None:
    add_person(database, ports)
    own = browser()
    enter(own, code=code_at(clock.now))
    own.post("/salir")
    storm()
    assert own.post("/entrar", data=typed()).status_code == 303
    assert own.post("/entrar", data=typed(user="nadie@demo.example")).status_code == 429


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.3.1")
def test_a_passkey_gets_in_from_a_browser_that_nobody_knows(
    browser: Browser,
    database: Database,
    ports: Ports,
    storm: Storm,
    as_: As,
    lived: Lived,
    clock: StandingClock,
) -> None:
    add_person(database, ports)
    own = browser()
    enter(own, code=code_at(clock.now))
    official = add_passkey(own)
    worker = add_passkey(as_(lived(lambda story: story.start()).worker))
    storm()
    for passkey, page in ((official, "/bandeja"), (worker, "/solicitud")):
        fresh = browser()
        answer = passkey.use(options(fresh, "entrar"))
        reply = fresh.post("/entrar/llave", data={"credential": answer})
        assert (reply.status_code, reply.headers["location"]) == (303, page)


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.3.1")
def test_an_enrolled_device_lets_its_agents_in(
    browser: Browser, database: Database, ports: Ports, storm: Storm, as_: As
) -> None:
    supervisor = as_(someone(database, ports, Role.POST_SUPERVISOR))
    agent = str(someone(database, ports, Role.BORDER_AGENT).person)
    tablet = enrolled(supervisor, browser())
    page = supervisor.post(f"{HERE}/agentes/{agent}/pin")
    given = re.search(r"number--large\">([0-9 ]{6,7})<", page.text)
    assert given is not None, words(page)
    storm()
    assert tablet.agents().status_code == 200
    entered = tablet.enter(agent, given[1].replace(" ", ""), "482915")
    assert (entered.status_code, "vereda" in tablet.client.cookies) == (200, True)


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.3.1")
def test_a_worker_gets_in_by_a_message_and_then_by_paper_in_the_browser_that_was_known(
    browser: Browser, database: Database, ports: Ports, storm: Storm, read_sms: Read
) -> None:
    (code,) = add_workers(database, ports, PHONE)
    storm()
    own = browser()
    assert resume(own, code).status_code == 429
    own.post("/retomar", data={"phone": PHONE})
    assert own.post("/retomar/mensaje", data={"code": read_sms(PHONE)}).status_code == 303
    own.post("/salir")
    assert resume(own, code).headers["location"].startswith("/solicitud/")
    own.post("/salir")
    assert [resume(own, "00000000").status_code for _ in range(10)] == [429] * 10
    assert resume(own, code).status_code == 429  # it has ten tries of its own, and no more


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.3.1")
def test_a_browser_known_to_a_strangers_draft_opens_nobody_else_of_the_phone(
    browser: Browser, database: Database, ports: Ports, storm: Storm
) -> None:
    victim, strangers = add_workers(database, ports, PHONE, 2)
    own = browser()
    assert resume(own, strangers).status_code == 303
    own.post("/salir")
    storm()
    assert resume(own, victim).status_code == 429
    assert resume(own, strangers).status_code == 303


@pytest.mark.promise("P19")
def test_what_was_right_counts_against_nobody(
    browser: Browser, database: Database, ports: Ports, counted: Counted
) -> None:
    """A kiosk: any number of people come in where one wrong try is left."""
    add_person(database, ports)
    (code,) = add_workers(database, ports, PHONE)
    counted(PER_ADDRESS.tries - 1)
    for _ in range(3):
        assert resume(browser(), code).status_code == 303
        assert browser().post("/entrar", data=typed()).status_code == 303
    assert browser().post("/entrar", data=typed("otra")).status_code == 422
    assert browser().post("/entrar", data=typed()).status_code == 429


@pytest.mark.promise("P17")
@pytest.mark.asvs("7.2.4")
def test_a_token_that_was_planted_is_known_to_nobody(
    browser: Browser, database: Database, ports: Ports, clock: StandingClock
) -> None:
    add_person(database, ports)
    (code,) = add_workers(database, ports, PHONE)
    official, worker = browser(), browser()
    for one in (official, worker):
        one.cookies.set("vereda-equipo", "planted")
    replies = [enter(official, code=code_at(clock.now)), resume(worker, code)]
    for reply in replies:
        given = [c for c in reply.headers.get_list("set-cookie") if "vereda-equipo=" in c]
        assert (reply.status_code, len(given), "planted" in given[0]) == (303, 1, False)
    with database.sessions() as session:
        assert not is_anybodys_browser(session, token_hash("planted"))


@pytest.mark.promise("P19")
def test_guessing_keeps_nobody_from_beginning(browser: Browser, storm: Storm) -> None:
    storm()
    begun = browser().post("/solicitud/nueva/coffee-hn-gt", data={"phone": PHONE})
    assert (begun.status_code, begun.headers["location"].endswith("/codigo")) == (303, True)


def test_a_line_of_ipv6_is_one_place_whatever_address_it_takes() -> None:
    assert place_of("2001:db8:1:2::1") == place_of("2001:db8:1:2:ffff:1:2:3")
    assert place_of("2001:db8:1:2::1") != place_of("2001:db8:1:3::1")
    assert place_of("::ffff:192.0.2.7") == place_of("192.0.2.7") == "192.0.2.7"
    assert place_of("testclient") == "testclient"
