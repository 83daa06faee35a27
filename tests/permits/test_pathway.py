"""The way after the permit: done is only what is known, and days say what is planned."""

from datetime import UTC, date, datetime

import pytest

from permits.authorisations import AuthorisationStatus
from permits.crossings import Direction
from permits.pathway import Days, Passages, StageState, Travel
from permits.programme_rules import PathwayStep as P

ENTRY, EXIT = Direction.ENTRY, Direction.EXIT
GRANTED, ACTIVE = AuthorisationStatus.GRANTED, AuthorisationStatus.ACTIVE
EXPIRED, SUSPENDED = AuthorisationStatus.EXPIRED, AuthorisationStatus.SUSPENDED
DONE, NOW, LATER = StageState.DONE, StageState.NOW, StageState.LATER


def on(day: int) -> datetime:
    return datetime(2026, 12, day, 14, tzinfo=UTC)


@pytest.mark.feature("N13")
@pytest.mark.parametrize(
    ("travel", "states"),
    [
        (Travel(None), (LATER, LATER, LATER)),
        (Travel(GRANTED), (LATER, LATER, LATER)),
        (Travel(ACTIVE), (NOW, LATER, LATER)),
        (Travel(ACTIVE, on(2)), (DONE, NOW, LATER)),
        (Travel(SUSPENDED, on(2)), (DONE, LATER, LATER)),
        (Travel(ACTIVE, on(2), on(9)), (DONE, DONE, DONE)),
        (Travel(EXPIRED, on(2)), (DONE, DONE, NOW)),
        (Travel(EXPIRED, on(2), on(9)), (DONE, DONE, DONE)),
        (Travel(EXPIRED), (LATER, LATER, LATER)),  # nobody saw them go: nothing is claimed
        (Travel(ACTIVE, noted=False), (NOW, LATER, LATER)),
        (Travel(EXPIRED, noted=False), (DONE, DONE, NOW)),
    ],
)
def test_how_each_step_stands(travel: Travel, states: tuple[StageState, ...]) -> None:
    assert tuple(travel.state(step) for step in (P.ENTRY, P.WORK, P.EXIT)) == states
    assert tuple(travel.state(step) for step in (P.DEPARTURE, P.WORK, P.RETURN)) == states


def test_who_went_home_for_a_feast_and_came_again_is_not_back() -> None:
    once = Passages({ENTRY: on(2), EXIT: on(20)}, {ENTRY: on(2), EXIT: on(20)})
    assert (once.went(ENTRY), once.came_back(ENTRY)) == (on(2), on(20))
    again = Passages({ENTRY: on(2), EXIT: on(20)}, {ENTRY: on(27), EXIT: on(20)})
    assert (again.went(ENTRY), again.came_back(ENTRY)) == (on(2), None)


def test_from_abroad_the_same_posts_see_it_the_other_way_round() -> None:
    seen = Passages({EXIT: on(2), ENTRY: on(20)}, {EXIT: on(2), ENTRY: on(20)})
    assert (seen.went(EXIT), seen.came_back(EXIT)) == (on(2), on(20))
    only_in = Passages({ENTRY: on(20)}, {ENTRY: on(20)})
    assert (only_in.went(EXIT), only_in.came_back(EXIT)) == (None, None)


def test_the_planned_days_of_each_step() -> None:
    days = Days(date(2026, 12, 1), date(2027, 2, 15))
    assert days.of(P.ENTRY) == (days.first, None)
    assert days.of(P.WORK) == (days.first, days.last)
    assert days.of(P.RETURN) == (None, days.last)
