"""Accounts on the screen: who sees which, what pressing a button does, what it says when not."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.services import notices
from app.services.accounts import get_account
from app.services.ports import Ports
from app.storage import outbox
from app.storage.accounts import Account, find_account
from permits.notices import NoticeKind
from permits.people import SYSTEM, Actor, Role
from tests.builders import add_official, work_of
from tests.databases import Database
from tests.web.conftest import As

PATH = "/administracion/cuentas"
PASSWORD = "café y pan dulce"
INVITED = {"name": "Nueva Persona", "email": "nueva@demo.example", "role": "setrass-analyst"}
Add = Callable[..., Actor]


@pytest.fixture
def add(database: Database, ports: Ports) -> Add:
    """Somebody with an account, committed."""

    def add(role: Role, name: str = "") -> Actor:
        with database.sessions.begin() as session:
            return add_official(session, ports, role, name)

    return add


@pytest.fixture
def ana(add: Add) -> Actor:
    return add(Role.ADMINISTRATOR, "Ana Primera")


@pytest.fixture
def desk(as_: As, ana: Actor) -> TestClient:
    return as_(ana)


def account_of(database: Database, ports: Ports, actor: Actor) -> Account:
    with database.sessions.begin() as session:
        return get_account(work_of(session, SYSTEM, ports), actor.person)


def names(page: str) -> list[str]:
    return re.findall(rf'href="{PATH}/[0-9a-f-]{{36}}">([^<]+)</a></th>', page)


def link(database: Database) -> str:
    """The path of the newest link that was sent."""
    kinds = {NoticeKind.ACCOUNT_INVITED, NoticeKind.ACCOUNT_RESET}
    with database.sessions() as session:
        rows = session.scalars(select(outbox.outbox.c.payload).order_by(outbox.outbox.c.id))
        told = [notices.read(row) for row in rows if row.get("kind") in kinds]
    return "/invitacion/" + told[-1].facts["link"].rpartition("/")[2]


@pytest.mark.feature("D1")
def test_the_list_is_narrowed_by_the_address(desk: TestClient, add: Add) -> None:
    for role, name in ((Role.AUDITOR, "Zoila Núñez"), (Role.INM_OFFICER, "Benito Zúniga")):
        add(role, name)
    assert names(desk.get(PATH).text) == ["Ana Primera", "Benito Zúniga", "Zoila Núñez"]
    assert names(desk.get(PATH, params={"q": "nunez"}).text) == ["Zoila Núñez"]
    assert names(desk.get(PATH, params={"rol": "inm-officer"}).text) == ["Benito Zúniga"]
    empty = desk.get(PATH, params={"estado": "locked"}).text
    assert (names(empty), "Ninguna cuenta cumple estos filtros." in empty) == ([], True)
    assert desk.get(PATH, params={"rol": "king"}).status_code == 422
    assert desk.get(PATH, params={"desde": "nonsense"}).status_code == 422


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
@pytest.mark.feature("D1")
def test_who_looks_after_nobody_sees_nobody(as_: As, add: Add) -> None:
    auditor, supervisor = add(Role.AUDITOR), add(Role.SETRASS_SUPERVISOR, "Mirna Jefa")
    assert as_(auditor).get(PATH).status_code == 403
    client = as_(supervisor)
    assert names(client.get(PATH).text) == ["Mirna Jefa"]
    other, missing = f"{PATH}/{auditor.person}", f"{PATH}/{'0' * 8}-0000-4000-8000-{'0' * 12}"
    bodies = [re.sub(r"[0-9a-f]{16}", "", client.get(path).text) for path in (other, missing)]
    assert client.get(other).status_code == 404
    assert bodies[0].replace(str(auditor.person), "") == bodies[1].replace(missing[-36:], "")
    assert client.get(f"{PATH}/invitar").status_code == 403
    assert client.post(f"{PATH}/invitar", data=INVITED).status_code == 403


@pytest.mark.feature("D1", "D3")
def test_a_person_is_invited_and_comes_in_by_the_link(
    desk: TestClient, visitor: TestClient, database: Database
) -> None:
    reply = desk.post(f"{PATH}/invitar", data=INVITED)
    assert reply.status_code == 303
    shown = desk.get(reply.headers["location"]).text
    assert "La invitación está en camino. Vale 72 horas." in shown
    path = link(database)
    page = visitor.get(path)
    assert (page.status_code, page.headers["referrer-policy"]) == (200, "no-referrer")
    assert "nueva@demo.example" in page.text
    weak = visitor.post(path, data={"password": "nuevapersona"})
    assert (weak.status_code, "Es fácil de adivinar." in weak.text) == (422, True)
    assert "nuevapersona" not in weak.text

    done = visitor.post(path, data={"password": PASSWORD})

    assert done.status_code == 303
    assert visitor.get(path).status_code == 404
    tried = {"user": "nueva@demo.example", "password": PASSWORD}
    assert visitor.post("/entrar", data=tried).status_code == 303


@pytest.mark.promise("P18")
@pytest.mark.asvs("6.3.8")
@pytest.mark.feature("D3")
def test_a_wrong_a_spent_and_an_old_link_are_told_apart_by_nobody(
    desk: TestClient, visitor: TestClient, database: Database
) -> None:
    desk.post(f"{PATH}/invitar", data=INVITED)
    spent = link(database)
    visitor.post(spent, data={"password": PASSWORD})
    unknown = "/invitacion/" + "A" * 43
    replies = [visitor.get(spent), visitor.get(unknown)]
    replies += [visitor.post(path, data={"password": PASSWORD}) for path in (spent, unknown)]
    texts = {re.sub(r"/invitacion/[\w-]+|/invitacion%2F[\w-]+", "", one.text) for one in replies}
    assert ([one.status_code for one in replies], len(texts)) == ([404] * 4, 1)
    assert "pida otro enlace" in replies[0].text


def test_a_form_with_faults_says_all_of_them_and_keeps_what_was_typed(desk: TestClient) -> None:
    wrong = {"name": "Nueva Persona", "email": "nobody", "role": "border-agent"}
    page = desk.post(f"{PATH}/invitar", data=wrong)
    assert page.status_code == 422
    assert "El correo no es correcto. Revise que lleve @ y punto." in page.text
    assert "Elija en qué puesto trabaja." in page.text
    assert 'value="Nueva Persona"' in page.text
    taken = {**INVITED, "email": "nueva@demo.example"}
    desk.post(f"{PATH}/invitar", data=taken)
    again = desk.post(f"{PATH}/invitar", data=taken)
    assert (again.status_code, "Nadie fue invitado" in again.text) == (409, True)
    english = desk.post(f"{PATH}/invitar", data={**wrong, "idioma": "en"})
    assert ('lang="en"' in english.text, 'value="Nueva Persona"' in english.text) == (True, True)


@pytest.mark.asvs("2.3.5")
@pytest.mark.feature("D1")
def test_a_deciding_role_is_confirmed_on_another_administrators_screen(
    desk: TestClient, as_: As, add: Add, database: Database, ports: Ports
) -> None:
    inspector = add(Role.LABOUR_INSPECTOR, "Wilmer Cáceres")
    one = f"{PATH}/{inspector.person}"
    asked = desk.post(f"{one}/roles", data={"role": "setrass-officer"})
    assert asked.headers["location"] == f"{one}?hecho=propose"
    own = desk.get(one).text
    assert ("Retirar la propuesta" in own, "Confirmar este rol" in own) == (True, False)
    second = as_(add(Role.ADMINISTRATOR, "Beto Segundo"))
    assert "Roles que esperan su confirmación" in second.get(PATH).text
    path = re.findall(r'action="([^"]+/confirmar)"', second.get(one).text)[0]
    assert desk.post(path).status_code == 403
    assert second.post(path).headers["location"] == f"{one}?hecho=confirm"
    assert Role.SETRASS_OFFICER in account_of(database, ports, inspector).roles
    back = second.post(f"{one}/roles/quitar", data={"role": "setrass-officer"})
    assert back.headers["location"] == f"{one}?hecho=take-back"
    clash = second.post(f"{one}/roles", data={"role": "auditor"})
    assert (clash.status_code, "no puede tener estos dos roles" in clash.text) == (409, True)


@pytest.mark.promise("P17")
@pytest.mark.asvs("7.4.2")
@pytest.mark.feature("D1")
def test_a_lock_on_the_screen_ends_the_other_browser_at_its_next_request(as_: As, add: Add) -> None:
    supervisor, officer = as_(add(Role.INM_SUPERVISOR)), add(Role.INM_OFFICER)
    browser = as_(officer)
    assert browser.get("/bandeja").status_code == 200
    one = f"{PATH}/{officer.person}"
    silent = supervisor.post(f"{one}/bloquear", data={})
    assert (silent.status_code, "Elija por qué la bloquea." in silent.text) == (422, True)

    locked = supervisor.post(f"{one}/bloquear", data={"reason": "lost-factor"})

    assert locked.headers["location"] == f"{one}?hecho=lock"
    assert "Perdió su segundo factor" in supervisor.get(one).text
    assert browser.get("/bandeja").headers["location"].startswith("/entrar")
    assert supervisor.post(f"{one}/desbloquear").status_code == 303
    twice = supervisor.post(f"{one}/desbloquear")
    assert (twice.status_code, "Esta cuenta no está bloqueada." in twice.text) == (409, True)


def test_nobody_acts_on_the_own_account(desk: TestClient, ana: Actor) -> None:
    one = f"{PATH}/{ana.person}"
    page = desk.get(one).text
    assert "Es su propia cuenta. Otra persona la administra." in page
    assert re.findall(rf'action="({one}[^"]*)"', page) == []
    for path, data in (
        ("bloquear", {"reason": "on-leave"}),
        ("enlace", {}),
        ("roles/quitar", {"role": "administrator"}),
    ):
        assert desk.post(f"{one}/{path}", data=data).status_code == 403


@pytest.mark.asvs("6.4.6")
def test_a_reset_shows_the_administrator_no_link_and_no_password(
    desk: TestClient, add: Add, database: Database, ports: Ports
) -> None:
    officer = add(Role.AUDITOR)
    reply = desk.post(f"{PATH}/{officer.person}/enlace")
    shown = desk.get(reply.headers["location"]).text
    assert "Un enlace nuevo está en camino." in shown
    assert link(database) not in shown
    assert find_account_hash(database, officer) is None


def find_account_hash(database: Database, actor: Actor) -> str | None:
    with database.sessions() as session:
        found = find_account(session, f"{actor.person.hex}@demo.example")
    assert found is not None
    return found.password_hash or None
