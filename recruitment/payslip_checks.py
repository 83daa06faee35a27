"""What the rules find in a payslip: the minimum, what was agreed, hours, deductions, and delay."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from permits.findings import Finding, Severity
from permits.offers import Offer
from permits.programmes import Programme
from permits.wages import (
    DAYS_OF_MONTH,
    ORDINARY_HOURS,
    PIECE_UNITS,
    MinimumWage,
    WageUnit,
    find_minimum,
)
from recruitment.ethics.check_ins import PAID
from recruitment.ethics.deductions import DEDUCTIONS, IN_KIND
from recruitment.ethics.facts import CheckInFacts, ContractFacts, Deduction
from recruitment.ethics.hours import PREMIUM
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import GRAVEST_FIRST
from recruitment.ethics.words import DeductionKind
from recruitment.exchange_rates import BASE, Rates, convert
from recruitment.payslips import CENT, Slip, Taken

BELOW_MINIMUM = "paid-below-minimum"
UNPAID = "unpaid"
FINDING_CODES = frozenset({BELOW_MINIMUM})
"""Every code of this room, for the table of words."""

FIRST_MONTH = timedelta(days=30)
LEAST_KNOWN_DAYS = 25
"""So many of the first thirty days must be on payslips before they tell a month (not law)."""


@dataclass(frozen=True)
class Agreed:
    """What was agreed: the offer of the contract, and the minimum that counts on a day.

    `rates` tell what pay in another currency is worth; one counts `rate_days` after
    its day (R31). `consented` is what the worker said that may be deducted a month, by kind: 0
    where they said no, and without the kind where nobody asked them.
    """

    offer: Offer
    minimum: MinimumWage | None
    rates: Rates = field(default_factory=Rates)
    rate_days: int = 0
    consented: Mapping[DeductionKind, Decimal] = field(default_factory=dict)

    @property
    def minimum_per_day(self) -> Decimal | None:
        """In lempiras; None where nobody knows one, or the pay is in another currency."""
        if self.minimum is None or self.offer.currency != "HNL":
            return None
        return self.minimum.per_day_hnl


@dataclass(frozen=True)
class WageFacts:
    """What R34 looks at of a worker's pay; `paid` and `due` before deductions, in one currency.

    Both are None where something was paid that nobody can compare with what was agreed.
    """

    days_since_pay: int
    pay_period_days: int
    paid: Decimal | None
    due: Decimal | None
    currency: str

    @property
    def is_otherwise(self) -> bool:
        """Whether it was paid in a unit or a currency that does not let it be compared."""
        return self.due is None


def agreed_on(
    offer: Offer, programme: Programme, wages: Collection[MinimumWage], on: date
) -> Agreed:
    """What a contract's offer promises, with the minimum of a day."""
    sector = programme.wage_sector
    minimum = find_minimum(wages, sector, offer.employer_size, on) if sector else None
    return Agreed(offer, minimum)


def least_pay(slip: Slip, agreed: Agreed) -> Decimal | None:
    """The minimum of the days that were worked, in lempiras to the cent; None where not known."""
    if agreed.minimum is None:
        return None
    return (agreed.minimum.per_day_hnl * slip.days).quantize(CENT, ROUND_HALF_UP)


def wage_facts(slip: Slip, agreed: Agreed, today: date) -> WageFacts:
    """What R34 asks of a payslip, in the currency that was agreed.

    Due is the agreed rate for what was delivered, completed to the minimum where that was agreed,
    and the overtime as it was written. Pay in another currency counts by the rate of its day.
    """
    offer = agreed.offer
    since = ((slip.paid_on or today) - slip.first_day).days + 1
    paid, overtime = (
        _worth(one, slip, offer.currency, agreed) for one in (slip.gross, slip.overtime_pay)
    )
    ordinary = _due_for(slip, offer)
    if ordinary is None or paid is None or overtime is None:
        return WageFacts(since, slip.period_days, None, None, offer.currency)
    least = least_pay(slip, agreed) if offer.currency == BASE else None
    if offer.tops_up and least is not None:
        ordinary = max(ordinary, least)
    due = ordinary + overtime
    return WageFacts(since, slip.period_days, paid if slip.paid_on else due, due, offer.currency)


def _due_for(slip: Slip, offer: Offer) -> Decimal | None:
    """What was agreed for the units of a payslip; None where another unit tells no agreed one.

    Who agreed to be paid for time is owed the days that the payslip tells, whatever was picked in
    them; hours by the ordinary day. A payslip does not tell what a measure of piece work weighs.
    """
    if slip.unit is offer.unit:
        return (slip.units * offer.wage).quantize(CENT, ROUND_HALF_UP)
    if offer.unit in PIECE_UNITS:
        return None
    days = Decimal(slip.days)
    if slip.unit is WageUnit.HOUR and offer.hours_per_day:
        days = min(slip.units / offer.hours_per_day, days)
    by_day = {
        WageUnit.HOUR: offer.wage * offer.hours_per_day,
        WageUnit.DAY: offer.wage,
        WageUnit.MONTH: offer.wage / DAYS_OF_MONTH,
    }
    return (days * by_day[offer.unit]).quantize(CENT, ROUND_HALF_UP)


def _worth(amount: Decimal, slip: Slip, currency: str, agreed: Agreed) -> Decimal | None:
    """An amount of a payslip in another currency, on the day that it was paid, or else written."""
    day = slip.paid_on or slip.last_day
    found = convert(amount, slip.currency, currency, day, agreed.rates, agreed.rate_days)
    return found.amount if found else None


def judge(slip: Slip, agreed: Agreed, parameters: Parameters, today: date) -> tuple[Finding, ...]:
    """Everything that is found, the gravest first; what a payslip does not have is not asked."""
    found = [
        *find_below_minimum(slip, agreed),
        *_as_agreed(slip, agreed, parameters, today),
        *_contract_rules(slip, agreed, parameters, today),
    ]
    return tuple(sorted(found, key=lambda one: GRAVEST_FIRST.index(one.severity)))


def is_late(findings: Collection[Finding]) -> bool:
    """Whether R34 has found already that it is not paid in time."""
    return any(one.code == UNPAID for one in findings)


def check_in_facts(told: CheckInFacts, counted: WageFacts | None) -> CheckInFacts:
    """What a worker says of the pay, with what the last payslip tells of it (R34)."""
    if counted is None:
        return told
    return replace(
        told,
        days_since_pay=counted.days_since_pay,
        pay_period_days=counted.pay_period_days,
        paid=counted.paid,
        due=counted.due,
        paid_otherwise=counted.is_otherwise,
    )


def find_late(slip: Slip, parameters: Parameters, today: date) -> Finding | None:
    """R34 of a payslip that says that nothing was paid yet, as of today; None where it was.

    It is judged when it is written, and becomes late by waiting.
    """
    if slip.paid_on is not None:
        return None
    facts = CheckInFacts(
        days_since_pay=(today - slip.first_day).days + 1,
        pay_period_days=slip.period_days,
        paid=Decimal(0),
        due=Decimal(0),
    )
    return PAID(facts, parameters, today)


def month_earned(slips: Sequence[Slip]) -> tuple[Decimal, str] | None:
    """What the first month of work really earned, in its currency; None while too little is known.

    The first thirty days from the first day that a payslip tells of; of a period that reaches
    beyond, its part. Twenty-five days must be told; the missing ones are taken as the others.
    """
    paid = sorted((one for one in slips if one.paid_on), key=lambda one: one.first_day)
    if not paid or len({one.currency for one in paid}) > 1:
        return None
    end = paid[0].first_day + FIRST_MONTH
    earned, days = Decimal(0), 0
    for one in paid:
        within = min((end - one.first_day).days, one.period_days)
        if within > 0:
            earned += one.gross * within / one.period_days
            days += within
    if days < LEAST_KNOWN_DAYS:
        return None
    month = (earned * FIRST_MONTH.days / days).quantize(CENT, ROUND_HALF_UP)
    return (month, paid[0].currency) if month else None


def find_below_minimum(slip: Slip, agreed: Agreed) -> Sequence[Finding]:
    """The days' minimum, without the overtime that is paid beside it (R06 and R07, as paid).

    It is asked again where a table of minimum wages reaches back: one finding, or none.
    """
    least, minimum = least_pay(slip, agreed), agreed.minimum
    ordinary = _worth(slip.earned + slip.top_up, slip, BASE, agreed)
    if least is None or minimum is None or ordinary is None or ordinary >= least:
        return ()
    facts: dict[str, str | int] = {"limit": str(least), "lacking": str(least - ordinary)}
    confirmed = not minimum.derived
    return [Finding(BELOW_MINIMUM, Severity.BLOCK, minimum.source, confirmed, "top_up", facts)]


def _as_agreed(
    slip: Slip, agreed: Agreed, parameters: Parameters, today: date
) -> Sequence[Finding]:
    told = wage_facts(slip, agreed, today)
    found = PAID(check_in_facts(CheckInFacts(), told), parameters, today)
    return [found] if found else ()


def _contract_rules(
    slip: Slip, agreed: Agreed, parameters: Parameters, today: date
) -> Sequence[Finding]:
    """R11 where overtime was worked; R12 and R13 on what was really taken, turned into a month."""
    premium = _premium_percent(slip)
    found = []
    if premium is not None:
        facts = ContractFacts(overtime_premium_percent=premium)
        found.append(PREMIUM(facts, parameters, today))
    if slip.taken and slip.gross:
        a_month = Decimal(DAYS_OF_MONTH) / slip.period_days
        facts = ContractFacts(
            deductions=tuple(
                Deduction(one.kind, one.amount * a_month, _consent(one, agreed))
                for one in slip.taken
            ),
            wage_per_month=slip.gross * a_month,
            currency=slip.currency,
        )
        found += [DEDUCTIONS(facts, parameters, today), IN_KIND(facts, parameters, today)]
    return [one for one in found if one is not None]


def _consent(taken: Taken, agreed: Agreed) -> bool:
    """The worker's own word in the contract, up to what a month takes; else the employer's tick."""
    if taken.kind in agreed.consented:
        return taken.amount <= agreed.consented[taken.kind]
    return taken.consent


def _premium_percent(slip: Slip) -> int | None:
    """How much more an hour of overtime paid than an ordinary one; None where none was worked."""
    if not slip.overtime_hours:
        return None
    if slip.unit is WageUnit.HOUR:
        ordinary = slip.rate
    elif slip.days:
        ordinary = (slip.earned + slip.top_up) / slip.days / ORDINARY_HOURS
    else:
        return None
    if not ordinary:
        return None
    return int((slip.overtime_pay / slip.overtime_hours / ordinary - 1) * 100)
