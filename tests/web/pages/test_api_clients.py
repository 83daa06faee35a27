"""Programs on the administrator's screen, and what their secrets and tokens open."""

import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app.services import api_clients
from app.services.access_tokens import create_token
from app.services.ports import Ports
from app.web.clock import utc_now
from permits.people import SYSTEM, Permission, Role
from tests.builders import add_official, work_of
from tests.databases import Database
from tests.web.conftest import As

PATH = "/administracion/clientes"
CUSTOMS = {
    "client": "aduana-1",
    "name": "Aduana de El Florido",
    "role": "border-agent",
    "post": "HN-GT-1",
    "permissions": ["crossing:list"],
}


@pytest.fixture
def desk(as_: As, database: Database, ports: Ports) -> TestClient:
    with database.sessions.begin() as session:
        return as_(add_official(session, ports, Role.ADMINISTRATOR))


def secret_in(page: str) -> str:
    (secret,) = re.findall(r'<p class="number">([\w-]{43})</p>', page)
    return str(secret)


def token(client: TestClient, secret: str, **more: str) -> tuple[int, str, str]:
    """Status, token and scope (or the error) of an asking."""
    form = {"grant_type": "client_credentials", "client_id": "aduana-1", "client_secret": secret}
    reply = client.post("/api/v1/token", data={**form, **more})
    told = reply.json()
    return reply.status_code, told.get("access_token", ""), told.get("scope", told.get("error"))


def crossings(client: TestClient, bearer: str) -> int:
    headers = {"Authorization": f"Bearer {bearer}"}
    return client.get("/api/v1/crossings", headers=headers).status_code


@pytest.mark.promise("P17")
@pytest.mark.asvs("8.3.2", "9.2.2")
@pytest.mark.feature("D10")
def test_a_program_is_added_asks_rotates_and_is_ended(
    desk: TestClient, visitor: TestClient
) -> None:
    added = desk.post(PATH, data=CUSTOMS)
    first = secret_in(added.text)
    listed = desk.get(PATH).text
    assert ("aduana-1" in listed, first in listed) == (True, False)
    status, bearer, scope = token(visitor, first)
    assert (status, scope) == (200, "crossing:list")
    assert crossings(visitor, bearer) == 200

    second = secret_in(desk.post(f"{PATH}/aduana-1/rotar", data={"hours": "24"}).text)

    assert [token(visitor, one)[0] for one in (first, second)] == [200, 200]
    third = secret_in(desk.post(f"{PATH}/aduana-1/rotar", data={"hours": "0"}).text)
    answers = [token(visitor, one)[0] for one in (first, second, third)]
    assert answers == [401, 401, 200]

    ended = desk.post(f"{PATH}/aduana-1/desactivar")

    assert ended.headers["location"] == f"{PATH}?hecho=disable"
    assert crossings(visitor, bearer) == 401
    assert token(visitor, third)[0] == 401
    assert desk.post(f"{PATH}/aduana-1/rotar", data={}).status_code == 409
    assert desk.post(f"{PATH}/nobody/rotar", data={}).status_code == 404


@pytest.mark.feature("D10")
def test_a_program_has_what_it_was_given_and_may_ask_for_less(
    desk: TestClient, visitor: TestClient
) -> None:
    both = {**CUSTOMS, "permissions": ["crossing:list", "credential:verify"]}
    secret = secret_in(desk.post(PATH, data=both).text)
    assert token(visitor, secret)[2] == "credential:verify crossing:list"
    status, bearer, scope = token(visitor, secret, scope="credential:verify")
    assert (status, scope) == (200, "credential:verify")
    assert crossings(visitor, bearer) == 403
    for beyond in ("crossing:record", "application:read", "nonsense"):
        assert token(visitor, secret, scope=beyond)[::2] == (400, "invalid_scope")


def test_a_secret_dies_when_its_hours_are_over(database: Database, ports: Ports) -> None:
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports, utc_now() - timedelta(hours=25))
        verify = {Permission.CREDENTIAL_VERIFY}
        old = api_clients.add_client(work, "inspeccion", "IGT", Role.LABOUR_INSPECTOR, verify)
        new = api_clients.rotate_client(work, "inspeccion", 24)

    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports, utc_now())
        errors = [create_token(work, "inspeccion", one.text, "here").error for one in (old, new)]
    assert errors == ["invalid_client", ""]


@pytest.mark.promise("P15")
def test_nobody_but_an_administrator_looks_after_programs(
    as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        auditor = add_official(session, ports, Role.AUDITOR)
    assert as_(auditor).get(PATH).status_code == 403
    assert as_(auditor).post(PATH, data=CUSTOMS).status_code == 403


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"client": "Á"}, 422, "Use de 3 a 40 letras minúsculas"),
        ({"permissions": []}, 422, "Elija al menos una cosa que pueda hacer."),
        ({"permissions": ["audit:read"]}, 422, "Este rol no puede hacer todo lo elegido."),
        ({"post": ""}, 422, "Elija en qué puesto trabaja."),
        (
            {"role": "inm-analyst", "post": "", "permissions": ["application:read"]},
            403,
            "su clave sólo se da desde el servidor",
        ),
    ],
)
def test_a_program_that_may_not_be_is_refused_with_words(
    desk: TestClient, changes: dict[str, object], status: int, words: str
) -> None:
    reply = desk.post(PATH, data={**CUSTOMS, **changes})
    assert (reply.status_code, words in reply.text) == (status, True)
    assert "Todavía no hay programas." in desk.get(PATH).text


def test_a_name_is_taken_once(desk: TestClient) -> None:
    assert desk.post(PATH, data=CUSTOMS).status_code == 200
    again = desk.post(PATH, data=CUSTOMS)
    assert (again.status_code, "Ya hay un programa con este nombre corto." in again.text) == (
        409,
        True,
    )
