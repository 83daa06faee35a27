"""The pool of a department through the API: listed, named, and attached to an employer."""

from dataclasses import replace

import pytest
from fastapi import FastAPI

from app.services.ports import Ports
from tests.builders import Story, add_vacancy
from tests.databases import Database
from tests.farmed import employer_of, owner_of
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


@pytest.mark.feature("E9", "W21", "D4")
def test_a_farm_asks_blind_reads_a_name_after_a_yes_and_loses_it_by_a_no(world: World) -> None:
    listed = world.caller(None).get("/api/v1/vacancies", params={"programme": "coffee-hn-gt"})
    pool = {one["department"]: one for one in listed.json()["pools"]}["HN-CP"]
    story = world.live(lambda it: it.start(vacancy=pool["id"]).submit().approve().sign())
    with world.database.sessions.begin() as session:
        vacancy = add_vacancy(session, world.ports, places=1, now=now())
        owner = owner_of(employer_of(world.again(session, story), vacancy))
    farm, worker = world.caller(owner), world.caller(story.worker)
    asking, own = f"/api/v1/vacancies/{vacancy}/pool", f"/api/v1/applications/{story.id}/pool-asks"
    asked = farm.post(f"{asking}/asks", json={"number": 1}, headers=keyed())
    assert (asked.status_code, asked.json()["asked"]) == (200, 1)
    assert str(story.id) not in asked.text
    assert "Gutiérrez" not in asked.text
    [job] = worker.get(own).json()["items"]
    assert job["vacancy"] == str(vacancy)
    said = worker.post(f"{own}/{job['id']}", json={"accepts": True}, headers=keyed())
    assert (said.status_code, said.json()["status"]) == (200, "accepted")
    other = worker.post(f"{own}/{job['id']}", json={"accepts": False}, headers=keyed())
    assert (other.status_code, other.json()["code"]) == (409, "ask-answered")
    [name] = farm.get(asking).json()["accepted"]
    assert "Gutiérrez" in name
    refusal = {"outcome": "refused", "note": "La finca no cumple."}
    case = f"/api/v1/applications/{story.id}/employer-change"
    office = world.caller(story.setrass)
    assert office.post(case, json=refusal, headers=keyed()).json()["outcome"] == "refused"
    after = farm.get(asking).json()
    assert (after["accepted"], after["gone"], after["free"]) == ([], [name], 1)
