"""A programme that seals: while one agency has decided, nothing that the other is told shows it.

Each case has a twin on which nobody decided. Whatever the service answers about the one, it must
answer about the other, with its own numbers; and no answer anywhere holds what was decided.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.adapters.programme_shelf import check_file
from app.adapters.reference import read_reference
from app.services.ports import Ports
from permits.approvals import Opinion
from permits.people import Actor, Agency, Role
from tests import outside
from tests.agencies import BOTH
from tests.builders import Story
from tests.databases import Database
from tests.web.api.world import World
from tests.web.conftest import As
from tests.web.crawling import crawl, plain
from tests.web.signing import add_person

FILE = Path("tests/programmes/coffee-sealed.toml")
WORDS = "Zarigüeya"
"""Stands in the note of who decided, and nowhere else."""


@pytest.fixture
def ports() -> Ports:
    """The world of the tests with the programme of the file."""
    world, sealed = outside.ports(), check_file(FILE, read_reference())
    programmes = {**world.reference.programmes, sealed.code: sealed}
    return replace(world, reference=replace(world.reference, programmes=programmes))


@pytest.fixture
def world(app: FastAPI, database: Database, ports: Ports) -> World:
    return World(app, database, ports)


def submitted(story: Story) -> Story:
    return story.start(programme="coffee-sealed").submit()


def official(story: Story, agency: Agency) -> Actor:
    return story.setrass if agency is Agency.SETRASS else story.inm


def decided(agency: Agency, opinion: Opinion) -> Callable[[Story], Story]:
    """Handed in, and one agency has decided."""
    return lambda s: submitted(s).decide(official(s, agency), opinion, f"{WORDS}: por su DPI")


OTHER = {Agency.SETRASS: Agency.INM, Agency.INM: Agency.SETRASS}
SUPERVISOR = {Agency.SETRASS: Role.SETRASS_SUPERVISOR, Agency.INM: Role.INM_SUPERVISOR}
SAID = (Opinion.APPROVE, Opinion.REFUSE)
FILTERS = ("", "?espera=todas", "?estado=under-review", "?nuevo=si")


@pytest.fixture(params=BOTH)
def agency(request: pytest.FixtureRequest) -> Agency:
    """Who has decided."""
    found: Agency = request.param
    return found


@pytest.fixture
def half(world: World, agency: Agency) -> list[Story]:
    """Cases in each of which one agency has decided, and otherwise."""
    return [world.live(decided(agency, opinion)) for opinion in SAID]


@pytest.fixture
def twins(world: World) -> list[Story]:
    """As many of the same case, on which nobody decided."""
    return [world.live(submitted) for _ in SAID]


@pytest.mark.feature("O2", "O3", "O4", "D4")
@pytest.mark.promise("P16")
def test_no_page_of_the_other_agency_tells(
    world: World, as_: As, agency: Agency, half: list[Story], twins: list[Story]
) -> None:
    officer = as_(official(half[0], OTHER[agency]))
    chief = as_(add_person(world.database, world.ports, SUPERVISOR[OTHER[agency]]))
    pages = crawl(chief)
    assert len(pages) > 25
    for path, page in pages.items():
        assert WORDS not in page, path
        assert not [s for s in half if official(s, agency).name in page], path
    for story, twin in zip(half, twins, strict=True):
        about = [path for path in pages if str(story.id) in path]
        assert f"/casos/{story.id}" in about
        for path in about:
            same = path.replace(str(story.id), str(twin.id))
            for client in (chief, officer):
                assert plain(client.get(path).text) == plain(client.get(same).text), path
        assert chief.get(f"/mi-solicitud/{story.id}/carta.pdf").status_code == 409
    every = {str(one.id) for one in (*half, *twins)}
    for query in FILTERS:
        listed = chief.get(f"/bandeja{query}").text
        assert {one for one in every if one in listed} in (every, set()), query
    picked = re.findall(r'name="cases" value="([^"]*)"', chief.get("/bandeja?espera=todas").text)
    assert len(picked) == len(every)
    sheets = chief.post("/bandeja/imprimir", data={"cases": picked})
    assert sheets.status_code == 200
    assert len(re.findall(r'id="hoja-', sheets.text)) == len(every)
    assert WORDS not in sheets.text
    assert 'class="decision"' not in sheets.text
    rows = chief.post("/bandeja/casos.csv?espera=todas").text.splitlines()[1:]
    assert len(rows) == len(every)
    assert len({plain(row) for row in rows}) == 1


@pytest.mark.feature("O2", "O3")
@pytest.mark.promise("P16")
def test_no_reply_of_the_api_tells(
    world: World, agency: Agency, half: list[Story], twins: list[Story]
) -> None:
    reader = official(twins[0], OTHER[agency])
    caller = world.caller(reader)
    for story, twin in zip(half, twins, strict=True):
        there = caller.get(f"/api/v1/applications/{twin.id}").text
        told = caller.get(f"/api/v1/applications/{story.id}")
        assert plain(told.text) == plain(there)
        assert (told.json()["decisions"], told.json()["version"]) == ([], 3)
        # Who decided still reads it.
        own = world.caller(official(story, agency)).get(f"/api/v1/applications/{story.id}").json()
        assert [one["agency"] for one in own["decisions"]] == [agency.value]
        assert own["waiting_for"] == [OTHER[agency].value]
    every = {str(one.id) for one in (*half, *twins)}
    free = {str(one.id) for one in twins}
    for waiting in BOTH:
        for who, expected in (
            (reader, every),
            (official(twins[0], agency), every if waiting is not agency else free),
        ):
            asked = {"espera": waiting.value, "estado": "under-review"}
            items = world.caller(who).get("/api/v1/applications", params=asked).json()["items"]
            assert {one["id"] for one in items} == expected, (who.role, waiting)
