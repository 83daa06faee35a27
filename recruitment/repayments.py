"""A repayment that comes in parts: which days were agreed, what came, and what is late.

The sum decides: a payment is repaid once its worker confirmed parts of its whole worth. A plan of
days counts only where its worker agreed to it; without one the whole is due in one term.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from permits.deadlines import legal_day
from permits.errors import Conflict, Fault
from recruitment.costs import CURRENCIES, MOST_AMOUNT, ClaimStatus, CostEntry

SOURCE = "IRIS 1; Impactt, principios de devolución de cobros (2021)"

MOST_PLANNED, MOST_PARTS = 24, 60
"""Days of a plan, and rows of one claim in all."""

EVIDENCE_LIMIT = 200
CENT, NOTHING = Decimal("0.01"), Decimal("0.00")


class PartStatus(StrEnum):
    """A day to come is proposed or agreed; money that was shown is for its worker to confirm."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    PAID = "paid"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"


DAYS = frozenset({PartStatus.PROPOSED, PartStatus.AGREED})
"""A part that is to come; every other one is money that somebody showed."""


class PartAction(StrEnum):
    """AGREE, CONFIRM and CONTEST are the worker's, SHOW the desk's."""

    AGREE = "agree"
    SHOW = "show"
    CONFIRM = "confirm"
    CONTEST = "contest"


MOVES: Mapping[tuple[PartStatus, PartAction], PartStatus] = {
    (PartStatus.PROPOSED, PartAction.AGREE): PartStatus.AGREED,
    (PartStatus.PAID, PartAction.CONFIRM): PartStatus.CONFIRMED,
    (PartStatus.PAID, PartAction.CONTEST): PartStatus.CONTESTED,
    # It came after all, or the debtor showed another proof of it.
    (PartStatus.CONTESTED, PartAction.CONFIRM): PartStatus.CONFIRMED,
    (PartStatus.CONTESTED, PartAction.SHOW): PartStatus.PAID,
}


class Handing(StrEnum):
    """How it was given back."""

    CASH = "cash"
    TRANSFER = "transfer"
    CHEQUE = "cheque"
    WITH_WAGE = "with-wage"


class Every(StrEnum):
    """How far the days of a plan lie apart."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


APART = {Every.WEEK: timedelta(weeks=1), Every.FORTNIGHT: timedelta(weeks=2)}


@dataclass(frozen=True)
class PartTold:
    """A part: its day, and two decimals of `currency` (ISO 4217).

    `worth` is the same in the currency in which the worker paid, by the rate of that day. Of money
    that was shown, `handing` and `evidence` tell how and what was shown; of a day to come nothing.
    """

    day: date
    amount: Decimal
    currency: str
    worth: Decimal
    handing: Handing | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a claim; `told_at` is when its worker heard that an agreed day had passed."""

    id: UUID
    cost: UUID
    told: PartTold
    status: PartStatus
    noted_at: datetime
    told_at: datetime | None = None

    def may(self, action: PartAction) -> bool:
        """Whether this can be done now."""
        return (self.status, action) in MOVES


@dataclass(frozen=True)
class Repayment:
    """How far a claim is, in its own currency.

    `confirmed` came, `shown` waits for its worker's word, `late` should be there by now and is
    not: no more than `remains`, which is what the worker has not confirmed.
    """

    owed: Decimal
    currency: str
    confirmed: Decimal
    shown: Decimal
    late: Decimal
    proposed: tuple[Part, ...]
    plan: tuple[Part, ...]
    payments: tuple[Part, ...]

    @property
    def in_parts(self) -> bool:
        """Whether days were told or money was shown: then each part has its own answer."""
        return bool(self.proposed or self.plan or self.payments)

    @property
    def remains(self) -> Decimal:
        """What the worker has not confirmed."""
        return self.owed - self.confirmed

    @property
    def unpaid(self) -> Decimal:
        """What nobody showed as paid either: a plan divides this."""
        return self.owed - self.confirmed - self.shown


def reckon(entry: CostEntry, parts: Sequence[Part], repay_days: int, today: date) -> Repayment:
    """What came of a claim, what remains, and what is late on a day.

    Before parts were kept a claim was paid and confirmed as a whole, and still counts so.
    """
    owed, ordered = entry.payment.amount, sorted(parts, key=lambda one: (one.told.day, one.id))
    payments = tuple(one for one in ordered if one.status not in DAYS)
    confirmed = min(owed, _worth(payments, PartStatus.CONFIRMED))
    shown = min(owed - confirmed, _worth(payments, PartStatus.PAID))
    if not payments and entry.status is ClaimStatus.CONFIRMED:
        confirmed = owed
    if not payments and entry.status is ClaimStatus.PAID:
        shown = owed
    plan = tuple(one for one in ordered if one.status is PartStatus.AGREED)
    unpaid = owed - confirmed - shown
    due = _due(entry, plan, repay_days, today)
    never = _worth(payments, PartStatus.CONTESTED)
    if entry.status is ClaimStatus.DISPUTED and not payments:
        never = owed
    late = max(due - confirmed - shown, min(never, unpaid), NOTHING)
    return Repayment(
        owed,
        entry.payment.currency,
        confirmed,
        shown,
        late,
        tuple(one for one in ordered if one.status is PartStatus.PROPOSED),
        plan,
        payments,
    )


def _due(entry: CostEntry, plan: Sequence[Part], repay_days: int, today: date) -> Decimal:
    """What should be there: all but the days still to come, or all of it after the term."""
    if entry.asked_at is None:
        return NOTHING
    owed = entry.payment.amount
    if plan:
        return owed - sum((one.told.worth for one in plan if one.told.day >= today), NOTHING)
    last = legal_day(entry.asked_at) + timedelta(days=repay_days)
    return owed if today > last else NOTHING


def _worth(parts: Sequence[Part], status: PartStatus) -> Decimal:
    return sum((one.told.worth for one in parts if one.status is status), NOTHING)


def came_of(parts: Sequence[Part]) -> Decimal:
    """What the worker confirmed of a claim, in its own currency."""
    return _worth(parts, PartStatus.CONFIRMED)


def rest_of(entry: CostEntry, parts: Sequence[Part]) -> CostEntry:
    """The payment without what its worker confirmed of it."""
    came = came_of(parts)
    if not came:
        return entry
    rest = replace(entry.payment, amount=max(entry.payment.amount - came, NOTHING))
    return replace(entry, payment=rest)


def status_of(entry: CostEntry, parts: Sequence[Part]) -> ClaimStatus:
    """The status that its parts give a claim that was asked back; the sum decides.

    Repaid once all is confirmed; paid once all was shown; disputed where something never came.
    """
    payments = [one for one in parts if one.status not in DAYS]
    owed, came = entry.payment.amount, _worth(payments, PartStatus.CONFIRMED)
    if came >= owed:
        return ClaimStatus.CONFIRMED
    if came + _worth(payments, PartStatus.PAID) >= owed:
        return ClaimStatus.PAID
    contested = any(one.status is PartStatus.CONTESTED for one in payments)
    return ClaimStatus.DISPUTED if contested else ClaimStatus.ASKED


def move_part(part: Part, action: PartAction) -> PartStatus:
    """The status after it; Conflict("no-such-cost-move") where the table has none."""
    if not part.may(action):
        raise Conflict("no-such-cost-move", status=part.status.value, action=action.value)
    return MOVES[part.status, action]


def find_part_faults(told: PartTold, asked_on: date, today: date) -> list[Fault]:
    """What is wrong with money that was shown, all at once, by field."""
    faults = _amount_faults(told.amount)
    if told.currency not in CURRENCIES:
        faults.append(Fault("not-an-option", "currency"))
    if told.day > today:
        faults.append(Fault("date-in-future", "day"))
    elif told.day < asked_on:
        faults.append(Fault("day-before-asked", "day"))
    if told.handing is None:
        faults.append(Fault("missing", "handing"))
    if not told.evidence.strip():
        faults.append(Fault("missing", "evidence"))
    elif len(told.evidence) > EVIDENCE_LIMIT:
        faults.append(Fault("too-long", "evidence", {"limit": EVIDENCE_LIMIT}))
    return faults


def find_plan_faults(
    plan: Sequence[tuple[date, Decimal]], unpaid: Decimal, today: date
) -> list[Fault]:
    """What is wrong with a plan: its days rise, none is past, its sums come to what is unpaid."""
    if not 1 <= len(plan) <= MOST_PLANNED:
        return [Fault("too-many-plan-parts", "parts", {"limit": MOST_PLANNED})]
    days = [day for day, _ in plan]
    faults = [Fault("day-passed", "first_day")] if days[0] < today else []
    if any(after <= before for before, after in pairwise(days)):
        faults.append(Fault("days-not-rising", "first_day"))
    for _, amount in plan:
        faults += [one for one in _amount_faults(amount) if one not in faults]
    if not faults and sum(amount for _, amount in plan) != unpaid:
        faults.append(Fault("plan-sum", "amount"))
    return faults


def _amount_faults(amount: Decimal) -> list[Fault]:
    if not amount.is_finite() or amount <= 0:
        return [Fault("amount-not-positive", "amount")]
    if amount > MOST_AMOUNT:
        return [Fault("too-large", "amount", {"limit": int(MOST_AMOUNT)})]
    return [] if amount == amount.quantize(CENT) else [Fault("too-many-decimals", "amount")]


def divide(
    unpaid: Decimal, parts: int, first: date, every: Every
) -> tuple[tuple[date, Decimal], ...]:
    """Equal parts to the cent, the last one with what is over; a month ends no later than itself.

    Without parts, or with more than `MOST_PLANNED`, none.
    """
    if not 1 <= parts <= MOST_PLANNED:
        return ()
    each = (unpaid / parts).quantize(CENT, ROUND_DOWN)
    sums = [*([each] * (parts - 1)), unpaid - each * (parts - 1)]
    return tuple((_later(first, every, count), one) for count, one in enumerate(sums))


def _later(first: date, every: Every, count: int) -> date:
    if every is not Every.MONTH:
        return first + APART[every] * count
    years, month = divmod(first.month - 1 + count, 12)
    year = first.year + years
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
