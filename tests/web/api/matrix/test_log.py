"""Whoever reads a person's file stands in the log, and whoever was not let read it too."""

from typing import Any

import pytest
from sqlalchemy import text

from app.services.timeline import LOOKS
from permits.errors import OUT_OF_REACH
from permits.people import Actor, Role
from tests.web.api.matrix.cast import NAMES, Cast
from tests.web.api.matrix.rows import ROWS
from tests.web.api.matrix.rules import Answer
from tests.web.api.matrix.test_matrix import Callers, Cell, ask
from tests.web.api.world import World

HERE = "of the department"
READERS = ("setrass-analyst", "inm-officer", "inm-supervisor", "employer", "partner-authority")
LISTS = ("/api/v1/applications", "/api/v1/crossings", "/bandeja")
PERSONAL = tuple(f"{{{name}" for name in NAMES if name != "vacancy")
READING = sorted(
    route for route in ROWS if route.startswith("GET") and any(name in route for name in PERSONAL)
)
"""Every route that shows something of one file; a vacancy alone is nobody's."""


def logged(world: World, request: str) -> list[Any]:
    """What the log says of one request."""
    query = text("SELECT act, subject, person, facts FROM audit_events WHERE request = :request")
    with world.database.sessions.begin() as session:
        return list(session.execute(query, {"request": request}))


LOOKALIKES = "GET /casos/{application}/parecidas"


@pytest.mark.asvs("16.2.1")
@pytest.mark.feature("D2")
def test_every_read_of_a_file_is_an_event_about_it(shared: World, cast: Cast) -> None:
    callers, owned, seen = Callers(shared, cast.people), cast.files[HERE], set()
    assert owned is not None
    for route in READING:
        for who in READERS:
            cell = Cell(route, who, HERE)
            reply = ask(callers.of(who), cast, cell)
            if reply.status_code != 200:
                continue
            looks = [e for e in logged(shared, reply.headers["x-request-id"]) if e.act in LOOKS]
            assert looks, cell
            assert {e.person for e in looks} == {cast.people[who].person}, cell
            if route != LOOKALIKES:  # which shows others beside it, each with an event
                assert {e.subject for e in looks} <= set(owned.ids.values()), cell
            assert all(e.facts.keys() & {"purpose", "form", "kind"} for e in looks), cell
            seen.add(route)
    assert len(seen) >= 7


@pytest.mark.feature("D2")
def test_a_list_is_no_read_of_anybody(shared: World, cast: Cast) -> None:
    client = Callers(shared, cast.people).of("inm-officer")
    for path in LISTS:
        reply = client.get(path)
        assert (reply.status_code, logged(shared, reply.headers["x-request-id"])) == (200, [])


@pytest.mark.asvs("16.2.1")
@pytest.mark.feature("D2")
def test_a_check_of_a_permit_is_an_event_about_that_permit(shared: World, cast: Cast) -> None:
    owned = cast.files[HERE]
    assert owned is not None
    officer = Callers(shared, cast.people).of("inm-officer")
    number = officer.get(f"/api/v1/credentials/{owned.credential}").json()["number"]
    agent = Callers(shared, cast.people).of(Role.BORDER_AGENT.value)
    for typed, subject in ((number, owned.credential), ("7K3M-9XQ2-HB4T", None)):
        reply = agent.post("/api/v1/credentials/verify", json={"text": typed})
        (event,) = logged(shared, reply.headers["x-request-id"])
        assert event.act == "credential:verify"
        assert (event.subject == owned.credential) is (subject is not None)


@pytest.mark.promise("P15")
@pytest.mark.asvs("16.3.2", "16.3.3")
@pytest.mark.feature("D2")
def test_who_asks_for_what_is_hidden_stands_in_the_log(shared: World, cast: Cast) -> None:
    callers, who = Callers(shared, cast.people), "another employer"
    actor: Actor = cast.people[who]
    for route in READING:
        for whose, code in ((HERE, OUT_OF_REACH), ("missing", "no-such-")):
            cell = Cell(route, who, whose)
            wanted = ROWS[route].rule(actor, cast.files[whose])
            reply = ask(callers.of(who), cast, cell)
            (event,) = logged(shared, reply.headers["x-request-id"])
            assert (event.act, event.person) == ("request:refuse", actor.person), cell
            if wanted is Answer.HIDDEN:
                assert event.facts["code"].startswith(code), cell
            else:
                assert event.facts["code"] in {"not-permitted", "not-visible"}, cell


@pytest.mark.asvs("16.3.2")
@pytest.mark.feature("D2")
def test_who_is_not_signed_in_or_not_permitted_stands_in_the_log(shared: World, cast: Cast) -> None:
    callers = Callers(shared, cast.people)
    for who, path, status in (
        ("nobody", "/api/v1/applications", 401),
        ("a token of another kind", "/api/v1/applications", 401),
        ("auditor", "/api/v1/applications", 403),
        ("auditor", "/bandeja", 403),
    ):
        reply = callers.of(who).get(path)
        (event,) = logged(shared, reply.headers["x-request-id"])
        assert (reply.status_code, event.act) == (status, "request:refuse"), who
