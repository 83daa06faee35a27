"""Whether a form could be kept now: asked by its page before it lets go, without a trace."""

import pytest
from fastapi.testclient import TestClient

from app.services.ports import Ports
from tests.complained import Office
from tests.databases import Database


@pytest.mark.feature("C2", "C4")
def test_a_form_is_told_whether_it_could_be_kept_now(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    assert visitor.get("/consulta/senal").status_code == 409
    with database.sessions.begin() as session:
        Office(session, ports).ready()
    reply = visitor.get("/consulta/senal")
    assert (reply.status_code, reply.content) == (204, b"")
    assert reply.headers["cache-control"] == "no-store"
    assert "set-cookie" not in reply.headers
    asks = 'data-asks="/consulta/senal"'
    assert visitor.get("/consulta/contar").text.count(asks) == 1
