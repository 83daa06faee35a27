"""What the rules look at, a value an object; None is what nobody has told, and never passes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from permits.wages import EmployerSize, WageUnit
from recruitment.ethics.cost_facts import CostFacts as CostFacts
from recruitment.ethics.cost_facts import CostItem as CostItem
from recruitment.ethics.words import (
    Clause,
    Contact,
    ContractTerm,
    DeductionKind,
    HousingItem,
    Indicator,
    Lender,
    Requirement,
    ReturnTransport,
    Shift,
    Subject,
    Weighed,
)


@dataclass(frozen=True)
class VacancyFacts:
    """A vacancy. Money is `currency` (ISO 4217), the wage for one `unit`.

    `fees_charged`: what the employer declares of fees for the worker. `worker_pays` is the sum of
    the costs that the offer leaves to the worker. `working_days` are those between the first and
    the last day, `guaranteed_days` those paid in any case. `attested_minimum_per_day` is the
    minimum of another country as its mission attests it, in `currency`. `median_wage` is what half
    of the sector earns for the same unit. `quota_left`: free places in the narrowest quota.
    `special_stay`: INM's special stay permit is granted or asked for. `text` is all that it says.
    """

    fees_charged: bool | None = None
    worker_pays: Decimal | None = None
    wage: Decimal | None = None
    currency: str | None = None
    unit: WageUnit | None = None
    unit_kg: Decimal | None = None
    hours_per_day: Decimal | None = None
    employer_size: EmployerSize | None = None
    tops_up: bool | None = None
    attested_minimum_per_day: Decimal | None = None
    median_wage: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    working_days: int | None = None
    guaranteed_days: int | None = None
    places: int | None = None
    quota_left: int | None = None
    special_stay: bool | None = None
    requirements: frozenset[Requirement] | None = None
    contacts: frozenset[Contact] | None = None
    text: str | None = None


@dataclass(frozen=True)
class Deduction:
    """What is taken from the wage, a month, in the contract's currency; `consent` in writing."""

    kind: DeductionKind
    per_month: Decimal
    consent: bool | None = None


@dataclass(frozen=True)
class AgreedTerms:
    """The terms whose change for the worse is a substitution (R16); `deductions` a month.

    `promised` tells of whatever else was promised (a bed, the way back, days of rest) how much: a
    number that grows with what it is worth to the worker.
    """

    wage: Decimal
    currency: str
    unit: WageUnit
    hours_per_day: Decimal
    place: str
    job: str
    starts_on: date
    ends_on: date
    deductions: Decimal
    promised: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class ContractFacts:
    """A contract and the worker whom it is for.

    `hours_by_day` are all hours of work of seven days, 0 on a day of rest. `clauses` is what a
    reader has marked, None while nobody has read it. `fixed_form`: all but `text` is fixed terms,
    in which no such clause stands. `languages` are those of its versions (ISO 639-3); the worker
    understands and reads those named, `reads` being empty for who reads none. `heard_in` is the
    language in which it was read aloud. `approved` and `delivered` are both versions with their
    SHA-256, `others` the terms that differ and that no order weighs, `looked` what a person said of
    them, `reported` what was other on arrival.
    """

    hours_by_day: tuple[Decimal, ...] | None = None
    shift: Shift | None = None
    overtime_premium_percent: int | None = None
    wage_per_month: Decimal | None = None
    currency: str | None = None
    deductions: tuple[Deduction, ...] | None = None
    clauses: frozenset[Clause] | None = None
    text: str | None = None
    fixed_form: bool = False
    approved_sha256: str | None = None
    delivered_sha256: str | None = None
    approved: AgreedTerms | None = None
    delivered: AgreedTerms | None = None
    others: frozenset[str] | None = None
    looked: Weighed | None = None
    reported: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    understands: frozenset[str] | None = None
    reads: frozenset[str] | None = None
    read_aloud: bool | None = None
    heard_in: str | None = None
    accepted_at: datetime | None = None
    travels_at: datetime | None = None
    stated: frozenset[ContractTerm] | None = None


@dataclass(frozen=True)
class Inspection:
    """One look at the housing: for how many it is, and what failed and is not put right."""

    on: date
    capacity: int
    open_items: int


@dataclass(frozen=True)
class Waiver:
    """By how many points of 100 the executive moved the shares of Art. 11, until a day."""

    points: int
    ends_on: date


@dataclass(frozen=True)
class EmployerFacts:
    """An employer. Payrolls are a month, in one currency; staff with the workers to come.

    `registered` (RNSP/SIHCAL) and `tax_active` (RTN) are None while no registry has answered.
    `upheld_grave` and `upheld_serious` are complaints of severity S1 and S2 upheld and open;
    `complaints` are those of the last twelve months.
    """

    lives_in: bool | None = None
    workers_housed: int | None = None
    season_starts_on: date | None = None
    inspections: tuple[Inspection, ...] | None = None
    checklist: Mapping[HousingItem, bool] | None = None
    toilets: int | None = None
    showers: int | None = None
    return_transport: ReturnTransport | None = None
    foreigners: int | None = None
    headcount: int | None = None
    foreign_payroll: Decimal | None = None
    payroll: Decimal | None = None
    waivers: tuple[Waiver, ...] | None = None
    upheld_grave: int | None = None
    upheld_serious: int | None = None
    unpaid_fines: int | None = None
    complaints: int | None = None
    registered: bool | None = None
    tax_active: bool | None = None
    located: bool | None = None
    grows_coffee: bool | None = None
    coffee_key: bool | None = None


@dataclass(frozen=True)
class Licence:
    """A recruiter's licence, both days included; the stretches within which it was suspended."""

    starts_on: date
    ends_on: date
    suspended: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class RecruiterFacts:
    """A recruiter: licences of every registry that was asked, () where none knows it.

    `window_starts_on` and `window_ends_on` are the days of recruiting. `agents_registered` tells
    of each sub-agent of the chain. `answers` are workers asked about fees and terms, `different`
    those who told something else than was declared.
    """

    window_starts_on: date | None = None
    window_ends_on: date | None = None
    licences: tuple[Licence, ...] | None = None
    agents_registered: tuple[bool | None, ...] | None = None
    answers: int | None = None
    different: int | None = None


@dataclass(frozen=True)
class Loan:
    """A loan taken to get the job; interest in percent a year."""

    lender: Lender
    interest_percent: Decimal | None = None
    repaid_by_wage: bool | None = None


@dataclass(frozen=True)
class WorkerFacts:
    """A worker. `identity_mismatch` is what `permits.eligibility` found comparing the papers.

    `looks_like_child` is the mark of an agent; `cleared` says that an official has looked into it.
    """

    date_of_birth: date | None = None
    starts_on: date | None = None
    identity_mismatch: bool | None = None
    looks_like_child: bool | None = None
    cleared: bool = False
    loans: tuple[Loan, ...] | None = None


@dataclass(frozen=True)
class CheckInFacts:
    """Answers of one check-in; `paid` and `due` are of the last period, in one currency.

    `told_unpaid` and `told_less` are the worker's own word, where nobody has counted: no pay so
    many days after pay day, or less than agreed. `paid_otherwise`: in a unit or a currency that
    does not let it be compared with what was agreed.
    """

    document_held: bool | None = None
    cannot_leave: bool | None = None
    guarded: bool | None = None
    phone_taken: bool | None = None
    violence: bool | None = None
    harassment: bool | None = None
    threatened: bool | None = None
    days_since_pay: int | None = None
    pay_period_days: int | None = None
    paid: Decimal | None = None
    due: Decimal | None = None
    paid_otherwise: bool | None = None
    told_unpaid: bool | None = None
    told_less: bool | None = None


@dataclass(frozen=True)
class Report:
    """One indicator of forced labour, told by one worker (a token, never a name) on a day."""

    worker: str
    indicator: Indicator
    on: date


@dataclass(frozen=True)
class FarmFacts:
    """A farm: who lives and works there. `entered_for` and `authorised_for` are employers' ids.

    `reports` are the indicators that its workers told, all dates.
    """

    reports: tuple[Report, ...] | None = None
    minors: int | None = None
    care_arranged: bool | None = None
    entered_for: str | None = None
    authorised_for: frozenset[str] | None = None
    change_requested: bool | None = None


SUBJECTS: Mapping[type, Subject] = {
    VacancyFacts: Subject.VACANCY,
    ContractFacts: Subject.CONTRACT,
    EmployerFacts: Subject.EMPLOYER,
    RecruiterFacts: Subject.RECRUITER,
    WorkerFacts: Subject.WORKER,
    CostFacts: Subject.COSTS,
    CheckInFacts: Subject.CHECK_IN,
    FarmFacts: Subject.FARM,
}
"""Each kind of facts and the thing it is about."""
