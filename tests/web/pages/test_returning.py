"""Coming back by SMS, on any phone, without JavaScript; and a worker's own access."""

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI

from app.services import effects
from app.services.ports import Ports
from permits.people import SYSTEM
from tests.builders import PHONE, work_of
from tests.databases import Database
from tests.outside import Letterbox
from tests.web.clients import Client
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.walking import Walker, title, words

Read = Callable[[str], str]


@pytest.fixture
def read_sms(database: Database, ports: Ports, clock: StandingClock) -> Read:
    """The digits of the newest code that a phone was sent."""

    def read(phone: str) -> str:
        with database.sessions.begin() as session:
            while effects.run_next_effect(work_of(session, SYSTEM, ports, clock.now)):
                pass
        assert isinstance(ports.messenger, Letterbox)
        bodies = [o.body for o in ports.messenger.letters.values() if o.recipient == phone]
        digits: list[str] = re.findall(r"'code': '(\d{6})'", "".join(bodies))
        return digits[-1]

    return read


@pytest.fixture
def browser(app: FastAPI) -> Callable[[], Walker]:
    return lambda: Walker(Client(app))


Browser = Callable[[], Walker]


@pytest.mark.feature("W3", "W10")
def test_phone_and_code_lead_back_to_the_status(
    browser: Browser, lived: Lived, read_sms: Read
) -> None:
    story = lived(lambda s: s.start().submit())
    walker = browser()
    walker.open("/mi-solicitud")
    assert walker.path == "/retomar"
    walker.send("/retomar", phone=PHONE, after="/mi-solicitud")
    assert walker.path == "/retomar/mensaje"
    assert 'autocomplete="one-time-code"' in walker.page.text
    assert PHONE not in walker.page.text
    walker.send(code="12", after="/mi-solicitud")
    assert walker.page.status_code == 422
    assert "El código no es correcto o ya venció." in words(walker.page)
    walker.send(code=read_sms(PHONE), after="/mi-solicitud")
    assert walker.path == f"/mi-solicitud/{story.id}"


@pytest.mark.promise("P18")
@pytest.mark.asvs("6.3.8")
def test_an_unknown_phone_gets_the_same_pages(browser: Browser, lived: Lived) -> None:
    lived(lambda s: s.start())
    pages = []
    for phone in (PHONE, "+50255519345"):
        walker = browser()
        asked = walker.client.post("/retomar", data={"phone": phone}, follow_redirects=False)
        shown = walker.open("/retomar/mensaje").text
        wrong = walker.send(code="000000")
        pages.append((asked.status_code, asked.headers["location"], shown, wrong.text))
    assert pages[0] == pages[1]


@pytest.mark.feature("W3")
def test_a_household_says_who_it_is(browser: Browser, lived: Lived, read_sms: Read) -> None:
    lived(lambda s: s.start(given_names="Marta"))
    son = lived(lambda s: s.start(given_names="Luis", surnames="Ramírez"))
    walker = browser()
    walker.open("/retomar/quien")
    assert walker.path == "/retomar"
    walker.send("/retomar", phone=PHONE)
    walker.send(code=read_sms(PHONE))
    assert walker.path == "/retomar/quien"
    said = words(walker.page)
    assert ("Marta" in said, "Luis" in said, "Ramírez" in said) == (True, True, False)
    walker.send()
    assert "Elija su nombre." in words(walker.page)
    walker.send(person=str(son.worker.person))
    assert walker.application == str(son.id)
    assert "retomar" not in walker.client.cookies


def test_another_code_can_be_asked_for_five_times(
    browser: Browser, lived: Lived, read_sms: Read
) -> None:
    lived(lambda s: s.start())
    walker = browser()
    walker.send("/retomar", phone=PHONE)
    first = read_sms(PHONE)
    for _ in range(4):
        walker.send("/retomar/otro")
        assert walker.path == "/retomar/mensaje"
    walker.send("/retomar/otro")
    assert walker.page.status_code == 429
    assert "Ya enviamos varios códigos." in words(walker.page)
    walker.open("/retomar/mensaje")
    walker.send(code=first)
    assert walker.page.status_code == 422


def test_the_language_is_changed_without_losing_the_number(browser: Browser) -> None:
    walker = browser()
    walker.open("/retomar")
    walker.send("/retomar", phone="5551 2345", idioma="en")
    assert title(walker.page).startswith("Follow")
    assert 'value="5551 2345"' in walker.page.text


@pytest.mark.asvs("7.5.1", "6.5.1")
def test_a_worker_changes_number_and_code(as_: As, lived: Lived, read_sms: Read) -> None:
    story = lived(lambda s: s.start())
    walker = Walker(as_(story.worker))
    walker.open("/mi-acceso")
    assert "+502 5551 2345" in words(walker.page)
    walker.send("/mi-acceso/codigo")
    shown = re.search(r"number--large\">(\d{4} \d{4})<", walker.page.text)
    assert shown is not None
    assert shown[1] not in walker.open("/mi-acceso/codigo").text
    walker.open("/mi-acceso/telefono")
    walker.send(phone=PHONE)
    assert "Ese ya es su número." in words(walker.page)
    walker.send(phone="5559 8765")
    assert walker.path == "/mi-acceso/telefono/codigo"
    walker.send(code="1")
    assert walker.page.status_code == 422
    walker.send(code=read_sms("+50255598765"))
    assert "+502 5559 8765" in words(walker.page)
    assert 'value="+502 5559 8765"' in walker.open(f"/solicitud/{story.id}/telefono").text


def test_officials_have_no_such_page(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start())
    assert as_(story.inm).get("/mi-acceso").status_code == 403
