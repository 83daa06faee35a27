"""A worker's days under an employer, and until when that employer still writes their wages.

The right goes on with the next employer; the days before stay with the one before, who owes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from permits.errors import Fault
from recruitment.ethics.parameters import Parameters

WRITTEN = "payslips.written_days"
"""So many days after the last one the wages may still be asked for (Código del Trabajo
Art. 867)."""


@dataclass(frozen=True)
class Span:
    """Days under one employer; both count, and the day of a change is of both.

    `first_day` is None for the first employer of a right: work before the permit is a record too.
    `last_day` is that of the change, else of the right. `changed` where another employer follows.
    """

    first_day: date | None
    last_day: date
    changed: bool

    def holds(self, first_day: date, last_day: date) -> bool:
        """Whether a period is of these days. Who has no next employer is theirs after the right
        too: unlawful work is paid, and written down."""
        return (self.first_day is None or first_day >= self.first_day) and (
            not self.changed or last_day <= self.last_day
        )


def last_day_of(spans: Sequence[Span]) -> date:
    """The last of the days."""
    return max(one.last_day for one in spans)


def is_over(spans: Sequence[Span], today: date) -> bool:
    """Whether the worker is no longer theirs."""
    return last_day_of(spans) < today or all(one.changed for one in spans)


def written_until(spans: Sequence[Span], parameters: Parameters, today: date) -> date | None:
    """The last day on which a payslip may be written; None where no limit is known."""
    limit = parameters.threshold(WRITTEN, today)
    return None if limit is None else last_day_of(spans) + timedelta(days=limit.value)


def find_period_faults(
    spans: Sequence[Span], first_day: date, last_day: date, until: date | None, today: date
) -> list[Fault]:
    """What is wrong with the days of a payslip under this employer."""
    if not any(one.holds(first_day, last_day) for one in spans):
        return [Fault("outside-employment", "first_day")]
    if until is not None and today > until:
        return [Fault("wages-too-old", "first_day")]
    return []
