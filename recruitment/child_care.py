"""Children who come along with workers: where they are while their parents work (R38).

A child gets no permit, no card and no file here: only how many there are, and what a farm arranged.
Where nothing is arranged SENAF is told by the labour office, and no family is punished for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault, refuse_if
from permits.people import PersonId
from recruitment.ethics.facts import FarmFacts

WHERE_LIMIT = 120
"""Characters of the name of a school or of a place for children, and where it lies."""

MOST_PLACES = 500
LONGEST = timedelta(days=366)
"""An arrangement is told anew for each season."""

RECEIVER_LIMIT = 80


class CareKind(StrEnum):
    """Where children are."""

    CHILD_CARE = "child-care"
    SCHOOL = "school"


@dataclass(frozen=True)
class Arrangement:
    """What a farm arranged: for how many children, from a day until a day, both included.

    It counts until `ended_on`, that day not included, where the employer ended it before.
    """

    id: UUID
    farm: UUID
    kind: CareKind
    places: int
    where: str
    starts_on: date
    ends_on: date
    ended_on: date | None = None
    municipality: str = ""

    def counts_on(self, day: date) -> bool:
        """Whether children can be there on a day."""
        over = self.ended_on is not None and self.ended_on <= day
        return self.starts_on <= day <= self.ends_on and not over


@dataclass(frozen=True)
class Handover:
    """That SENAF was told of the children of one case; `received_by` is who took it there."""

    id: UUID
    application: UUID
    children: int
    made_by: PersonId
    made_at: datetime
    received_by: str = ""
    received_on: date | None = None


def find_faults(told: Arrangement, today: date) -> list[Fault]:
    """What is wrong with an arrangement as it was told; all at once."""
    faults = []
    if not 0 < told.places <= MOST_PLACES:
        faults.append(Fault("out-of-range", "places", {"limit": MOST_PLACES}))
    if not told.where.strip():
        faults.append(Fault("missing", "where"))
    elif len(told.where.strip()) > WHERE_LIMIT:
        faults.append(Fault("too-long", "where", {"limit": WHERE_LIMIT}))
    if told.ends_on < told.starts_on:
        faults.append(Fault("dates-reversed", "ends_on"))
    elif told.ends_on < today:
        faults.append(Fault("day-past", "ends_on"))
    elif told.ends_on - told.starts_on > LONGEST:
        faults.append(Fault("care-too-long", "ends_on", {"limit": LONGEST.days}))
    return faults


def count_places(
    every: Sequence[Arrangement], municipality: str, first_day: date, today: date
) -> int:
    """For how many children there is room at a vacancy's place: when it begins, or today."""
    day = max(first_day, today)
    return sum(
        one.places for one in every if one.municipality == municipality and one.counts_on(day)
    )


def facts_of_farm(minors: int, places: int) -> FarmFacts:
    """What R38 looks at."""
    return FarmFacts(minors=minors, care_arranged=places >= minors)


def check_received(handover: Handover, received_by: str, on: date, today: date) -> None:
    """Conflict("handover-received") where it was taken already; Invalid with every fault."""
    if handover.received_on is not None:
        raise Conflict("handover-received")
    faults = []
    if not received_by.strip():
        faults.append(Fault("missing", "received_by"))
    elif len(received_by.strip()) > RECEIVER_LIMIT:
        faults.append(Fault("too-long", "received_by", {"limit": RECEIVER_LIMIT}))
    if on > today:
        faults.append(Fault("date-in-future", "received_on"))
    refuse_if(faults)
