"""What an employer reads of what it owes back to workers: sums of five people and more, and no day.

Nothing tells of one of them: neither who asked, nor when, nor what for (ILO, GPOG 8.1: no harm for
who complains).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from permits.people import PersonId
from recruitment.cost_figures import FEWEST, in_groups
from recruitment.repayments import Repayment

STEP = Decimal(100)
"""Sums are told in whole hundreds, rounded up: a finer one would tell what one person paid."""


@dataclass(frozen=True)
class OwedBack:
    """One currency: people in whole groups of five, what is owed to them, and what of it is late.

    `late` is None where fewer than five wait for something that is late.
    """

    currency: str
    people: int
    remains: Decimal
    late: Decimal | None


def counted_from(today: date) -> date:
    """What was asked back before this day is told: by months, so that no day points at anybody."""
    return today.replace(day=1)


def tell_owed(found: Sequence[tuple[PersonId, Repayment]]) -> tuple[OwedBack, ...]:
    """What is owed by currency; none of a currency in which fewer than five people wait."""
    told = []
    for currency in sorted({one.currency for _, one in found}):
        open_ones = [(who, one) for who, one in found if one.currency == currency and one.remains]
        people = _people(open_ones)
        if people < FEWEST:
            continue
        late = [(who, one) for who, one in open_ones if one.late]
        told.append(
            OwedBack(
                currency,
                in_groups(people),
                _rounded(sum((one.remains for _, one in open_ones), Decimal(0))),
                _rounded(sum((one.late for _, one in late), Decimal(0)))
                if _people(late) >= FEWEST
                else None,
            )
        )
    return tuple(told)


def _people(some: Sequence[tuple[PersonId, Repayment]]) -> int:
    return len({who for who, _ in some})


def _rounded(amount: Decimal) -> Decimal:
    return (amount / STEP).to_integral_value(ROUND_CEILING) * STEP
