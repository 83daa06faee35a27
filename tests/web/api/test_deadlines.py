"""The clocks of a case through JSON."""

import pytest

from tests.web.api.operations import submitted
from tests.web.api.test_applications import URL, read
from tests.web.api.world import World


@pytest.mark.feature("O5")
def test_an_official_reads_which_case_may_count_as_granted_and_its_worker_does_not(
    world: World,
) -> None:
    late = world.live(lambda s: s.later(days=-90).start().submit())
    young = world.live(submitted)
    for story, risk in ((late, True), (young, False)):
        assert read(world, late.inm, story)["deemed_granted_risk"] is risk
    assert read(world, late.worker, late)["deemed_granted_risk"] is None
    listed = world.caller(late.inm).get(URL).json()["items"]
    assert {one["id"]: one["deemed_granted_risk"] for one in listed} == {
        str(late.id): True,
        str(young.id): False,
    }
