"""A payslip: what was worked, paid and taken, version by version; nothing is overwritten."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from permits.errors import Conflict, Fault
from permits.people import PersonId
from permits.wages import PIECE_UNITS, WageUnit
from recruitment.ethics.words import DeductionKind

LONGEST_PERIOD = 31
"""Days of a period at most: a month is the longest between two pay days that a contract knows."""

LONGEST_WORDS = 300
MOST_MONEY = Decimal(1_000_000)
CENT = Decimal("0.01")


class Line(StrEnum):
    """What a worker may contest of a payslip, line by line."""

    DAYS = "days"
    UNITS = "units"
    RATE = "rate"
    TOP_UP = "top-up"
    OVERTIME = "overtime"
    DEDUCTIONS = "deductions"
    PAID_ON = "paid-on"
    PAID = "paid"


class Answer(StrEnum):
    """What a worker says of a payslip."""

    ACKNOWLEDGED = "acknowledged"
    CONTESTED = "contested"


@dataclass(frozen=True)
class Taken:
    """What was taken from the wage, and whether the worker agreed to it in writing."""

    kind: DeductionKind
    amount: Decimal
    consent: bool = False


@dataclass(frozen=True)
class Slip:
    """What a payslip says. Money is `currency` (ISO 4217); both days of the period count.

    `units` were paid at `rate` each: latas, hours, days or a month. `top_up` completes the minimum
    of the days, `overtime_pay` is for `overtime_hours`. `paid_on` is None while nothing is paid.
    """

    first_day: date
    last_day: date
    currency: str
    days: int
    unit: WageUnit
    units: Decimal
    rate: Decimal
    top_up: Decimal = Decimal(0)
    overtime_hours: Decimal = Decimal(0)
    overtime_pay: Decimal = Decimal(0)
    taken: tuple[Taken, ...] = ()
    paid_on: date | None = None

    @property
    def period_days(self) -> int:
        """Days from the first to the last, both counted."""
        return (self.last_day - self.first_day).days + 1

    @property
    def earned(self) -> Decimal:
        """Units times rate, to the cent."""
        return (self.units * self.rate).quantize(CENT, ROUND_HALF_UP)

    @property
    def gross(self) -> Decimal:
        """All that the work earned, before anything is taken."""
        return self.earned + self.top_up + self.overtime_pay

    @property
    def deducted(self) -> Decimal:
        """All that was taken."""
        return sum((one.amount for one in self.taken), Decimal(0))

    @property
    def net(self) -> Decimal:
        """What the worker gets in the hand."""
        return self.gross - self.deducted

    @property
    def is_by_piece(self) -> bool:
        """Whether it is paid by weight."""
        return self.unit in PIECE_UNITS


@dataclass(frozen=True)
class Contested:
    """One line with the worker's own count ("" where they have none)."""

    line: Line
    own: str


@dataclass(frozen=True)
class WorkersAnswer:
    """What the worker said of one version, and what the employer answered ("" while nothing)."""

    answer: Answer
    answered_at: datetime
    lines: tuple[Contested, ...] = ()
    words: str = ""
    reply: str = ""
    replied_at: datetime | None = None

    def says_as(self, other: "WorkersAnswer") -> bool:
        """Whether it is the same word, whenever it was said and whatever was replied."""
        said = (self.answer, self.lines, self.words)
        return said == (other.answer, other.lines, other.words)


@dataclass(frozen=True)
class Payslip:
    """One version of the payslip of a worker and period; `digest` is the SHA-256 of its content."""

    application: UUID
    worker: PersonId
    vacancy: UUID
    employer: UUID
    version: int
    slip: Slip
    digest: str
    written_at: datetime
    answer: WorkersAnswer | None = None

    @property
    def is_contested(self) -> bool:
        """Whether the worker does not agree, and nothing newer was written."""
        return self.answer is not None and self.answer.answer is Answer.CONTESTED


def find_faults(slip: Slip, today: date) -> list[Fault]:
    """What cannot be meant, all at once; what is unlawful is written down and found."""
    faults = []
    if slip.last_day < slip.first_day:
        faults.append(Fault("dates-reversed", "last_day"))
    elif slip.period_days > LONGEST_PERIOD:
        faults.append(Fault("period-too-long", "last_day", {"limit": LONGEST_PERIOD}))
    if slip.last_day > today:
        faults.append(Fault("date-in-future", "last_day"))
    if slip.paid_on is not None and slip.paid_on > today:
        faults.append(Fault("date-in-future", "paid_on"))
    if not 0 <= slip.days <= max(slip.period_days, 0):
        faults.append(Fault("days-beyond-period", "days", {"limit": max(slip.period_days, 0)}))
    elif slip.days == 0 and (slip.units or slip.overtime_hours):
        # The minimum is owed for days: who tells none would owe none.
        faults.append(Fault("days-missing", "days"))
    wrong = [name for name in NUMBERS if not 0 <= getattr(slip, name) <= MOST_MONEY]
    wrong += [one.kind.value for one in slip.taken if not 0 < one.amount <= MOST_MONEY]
    faults += [Fault("amount-impossible", name) for name in wrong]
    if not faults and slip.deducted > slip.gross:
        faults.append(Fault("taken-beyond-wage", "deductions"))
    return faults


def find_overlaps(slip: Slip, known: Sequence[Slip], others: Sequence[Slip] = ()) -> list[Fault]:
    """A day is paid by one payslip; one of the same first day is a newer version of it.

    `others` are payslips of another employer, of which nobody else writes a version.
    """
    beside = [one for one in known if one.first_day != slip.first_day]
    if any(_meet(slip, one) for one in (*beside, *others)):
        return [Fault("period-overlaps", "first_day")]
    return []


def _meet(one: Slip, other: Slip) -> bool:
    return one.first_day <= other.last_day and other.first_day <= one.last_day


def find_answer_faults(answer: Answer, lines: Sequence[Contested], words: str) -> list[Fault]:
    """Who contests says which line."""
    faults = []
    if answer is Answer.CONTESTED and not lines:
        faults.append(Fault("missing", "lines"))
    if len(words) > LONGEST_WORDS:
        faults.append(Fault("too-long", "words", {"limit": LONGEST_WORDS}))
    return faults


def check_answerable(newest: Payslip, seen: int) -> None:
    """A worker answers the newest version, once; Conflict otherwise.

    Whoever has acknowledged may still contest: a mistake is often found at home.
    """
    if newest.version != seen:
        raise Conflict("payslip-changed")
    if newest.is_contested:
        raise Conflict("payslip-answered")


def content_of(slip: Slip) -> str:
    """The canonical JSON of a payslip."""
    return json.dumps(plain(slip), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: str) -> str:
    """The SHA-256 of a content in hex."""
    return sha256(content.encode()).hexdigest()


def plain(slip: Slip) -> dict[str, Any]:
    """A payslip as JSON keeps it."""
    return {
        "first_day": slip.first_day.isoformat(),
        "last_day": slip.last_day.isoformat(),
        "currency": slip.currency,
        "days": slip.days,
        "unit": slip.unit.value,
        **{name: f"{getattr(slip, name):.2f}" for name in NUMBERS},
        "taken": [[one.kind.value, f"{one.amount:.2f}", one.consent] for one in slip.taken],
        "paid_on": slip.paid_on.isoformat() if slip.paid_on else None,
    }


NUMBERS = ("units", "rate", "top_up", "overtime_hours", "overtime_pay")


def read_slip(told: Mapping[str, Any]) -> Slip:
    """The inverse of `plain`."""
    return Slip(
        date.fromisoformat(told["first_day"]),
        date.fromisoformat(told["last_day"]),
        told["currency"],
        told["days"],
        WageUnit(told["unit"]),
        Decimal(told["units"]),
        Decimal(told["rate"]),
        Decimal(told["top_up"]),
        Decimal(told["overtime_hours"]),
        Decimal(told["overtime_pay"]),
        tuple(
            Taken(DeductionKind(kind), Decimal(amount), consent)
            for kind, amount, consent in told["taken"]
        ),
        date.fromisoformat(told["paid_on"]) if told["paid_on"] else None,
    )
