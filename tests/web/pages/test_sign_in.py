"""Officials sign in and out: where each role begins, and refusals that tell nothing."""

from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app.services.ports import Ports
from app.services.throttling import PER_ACCOUNT
from app.storage import accounts
from permits.audit import Act
from permits.duties import POST_ROLES
from permits.people import SYSTEM, Actor, PersonId, Role
from tests.builders import NOW, work_of
from tests.databases import Database

PASSWORD = "una clave larga"
EMAIL = "lucia@demo.example"
FIRST_PAGES = {
    Role.SETRASS_OFFICER: "/bandeja",
    Role.INM_OFFICER: "/bandeja",
    Role.BORDER_AGENT: "/escaner/",
    Role.ADMINISTRATOR: "/demo/mensajes",
}


def add_account(database: Database, ports: Ports, role: Role, email: str = EMAIL) -> Actor:
    """An official who can sign in with `PASSWORD`."""
    post = "HN-GT-1" if role in POST_ROLES else None
    actor = Actor(PersonId(uuid4()), role, "Lucía Mejía", post)
    account = accounts.Account.of(actor, email, ports.passwords.hash(PASSWORD))
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports)
        event = work.event(Act.ACCOUNT_ADDED, actor.person, {"role": role.value})
        accounts.add_account(session, account, SYSTEM.person, NOW, event=event)
    return actor


def typed(password: str = PASSWORD, user: str = EMAIL, after: str = "") -> dict[str, str]:
    return {"user": user, "password": password, "after": after}


@pytest.mark.parametrize("role", FIRST_PAGES)
def test_each_role_begins_at_its_own_page(
    visitor: TestClient, database: Database, ports: Ports, role: Role
) -> None:
    add_account(database, ports, role)
    reply = visitor.post("/entrar", data=typed())
    assert (reply.status_code, reply.headers["location"]) == (303, FIRST_PAGES[role])
    cookie = reply.headers["set-cookie"]
    assert cookie.startswith("vereda=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    again = visitor.get("/entrar")  # signed in already: no form
    assert (again.status_code, again.headers["location"]) == (303, FIRST_PAGES[role])


def test_wrong_password_and_unknown_account_get_the_same_answer(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_account(database, ports, Role.SETRASS_OFFICER)
    wrong = visitor.post("/entrar", data=typed("otra"))
    unknown = visitor.post("/entrar", data=typed("otra", "nadie@demo.example"))
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text == unknown.text.replace("nadie@demo.example", EMAIL)
    assert "El correo o la contraseña no coinciden. Pruebe otra vez." in wrong.text
    assert "set-cookie" not in wrong.headers
    assert "otra" not in wrong.text.replace("Pruebe otra vez.", "").replace("otra persona", "")


def test_too_many_tries_are_told_to_wait_with_the_right_password_too(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_account(database, ports, Role.SETRASS_OFFICER)
    for _ in range(PER_ACCOUNT.tries):
        visitor.post("/entrar", data=typed("otra"))
    reply = visitor.post("/entrar", data=typed())
    assert reply.status_code == 429
    assert reply.headers["retry-after"] == "900"
    assert "Hubo demasiados intentos." in reply.text


def test_empty_fields_are_named(visitor: TestClient) -> None:
    reply = visitor.post("/entrar", data=typed("", ""))
    assert reply.status_code == 422
    assert "Escriba su correo o usuario." in reply.text
    assert "Escriba su contraseña." in reply.text


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
    add_account(database, ports, Role.INM_OFFICER)
    reply = visitor.post("/entrar", data=typed(after=after))
    assert (reply.status_code, reply.headers["location"]) == (303, goes_to)


def test_the_page_that_was_asked_for_waits_in_the_form(visitor: TestClient) -> None:
    page = visitor.get("/entrar?siguiente=/bandeja%3Fq%3Dana").text
    assert '<input type="hidden" name="after" value="/bandeja?q=ana">' in page


def test_signing_out_ends_the_session_and_forgets_the_cookie(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    add_account(database, ports, Role.BORDER_AGENT)
    visitor.post("/entrar", data=typed())
    token = visitor.cookies["vereda"]
    assert visitor.get("/escaner/config.json").status_code == 200
    reply = visitor.post("/salir")
    assert (reply.status_code, reply.headers["location"]) == (303, "/entrar")
    assert "vereda" not in visitor.cookies
    visitor.cookies.set("vereda", token)
    assert visitor.get("/escaner/config.json").status_code == 401  # a kept token is of no use
    assert "Su sesión terminó por seguridad." in visitor.get("/entrar").text


@pytest.mark.parametrize("path", ["/entrar", "/salir"])
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
