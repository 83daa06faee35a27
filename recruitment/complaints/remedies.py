"""What makes good what was found: planned, done by who owes it, verified by the worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault
from recruitment.complaints.words import RemedyKind
from recruitment.costs import CURRENCIES, MOST_AMOUNT

WORDS_LIMIT = 1000

WITH_MONEY = frozenset({RemedyKind.WAGES_PAID, RemedyKind.REPAYMENT, RemedyKind.COMPENSATION})
"""These name an amount, and nobody but the worker says that it came (IRIS 1; Impactt)."""


class RemedyState(StrEnum):
    """How far it is."""

    PLANNED = "planned"
    DONE = "done"
    VERIFIED = "verified"
    DISPUTED = "disputed"
    DROPPED = "dropped"


class RemedyAction(StrEnum):
    """What is done about it."""

    REPORT_DONE = "report-done"
    VERIFY = "verify"
    DISPUTE = "dispute"
    DROP = "drop"


MOVES: Mapping[tuple[RemedyState, RemedyAction], RemedyState] = {
    (RemedyState.PLANNED, RemedyAction.REPORT_DONE): RemedyState.DONE,
    (RemedyState.DISPUTED, RemedyAction.REPORT_DONE): RemedyState.DONE,
    (RemedyState.DONE, RemedyAction.VERIFY): RemedyState.VERIFIED,
    (RemedyState.DONE, RemedyAction.DISPUTE): RemedyState.DISPUTED,
    (RemedyState.VERIFIED, RemedyAction.DISPUTE): RemedyState.DISPUTED,
    (RemedyState.PLANNED, RemedyAction.DROP): RemedyState.DROPPED,
    (RemedyState.DISPUTED, RemedyAction.DROP): RemedyState.DROPPED,
}

COUNTED = frozenset(RemedyState) - {RemedyState.DROPPED}
"""Those that a case waits for."""

UNCONFIRMED = COUNTED - {RemedyState.VERIFIED}
"""What the worker still waits for, whoever says that it was done."""


class Verifier(StrEnum):
    """On whose word it is verified.

    The complainant's own is given under their number and by nobody in their name; what a handler
    heard of them is `telephone`.
    """

    COMPLAINANT = "complainant"
    TELEPHONE = "telephone"
    INSPECTION = "inspection"


@dataclass(frozen=True)
class RemedyPlan:
    """What is to be done, by whom and by when; sealed with the case, but for kind and day."""

    kind: RemedyKind
    due_on: date
    words: str
    amount: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True)
class Remedy:
    """A remedy with how far it is."""

    id: UUID
    complaint: UUID
    plan: RemedyPlan
    state: RemedyState = RemedyState.PLANNED
    verifier: Verifier | None = None
    version: int = 1


def find_faults(plan: RemedyPlan, today: date) -> list[Fault]:
    """What is wrong with a remedy, all at once, by field."""
    faults = []
    if not plan.words.strip():
        faults.append(Fault("missing", "words"))
    elif len(plan.words) > WORDS_LIMIT:
        faults.append(Fault("too-long", "words", {"limit": WORDS_LIMIT}))
    if plan.due_on < today:
        faults.append(Fault("day-is-over", "due_on"))
    if plan.kind in WITH_MONEY and plan.amount is None:
        faults.append(Fault("missing", "amount"))
    if plan.amount is not None:
        faults += _money_faults(plan.amount, plan.currency)
    return faults


def move_remedy(
    remedy: Remedy, action: RemedyAction, verifier: Verifier | None = None
) -> RemedyState:
    """The state after; Conflict where the table has none, or the word is not theirs to give.

    `verifier-missing`: nothing is verified on nobody's word. `verified-by-worker`: an inspection
    sees a mended house, and not whose pocket holds the money.
    """
    if (remedy.state, action) not in MOVES:
        raise Conflict("no-such-remedy-move", status=remedy.state.value, action=action.value)
    money = remedy.plan.kind in WITH_MONEY
    if action is RemedyAction.VERIFY and verifier is None:
        raise Conflict("verifier-missing")
    if action is RemedyAction.VERIFY and money and verifier is Verifier.INSPECTION:
        raise Conflict("verified-by-worker")
    return MOVES[remedy.state, action]


def list_remedy_moves(remedy: Remedy) -> tuple[RemedyAction, ...]:
    """What can be done with it now."""
    return tuple(one for one in RemedyAction if (remedy.state, one) in MOVES)


def list_own_moves(remedy: Remedy) -> tuple[RemedyAction, ...]:
    """What the complainant may say of it now: that it came, or not.

    What others said in their name they may dispute as long as the case runs, and what they said
    themselves: whoever was made to confirm a payment gave the money back, or never had it.
    """
    said = (RemedyAction.VERIFY, RemedyAction.DISPUTE)
    return tuple(one for one in said if (remedy.state, one) in MOVES)


def _money_faults(amount: Decimal, currency: str | None) -> list[Fault]:
    faults = []
    if not amount.is_finite() or amount <= 0:
        faults.append(Fault("amount-not-positive", "amount"))
    elif amount > MOST_AMOUNT:
        faults.append(Fault("too-large", "amount", {"limit": int(MOST_AMOUNT)}))
    if currency not in CURRENCIES:
        faults.append(Fault("not-an-option", "currency"))
    return faults
