"""The clocks of a case through JSON."""

import pytest

from tests.web.api.operations import lapsed, submitted
from tests.web.api.test_applications import URL, read
from tests.web.api.world import World, keyed


@pytest.mark.feature("O5")
def test_an_official_reads_which_case_may_count_as_granted_and_its_worker_does_not(
    world: World,
) -> None:
    late = world.live(lambda s: s.later(days=-90).start().submit())
    young = world.live(submitted)
    for story, risk in ((late, True), (young, False)):
        assert read(world, late.inm, story)["deemed_granted_risk"] is risk
    assert read(world, late.worker, late)["deemed_granted_risk"] is None
    listed = world.caller(late.inm).get(f"{URL}?espera=todas").json()["items"]
    assert {one["id"]: one["deemed_granted_risk"] for one in listed} == {
        str(late.id): True,
        str(young.id): False,
    }


@pytest.mark.feature("W12")
def test_a_lapsed_case_leads_its_worker_back_once(world: World) -> None:
    story = world.live(lapsed)
    case = read(world, story.worker, story)
    assert case["next_actions"] == ["reinstate"]
    link = case["links"]["reinstate"]
    worker = world.caller(story.worker)
    again = worker.request(link["method"], link["href"], headers=keyed(case["version"]))
    assert (again.status_code, again.json()["status"]) == (200, "returned")
    assert read(world, story.inm, story)["next_actions"] == []
    twice = worker.post(link["href"], headers=keyed(again.json()["version"]))
    assert (twice.status_code, twice.json()["code"]) == (409, "no-such-move")
