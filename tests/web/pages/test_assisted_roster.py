"""A facilitator puts a worker on the list for work abroad, once they agreed; nobody else does."""

import pytest
from sqlalchemy import select

from app.services.ports import Ports
from app.storage.audit import audit_events
from permits.people import Actor, Role
from tests.builders import add_official
from tests.databases import Database
from tests.web.conftest import As
from tests.web.pages.test_roster import SAID
from tests.web.pages.walking import Walker, words


@pytest.fixture
def facilitator(database: Database, ports: Ports) -> Actor:
    with database.sessions.begin() as session:
        return add_official(session, ports, Role.FACILITATOR, "Selvin Interiano")


def told_who(desk: Walker) -> str:
    """A draft for Canada that says who it is; its roster's address."""
    desk.begin("9911 2233", "twap-canada")
    desk.send(document_kind="hn-dni", document_number="0801 1994 90001")
    desk.send(given_names="María", surnames="Paz Ficticia")
    desk.send(date_of_birth__day="27", date_of_birth__month="marzo", date_of_birth__year="1994")
    desk.send(sex="female")
    desk.send(municipality="Copán Ruinas")
    desk.send(languages_spoken=["spa"])
    desk.send(languages_read="spa")
    assert desk.slug == "trabajo"
    return f"/mi-solicitud/{desk.application}/lista"


@pytest.mark.feature("W2", "W7", "D8")
def test_who_helps_puts_the_worker_on_the_list_with_their_agreement(
    as_: As, facilitator: Actor, database: Database, ports: Ports
) -> None:
    desk = Walker(as_(facilitator))
    mine = told_who(desk)
    application = desk.application
    assert f'href="{mine}"' in desk.page.text
    assert "Falta el permiso de la persona" in words(desk.open(mine))
    assert desk.client.post(mine, data=SAID).status_code == 422
    desk.open(f"/asistencia/{application}/permiso")
    desk.send(desk.path, marked="yes")
    assert f'href="{mine}"' in desk.open(f"/solicitud/{application}").text
    desk.open(mine)
    desk.send(**SAID)
    assert "La persona quedó en la lista." in words(desk.page)
    assert f"{mine}/salir" not in desk.page.text
    assert desk.client.post(f"{mine}/salir").status_code == 404  # leaving is the worker's own
    with database.sessions.begin() as session:
        event = session.execute(
            select(audit_events).where(audit_events.c.act == "roster:join")
        ).one()
        other = as_(add_official(session, ports, Role.FACILITATOR))
    assert event.person == facilitator.person
    assert event.facts["assisted"] is True
    assert event.facts["worker"] not in {"", str(facilitator.person)}
    assert other.get(mine).status_code == 404
    assert other.post(mine, data=SAID).status_code == 404
