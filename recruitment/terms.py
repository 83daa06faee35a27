"""The terms of a vacancy beside its offer: what R19 asks to be told, and what the rules look at."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from permits.errors import Fault
from permits.offers import Offer
from recruitment.ethics.facts import EmployerFacts, VacancyFacts, Waiver
from recruitment.ethics.words import Contact, ContractTerm, Requirement, ReturnTransport, Shift
from recruitment.hirers import UNKNOWN, Hirer, count_kind
from recruitment.housing import facts_of_housing
from recruitment.standings import MeasureKind, count_complaints

LONGEST_TASKS = 600
"""Characters of the tasks in one language."""

MOST_NOTICE_DAYS = 60
MOST_STAFF = 100_000
MOST_PREMIUM = 500
"""Percent above an ordinary hour: more is a slip of the keyboard."""


class PayDay(StrEnum):
    """When the wage is paid."""

    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class RestDay(StrEnum):
    """The day of rest of each week; `agreed`: another each week, told beforehand."""

    SUNDAY = "sunday"
    SATURDAY = "saturday"
    AGREED = "agreed"


class Insurance(StrEnum):
    """Who pays for an accident or an illness; `none` is told to the worker as it is."""

    IHSS = "ihss"
    PRIVATE = "private"
    PUBLIC_ABROAD = "public-abroad"
    NONE = "none"


class Grievance(StrEnum):
    """Where a worker complains first; SETRASS hears everybody in any case."""

    EMPLOYER = "employer"
    SETRASS = "setrass"
    CONSULATE = "consulate"


@dataclass(frozen=True)
class Terms:
    """What an employer tells of the work beside the offer; None is what nobody has told yet.

    `tasks_es` and `tasks_en` are the employer's own words in both languages; everything else is
    a fixed term that translates itself. `arrival` and `way_back`: how far the employer pays the
    journey. `notice_days`: either side ends the work with so many days of notice, for nothing.
    `overtime_premium_percent`: how much more an hour of overtime pays than an ordinary one.
    `housing_deducted` and `food_deducted`: taken from the wage of a month, in its currency, and
    `deducted_in_writing`: only from whoever agrees to that apart, in writing; once a worker has
    agreed to a contract their own answer counts and this no more (R13).
    `fees_charged` to `special_stay` as in `VacancyFacts`. `foreigners` to `payroll` as in
    `EmployerFacts`: persons, and lempiras a month.
    """

    tasks_es: str = ""
    tasks_en: str = ""
    pay_day: PayDay | None = None
    rest_day: RestDay | None = None
    shift: Shift | None = None
    arrival: ReturnTransport | None = None
    way_back: ReturnTransport | None = None
    insurance: Insurance | None = None
    notice_days: int | None = None
    grievance: Grievance | None = None
    guaranteed_days: int | None = None
    fees_charged: bool | None = None
    worker_pays: Decimal | None = None
    overtime_premium_percent: int | None = None
    housing_deducted: Decimal | None = None
    food_deducted: Decimal | None = None
    deducted_in_writing: bool | None = None
    requirements: frozenset[Requirement] | None = None
    contacts: frozenset[Contact] | None = None
    special_stay: bool | None = None
    foreigners: int | None = None
    headcount: int | None = None
    foreign_payroll: Decimal | None = None
    payroll: Decimal | None = None


@dataclass(frozen=True)
class Counted:
    """What the service looks up for a vacancy: the other vacancies, the quotas, the waivers.

    `wanted`: places that nobody holds yet, of `places`. `quota_left`: free places of the narrowest
    quota, None where none counts. `median_day_wage` is what half of the sector earns in an ordinary
    day, in the currency of the offer. `attested_minimum_per_day` is recorded by an official.
    `hirer`: who hires, and whom they have named to recruit. `housed`: how many workers of this
    vacancy and of others sleep on the employer's farms at the same time. `minors`: children who
    come along with its cases; `care_places`: for how many the farms there arranged care or school.
    """

    wanted: int
    quota_left: int | None = None
    median_wage: Decimal | None = None
    attested_minimum_per_day: Decimal | None = None
    waivers: tuple[Waiver, ...] = ()
    hirer: Hirer = UNKNOWN
    housed: int = 0
    minors: int = 0
    care_places: int = 0
    places: int = 0


def stated(offer: Offer, terms: Terms) -> frozenset[ContractTerm]:
    """Which of the terms of R19 a vacancy tells; the job is told in both languages or not at all.

    Place, wage, hours, duration and housing stand in every offer.
    """
    told = {
        ContractTerm.PARTIES: offer.employer_name.strip(),
        ContractTerm.PLACE: offer.department,
        ContractTerm.JOB: terms.tasks_es.strip() and terms.tasks_en.strip(),
        ContractTerm.WAGE: offer.wage,
        ContractTerm.PAY_DAY: terms.pay_day,
        ContractTerm.HOURS: offer.hours_per_day and terms.shift,
        ContractTerm.REST: terms.rest_day,
        ContractTerm.DURATION: offer.days > 0,
        ContractTerm.HOUSING: True,
        ContractTerm.TRANSPORT_IN: terms.arrival,
        ContractTerm.TRANSPORT_OUT: terms.way_back,
        ContractTerm.INSURANCE: terms.insurance,
        ContractTerm.TERMINATION: terms.notice_days is not None,
        ContractTerm.GRIEVANCE_CHANNEL: terms.grievance,
    }
    return frozenset(term for term, known in told.items() if known)


def working_days(offer: Offer) -> int:
    """Days of work between the first and the last day: so many of each week, rest days apart."""
    weeks, rest = divmod(max(offer.days, 0), 7)
    return weeks * offer.days_per_week + min(rest, offer.days_per_week)


def facts_of_vacancy(offer: Offer, terms: Terms, counted: Counted) -> VacancyFacts:
    """What R01, R06-R08 and R26-R29 look at."""
    return VacancyFacts(
        fees_charged=terms.fees_charged,
        worker_pays=terms.worker_pays,
        wage=offer.wage,
        currency=offer.currency,
        unit=offer.unit,
        unit_kg=offer.unit_kg,
        hours_per_day=offer.hours_per_day,
        employer_size=offer.employer_size,
        tops_up=offer.tops_up,
        attested_minimum_per_day=counted.attested_minimum_per_day,
        median_wage=counted.median_wage,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        working_days=working_days(offer),
        guaranteed_days=terms.guaranteed_days,
        places=counted.wanted,
        quota_left=counted.quota_left,
        special_stay=terms.special_stay,
        requirements=terms.requirements,
        contacts=terms.contacts,
        text="\n".join([offer.title, terms.tasks_es, terms.tasks_en]),
    )


def facts_of_employer(
    offer: Offer, terms: Terms, counted: Counted, today: date, *, grows_coffee: bool
) -> EmployerFacts:
    """What R20 to R25 look at: housing, way back, shares, measures, and what registries say."""
    record = counted.hirer.record
    known = EmployerFacts(
        return_transport=terms.way_back,
        foreigners=terms.foreigners,
        headcount=terms.headcount,
        foreign_payroll=terms.foreign_payroll,
        payroll=terms.payroll,
        waivers=counted.waivers,
        upheld_grave=count_kind(record, MeasureKind.GRAVE_COMPLAINT, today),
        upheld_serious=count_kind(record, MeasureKind.SERIOUS_COMPLAINT, today),
        unpaid_fines=count_kind(record, MeasureKind.FINE, today),
        complaints=count_complaints(record.measures, today),
        registered=record.registered,
        tax_active=record.tax_active,
        located=record.located,
        grows_coffee=grows_coffee,
        coffee_key=record.coffee_key,
    )
    return facts_of_housing(counted.hirer.lodgings, offer, counted.housed, known)


def find_faults(terms: Terms, offer: Offer) -> list[Fault]:
    """What cannot be meant; all at once. What is missing is no fault here: R19 finds it.

    Nothing is taken from a wage for a bed or food that nobody gives.
    """
    whole = ("guaranteed_days", "foreigners", "headcount", "notice_days")
    money = ("worker_pays", "foreign_payroll", "payroll", "housing_deducted", "food_deducted")
    faults = [
        Fault("too-long", name, {"limit": LONGEST_TASKS})
        for name in ("tasks_es", "tasks_en")
        if len(getattr(terms, name)) > LONGEST_TASKS
    ]
    faults += [
        Fault("too-small", name, {"limit": 0})
        for name in (*whole, "overtime_premium_percent", *money)
        if getattr(terms, name) is not None and getattr(terms, name) < 0
    ]
    faults += [
        Fault("deducted-not-given", name)
        for name, given in (("housing_deducted", offer.housing), ("food_deducted", offer.food))
        if (getattr(terms, name) or 0) > 0 and not given
    ]
    if (terms.notice_days or 0) > MOST_NOTICE_DAYS:
        faults.append(Fault("too-large", "notice_days", {"limit": MOST_NOTICE_DAYS}))
    if (terms.overtime_premium_percent or 0) > MOST_PREMIUM:
        most: dict[str, str | int] = {"limit": MOST_PREMIUM}
        faults.append(Fault("too-large", "overtime_premium_percent", most))
    if (terms.headcount or 0) > MOST_STAFF:
        faults.append(Fault("too-large", "headcount", {"limit": MOST_STAFF}))
    if terms.headcount is not None and (terms.foreigners or 0) > terms.headcount:
        faults.append(Fault("too-large", "foreigners", {"limit": terms.headcount}))
    if terms.payroll is not None and (terms.foreign_payroll or 0) > terms.payroll:
        faults.append(Fault("too-large", "foreign_payroll", {"limit": str(terms.payroll)}))
    return faults
