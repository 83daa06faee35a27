"""How fast anybody can get from one border post to another: an under-estimate, never a guess."""

from dataclasses import dataclass
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6_371.0

FASTEST_KM_PER_HOUR = 100.0
"""Nobody does more between two posts of these mountains, measured as the crow flies."""

UNCERTAINTY_KM = 20.0
"""The places are known to a tenth of a degree: up to 8 km each, and some to spare."""


@dataclass(frozen=True)
class Place:
    """Degrees north and east (WGS 84), known to a tenth of a degree."""

    latitude: float
    longitude: float


def distance_km(here: Place, there: Place) -> float:
    """The great-circle distance in kilometres (haversine)."""
    north, south = radians(here.latitude), radians(there.latitude)
    east = radians(there.longitude - here.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def shortest_way(here: Place | None, there: Place | None) -> timedelta:
    """The least time from one place to another; nothing at all where a place is not known."""
    if here is None or there is None:
        return timedelta()
    surely_km = max(0.0, distance_km(here, there) - UNCERTAINTY_KM)
    return timedelta(hours=surely_km / FASTEST_KM_PER_HOUR)
