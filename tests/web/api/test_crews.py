"""Crew lists by the API: tried, registered once, and refused whole where a row has a fault."""

from uuid import UUID, uuid4

import pytest

from tests.crew_lists import as_csv, people
from tests.web.api.operations import draft, vacancy_of
from tests.web.api.world import BRIGADE, World

LIST = as_csv(people(2))


def vacancy(world: World) -> UUID:
    """A vacancy of its own."""
    found: list[UUID] = []
    world.live(lambda story: found.append(vacancy_of(draft(story))) or story)  # type: ignore[func-returns-value]
    return found[0]


@pytest.mark.feature("N14")
def test_a_list_is_registered_once_however_often_it_is_sent(shared: World) -> None:
    place, crew, client = vacancy(shared), uuid4(), shared.caller(BRIGADE)
    url = f"/api/v1/vacancies/{place}"
    tried = client.post(f"{url}/crew-list", content=LIST).json()
    assert (tried["people"], tried["registrable"], tried["faults"]) == (2, True, [])
    assert client.get(f"/api/v1/crews/{crew}").status_code == 404

    first = client.post(f"{url}/crews/{crew}", content=LIST)
    again = client.post(f"{url}/crews/{crew}", content=LIST)

    assert first.status_code == 200
    assert first.json() == client.get(f"/api/v1/crews/{crew}").json() == again.json()
    assert {one["state"] for one in first.json()["members"]} == {"not-consented"}


@pytest.mark.feature("N14")
def test_one_fault_refuses_the_list_and_names_its_cell(shared: World) -> None:
    rows = people(2)
    rows[1][6] = "12"
    url = f"/api/v1/vacancies/{vacancy(shared)}/crews/{(crew := uuid4())}"
    reply = shared.caller(BRIGADE).post(url, content=as_csv(rows))
    assert reply.status_code == 422
    assert [(e["field"], e["code"]) for e in reply.json()["errors"]] == [
        ("row-3.phone", "phone-malformed")
    ]
    assert shared.caller(BRIGADE).get(f"/api/v1/crews/{crew}").status_code == 404
