"""The people and files that the matrix asks about, lived once a file of tests."""

import pytest

from tests.web.api.matrix.cast import Cast, live
from tests.web.api.world import World


@pytest.fixture(scope="module")
def cast(shared: World) -> Cast:
    shared.publish()
    lived = live(shared)
    shared.publish()
    return lived
