"""Where workers sleep: what an inspection found, what is open, what a vacancy is judged by.

What an employer declares is told as the employer's word. Only an inspection passes R20 and R21.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.offers import Offer
from permits.people import PersonId
from recruitment.ethics.facts import EmployerFacts, Inspection
from recruitment.ethics.words import HousingItem
from recruitment.registrations import MOST_HOUSED, Farm

EVIDENCE_LIMIT = 200
"""Characters that say what shows that something was mended, and where that lies."""

OLDEST = timedelta(days=730)
"""An inspection is written down within two years, or it was another season's twice over."""

LONGEST_MENDING = timedelta(days=180)
"""A season: what may wait longer is not asked to be mended."""


@dataclass(frozen=True)
class Shortcoming:
    """An item of the list that failed; `mended_on` and `evidence` once somebody saw it mended."""

    item: HousingItem
    mended_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True)
class HousingInspection:
    """One look at a farm's housing: `capacity` is for how many people it is.

    Every item of the list was looked at; `shortcomings` are those that failed, to be mended until
    `mend_by` (None where nothing failed).
    """

    id: UUID
    farm: UUID
    on: date
    capacity: int
    toilets: int
    showers: int
    shortcomings: tuple[Shortcoming, ...] = ()
    mend_by: date | None = None
    inspector: PersonId | None = None

    @property
    def open(self) -> tuple[Shortcoming, ...]:
        """What failed and nobody saw mended."""
        return tuple(one for one in self.shortcomings if one.mended_on is None)

    def met(self, item: HousingItem) -> bool:
        """Whether an item is as it must be, by now."""
        return item not in {one.item for one in self.open}


@dataclass(frozen=True)
class Lodging:
    """A farm where people can sleep: `declared` for how many, and the last look at it."""

    farm: UUID
    municipality: str
    declared: int
    last: HousingInspection | None = None

    @property
    def weighing(self) -> tuple[object, ...]:
        """What an exception is bound to: what failed, and room that is less than was declared.

        Mending changes nothing of it, so that no exception falls because something got better.
        """
        if self.last is None:
            return ()
        failed = tuple(sorted(one.item.value for one in self.last.shortcomings))
        short = self.last.capacity if self.last.capacity < self.declared else None
        return (str(self.farm), failed, short) if failed or short is not None else ()


@dataclass(frozen=True)
class Nights:
    """So many people sleep on an employer's farms of one municipality, both days included."""

    first: date
    last: date
    people: int


def most_at_once(own: Nights, beside: Sequence[Nights], today: date) -> int:
    """How many sleep there on the fullest day of the own time, from today on.

    Who has left, or comes when others have gone, needs no bed beside them (R20).
    """
    begin = max(own.first, today)
    days = [begin, *(one.first for one in beside if begin < one.first <= own.last)]
    return max(
        own.people + sum(one.people for one in beside if one.first <= day <= one.last)
        for day in days
    )


def lodgings_of(
    farms: Sequence[Farm], last: Mapping[UUID, HousingInspection]
) -> tuple[Lodging, ...]:
    """The farms of an employer where anybody can sleep."""
    return tuple(
        Lodging(one.id, one.municipality, one.housed, last.get(one.id))
        for one in farms
        if one.housed > 0
    )


def near(lodgings: Sequence[Lodging], municipality: str) -> tuple[Lodging, ...]:
    """Where the workers of a vacancy sleep: on the farms of its own municipality."""
    return tuple(one for one in lodgings if one.municipality == municipality)


def find_faults(inspection: HousingInspection, today: date) -> list[Fault]:
    """What is wrong with an inspection as it was written; all at once."""
    faults = []
    if inspection.on > today:
        faults.append(Fault("date-in-future", "on"))
    elif today - inspection.on > OLDEST:
        faults.append(Fault("inspection-too-old", "on", {"limit": OLDEST.days}))
    faults += [
        Fault("out-of-range", name, {"limit": MOST_HOUSED})
        for name in ("capacity", "toilets", "showers")
        if not 0 <= getattr(inspection, name) <= MOST_HOUSED
    ]
    return [*faults, *_mending_faults(inspection)]


def _mending_faults(inspection: HousingInspection) -> list[Fault]:
    until = inspection.mend_by
    if not inspection.shortcomings:
        return [] if until is None else [Fault("nothing-to-mend", "mend_by")]
    if until is None:
        return [Fault("missing", "mend_by")]
    if until < inspection.on or until - inspection.on > LONGEST_MENDING:
        return [Fault("mending-out-of-time", "mend_by", {"limit": LONGEST_MENDING.days})]
    return []


def mend(
    inspection: HousingInspection, item: HousingItem, on: date, evidence: str, today: date
) -> Shortcoming:
    """A shortcoming that somebody saw mended.

    NotFound("no-such-shortcoming") where the item did not fail, Conflict("already-mended"), Invalid
    with every fault: evidence missing, or a day before the inspection or to come.
    """
    found = next((one for one in inspection.shortcomings if one.item is item), None)
    if found is None:
        raise NotFound("no-such-shortcoming")
    if found.mended_on is not None:
        raise Conflict("already-mended")
    faults = []
    if not evidence.strip():
        faults.append(Fault("missing", "evidence"))
    elif len(evidence.strip()) > EVIDENCE_LIMIT:
        faults.append(Fault("too-long", "evidence", {"limit": EVIDENCE_LIMIT}))
    if on > today:
        faults.append(Fault("date-in-future", "mended_on"))
    elif on < inspection.on:
        faults.append(Fault("mended-before-inspected", "mended_on"))
    refuse_if(faults)
    return replace(found, mended_on=on, evidence=evidence.strip())


def facts_of_housing(
    lodgings: Sequence[Lodging], offer: Offer, workers: int, facts: EmployerFacts
) -> EmployerFacts:
    """What R20 and R21 look at, added to what is known of an employer.

    `workers` sleep there at the same time, those of other vacancies too. One farm that nobody
    inspected is enough for "never inspected": anybody may be sent to sleep there. Of several the
    oldest look counts, and an item is met where every farm meets it.
    """
    if not offer.housing:
        return replace(facts, lives_in=False)
    here = near(lodgings, offer.municipality)
    looks = [one.last for one in here if one.last is not None]
    living = replace(facts, lives_in=True, workers_housed=workers, season_starts_on=offer.starts_on)
    if not looks or len(looks) < len(here):
        return replace(living, inspections=())
    whole = Inspection(
        min(one.on for one in looks),
        sum(one.capacity for one in looks),
        sum(len(one.open) for one in looks),
    )
    return replace(
        living,
        inspections=(whole,),
        checklist={item: all(one.met(item) for one in looks) for item in HousingItem},
        toilets=sum(one.toilets for one in looks),
        showers=sum(one.showers for one in looks),
    )


@dataclass(frozen=True)
class ToldHousing:
    """What a worker is told of the bed: the last look at every house, None where one is missing.

    `capacity` is for how many, `open_items` what is not mended.
    """

    inspected_on: date | None
    capacity: int = 0
    open_items: tuple[HousingItem, ...] = ()


def tell_housing(lodgings: Sequence[Lodging], offer: Offer) -> ToldHousing | None:
    """What is told of the housing of an offer; None where none goes with it."""
    if not offer.housing:
        return None
    here = near(lodgings, offer.municipality)
    looks = [one.last for one in here if one.last is not None]
    if not looks or len(looks) < len(here):
        return ToldHousing(None)
    failed = {one.item for look in looks for one in look.open}
    return ToldHousing(
        min(one.on for one in looks),
        sum(one.capacity for one in looks),
        tuple(item for item in HousingItem if item in failed),
    )
