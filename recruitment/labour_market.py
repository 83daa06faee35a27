"""Nationals first: work is offered at home before workers are brought from abroad (O13)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from permits.errors import Fault
from permits.findings import Finding, Severity
from permits.programmes import Programme, Threshold, in_force

ASKED = "nationals_first_days"
"""The threshold of a programme's file: so many days at home; left out where it is not asked."""

FIELD = "nationals_first"
MISSING, SHORT = "nationals-first-missing", "nationals-first-short"
FINDING_CODES = frozenset({MISSING, SHORT})
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
class Step:
    """One step: both days count. `came_forward` are the nationals who applied and `per_day` the
    minimum in the offer's currency, each for its own kind."""

    kind: StepKind
    first_day: date
    last_day: date
    evidence: str
    came_forward: int | None = None
    per_day: Decimal | None = None

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
    programme: Programme, steps: Sequence[Step], starts_on: date, today: date
) -> Iterator[Finding]:
    """Where the programme asks for it: offered at home so many days, before the work begins."""
    asked = asked_days(programme, today)
    if asked is None:
        return
    own = [one for one in steps if one.kind is StepKind.NATIONALS_FIRST]
    source, confirmed = asked.source, asked.confirmed
    facts: dict[str, str | int] = {"limit": asked.value}
    if not own:
        yield Finding(MISSING, Severity.BLOCK, source, confirmed, FIELD, facts)
    elif not any(one.days >= asked.value and one.last_day < starts_on for one in own):
        yield Finding(SHORT, Severity.BLOCK, source, confirmed, FIELD, facts)


def offered_at_home(steps: Sequence[Step]) -> Step | None:
    """The longest offer to people of the country, the newest of the longest; None where none was.

    Other than the check it looks at no day of the work: it tells what was done.
    """
    own = [one for one in steps if one.kind is StepKind.NATIONALS_FIRST]
    return max(own, key=lambda one: (one.days, one.last_day)) if own else None


def attested_minimum(steps: Sequence[Step]) -> Decimal | None:
    """The minimum of a day as it was attested last; None where nobody has."""
    own = [one for one in steps if one.kind is StepKind.ATTESTED_MINIMUM]
    return max(own, key=lambda one: one.last_day).per_day if own else None
