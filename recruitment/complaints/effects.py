"""What follows from a complaint beyond itself: on permits, on standings, and on an inspection."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from recruitment.complaints.moves import UPHELD
from recruitment.complaints.words import Outcome, Severity
from recruitment.ethics.words import Indicator
from recruitment.standings import Measure, MeasureKind

FOLLOW_UPS = (timedelta(days=7), timedelta(days=30), timedelta(days=90))
"""After the closing somebody asks whether there was retaliation (domain.md 3.6-7)."""

PATTERN_WITHIN = timedelta(days=30)
PATTERN_WORKERS = 3
PATTERN_INDICATORS = 2
"""R37: the same indicator from three workers of a farm, or two indicators for one worker."""

_MEASURES = {
    Severity.S1: MeasureKind.GRAVE_COMPLAINT,
    Severity.S2: MeasureKind.SERIOUS_COMPLAINT,
}


def follow_up_days(closed_on: date) -> tuple[date, ...]:
    """The three days after a closing on which the complainant is asked."""
    return tuple(closed_on + one for one in FOLLOW_UPS)


def measure_of(
    identity: UUID, severity: Severity, outcome: Outcome, reference: str, on: date
) -> Measure | None:
    """How an approved finding weighs on who was accused (R24); None where it does not."""
    kind = _MEASURES.get(severity)
    if kind is None or outcome not in UPHELD:
        return None
    return Measure(identity, kind, reference, on)


@dataclass(frozen=True)
class Said:
    """An indicator that one source told of one employer on one day; of which farm, where known.

    `source` tells two people apart and nothing else: a worker's token, or the complaint of whom
    nobody knows.
    """

    employer: UUID
    source: UUID | bytes
    indicator: Indicator
    day: date
    farm: UUID | None = None


@dataclass(frozen=True)
class Pattern:
    """Why an employer, or one farm of theirs, should be inspected; who said it is in no part."""

    employer: UUID
    indicators: tuple[Indicator, ...]
    sources: int
    farm: UUID | None = None


def find_patterns(said: Iterable[Said], today: date) -> tuple[Pattern, ...]:
    """What R37 would have inspected, each place once, by what was said in thirty days.

    By farm where it is known. An employer is named for what none of their farms is named for: of
    what three told, two may have named the farm and one the employer alone.
    """
    farms: dict[tuple[UUID, UUID], list[Said]] = {}
    every: dict[UUID, list[Said]] = {}
    for one in said:
        if today - PATTERN_WITHIN <= one.day <= today:
            every.setdefault(one.employer, []).append(one)
            if one.farm is not None:
                farms.setdefault((one.employer, one.farm), []).append(one)
    found = []
    for employer, heard in sorted(every.items()):
        told: frozenset[Indicator] = frozenset()
        for (owner, farm), here in sorted(farms.items()):
            if owner == employer and (telling := _telling(here)):
                told |= telling
                found.append(_pattern(employer, telling, here, farm))
        if left := _telling(heard) - told:
            found.append(_pattern(employer, left, heard, None))
    return tuple(found)


def _pattern(
    employer: UUID, telling: frozenset[Indicator], heard: Collection[Said], farm: UUID | None
) -> Pattern:
    return Pattern(employer, tuple(sorted(telling)), len({one.source for one in heard}), farm)


def _telling(heard: Collection[Said]) -> frozenset[Indicator]:
    by_indicator: dict[Indicator, set[UUID | bytes]] = {}
    by_source: dict[UUID | bytes, set[Indicator]] = {}
    for one in heard:
        by_indicator.setdefault(one.indicator, set()).add(one.source)
        by_source.setdefault(one.source, set()).add(one.indicator)
    many = {one for one, said_by in by_indicator.items() if len(said_by) >= PATTERN_WORKERS}
    together = (one for one in by_source.values() if len(one) >= PATTERN_INDICATORS)
    return frozenset(many).union(*together)
