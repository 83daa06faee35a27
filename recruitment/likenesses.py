"""Whether somebody who registers is like an employer who may not hire: what an official asks of.

A barred employer comes back with another tax number and telephone. Names are common, so that a
likeness is no proof, and stops nobody.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import cos, hypot, radians
from uuid import UUID

from recruitment.registrations import Farm, Told
from recruitment.registries import name_key, normal_number

SAME_PLACE = 200
"""Metres between two points of farms that may be one (not law)."""

METRES_OF_A_DEGREE = 111_320


class Alike(StrEnum):
    """In what two employers may be one, in the order of a registration."""

    NAME = "name"
    CONTACT = "contact"
    COFFEE_KEY = "coffee-key"
    FARM = "farm"
    GROWER = "grower"
    PLACE = "place"


@dataclass(frozen=True)
class Stopped:
    """An employer who may not hire today, as their registration told them; all their farms."""

    employer: UUID
    name: str
    told: Told
    farms: Sequence[Farm]


@dataclass(frozen=True)
class Likeness:
    """Whom somebody is like, and in what."""

    employer: UUID
    name: str
    same: tuple[Alike, ...]


def find_likenesses(
    told: Told, farms: Sequence[Farm], stopped: Collection[Stopped]
) -> tuple[Likeness, ...]:
    """Each employer who may not hire and is like them in anything, who is most like them first."""
    found = ((one, tuple(_same(told, farms, one))) for one in stopped)
    like = [Likeness(one.employer, one.name, same) for one, same in found if same]
    return tuple(sorted(like, key=lambda one: (-len(one.same), one.name)))


def _same(told: Told, farms: Sequence[Farm], other: Stopped) -> Iterator[Alike]:
    names = {name_key(other.name), name_key(other.told.name or "")} - {""}
    if name_key(told.name or "") in names:
        yield Alike.NAME
    if _person(told.contact) and _person(told.contact) == _person(other.told.contact):
        yield Alike.CONTACT
    key = normal_number(told.coffee_key or "")
    if key and key == normal_number(other.told.coffee_key or ""):
        yield Alike.COFFEE_KEY
    if {name_key(one.name) for one in farms} & {name_key(one.name) for one in other.farms}:
        yield Alike.FARM
    people = names | {_person(other.told.contact)} - {""}
    if any(name_key(one.grower) in people for one in farms if one.grower):
        yield Alike.GROWER
    if any(_near(one, each) for one in farms for each in other.farms):
        yield Alike.PLACE


def _person(name: str | None) -> str:
    """A person's name to compare; "" where one word alone is told, which is nobody's name."""
    key = name_key(name or "")
    return key if " " in key else ""


def _near(one: Farm, other: Farm) -> bool:
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return False
    points = (one.latitude, one.longitude, other.latitude, other.longitude)
    south, west, north, east = (float(part or 0) for part in points)
    up, along = north - south, (east - west) * cos(radians(south))
    return hypot(up, along) * METRES_OF_A_DEGREE < SAME_PLACE
