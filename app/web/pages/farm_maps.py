"""A map of farms as a drawing in the page: degrees, the country's outline, border posts, points."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from app.services.work import Work
from permits.travel import Place
from recruitment.registrations import Farm

WEST, EAST, SOUTH, NORTH = -89.6, -82.9, 12.8, 16.6
WIDTH = 640.0
SCALE = WIDTH / (EAST - WEST)
"""Units of the drawing for a degree of longitude."""

STRETCH = 1 / cos(radians((SOUTH + NORTH) / 2))
"""A degree of latitude is longer here than one of longitude."""

HEIGHT = round((NORTH - SOUTH) * SCALE * STRETCH, 1)


@dataclass(frozen=True)
class Point:
    """Something at a place of the drawing."""

    x: float
    y: float
    name: str


@dataclass(frozen=True)
class Line:
    """A degree: where its line is drawn, and how many they are, west or north."""

    at: float
    degrees: int


@dataclass(frozen=True)
class FarmMap:
    """Everything that is drawn; `outline` is a path of SVG."""

    outline: str
    farms: tuple[Point, ...]
    posts: tuple[Point, ...]
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    width: float = WIDTH
    height: float = HEIGHT


def map_of(work: Work, farms: Iterable[Farm]) -> FarmMap:
    """The farms whose point is known, with the border posts to find one's way by."""
    reference = work.ports.reference
    located = [
        _point(float(one.latitude), float(one.longitude), one.name)
        for one in farms
        if one.latitude is not None and one.longitude is not None
    ]
    posts = [
        _point(place.latitude, place.longitude, reference.posts[code])
        for code, place in reference.post_places.items()
        if WEST < place.longitude < EAST and SOUTH < place.latitude < NORTH
    ]
    return FarmMap(
        " ".join(_ring(ring) for ring in reference.outline),
        tuple(located),
        tuple(posts),
        tuple(Line(_x(one), -one) for one in range(-89, -82)),
        tuple(Line(_y(one), one) for one in range(13, 17)),
    )


def _ring(ring: tuple[Place, ...]) -> str:
    points = [f"{_x(one.longitude):g} {_y(one.latitude):g}" for one in ring]
    return f"M{'L'.join(points)}Z"


def _point(latitude: float, longitude: float, name: str) -> Point:
    return Point(_x(longitude), _y(latitude), name)


def _x(longitude: float) -> float:
    return round((longitude - WEST) * SCALE, 1)


def _y(latitude: float) -> float:
    return round((NORTH - latitude) * SCALE * STRETCH, 1)
