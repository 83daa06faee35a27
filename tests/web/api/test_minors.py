"""A program cannot hand in for somebody below the programme's age either."""

from datetime import timedelta

import pytest

from permits.deadlines import legal_day
from tests.builders import add_vacancy
from tests.web.api.operations import answers
from tests.web.api.world import World, keyed, now

URL = "/api/v1/applications"


@pytest.mark.feature("W24")
def test_somebody_under_age_is_refused_at_each_way_in(world: World) -> None:
    """When the draft is begun, when an answer is changed; and without a birth nothing is sent."""
    worker = world.caller(world.live(lambda story: story.start()).worker)
    with world.database.sessions.begin() as session:
        vacancy = add_vacancy(session, world.ports)
    today = legal_day(now())
    young = (today - timedelta(days=17 * 365)).isoformat()
    told = answers() | {"vacancy": str(vacancy)}
    begun = worker.post(
        URL, json={"programme": "coffee-hn-gt", "answers": told | {"date_of_birth": young}}
    )
    assert (begun.status_code, codes(begun.json())) == (422, ["underage"])
    del told["date_of_birth"]
    begun = worker.post(URL, json={"programme": "coffee-hn-gt", "answers": told})
    here = f"{URL}/{begun.json()['id']}"
    changed = worker.patch(here, headers=keyed(1), json={"answers": {"date_of_birth": young}})
    assert (changed.status_code, codes(changed.json())) == (422, ["underage"])
    sent = worker.post(f"{here}/submit", headers=keyed(1))
    assert (sent.status_code, codes(sent.json())) == (422, ["missing"])
    assert worker.get(here).json()["status"] == "draft"


def codes(problem: dict[str, list[dict[str, str]]]) -> list[str]:
    """The faults of a problem, by code."""
    return [fault["code"] for fault in problem["errors"]]
