"""A programme whose agencies decide side by side: queue, case and the worker's line."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from app.services.ports import Ports
from permits.applications import Status
from permits.approvals import Opinion
from permits.people import Actor
from permits.programmes import Mode
from tests import outside
from tests.builders import Story
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.officers import Desk, opinions_of, send
from tests.web.pages.walking import words


@pytest.fixture
def ports() -> Ports:
    """The world of the tests, where the coffee programme is parallel."""
    world = outside.ports()
    coffee = replace(world.reference.programmes["coffee-hn-gt"], mode=Mode.PARALLEL)
    programmes = {**world.reference.programmes, coffee.code: coffee}
    return replace(world, reference=replace(world.reference, programmes=programmes))


@pytest.fixture
def desk(database: Database, ports: Ports) -> Desk:
    return Desk(database, ports)


def submitted(story: Story) -> Story:
    return story.start().submit()


def official(story: Story, agency: str) -> Actor:
    return story.setrass if agency == "setrass" else story.inm


def awaited(client: TestClient) -> set[str]:
    """The cases in the queue of those that wait for the official's agency."""
    return set(re.findall(r'href="/casos/([0-9a-f-]{36})"', client.get("/bandeja").text))


@pytest.mark.feature("O1", "O4")
def test_a_case_waits_for_both_agencies_until_each_has_decided(as_: As, lived: Lived) -> None:
    story = lived(submitted)
    setrass, inm = as_(story.setrass), as_(story.inm)
    assert awaited(setrass) == awaited(inm) == {str(story.id)}
    assert send(inm, story, "decidir", {"opinion": "approve"}).status_code == 303
    assert (awaited(setrass), awaited(inm)) == ({str(story.id)}, set())


@pytest.mark.feature("O8", "O9")
@pytest.mark.parametrize("order", [("setrass", "inm"), ("inm", "setrass")])
def test_either_order_leads_to_the_permit(
    as_: As, lived: Lived, desk: Desk, order: tuple[str, str]
) -> None:
    story = lived(submitted)
    first, second = (as_(official(story, agency)) for agency in order)
    assert {"approve", "return", "refuse"} <= set(opinions_of(first.get(f"/casos/{story.id}").text))
    assert send(first, story, "decidir", {"opinion": "approve"}).status_code == 303
    assert desk.application(story).status is Status.UNDER_REVIEW
    assert opinions_of(first.get(f"/casos/{story.id}").text) == []
    assert send(second, story, "decidir", {"opinion": "approve"}).status_code == 303
    assert desk.application(story).status is Status.APPROVED
    assert {d.agency.value for d in desk.decisions(story)} == {"setrass", "inm"}


@pytest.mark.feature("W10", "N13")
def test_the_workers_line_has_two_steps_of_now(as_: As, lived: Lived) -> None:
    story = lived(submitted)
    client = as_(story.worker)
    said = words(client.get(f"/mi-solicitud/{story.id}"))
    assert "(SETRASS) La revisa ahora." in said
    assert "(INM) La revisa ahora." in said

    send(as_(story.inm), story, "decidir", {"opinion": "approve"})
    said = words(client.get(f"/mi-solicitud/{story.id}"))
    assert "(SETRASS) La revisa ahora." in said
    assert "(INM): Aprobó" in said


@pytest.mark.parametrize("opinion", [Opinion.REFUSE, Opinion.RETURN])
def test_after_the_second_agency_ended_it_nothing_is_promised_of_the_first(
    as_: As, lived: Lived, opinion: Opinion
) -> None:
    story = lived(lambda s: s.start().submit().decide(s.inm, opinion))
    said = words(as_(story.worker).get(f"/mi-solicitud/{story.id}"))
    assert "(INM)" in said
    assert "(SETRASS)" not in said
