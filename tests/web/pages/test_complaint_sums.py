"""Figures of complaints on their page and by the API, and the sums that a supervisor adds."""

import pytest

from app.services.ports import Ports
from permits.people import Role
from tests.builders import add_official
from tests.complained import Office, tell_a_quarter
from tests.databases import Database
from tests.web.clients import browser
from tests.web.conftest import As


@pytest.mark.feature("A3")
def test_figures_are_told_to_everybody_and_their_sums_added_by_the_supervisor_alone(
    as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        office = Office(session, ports).ready()
        tell_a_quarter(office.work(office.handlers[0]))
        head = add_official(session, ports, Role.COMPLAINT_SUPERVISOR)
    visitor = browser(as_(head).app)  # type: ignore[arg-type]
    page = visitor.get("/consulta/cifras").text
    assert ("Trimestre 3 de 2026" in page, "todavía no se ha sumado" in page) == (True, True)
    (told,) = visitor.get("/api/v1/complaint-figures").json()["items"]
    assert (told["received"], told["by_category"], told["repaid"]) == (
        25,
        {"hours": 25, "wage-unpaid": 25},
        None,
    )
    quarter = {"quarter": "2026-07-01"}
    assert as_(office.handlers[0]).post("/quejas/devuelto", data=quarter).status_code == 403
    chief = as_(head)
    assert "Sumar lo devuelto y publicarlo" in chief.get("/quejas").text
    assert chief.post("/quejas/devuelto", data=quarter).status_code == 303  # there is no sum
    assert "Ese trimestre ya está completo." in chief.post("/quejas/devuelto", data=quarter).text
    assert "menos de cinco casos" in visitor.get("/consulta/cifras").text
