"""The pages' tests live at one instant: the site's clock stands where the builders' does."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from tests.builders import NOW


@dataclass
class StandingClock:
    """Tells the same instant until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()
