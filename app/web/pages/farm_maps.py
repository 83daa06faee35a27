"""A map of farms as a drawing in the page: degrees, the country's outline, border posts, points."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from app.services.work import Work
from permits.travel import Place
from recruitment.registrations import Farm

WEST, EAST, SOUTH, NORTH = -89.6, -82.9, 12.8, 16.6
WIDTH = 640.0
"""Units of the drawing from its west to its east, whatever it shows."""

STRETCH = 1 / cos(radians((SOUTH + NORTH) / 2))
"""A degree of latitude is longer here than one of longitude."""

HEIGHT = round((NORTH - SOUTH) * WIDTH / (EAST - WEST) * STRETCH, 1)

CLOSER = 8
"""How many times larger things are near a point than on the map of the whole country."""


@dataclass(frozen=True)
class View:
    """What the drawing shows, in degrees (WGS 84): its north-western corner and how far it goes."""

    west: float = WEST
    north: float = NORTH
    wide: float = EAST - WEST
    high: float = NORTH - SOUTH

    def x(self, longitude: float) -> float:
        """In units of the drawing, from its west."""
        return round((longitude - self.west) * WIDTH / self.wide, 1)

    def y(self, latitude: float) -> float:
        """The same from its north."""
        return round((self.north - latitude) * HEIGHT / self.high, 1)

    def shows(self, place: Place) -> bool:
        """Whether a place lies within it."""
        east, south = self.west + self.wide, self.north - self.high
        return self.west < place.longitude < east and south < place.latitude < self.north


WHOLE = View()


def near(place: Place) -> View:
    """The surroundings of a place, which is in the middle."""
    wide, high = WHOLE.wide / CLOSER, WHOLE.high / CLOSER
    return View(place.longitude - wide / 2, place.latitude + high / 2, wide, high)


@dataclass(frozen=True)
class Point:
    """Something at a place of the drawing."""

    x: float
    y: float
    name: str


@dataclass(frozen=True)
class Line:
    """A degree or a tenth: where its line is drawn, and how many degrees, west or north."""

    at: float
    degrees: str


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


def map_of(work: Work, farms: Iterable[Farm], view: View = WHOLE) -> FarmMap:
    """The farms whose point is known, with the border posts to find one's way by."""
    reference = work.ports.reference
    located = [
        _point(view, Place(float(one.latitude), float(one.longitude)), one.name)
        for one in farms
        if one.latitude is not None and one.longitude is not None
    ]
    posts = [
        _point(view, place, reference.posts[code])
        for code, place in reference.post_places.items()
        if view.shows(place)
    ]
    step = 10 if view == WHOLE else 2
    return FarmMap(
        " ".join(_ring(view, ring) for ring in reference.outline),
        tuple(located),
        tuple(posts),
        tuple(
            Line(view.x(one / 10), _degrees(-one))
            for one in _tenths(view.west, view.west + view.wide, step)
        ),
        tuple(
            Line(view.y(one / 10), _degrees(one))
            for one in _tenths(view.north - view.high, view.north, step)
        ),
    )


def _tenths(first: float, last: float, step: int) -> list[int]:
    """The tenths of a degree between two, every `step`th of them."""
    return [one for one in range(-900, 901, step) if first < one / 10 < last]


def _degrees(tenths: int) -> str:
    return f"{tenths / 10:g}"


def _ring(view: View, ring: tuple[Place, ...]) -> str:
    points = [f"{view.x(one.longitude):g} {view.y(one.latitude):g}" for one in ring]
    return f"M{'L'.join(points)}Z"


def _point(view: View, place: Place, name: str) -> Point:
    return Point(view.x(place.longitude), view.y(place.latitude), name)
