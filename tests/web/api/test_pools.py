"""The pool of a department through the API: listed, named, and attached to an employer."""

from dataclasses import replace

import pytest
from fastapi import FastAPI

from app.services.ports import Ports
from tests.builders import Story, add_vacancy
from tests.databases import Database
from tests.pools import with_pool
from tests.web.api.world import AGENT, World, keyed, now


@pytest.fixture
def ports() -> Ports:
    """A season that is open on every day, for the API's site reads the real clock."""
    world = with_pool()
    coffee = world.reference.programmes["coffee-hn-gt"]
    assert coffee.versions.seasons
    whole = tuple(replace(one, opens=(1, 1), closes=(12, 31)) for one in coffee.versions.seasons)
    coffee = replace(coffee, versions=replace(coffee.versions, seasons=whole))
    programmes = {**world.reference.programmes, coffee.code: coffee}
    return replace(world, reference=replace(world.reference, programmes=programmes))


@pytest.fixture
def world(app: FastAPI, database: Database, ports: Ports) -> World:
    return World(app, database, ports)


@pytest.mark.feature("W1", "W21", "D4")
def test_from_the_list_to_the_first_employer(world: World) -> None:
    listed = world.caller(None).get("/api/v1/vacancies", params={"programme": "coffee-hn-gt"})
    assert listed.json()["items"] == []
    pool = {one["department"]: one for one in listed.json()["pools"]}["HN-CP"]
    assert (pool["employer_name"], pool["wage"], pool["hiring"]) == (None, "301.77", "open")

    def steps(story: Story) -> Story:
        return story.start(vacancy=pool["id"]).submit()

    story = world.live(steps)
    official = world.caller(story.setrass)
    case = official.get(f"/api/v1/applications/{story.id}").json()
    assert (case["offer"]["employer"], case["offer"]["employer_name"]) == (None, None)
    assert case["offer"]["department"] == "HN-CP"
    assert "employer-to-attach" in [finding["code"] for finding in case["findings"]]

    with world.database.sessions.begin() as session:
        story.session = session
        story.approve().sign()
        farm = add_vacancy(session, world.ports, now=now())
    worker = world.caller(story.worker)
    found = worker.get(f"/api/v1/applications/{story.id}").json()
    text = world.permit_of(story).credential.text
    seen = world.caller(AGENT).post("/api/v1/credentials/verify", json={"text": text})
    assert seen.status_code == 200, seen.text
    assert seen.json()["claims"]["employer_name"] is None
    asked = worker.post(
        f"/api/v1/authorisations/{found['authorisation']}/employer-changes",
        json={"vacancy": str(farm)},
        headers=keyed(),
    )
    assert (asked.status_code, asked.json()["outcome"]) == (201, "asked")
