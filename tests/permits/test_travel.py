"""The way between two posts: never over-estimated, and nothing where a place is not known."""

from datetime import timedelta

import pytest

from permits.travel import Place, distance_km, shortest_way

FLORIDO, CORINTO = Place(14.8, -89.2), Place(15.6, -88.4)
POLE, EQUATOR = Place(90.0, 0.0), Place(0.0, 50.0)


def test_a_quarter_of_the_earth_is_ten_thousand_kilometres() -> None:
    assert distance_km(POLE, EQUATOR) == pytest.approx(10_007.5, abs=1)
    assert distance_km(FLORIDO, FLORIDO) == 0


@pytest.mark.feature("B5")
def test_the_way_is_what_is_surely_driven_at_the_fastest() -> None:
    way = shortest_way(FLORIDO, CORINTO)
    assert way == shortest_way(CORINTO, FLORIDO)
    # 124 km as the crow flies; the road is 270 km and takes five hours.
    assert timedelta(minutes=55) < way < timedelta(hours=1, minutes=10)


def test_neighbours_and_places_that_are_not_known_have_no_way() -> None:
    assert shortest_way(FLORIDO, Place(14.9, -89.1)) == timedelta()
    assert shortest_way(FLORIDO, None) == shortest_way(None, FLORIDO) == timedelta()
