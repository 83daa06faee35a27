"""The cost diary: what a worker paid for the job, who owes it back, and how far that has come.

An entry is the worker's own until they ask for the money back: nobody else reads it before. Then
SETRASS reads that entry and no other. No entry, fee or debt is a ground against its worker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from permits.deadlines import legal_day
from permits.errors import Conflict, Fault
from permits.people import PersonId
from recruitment.ethics.words import WORKERS_SIDE, CostCode, Lender, Payer
from recruitment.recruiters import LicenceKey

SOURCE = "IRIS 1; OIT, definición de comisiones de contratación y gastos conexos (2019)"

CURRENCIES = ("HNL", "GTQ", "NIO", "USD", "CAD", "EUR")
"""ISO 4217, of the programmes' countries; all of them have two decimals."""

MOST_ENTRIES = 100
MOST_AMOUNT = Decimal(10_000_000)
NAME_LIMIT, WORDS_LIMIT = 80, 500
MOST_INTEREST = Decimal(1000)
EARLIEST = timedelta(days=3660)


class Phase(StrEnum):
    """When it was paid."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Asker(StrEnum):
    """Who asked for it."""

    EMPLOYER = "employer"
    RECRUITER = "recruiter"
    OFFICIAL = "official"
    OTHER = "other"
    NOBODY = "nobody"


class Way(StrEnum):
    """How it was paid."""

    CASH = "cash"
    TRANSFER = "transfer"
    DEDUCTION = "deduction"
    LOAN = "loan"


class Debtor(StrEnum):
    """Who owes it back."""

    EMPLOYER = "employer"
    RECRUITER = "recruiter"
    AUTHORITY = "authority"


class ClaimStatus(StrEnum):
    """How far the repayment has come; `noted` is seen by the worker alone."""

    NOTED = "noted"
    ASKED = "asked"
    PAID = "paid"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class InspectionReason(StrEnum):
    """Why a labour inspector opens a payment that its worker asked back."""

    COMPLAINT = "complaint"
    ORDERED = "ordered"
    ROUTINE = "routine"


class ClaimAction(StrEnum):
    """What is done about it: PAY by the desk, everything else by the worker."""

    ASK = "ask"
    WITHDRAW = "withdraw"
    PAY = "pay"
    CONFIRM = "confirm"
    DISPUTE = "dispute"


MOVES: Mapping[tuple[ClaimStatus, ClaimAction], ClaimStatus] = {
    (ClaimStatus.NOTED, ClaimAction.ASK): ClaimStatus.ASKED,
    (ClaimStatus.ASKED, ClaimAction.WITHDRAW): ClaimStatus.NOTED,
    (ClaimStatus.ASKED, ClaimAction.PAY): ClaimStatus.PAID,
    (ClaimStatus.DISPUTED, ClaimAction.PAY): ClaimStatus.PAID,
    (ClaimStatus.PAID, ClaimAction.CONFIRM): ClaimStatus.CONFIRMED,
    (ClaimStatus.PAID, ClaimAction.DISPUTE): ClaimStatus.DISPUTED,
}

WORKERS_ACTIONS = frozenset(ClaimAction) - {ClaimAction.PAY}


@dataclass(frozen=True)
class Payment:
    """One payment as the worker tells it: two decimals of `currency` (ISO 4217).

    `asker_name` is what they know of who asked, `words` what they add; either may be "". Told of a
    loan alone: who lent, interest in percent a year, None where not known. `paid_on` is None where
    the worker does not remember the day.
    """

    code: CostCode
    amount: Decimal
    currency: str
    phase: Phase
    payer: Payer
    asker: Asker
    means: Way
    asker_name: str = ""
    words: str = ""
    lender: Lender | None = None
    interest_percent: Decimal | None = None
    repaid_by_wage: bool | None = None
    paid_on: date | None = None


@dataclass(frozen=True)
class Voice:
    """A payment told by voice: the sealed sound's place, its media type, and its sealed key."""

    key: str
    media: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class CostEntry:
    """A payment in a worker's diary, with its receipt's place in the object store, if there is one.

    `licence` is the recruiter against whom an official confirmed it as a fee, None where nobody
    did or where it was the employer. `version` grows with every change.
    """

    id: UUID
    application: UUID
    worker: PersonId
    payment: Payment
    noted_at: datetime
    status: ClaimStatus = ClaimStatus.NOTED
    version: int = 1
    receipt_key: str | None = None
    voice: Voice | None = None
    asked_at: datetime | None = None
    fee_confirmed_at: datetime | None = None
    licence: LicenceKey | None = None

    @property
    def is_private(self) -> bool:
        """Whether its worker alone reads it, and may change and remove it."""
        return self.status is ClaimStatus.NOTED

    @property
    def rate_day(self) -> date:
        """Whose rate of exchange counts: the day of payment, or that of noting it if none is told.

        Nobody remembers every day; the day of noting is the nearest one that is certain.
        """
        return self.payment.paid_on or legal_day(self.noted_at)

    @property
    def has_files(self) -> tuple[bool, bool]:
        """Whether a receipt's photo lies beside it, and whether a voice does."""
        return self.receipt_key is not None, self.voice is not None

    def is_done(self, action: ClaimAction, seen: int) -> bool:
        """Whether a form that showed version `seen` did this already: it is sent again."""
        ends = {after for (_, one), after in MOVES.items() if one is action}
        return self.version == seen + 1 and self.status in ends

    def may(self, action: ClaimAction) -> bool:
        """Whether this can be done now; what an official confirmed is not taken back."""
        if action is ClaimAction.WITHDRAW and self.fee_confirmed_at is not None:
            return False
        return (self.status, action) in MOVES


@dataclass(frozen=True)
class Costs:
    """What counts on a day under a programme (R30, R31): never legitimate, and related costs.

    A rate of exchange counts `rate_days` after its day; a payment is back `repay_days` after it was
    asked for.
    """

    never: frozenset[str]
    related: frozenset[str]
    rate_days: int
    repay_days: int


def find_faults(payment: Payment, today: date) -> list[Fault]:
    """What is wrong with a payment, all at once, by field."""
    faults = []
    if not payment.amount.is_finite() or payment.amount <= 0:
        faults.append(Fault("amount-not-positive", "amount"))
    elif payment.amount > MOST_AMOUNT:
        faults.append(Fault("too-large", "amount", {"limit": int(MOST_AMOUNT)}))
    elif payment.amount != payment.amount.quantize(Decimal("0.01")):
        faults.append(Fault("too-many-decimals", "amount"))
    if payment.currency not in CURRENCIES:
        faults.append(Fault("not-an-option", "currency"))
    if len(payment.asker_name) > NAME_LIMIT:
        faults.append(Fault("too-long", "asker_name", {"limit": NAME_LIMIT}))
    if len(payment.words) > WORDS_LIMIT:
        faults.append(Fault("too-long", "words", {"limit": WORDS_LIMIT}))
    if (payment.means is Way.LOAN) != (payment.lender is not None):
        faults.append(Fault("lender-with-loan", "lender"))
    interest = payment.interest_percent
    if interest is not None and not 0 <= interest <= MOST_INTEREST:
        faults.append(
            Fault("interest-impossible", "interest_percent", {"limit": int(MOST_INTEREST)})
        )
    if payment.paid_on is not None and not today - EARLIEST <= payment.paid_on <= today:
        code = "date-in-future" if payment.paid_on > today else "date-too-old"
        faults.append(Fault(code, "paid_on"))
    return faults


def move(entry: CostEntry, action: ClaimAction) -> ClaimStatus:
    """The status after it; Conflict("no-such-cost-move") where the table has none."""
    if not entry.may(action):
        raise Conflict("no-such-cost-move", status=entry.status.value, action=action.value)
    return MOVES[entry.status, action]


def check_private(entry: CostEntry) -> None:
    """Conflict("cost-asked-back") for changing what SETRASS reads by now."""
    if not entry.is_private:
        raise Conflict("cost-asked-back")


def debtor_of(payment: Payment, costs: Costs) -> Debtor | None:
    """Who owes it back (IRIS 1: the employer pays); None where nobody does by itself.

    Only what the worker's side paid, for fees and related costs. A recruiter owes what it took, an
    authority what its official took; everything else that the job asked for is the employer's,
    whoever it hires through. Food, the way to work of a day and "other" are nobody's debt.
    """
    if payment.payer not in WORKERS_SIDE or payment.code not in costs.never | costs.related:
        return None
    if payment.asker is Asker.RECRUITER:
        return Debtor.RECRUITER
    return Debtor.AUTHORITY if payment.asker is Asker.OFFICIAL else Debtor.EMPLOYER


def is_fee(payment: Payment, costs: Costs) -> bool:
    """Whether nobody may ever take it (R30), and the worker's side paid."""
    return payment.payer in WORKERS_SIDE and payment.code in costs.never


@dataclass(frozen=True)
class Owed:
    """What one owes to one worker, in the currency in which it was paid."""

    debtor: Debtor
    currency: str
    amount: Decimal


def list_owed(
    entries: Sequence[CostEntry], costs: Costs, came: Mapping[UUID, Decimal]
) -> tuple[Owed, ...]:
    """What is still owed by whom; what the worker confirmed as received is not any more.

    `came` is what they confirmed of a payment that is not repaid yet.
    """
    sums: dict[tuple[Debtor, str], Decimal] = {}
    for entry in entries:
        debtor = debtor_of(entry.payment, costs)
        if debtor is not None and entry.status is not ClaimStatus.CONFIRMED:
            key = debtor, entry.payment.currency
            left = entry.payment.amount - came.get(entry.id, Decimal(0))
            sums[key] = sums.get(key, Decimal(0)) + left
    return tuple(
        Owed(debtor, currency, sums[debtor, currency]) for debtor, currency in sorted(sums)
    )
