"""Recommending on the case's page, the queue that tells of it, and the log that remembers."""

import pytest

from app.services.ports import Ports
from permits.applications import Status
from permits.people import Role
from tests import outside
from tests.builders import Story
from tests.databases import Database
from tests.recommended import with_recommendation
from tests.web.conftest import As, Lived
from tests.web.pages.officers import Desk, forms_of, opinions_of, send

NOTE = "El contrato y el DPI coinciden."


@pytest.fixture
def ports() -> Ports:
    return with_recommendation(outside.ports())


@pytest.fixture
def desk(database: Database, ports: Ports) -> Desk:
    return Desk(database, ports)


def submitted(story: Story) -> Story:
    return story.start().submit()


@pytest.mark.feature("O1", "O3")
def test_an_analyst_recommends_and_an_officer_decides(as_: As, lived: Lived, desk: Desk) -> None:
    story = lived(submitted)
    analyst = as_(desk.official(Role.SETRASS_ANALYST, "Delia Ramos"))
    officer = as_(story.setrass)
    case = f"/casos/{story.id}"
    before = officer.get(case).text
    assert (opinions_of(before), "recomendar" in forms_of(before)) == (["return"], True)
    listed = analyst.get("/bandeja?paso=recomendar").text
    assert case in listed
    assert "Con recomendación" not in listed
    page = analyst.get(case).text
    assert (opinions_of(page), "recomendar" in forms_of(page)) == ([], True)
    reply = send(analyst, story, "recomendar", {"advice": "approve", "advice_note": NOTE})
    assert reply.headers["location"] == f"{case}?hecho=recommend"
    told = analyst.get(reply.headers["location"]).text
    assert "Su recomendación quedó registrada. Otra persona decide." in told
    assert case not in analyst.get("/bandeja?paso=recomendar").text
    assert "Con recomendación" in officer.get("/bandeja?paso=decidir").text
    seen = officer.get(case).text
    for words in ("Recomendó aprobar", "Delia Ramos", NOTE, "recomendó aprobar"):
        assert words in seen
    assert opinions_of(seen) == ["approve", "return", "refuse"]
    assert send(officer, story, "decidir", {"opinion": "approve"}).status_code == 303
    assert desk.application(story).status is Status.UNDER_REVIEW


@pytest.mark.promise("P3")
@pytest.mark.feature("O1")
def test_who_recommended_is_offered_no_decision_and_is_told_why(as_: As, lived: Lived) -> None:
    story = lived(submitted)
    officer = as_(story.setrass)
    faulty = send(officer, story, "recomendar", {"advice": "refuse", "advice_note": NOTE})
    assert faulty.status_code == 422
    assert "Elija al menos un motivo para rechazar." in faulty.text
    assert NOTE in faulty.text
    form: dict[str, str | list[str]] = {"advice": "refuse", "advice_grounds": ["L7"]}
    assert send(officer, story, "recomendar", form).status_code == 303
    page = officer.get(f"/casos/{story.id}").text
    assert opinions_of(page) == []
    assert "Usted recomendó en este caso. Otra persona debe decidir." in page
