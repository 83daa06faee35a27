"""Nationals first: work is offered at home before workers are brought from abroad (O13)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from permits.errors import Fault
from permits.findings import Finding, Severity
from permits.folding import fold
from permits.offers import Offer
from permits.programmes import Programme, Threshold, in_force
from permits.wages import WageUnit

ASKED = "nationals_first_days"
"""The threshold of a programme's file: so many days at home; left out where it is not asked."""

FIELD = "nationals_first"
MISSING, SHORT = "nationals-first-missing", "nationals-first-short"
OTHER = "nationals-first-other"
FINDING_CODES = frozenset({MISSING, SHORT, OTHER})
"""Every code of this room, for the table of words."""

SHORTEST_EVIDENCE, LONGEST_EVIDENCE = 10, 300
"""Characters of what proves a step: an act, a number, a place where it stands."""


class StepKind(StrEnum):
    """What an official writes down of a vacancy, with its evidence.

    `nationals-first`: it was offered at home from a day to a day. `attested-minimum`: the minimum
    of a day's work abroad, as the mission of that country attests it.
    """

    NATIONALS_FIRST = "nationals-first"
    ATTESTED_MINIMUM = "attested-minimum"


@dataclass(frozen=True)
class Bound:
    """The work that a step was noted for; `wage` is for one `unit`, in `currency`."""

    title: str
    occupation: str
    department: str
    municipality: str
    wage: Decimal
    currency: str
    unit: WageUnit
    unit_kg: Decimal | None
    places: int


def bound_to(offer: Offer, places: int) -> Bound:
    """What a step is noted for that is noted now."""
    told = {name: getattr(offer, name) for name in Bound.__dataclass_fields__ if name != "places"}
    return Bound(**told, places=places)


def plain_bound(bound: Bound | None) -> dict[str, Any] | None:
    """As JSON keeps it."""
    if bound is None:
        return None
    kg = None if bound.unit_kg is None else str(bound.unit_kg)
    return asdict(bound) | {"wage": str(bound.wage), "unit": bound.unit.value, "unit_kg": kg}


def read_bound(told: Mapping[str, Any] | None) -> Bound | None:
    """The inverse of `plain_bound`."""
    if told is None:
        return None
    kg = None if told["unit_kg"] is None else Decimal(told["unit_kg"])
    read = {"wage": Decimal(told["wage"]), "unit": WageUnit(told["unit"]), "unit_kg": kg}
    return Bound(**{**told, **read})


@dataclass(frozen=True)
class Step:
    """One step: both days count. `came_forward` are the nationals who applied and `per_day` the
    minimum in the offer's currency, each for its own kind. `bound`: what the work was then, None
    of steps that were noted before it was kept, which count for the vacancy whatever it is."""

    kind: StepKind
    first_day: date
    last_day: date
    evidence: str
    came_forward: int | None = None
    per_day: Decimal | None = None
    bound: Bound | None = None

    def counts_for(self, offer: Offer, places: int) -> bool:
        """Whether the same work was offered at home, in no fewer places; a title by its letters."""
        if self.bound is None:
            return True
        now = bound_to(offer, places)
        same = replace(now, title=fold(now.title), places=0)
        then = replace(self.bound, title=fold(self.bound.title), places=0)
        return same == then and places <= self.bound.places

    @property
    def days(self) -> int:
        """Days from the first to the last, both counted."""
        return (self.last_day - self.first_day).days + 1


def asked_days(programme: Programme, on: date) -> Threshold | None:
    """The days at home that the programme asks for on a day; None where it asks for none."""
    versions = programme.versions.thresholds.get(ASKED)
    return in_force(versions, on) if versions else None


def find_faults(step: Step, today: date) -> list[Fault]:
    """What cannot be written down; all at once. A step is told once it is over."""
    faults = []
    if step.last_day < step.first_day:
        faults.append(Fault("dates-reversed", "last_day"))
    if step.last_day > today:
        faults.append(Fault("date-in-future", "last_day"))
    if len(step.evidence.strip()) < SHORTEST_EVIDENCE:
        faults.append(Fault("too-short", "evidence", {"limit": SHORTEST_EVIDENCE}))
    if len(step.evidence) > LONGEST_EVIDENCE:
        faults.append(Fault("too-long", "evidence", {"limit": LONGEST_EVIDENCE}))
    if step.kind is StepKind.NATIONALS_FIRST and step.came_forward is None:
        faults.append(Fault("missing", "came_forward"))
    if step.kind is StepKind.ATTESTED_MINIMUM and not step.per_day:
        faults.append(Fault("missing", "per_day"))
    return faults


def check_nationals_first(
    programme: Programme, steps: Sequence[Step], offer: Offer, places: int, today: date
) -> Iterator[Finding]:
    """Where the programme asks for it: offered at home so many days, before the work begins.

    What was offered is the work of now: another one, or more places, is offered at home anew.
    """
    asked = asked_days(programme, today)
    if asked is None:
        return
    own = [one for one in steps if one.kind is StepKind.NATIONALS_FIRST]
    source, confirmed = asked.source, asked.confirmed
    facts: dict[str, str | int] = {"limit": asked.value}
    if not own:
        yield Finding(MISSING, Severity.BLOCK, source, confirmed, FIELD, facts)
        return
    counting = [one for one in own if one.counts_for(offer, places)]
    if not counting:
        yield Finding(OTHER, Severity.BLOCK, source, confirmed, FIELD, facts)
    elif not any(one.days >= asked.value and one.last_day < offer.starts_on for one in counting):
        yield Finding(SHORT, Severity.BLOCK, source, confirmed, FIELD, facts)


def offered_at_home(steps: Sequence[Step]) -> Step | None:
    """The longest offer to people of the country, the newest of the longest; None where none was.

    Other than the check it looks at no day of the work: it tells what was done.
    """
    own = [one for one in steps if one.kind is StepKind.NATIONALS_FIRST]
    return max(own, key=lambda one: (one.days, one.last_day)) if own else None


def attested_minimum(steps: Sequence[Step], currency: str) -> Decimal | None:
    """The minimum of a day as it was attested last, in a currency; None where nobody has."""
    own = [
        one
        for one in steps
        if one.kind is StepKind.ATTESTED_MINIMUM
        and (one.bound is None or one.bound.currency == currency)
    ]
    return max(own, key=lambda one: one.last_day).per_day if own else None
