"""The first second factor: nobody comes in without one, and the paper codes are shown once."""

import re
from datetime import timedelta

import pyotp
import pytest
from fastapi.testclient import TestClient

from app.services.ports import Ports
from tests.builders import NOW
from tests.databases import Database
from tests.web.pages.conftest import StandingClock
from tests.web.signing import add_person, typed

ENROL, CODES = "/entrar/inscripcion", "/entrar/codigos"


def secret_of(page: str) -> str:
    """What the page shows to be typed into an app."""
    found = re.search(r'enrol__secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    return found.group(1).replace(" ", "")


def codes_of(page: str) -> list[str]:
    """The paper codes on a page."""
    return re.findall(r'<li class="number">([0-9A-Z-]{14})</li>', page)


@pytest.mark.feature("D3")
@pytest.mark.asvs("6.3.3", "6.4.3")
def test_from_the_password_to_the_desk(
    visitor: TestClient, database: Database, ports: Ports, clock: StandingClock
) -> None:
    add_person(database, ports, enrolled=False)
    assert visitor.post("/entrar", data=typed()).headers["location"] == ENROL
    page = visitor.get(ENROL).text
    secret = secret_of(page)
    assert secret_of(visitor.get(ENROL).text) == secret  # a symbol that was read still fits
    assert "secret=" + secret in page
    assert visitor.get(f"{ENROL}/simbolo.svg").headers["content-type"] == "image/svg+xml"
    wrong = visitor.post(ENROL, data={"code": "000000"})
    assert (wrong.status_code, "El código no coincide." in wrong.text) == (422, True)
    shown = visitor.post(ENROL, data={"code": pyotp.TOTP(secret).at(NOW)})
    codes = codes_of(shown.text)
    assert len(codes) == 10
    assert "vereda" not in visitor.cookies
    unticked = visitor.post(CODES, data={"shown": " ".join(codes)})
    assert (unticked.status_code, codes_of(unticked.text)) == (422, codes)
    entered = visitor.post(CODES, data={"kept": "yes", "shown": " ".join(codes)})
    assert (entered.status_code, entered.headers["location"]) == (303, "/bandeja")
    visitor.post("/salir")
    assert visitor.post("/entrar", data=typed()).headers["location"] == "/entrar/segundo-paso"
    assert visitor.post("/entrar/segundo-paso", data={"code": codes[0]}).status_code == 303


def test_codes_that_were_not_kept_are_made_anew(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports, enrolled=False)
    visitor.post("/entrar", data=typed())
    secret = secret_of(visitor.get(ENROL).text)
    first = codes_of(visitor.post(ENROL, data={"code": pyotp.TOTP(secret).at(NOW)}).text)
    page = visitor.get(CODES).text
    assert codes_of(page) == []
    assert "Ya los mostramos una vez." in page
    second = codes_of(visitor.post(f"{CODES}/nuevos").text)
    assert len(set(first) | set(second)) == 20
    visitor.post(CODES, data={"kept": "yes"})
    visitor.post("/salir")
    visitor.post("/entrar", data=typed())
    assert visitor.post("/entrar/segundo-paso", data={"code": first[0]}).status_code == 422


@pytest.mark.asvs("6.3.3")
@pytest.mark.parametrize("path", [ENROL, CODES, "/entrar/puesto", "/entrar/segundo-paso"])
def test_no_step_is_skipped(
    visitor: TestClient, database: Database, ports: Ports, path: str
) -> None:
    add_person(database, ports, enrolled=False)
    assert visitor.get(path).headers["location"] == "/entrar"
    visitor.post("/entrar", data=typed())
    sent = {"code": "000000", "kept": "yes", "role": "setrass-officer"}
    for reply in (visitor.get(path), visitor.post(path, data=sent)):
        assert "vereda" not in visitor.cookies
        assert reply.status_code in {200, 422} or reply.headers["location"] == ENROL


def test_a_secret_waits_twenty_minutes_at_most(
    visitor: TestClient, database: Database, ports: Ports, clock: StandingClock
) -> None:
    add_person(database, ports, enrolled=False)
    visitor.post("/entrar", data=typed())
    secret = secret_of(visitor.get(ENROL).text)
    clock.now = NOW + timedelta(minutes=21)
    code = pyotp.TOTP(secret).at(clock.now)
    assert visitor.post(ENROL, data={"code": code}).headers["location"] == "/entrar"
