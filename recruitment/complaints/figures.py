"""Figures of complaints for everybody: of a quarter that is over, told once, and of nobody.

Every count is told in whole fives, each for itself: what lies between is neither in a cell nor in
the difference of two (domain.md 3.6-8, 5.8). What was told of a quarter never changes, so nobody
finds a case between two looks. Nothing is finer than a quarter and a department.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import median_high

FEWEST = 5
"""Fewer could point at a person, so counts are told in whole groups of so many."""

SETTLED_AFTER = timedelta(days=15)
"""After the end of a quarter; by then somebody has judged what came on its last day."""

STEP_PERCENT, STEP_MONEY = 10, 100
MOST_OF_ONE = Decimal("0.5")
"""No sum is told of which one case is more than this part: it would tell of that case."""


def quarter_of(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_after(quarter: date) -> date:
    """The first day of the next quarter."""
    return quarter_of(quarter + timedelta(days=95))


def is_settled(quarter: date, today: date) -> bool:
    """Whether a quarter may be told."""
    return today >= quarter_after(quarter) + SETTLED_AFTER


@dataclass(frozen=True)
class Received:
    """A case that was received in the quarter, by what stands in clear."""

    categories: tuple[str, ...]
    severity: str
    department: str | None


@dataclass(frozen=True)
class Met:
    """A term that was met in the quarter, after so many days."""

    kind: str
    days: int
    in_time: bool


@dataclass(frozen=True)
class Repaid:
    """Money that its receiver confirmed in the quarter."""

    case: object
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class ClockFigure:
    """How long a term took: the middle one in days, and how many in a hundred were in time."""

    cases: int
    median_days: int
    percent_in_time: int


@dataclass(frozen=True)
class QuarterFigures:
    """What is told of a quarter; a code that is missing stands for fewer than five.

    A case about several things counts once in each. `repaid` is by currency, None until a
    supervisor opened the sums.
    """

    quarter: date
    received: int
    closed: int
    by_category: Mapping[str, int]
    by_severity: Mapping[str, int]
    by_department: Mapping[str, int]
    by_end: Mapping[str, int]
    clocks: Mapping[str, ClockFigure]
    remedies: Mapping[str, int]
    repaid: Mapping[str, int] | None = field(default=None)


def figures_of(
    quarter: date,
    received: Sequence[Received],
    ended: Sequence[str],
    met: Sequence[Met],
    remedies: Sequence[str],
) -> QuarterFigures:
    """What is told of a quarter's cases: how they ended, terms that were met, confirmed remedies.

    `ended` are statuses, `remedies` kinds.
    """
    return QuarterFigures(
        quarter,
        in_fives(len(received)),
        in_fives(len(ended)),
        _counts(code for one in received for code in dict.fromkeys(one.categories)),
        _counts(one.severity for one in received),
        _counts(one.department for one in received if one.department),
        _counts(ended),
        _clocks(met),
        _counts(remedies),
    )


def in_fives(count: int) -> int:
    """Whole groups of five."""
    return count // FEWEST * FEWEST


def sums_of(repaid: Iterable[Repaid]) -> dict[str, int]:
    """The sums that may be told, by currency, in whole hundreds.

    None of fewer than five cases, and none of which one case is more than half.
    """
    cases: dict[str, dict[object, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for one in repaid:
        cases[one.currency][one.case] += one.amount
    told = {}
    for currency, of_case in sorted(cases.items()):
        total = sum(of_case.values(), Decimal(0))
        if len(of_case) >= FEWEST and max(of_case.values()) <= total * MOST_OF_ONE:
            told[currency] = int(total) // STEP_MONEY * STEP_MONEY
    return told


def _counts(codes: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for code in codes:
        found[code] += 1
    return {code: in_fives(n) for code, n in sorted(found.items()) if n >= FEWEST}


def _clocks(met: Sequence[Met]) -> dict[str, ClockFigure]:
    kinds: dict[str, list[Met]] = defaultdict(list)
    for one in met:
        kinds[one.kind].append(one)
    return {kind: _clock(every) for kind, every in sorted(kinds.items()) if len(every) >= FEWEST}


def _clock(every: Sequence[Met]) -> ClockFigure:
    percent = sum(one.in_time for one in every) * 100 / len(every)
    steps = round(percent / STEP_PERCENT) * STEP_PERCENT
    return ClockFigure(in_fives(len(every)), median_high(one.days for one in every), steps)
