"""Which registered farm a complaint is about: found by a name, chosen, or left under the seal."""

from collections.abc import Sequence
from uuid import UUID

from app.services.work import Work
from app.storage import farm_hands, farm_movements
from app.storage.farm_hands import EmployersFarm
from permits.errors import Fault
from recruitment.complaints.filed import Filed
from recruitment.complaints.places import MOST_SHOWN, Place, find_place_faults, read_name


def search_places(work: Work, typed: str) -> Sequence[Place]:
    """Farms by their name or their employer's, six at most; none for a name of few letters.

    What was typed is kept nowhere.
    """
    name = read_name(typed)
    found = farm_hands.find_named(work.session, name, MOST_SHOWN) if name else []
    return _places(work, found)


def find_place(work: Work, farm: UUID) -> Place | None:
    """One farm of a verified employer."""
    found = farm_hands.find_farm(work.session, farm)
    return _places(work, [found])[0] if found else None


def list_choices(work: Work, filed: Filed) -> Sequence[Place]:
    """Farms that a handler may name in a case: who told it chose one, or they are the employer's.

    Farms of a few people are left out, for they may not stand in clear; what stands there stays.
    """
    some: dict[UUID, EmployersFarm] = {}
    if filed.employer is not None:
        own = farm_hands.list_farms_of(work.session, filed.employer)
        some = {one.id: one for one in own}
    if filed.farm is not None and (chosen := farm_hands.find_farm(work.session, filed.farm)):
        some.setdefault(chosen.id, chosen)
    every = _places(work, list(some.values()))
    return [one for one in every if one.may_stand_in_clear or one.farm == filed.farm]


def _places(work: Work, found: Sequence[EmployersFarm]) -> list[Place]:
    inside = farm_movements.count_inside(work.session, [one.id for one in found]) if found else {}
    towns = work.ports.reference.municipalities["HND"]
    return [
        Place(
            one.id,
            one.name,
            towns.get(one.municipality, ""),
            one.employer,
            one.employer_name,
            inside.get(one.id) or one.housed,
        )
        for one in found
    ]


def employer_of(
    work: Work, filed: Filed, farm: UUID | None, employer: UUID | None
) -> tuple[UUID | None, list[Fault]]:
    """Whose a farm is, beside what keeps it from being named."""
    if farm is None:
        return employer, []
    place = find_place(work, farm)
    faults = find_place_faults(place, employer, stands=farm == filed.farm)
    return (place.employer if place else employer), faults
