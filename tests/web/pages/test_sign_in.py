"""The first step of signing in, and out: where each role begins, and refusals that tell nothing."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app.services.ports import Ports
from app.services.throttling import PER_ACCOUNT
from permits.people import Role
from tests.databases import Database
from tests.web.clients import Client
from tests.web.pages.conftest import StandingClock
from tests.web.signing import EMAIL, add_person, code_at, enter, typed

FIRST_PAGES = {
    Role.SETRASS_OFFICER: "/bandeja",
    Role.INM_ANALYST: "/bandeja",
    Role.BORDER_AGENT: "/escaner/",
    Role.ADMINISTRATOR: "/administracion/cuentas",
    Role.RECRUITER: "/mi-cuenta",
    Role.AUDITOR: "/auditoria",
    Role.DATA_PROTECTION_OFFICER: "/proteccion-de-datos/aperturas",
}


@pytest.mark.feature("D3")
@pytest.mark.asvs("3.3.2", "3.3.4")
@pytest.mark.parametrize("role", FIRST_PAGES)
def test_each_role_begins_at_its_own_page(
    visitor: TestClient, database: Database, ports: Ports, role: Role
) -> None:
    add_person(database, ports, role)
    reply = enter(visitor)
    assert (reply.status_code, reply.headers["location"]) == (303, FIRST_PAGES[role])
    (cookie,) = [c for c in reply.headers.get_list("set-cookie") if c.startswith("vereda=")]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    again = visitor.get("/entrar")  # signed in already: no form
    assert (again.status_code, again.headers["location"]) == (303, FIRST_PAGES[role])
    assert visitor.get(FIRST_PAGES[role]).status_code == 200


@pytest.mark.feature("D3")
@pytest.mark.asvs("6.3.3")
def test_the_right_password_alone_opens_nothing(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports)
    reply = visitor.post("/entrar", data=typed())
    assert (reply.status_code, reply.headers["location"]) == (303, "/entrar/segundo-paso")
    assert "vereda" not in visitor.cookies
    assert visitor.get("/bandeja").headers["location"].startswith("/entrar")


@pytest.mark.feature("D3")
def test_a_phone_is_as_good_as_an_address(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports, Role.RECRUITER, email=None, phone="+50499887766")
    assert enter(visitor, user="9988-7766").headers["location"] == "/mi-cuenta"
    visitor.post("/salir")
    again = visitor.post("/entrar", data=typed(user="+504 9988 7766"))
    assert again.headers["location"] == "/entrar/segundo-paso"


@pytest.mark.promise("P18")
@pytest.mark.asvs("6.3.8")
def test_whoever_does_not_get_in_gets_the_same_answer(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports)
    lonely = add_person(database, ports, email="sin@demo.example", password=None)
    assert lonely.role is Role.SETRASS_OFFICER
    tries = [(EMAIL, "otra"), ("nadie@demo.example", "otra"), ("sin@demo.example", "otra")]
    replies = [visitor.post("/entrar", data=typed(word, user)) for user, word in tries]
    assert {reply.status_code for reply in replies} == {422}
    told = {
        reply.text.replace(user, EMAIL) for reply, (user, _) in zip(replies, tries, strict=True)
    }
    assert len(told) == 1
    assert "El correo o teléfono y la contraseña no coinciden. Pruebe otra vez." in replies[0].text
    assert all("set-cookie" not in reply.headers for reply in replies)
    assert 'value="otra"' not in replies[0].text


@pytest.mark.asvs("6.3.1")
@pytest.mark.promise("P19")
def test_too_many_tries_are_told_to_wait_with_the_right_password_too(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports)
    for _ in range(PER_ACCOUNT.tries):
        visitor.post("/entrar", data=typed("otra"))
    reply = visitor.post("/entrar", data=typed())
    assert reply.status_code == 429
    assert reply.headers["retry-after"] == "900"
    assert "Hubo demasiados intentos." in reply.text


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.1.1", "6.3.1")
def test_nobody_keeps_a_colleague_out_by_guessing(
    visitor: TestClient, app: object, database: Database, ports: Ports
) -> None:
    add_person(database, ports)
    enter(visitor)
    visitor.post("/salir")
    stranger = Client(visitor.app, follow_redirects=False)
    for _ in range(PER_ACCOUNT.tries + 1):
        guessed = stranger.post("/entrar", data=typed("otra"))
    assert guessed.status_code == 429
    assert visitor.post("/entrar", data=typed()).status_code == 303  # a browser that is known


@pytest.mark.asvs("6.2.10")
def test_a_password_holds_whatever_its_age(
    visitor: TestClient, database: Database, ports: Ports, clock: StandingClock
) -> None:
    add_person(database, ports)
    clock.now += timedelta(days=10 * 365)
    entered = enter(visitor, code=code_at(clock.now))
    assert (entered.status_code, entered.headers["location"]) == (303, "/bandeja")


def test_right_passwords_do_not_add_up(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports)
    for _ in range(PER_ACCOUNT.tries + 2):
        assert visitor.post("/entrar", data=typed()).status_code == 303


def test_empty_fields_are_named(visitor: TestClient) -> None:
    reply = visitor.post("/entrar", data=typed("", ""))
    assert reply.status_code == 422
    assert "Escriba su correo o teléfono." in reply.text
    assert "Escriba su contraseña." in reply.text


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize(
    ("after", "goes_to"),
    [
        ("/casos/7", "/casos/7"),
        ("/bandeja?q=ana", "/bandeja?q=ana"),
        ("//example.com/x", "/bandeja"),
        ("https://example.com/x", "/bandeja"),
        ("/\\example.com", "/bandeja"),
    ],
)
def test_it_goes_on_to_an_own_page_and_nowhere_else(
    visitor: TestClient, database: Database, ports: Ports, after: str, goes_to: str
) -> None:
    add_person(database, ports, Role.INM_OFFICER)
    reply = enter(visitor, after=after)
    assert (reply.status_code, reply.headers["location"]) == (303, goes_to)


def test_the_page_that_was_asked_for_waits_in_the_form(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    page = visitor.get("/entrar?siguiente=/bandeja%3Fq%3Dana").text
    assert '<input type="hidden" name="after" value="/bandeja?q=ana">' in page
    add_person(database, ports)
    reply = visitor.post("/entrar", data=typed(after="/bandeja?q=ana"))
    second = visitor.get(reply.headers["location"]).text
    assert '<input type="hidden" name="after" value="/bandeja?q=ana">' in second


@pytest.mark.promise("P17")
@pytest.mark.asvs("7.4.1")
def test_signing_out_ends_the_session_and_forgets_the_cookie(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_person(database, ports, Role.BORDER_AGENT)
    enter(visitor)
    token = visitor.cookies["vereda"]
    assert visitor.get("/escaner/config.json").status_code == 200
    reply = visitor.post("/salir")
    assert (reply.status_code, reply.headers["location"]) == (303, "/entrar")
    assert "vereda" not in visitor.cookies
    visitor.cookies.set("vereda", token)
    assert visitor.get("/escaner/config.json").status_code == 401  # a kept token is of no use
    assert "Su sesión terminó por seguridad." in visitor.get("/entrar").text


@pytest.mark.promise("P20")
@pytest.mark.asvs("3.5.1")
@pytest.mark.parametrize("path", ["/entrar", "/entrar/segundo-paso", "/entrar/llave", "/salir"])
def test_another_site_cannot_send_the_form(visitor: TestClient, path: str) -> None:
    reply = visitor.post(path, data=typed(), headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == 403
    assert "set-cookie" not in reply.headers


def test_the_language_button_keeps_what_was_typed(visitor: TestClient) -> None:
    reply = visitor.post("/entrar", data={**typed("secreta"), "idioma": "en"})
    assert reply.status_code == 200
    assert "Sign in to the service" in reply.text
    assert f'value="{EMAIL}"' in reply.text
    assert "secreta" not in reply.text
    assert visitor.cookies["idioma"] == "en"
