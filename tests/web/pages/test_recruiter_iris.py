"""A recruiter tells of a criterion of IRIS on its own page, with a file; SETRASS looks at it."""

import re

import pytest
from fastapi.testclient import TestClient

from app.services.ports import Ports
from permits.people import Role
from tests.builders import add_official
from tests.databases import Database
from tests.recruitment.test_employer_papers import QUIET
from tests.registered import bring_all, come_in
from tests.web.conftest import As
from tests.web.pages.walking import words

OWN = "/registro-empleador/licencias/hn-recruiters/HN001"
DESK = "/reclutadores/hn-recruiters/HN001/iris"


@pytest.mark.feature("E3")
def test_a_file_stands_beside_the_criterion_and_only_who_judges_opens_it(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        bring_all(session, ports)
        mine = come_in(session, ports, "+50422220001")
        chief = as_(add_official(session, ports, Role.SETRASS_SUPERVISOR))
        other = as_(add_official(session, ports, Role.INM_SUPERVISOR))
    visitor.cookies.set("registro", mine.token)
    assert "Foto o PDF que lo demuestra" in words(visitor.get(f"{OWN}?criterio=1-fees"))
    said = {"criterion": "1-fees", "evidence": "Recibos, en la oficina"}
    wrong = {"file": ("recibos.pdf", b"no paper", "application/pdf")}
    assert visitor.post(OWN, data=said, files=wrong).status_code == 422
    assert "todavía no dijo nada" in words(
        chief.get(DESK)
    )  # the word was not kept without its file
    brought = {"file": ("recibos.pdf", QUIET, "application/pdf")}
    assert visitor.post(OWN, data=said, files=brought).headers["location"] == f"{OWN}#1-fees"
    [own] = re.findall(
        r'href="(/registro-empleador/papeles/[0-9a-f-]+)"',
        visitor.get(f"{OWN}?criterio=1-fees").text,
    )
    assert visitor.get(own).content == QUIET
    [file] = re.findall(rf'href="({DESK}/papeles/[0-9a-f-]+)"', chief.get(DESK).text)
    assert chief.get(file).content == QUIET
    assert other.get(file).status_code == 403
    assert file not in visitor.get("/reclutadores/hn-recruiters/HN001").text
