"""Which fields each reader is told, and by which they may ask: nothing beyond the one table."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.storage.vacancies import find_vacancy
from permits.people import Actor, PersonId, Role
from tests.builders import Story
from tests.web.api.operations import signed, submitted
from tests.web.api.world import World

STANDING = {
    "id",
    "programme",
    "status",
    "round",
    "version",
    "receipt",
    "submitted_at",
    "due_at",
    "held_by_me",
}
WHOLE = STANDING | {
    "digest",
    "agencies",
    "waiting_for",
    "answers",
    "offer",
    "contract",
    "documents",
    "findings",
    "decisions",
    "next_actions",
    "authorisation",
    "credential",
    "permit_number",
    "worker_number",
    "links",
}
ABROAD = {"answers", "next_actions", "links"}
TOLD: Mapping[str, tuple[set[str], set[str]]] = {
    "officer": (WHOLE | {"recommendations", "deemed_granted_risk"}, set()),
    "worker": (WHOLE, set()),
    "employer": (STANDING | ABROAD | {"offer", "contract"}, {"given_names", "surnames", "vacancy"}),
    "partner": (
        STANDING | ABROAD | {"permit_number"},
        {"given_names", "surnames", "nationality"},
    ),
}
"""What is not null of a permit that is in force, and of the answers; none named: all given."""

LINES = {
    "officer": STANDING
    | {"worker_name", "nationality", "vacancy", "employer_name", "deemed_granted_risk"},
    "employer": STANDING | {"worker_name", "vacancy", "employer_name"},
    "partner": STANDING | {"worker_name", "nationality"},
}


def somebody(role: Role, **bounds: Any) -> Actor:  # noqa: ANN401
    return replace(Actor(PersonId(uuid4()), role, "Alguien"), **bounds)


def readers(world: World, story: Story) -> dict[str, Actor]:
    """Everybody who may know of the story's file."""
    with world.database.sessions.begin() as session:
        case = world.case(world.work(session, story.worker), story.id)
        vacancy = find_vacancy(session, UUID(case.answers.vacancy))
    assert vacancy is not None
    return {
        "officer": story.setrass,
        "worker": story.worker,
        "employer": somebody(Role.EMPLOYER, employer=UUID(vacancy.offer.employer)),
        "partner": somebody(Role.PARTNER_AUTHORITY, country="GTM"),
    }


def told(reply: Mapping[str, Any]) -> set[str]:
    """The fields that say something."""
    return {name for name, value in reply.items() if value is not None}


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
@pytest.mark.feature("D1")
def test_a_case_tells_each_reader_its_fields(shared: World) -> None:
    story = shared.live(signed)
    for who, actor in readers(shared, story).items():
        reply = shared.caller(actor).get(f"/api/v1/applications/{story.id}").json()
        fields, answers = TOLD[who]
        assert told(reply) == fields, who
        if answers:
            assert told(reply["answers"]) == answers, who
            assert set(reply["links"]) == {"self"}, who
        else:
            assert reply["answers"]["document_number"] == "1234567892004", who


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
def test_a_line_tells_each_reader_its_fields(shared: World) -> None:
    story = shared.live(signed)
    for who, fields in LINES.items():
        reply = (
            shared.caller(readers(shared, story)[who])
            .get("/api/v1/applications?espera=todas")
            .json()
        )
        lines = {line["id"]: line for line in reply["items"]}
        assert told(lines[str(story.id)]) == fields, who


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
@pytest.mark.parametrize(
    "asked", ["q=50255512345", "espera=inm", "paso=decidir", "tengo=yo", "nuevo=si"]
)
def test_nobody_asks_by_a_field_that_they_may_not_see(shared: World, asked: str) -> None:
    story = shared.live(submitted)
    codes = {
        who: shared.caller(actor).get(f"/api/v1/applications?{asked}").status_code
        for who, actor in readers(shared, story).items()
    }
    # A worker's list is whole: filters do not touch it.
    assert codes == {"officer": 200, "worker": 200, "employer": 403, "partner": 403}


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
@pytest.mark.parametrize("asked", ["lugar=HN-CP", "lugar=0404"])
def test_where_the_work_is_is_asked_by_who_sees_the_offer(shared: World, asked: str) -> None:
    story = shared.live(submitted)
    codes = {
        who: shared.caller(actor).get(f"/api/v1/applications?{asked}").status_code
        for who, actor in readers(shared, story).items()
    }
    assert codes == {"officer": 200, "worker": 200, "employer": 200, "partner": 403}
    desk = shared.caller(readers(shared, story)["officer"])
    here = desk.get(f"/api/v1/applications?espera=todas&{asked}").json()
    elsewhere = desk.get("/api/v1/applications?espera=todas&lugar=HN-LE").json()
    assert str(story.id) in {line["id"] for line in here["items"]}
    assert elsewhere["total"] == 0


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
def test_pages_of_a_file_are_for_those_who_see_all_of_it(shared: World) -> None:
    story = shared.live(signed)
    people = readers(shared, story)
    number = shared.permit_of(story).credential.id
    paths = (
        "/bandeja",
        f"/casos/{story.id}",
        f"/mi-solicitud/{story.id}/carta.pdf",
        f"/mi-permiso/{number}/tarjeta.pdf",
    )
    for who in ("employer", "partner"):
        replies = [shared.caller(people[who]).get(path) for path in paths]
        assert [reply.status_code for reply in replies] == [403, 403, 403, 404], who
        assert not any("Gutiérrez" in reply.text for reply in replies)
