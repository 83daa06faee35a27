"""Several tell the same of one employer: the office proposes, the inspection looks, unnamed."""

from dataclasses import replace
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.services.ports import Ports
from app.storage import complaints, employers, vacancies
from permits.people import Role
from recruitment.complaints.handling import reference_of
from recruitment.complaints.words import Category, Status
from tests.builders import add_official, add_vacancy
from tests.complained import Office, complain
from tests.databases import Database
from tests.web.conftest import As


@pytest.fixture
def employer(database: Database, ports: Ports) -> UUID:
    """An employer of whom three tell of held documents, and one who withdrew it of a debt."""
    with database.sessions.begin() as session:
        found = vacancies.find_vacancy(session, add_vacancy(session, ports))
        assert found is not None
        employer = UUID(found.offer.employer)
        office = Office(session, ports).ready()
        for status in (*[Status.OPEN] * 3, Status.WITHDRAWN):
            about = Category.DEBT if status is Status.WITHDRAWN else Category.DOCUMENT_RETAINED
            case = complain(office.work(), categories=(about,))
            filed = complaints.get_complaint(session, case.id)
            known = replace(filed, employer=employer, status=status)
            complaints.save_shredded(session, known)
    return employer


@pytest.mark.feature("N4", "H5")
@pytest.mark.promise("P12")
def test_a_pattern_is_proposed_to_the_inspection_which_reads_of_no_case(
    as_: As, database: Database, ports: Ports, employer: UUID
) -> None:
    roles = (Role.COMPLAINT_HANDLER, Role.LABOUR_INSPECTOR, Role.SETRASS_OFFICER)
    with database.sessions.begin() as session:
        people = [as_(add_official(session, ports, role)) for role in roles]
        name = employers.find_name(session, employer) or ""
        cases = session.scalars(text("SELECT id FROM complaints ORDER BY id")).all()
    handler, inspector, officer = people
    assert "Inspecciones que pide" not in inspector.get("/inspecciones").text
    desk = handler.get("/quejas").text
    assert ("3 casos" in desk, "Retención de documentos" in desk) == (True, True)
    wanted = {"employer": str(employer)}
    for _ in range(2):
        assert handler.post("/quejas/inspecciones", data=wanted).status_code == 303
    assert "Propuesta a la inspección el" in handler.get("/quejas").text
    assert (
        handler.post("/quejas/inspecciones", data={"employer": str(UUID(int=3))}).status_code == 409
    )
    asked = inspector.get("/inspecciones").text.split("Entradas que no cuadran")[0]
    assert (asked.count(name), "Retención de documentos" in asked) == (1, True)
    assert not [one for one in cases if str(one) in asked or reference_of(one) in asked]
    assert ("3 casos" in asked, "Servidumbre" in asked) == (False, False)
    assert "Inspecciones que pide" not in officer.get("/inspecciones").text
    _answered(inspector, officer, asked)
    assert "Se encontró una falta" in handler.get("/quejas").text


def _answered(inspector: TestClient, officer: TestClient, page: str) -> None:
    action = "/inspecciones" + page.split('action="/inspecciones')[1].split('"')[0]
    assert officer.post(action, data={"result": "breach"}).status_code == 403
    assert inspector.post(action, data={"result": "breach"}).status_code == 303
    again = inspector.post(action, data={"result": "nothing"})
    assert (again.status_code, "Ya se contestó esa propuesta." in again.text) == (409, True)
    assert "Inspecciones que pide" not in inspector.get("/inspecciones").text
