"""Programs on the administrator's screen, and what their secrets and tokens open."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app.services import api_clients
from app.services.access_tokens import create_token
from app.services.ports import Ports
from app.storage.api_clients import ApiClient, add_api_client
from app.web.clock import utc_now
from permits.audit import Act
from permits.people import SYSTEM, Actor, Permission, PersonId, Role, Scope, actor_in
from tests.builders import add_official, work_of
from tests.databases import Database
from tests.web.conftest import As

PATH = "/administracion/clientes"
CUSTOMS = {
    "client": "aduana-1",
    "name": "Aduana de El Florido",
    "role": "border-agent",
    "post": "HN-GT-1",
    "permissions": ["crossing:record"],
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


def records(client: TestClient, bearer: str) -> int:
    """The status of sending an empty batch of crossings."""
    headers = {"Authorization": f"Bearer {bearer}", "Idempotency-Key": uuid4().hex}
    return client.post("/api/v1/crossings", json={"crossings": []}, headers=headers).status_code


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
    assert (status, scope) == (200, "crossing:record")
    assert records(visitor, bearer) == 200

    second = secret_in(desk.post(f"{PATH}/aduana-1/rotar", data={"hours": "24"}).text)

    assert [token(visitor, one)[0] for one in (first, second)] == [200, 200]
    third = secret_in(desk.post(f"{PATH}/aduana-1/rotar", data={"hours": "0"}).text)
    answers = [token(visitor, one)[0] for one in (first, second, third)]
    assert answers == [401, 401, 200]

    ended = desk.post(f"{PATH}/aduana-1/desactivar")

    assert ended.headers["location"] == f"{PATH}?hecho=disable"
    assert records(visitor, bearer) == 401
    assert token(visitor, third)[0] == 401
    assert desk.post(f"{PATH}/aduana-1/rotar", data={}).status_code == 409
    assert desk.post(f"{PATH}/nobody/rotar", data={}).status_code == 404


@pytest.mark.feature("D10")
def test_a_program_has_what_it_was_given_and_may_ask_for_less(
    desk: TestClient, visitor: TestClient
) -> None:
    both = {**CUSTOMS, "permissions": ["crossing:record", "credential:verify"]}
    secret = secret_in(desk.post(PATH, data=both).text)
    assert token(visitor, secret)[2] == "credential:verify crossing:record"
    status, bearer, scope = token(visitor, secret, scope="credential:verify")
    assert (status, scope) == (200, "credential:verify")
    assert records(visitor, bearer) == 403
    for beyond in ("crossing:list", "application:read", "nonsense"):
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
        ({"permissions": ["crossing:list"]}, 403, "su clave sólo se da desde el servidor"),
        (
            {"role": "setrass-officer", "post": "", "permissions": ["credential:revoke"]},
            422,
            "Este rol no puede hacer todo lo elegido.",
        ),
    ],
)
def test_a_program_that_may_not_be_is_refused_with_words(
    desk: TestClient, changes: dict[str, object], status: int, words: str
) -> None:
    reply = desk.post(PATH, data={**CUSTOMS, **changes})
    assert (reply.status_code, words in reply.text) == (status, True)
    assert "Todavía no hay programas." in desk.get(PATH).text


@pytest.mark.promise("P15")
def test_the_screen_offers_what_it_would_give_and_no_more(desk: TestClient) -> None:
    page = desk.get(PATH).text
    assert re.findall(r'<input[^>]* name="permissions"[^>]* value="([^"]+)"', page) == [
        "credential:verify",
        "crossing:record",
    ]
    roles = re.search(r'<select[^>]+name="role".*?</select>', page, re.DOTALL)
    assert roles is not None
    offered = {value for value in re.findall(r'value="([^"]+)"', roles.group()) if value}
    assert offered & {"employer", "auditor", "data-protection-officer"} == set()


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.3.2")
def test_a_program_of_before_has_no_more_what_persons_answer_for(
    desk: TestClient, visitor: TestClient, database: Database, ports: Ports
) -> None:
    """Registered when the law still let a program revoke: what it has left is what it may have."""
    held = {Permission.CREDENTIAL_VERIFY, Permission.CREDENTIAL_REVOKE, Permission.APPLICATION_HOLD}
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports, utc_now())
        actor = Actor(PersonId(uuid4()), Role.SETRASS_OFFICER, "STSS").bounded(held)
        hashed = ports.passwords.hash("s3cret")
        event = work.event(Act.API_CLIENT_ADDED, actor.person, {"client": "aduana-1"})
        old = ApiClient("aduana-1", actor, hashed, disabled=False)
        add_api_client(session, old, work.now, event=event)

    assert token(visitor, "s3cret")[2] == "credential:verify"


@pytest.mark.promise("P15")
def test_no_new_secret_on_the_screen_for_a_program_with_a_whole_role(
    desk: TestClient, visitor: TestClient, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports, utc_now())
        actor = Actor(PersonId(uuid4()), Role.SETRASS_OFFICER, "STSS")
        event = work.event(Act.API_CLIENT_ADDED, actor.person, {"client": "aduana-1"})
        whole = ApiClient("aduana-1", actor, ports.passwords.hash("s3cret"), disabled=False)
        add_api_client(session, whole, work.now, event=event)

    refused = desk.post(f"{PATH}/aduana-1/rotar", data={"hours": "0"})

    assert (refused.status_code, 'class="number">' in refused.text.split("<h1")[0]) == (403, False)
    assert token(visitor, "s3cret")[0] == 200


def test_a_name_is_taken_once(desk: TestClient) -> None:
    assert desk.post(PATH, data=CUSTOMS).status_code == 200
    again = desk.post(PATH, data=CUSTOMS)
    assert (again.status_code, "Ya hay un programa con este nombre corto." in again.text) == (
        409,
        True,
    )


def test_more_than_a_page_of_programs_is_walked_by_its_links(
    desk: TestClient, database: Database, ports: Ports
) -> None:
    names = [f"sistema-{at:03}" for at in range(api_clients.PAGE + 2)]
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports)
        for name in names:
            actor = actor_in(PersonId(work.new_id()), Role.BORDER_AGENT, "x", Scope("HN-GT-1"))
            event = work.event(Act.API_CLIENT_ADDED, actor.person, {"client": name})
            added = ApiClient(name, actor, "x", disabled=False)
            add_api_client(session, added, utc_now(), event=event)
    seen, address = [], PATH
    while address:
        page = desk.get(address).text
        seen += re.findall(r"<span class=\"number\">(sistema-\d+)</span>", page)
        address = "".join(re.findall(r'rel="next" href="([^"]+)"', page))
    assert seen == names
    assert desk.get(f"{PATH}?desde=A%20b").status_code == 422
