"""Which farms are to be inspected next: signs with their points, each shown, and their sum.

A score orders visits and decides nothing: no permit, vacancy or standing follows from it. Signs are
of a farm or its employer, never of a person; a pattern counts where R37 found it in what at least
three workers told, and silence where enough were asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from permits.programmes import in_force
from recruitment.ethics.parameters import ParameterSet
from recruitment.housing import HousingInspection


class Sign(StrEnum):
    """What speaks for a visit."""

    PATTERN = "pattern"
    MEASURE = "measure"
    NEVER_INSPECTED = "never-inspected"
    MENDING_OVERDUE = "mending-overdue"
    PLAN_OVERDUE = "plan-overdue"
    SILENT = "silent"
    CHILDREN = "children"
    INSPECTION_OLD = "inspection-old"


@dataclass(frozen=True)
class FarmSigns:
    """What is known of a farm: `housed` can sleep there, `last` is the last look at it.

    `patterns`: signs that several workers of the employer told (R37). `measures` of authorities
    that count today. `silent`: few of its workers answered. `children`: families without care.
    `overdue`: points of the plan that the inspection wrote, past their day.
    """

    housed: int
    last: HousingInspection | None = None
    patterns: int = 0
    measures: int = 0
    silent: bool = False
    children: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class Score:
    """The sum, and every part that makes it, the greatest first."""

    total: int
    parts: tuple[tuple[Sign, int], ...]


def points_of(rows: ParameterSet, on: date) -> Mapping[Sign, int]:
    """How many points each sign has on a day."""
    return {
        sign: int(in_force(rows.values[f"inspection_plan.{name_of(sign)}"], on).value)
        for sign in Sign
    }


def name_of(sign: Sign) -> str:
    """Its name in the file of parameters."""
    return f"{sign.value.replace('-', '_')}_points"


def score(signs: FarmSigns, points: Mapping[Sign, int], today: date, oldest: timedelta) -> Score:
    """The score of a farm today; `oldest`: after so long a look at housing counts as old (R20)."""
    last = signs.last
    found = {
        Sign.PATTERN: signs.patterns > 0,
        Sign.MEASURE: signs.measures > 0,
        Sign.NEVER_INSPECTED: signs.housed > 0 and last is None,
        Sign.MENDING_OVERDUE: last is not None and _is_overdue(last, today),
        Sign.PLAN_OVERDUE: signs.overdue > 0,
        Sign.SILENT: signs.silent,
        Sign.CHILDREN: signs.children > 0,
        Sign.INSPECTION_OLD: signs.housed > 0 and last is not None and today - last.on > oldest,
    }
    parts = [(sign, points[sign]) for sign in Sign if found[sign] and points[sign]]
    parts.sort(key=lambda part: -part[1])
    return Score(sum(value for _, value in parts), tuple(parts))


def _is_overdue(last: HousingInspection, today: date) -> bool:
    return bool(last.open) and last.mend_by is not None and last.mend_by < today
