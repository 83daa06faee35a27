"""What a term of a contract is worth to the worker, to be held against the same term elsewhere."""

from collections.abc import Mapping
from decimal import Decimal

from recruitment.ethics.words import ReturnTransport, Shift
from recruitment.terms import Grievance, Insurance, PayDay, RestDay

Value = str | int | bool | None

MORE_IS_BETTER = frozenset(
    {"wage", "guaranteed_days", "housing", "transport", "food", "tops_up"}
    | {"overtime_premium_percent", "deducted_in_writing"}
)
LESS_IS_BETTER = frozenset(
    {"hours_per_day", "days_per_week", "unit_kg", "worker_pays"}
    | {"housing_deducted", "food_deducted", "notice_days"}
)
BEST_LAST: Mapping[str, tuple[str, ...]] = {
    "arrival": tuple(ReturnTransport),
    "way_back": tuple(ReturnTransport),
    "shift": tuple(reversed(Shift)),
    "pay_day": tuple(reversed(PayDay)),
}
"""Terms with an order; what is not told is the least."""

EQUALS: Mapping[str, tuple[frozenset[str], ...]] = {
    "insurance": (
        frozenset({Insurance.PRIVATE.value}),
        frozenset({Insurance.IHSS.value, Insurance.PUBLIC_ABROAD.value}),
    ),
    "rest_day": (
        frozenset({RestDay.AGREED.value}),
        frozenset({RestDay.SUNDAY.value, RestDay.SATURDAY.value}),
    ),
    "grievance": (
        frozenset({Grievance.EMPLOYER.value}),
        frozenset({Grievance.SETRASS.value, Grievance.CONSULATE.value}),
    ),
}
"""Terms with an order in which some are worth the same, the least first; none of them is less.

What the law insures is worth more than what an employer buys; a fixed day more than one told anew;
an authority that hears complaints more than the employer alone.
"""

UNTOLD = -Decimal(10**9)
"""What binds or costs the worker and is told no more: it may be anything, and so the most."""

NEVER_NOTHING = frozenset({"notice_days", "unit_kg", "worker_pays"})
"""Terms that are something where nobody tells them; an untold deduction is none."""


def worth(name: str, value: Value) -> Decimal:
    """How good a term is for the worker, to be compared with itself; 0 where it has no order."""
    if name in EQUALS:
        ranks = (rank for rank, some in enumerate(EQUALS[name], 1) if value in some)
        return Decimal(next(ranks, 0))
    if name in NEVER_NOTHING and value is None:
        return UNTOLD
    if name in BEST_LAST:
        return Decimal(0 if value is None else 1 + BEST_LAST[name].index(str(value)))
    if name in MORE_IS_BETTER:
        return Decimal(value or 0) if not isinstance(value, bool) else Decimal(int(value))
    return -Decimal(value or 0) if name in LESS_IS_BETTER else Decimal(0)
