"""The papers of the way abroad: which there are, who paid each and how much, and the insurance.

What the worker's side paid is a payment of their diary (R30, R31), theirs alone until they ask it
back. An insurance (W25) is a paper with its insurer, its number and the days that it covers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault
from permits.people import PersonId
from permits.programmes import Programme, in_force
from recruitment.costs import Asker, Payment, Phase, Way
from recruitment.costs import find_faults as find_payment_faults
from recruitment.ethics.words import WORKERS_SIDE, CostCode, Payer

INSURER_LIMIT, NUMBER_LIMIT = 80, 40
EARLIEST = timedelta(days=3660)
"""A passport may be ten years old, and nothing is older."""

LONGEST_COVER = timedelta(days=1098)


ASKED = "insurance_days"
"""The threshold of a programme's file: so many days before the work it is asked for, if at all."""


class TravelPaperKind(StrEnum):
    """What a way abroad asks for."""

    PASSPORT = "passport"
    CLEARANCE = "clearance"
    MEDICAL = "medical"
    TEST = "test"
    VISA = "visa"
    WORK_PERMIT = "work-permit"
    TICKET = "ticket"
    INSURANCE = "insurance"


COST_OF: Mapping[TravelPaperKind, CostCode] = {
    TravelPaperKind.PASSPORT: CostCode.ADMIN_PASSPORT,
    TravelPaperKind.CLEARANCE: CostCode.ADMIN_CLEARANCE,
    TravelPaperKind.MEDICAL: CostCode.MEDICAL,
    TravelPaperKind.TEST: CostCode.TEST,
    TravelPaperKind.VISA: CostCode.ADMIN_VISA,
    TravelPaperKind.WORK_PERMIT: CostCode.ADMIN_PERMIT,
    TravelPaperKind.TICKET: CostCode.TRAVEL_IN,
    TravelPaperKind.INSURANCE: CostCode.INSURANCE,
}
"""What each costs, in the words of the ILO's definition: none of it is the worker's to bear."""


class PaperSource(StrEnum):
    """Who says that the paper is there."""

    WORKER = "worker"
    OFFICIAL = "official"


@dataclass(frozen=True)
class Cover:
    """Who insures, under which number, on which days; both count."""

    insurer: str
    number: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Told:
    """What somebody says of a paper: `got_on` is its day, `amount` (two decimals) what it cost.

    The amount may be left out where neither the worker nor the family paid.
    """

    kind: TravelPaperKind
    got_on: date
    payer: Payer
    amount: Decimal | None = None
    currency: str = ""
    cover: Cover | None = None


@dataclass(frozen=True)
class TravelPaper:
    """One paper as it is kept; `cost` is the payment in the diary, None where somebody else paid.

    `told.amount` is None where it stands in the diary. `version` grows with every change.
    """

    application: UUID
    worker: PersonId
    told: Told
    source: PaperSource
    noted_by: PersonId
    noted_at: datetime
    cost: UUID | None = None
    version: int = 1


def find_faults(told: Told, today: date) -> list[Fault]:
    """What is wrong with what was said, all at once, by field."""
    faults = []
    if told.got_on > today:
        faults.append(Fault("date-in-future", "got_on"))
    elif told.got_on < today - EARLIEST:
        faults.append(Fault("paper-long-ago", "got_on"))
    if told.amount is not None:
        faults += [
            one
            for one in find_payment_faults(payment_of(told), today)
            if one.field in {"amount", "currency"}
        ]
    elif told.payer in WORKERS_SIDE:
        faults.append(Fault("paper-without-amount", "amount"))
    return [*faults, *_cover_faults(told)]


def _cover_faults(told: Told) -> Iterable[Fault]:
    cover = told.cover
    if told.kind is not TravelPaperKind.INSURANCE:
        return
    if cover is None:
        yield Fault("insurance-untold", "insurer")
        return
    if len(cover.insurer) > INSURER_LIMIT:
        yield Fault("too-long", "insurer", {"limit": INSURER_LIMIT})
    if len(cover.number) > NUMBER_LIMIT:
        yield Fault("too-long", "policy", {"limit": NUMBER_LIMIT})
    if cover.last_day < cover.first_day:
        yield Fault("cover-reversed", "covers_until")
    elif cover.last_day - cover.first_day > LONGEST_COVER:
        yield Fault("cover-too-long", "covers_until")


def payment_of(told: Told, before: Payment | None = None) -> Payment:
    """The payment as the diary keeps it; what its worker told beside stays as it was."""
    amount = told.amount if told.amount is not None else Decimal(0)
    if before is not None:
        code = COST_OF[told.kind]
        return replace(before, code=code, amount=amount, currency=told.currency, payer=told.payer)
    return Payment(
        COST_OF[told.kind],
        amount,
        told.currency,
        Phase.BEFORE,
        told.payer,
        Asker.NOBODY,
        Way.CASH,
    )


def check_official(kind: TravelPaperKind) -> None:
    """Officials write down the insurance alone; Conflict: what else was paid is the worker's."""
    if kind is not TravelPaperKind.INSURANCE:
        raise Conflict("paper-of-worker")


def is_covered(papers: Iterable[TravelPaper], first_day: date, last_day: date) -> bool:
    """Whether insurances together leave no day of the way uncovered, from the first to the last."""
    covers = [one.told.cover for one in papers if one.told.cover is not None]
    day = first_day
    for cover in sorted(covers, key=lambda one: one.first_day):
        if cover.first_day <= day <= cover.last_day:
            day = cover.last_day + timedelta(days=1)
    return day > last_day


def lacks_insurance(
    papers: Iterable[TravelPaper], programme: Programme, first: date, last: date, today: date
) -> bool:
    """Whether a programme asks for an insurance by today, and a day that is left has none.

    `first` and `last` are the days of the permit. False where no programme asks.
    """
    versions = programme.versions.thresholds.get(ASKED)
    if not versions or today > last:
        return False
    ahead = timedelta(days=int(in_force(versions, today).value))
    return first - ahead <= today and not is_covered(papers, max(first, today), last)
