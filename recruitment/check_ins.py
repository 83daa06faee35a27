"""Check-ins during the job (N4): when a worker is asked, six questions, and what answers lead to.

An answer is its worker's. What tells of danger to life or liberty is acted on at once, whoever
asks for it; everything else only where its worker asks for it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault, Invalid
from permits.people import PersonId
from permits.programmes import in_force
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.facts import CheckInFacts, FarmFacts, Report
from recruitment.ethics.parameters import Parameters, ParameterSet
from recruitment.ethics.rules import UNKNOWN, RuleFinding, RuleId
from recruitment.ethics.words import Indicator
from recruitment.payslip_checks import WageFacts, check_in_facts


class Moment(StrEnum):
    """When in a job somebody is asked."""

    FIRST_WEEK = "first-week"
    FIRST_MONTH = "first-month"
    SECOND_MONTH = "second-month"
    LEAVING = "leaving"


class Way(StrEnum):
    """How the answers came: by the link of the SMS, signed in, or told to an official."""

    LINK = "link"
    OWN = "own"
    PHONE = "phone"


LATEST = timedelta(days=3)
"""A question that nobody could send in time (a worker process that stood still) is sent so much
later and no more: the next one comes anyway."""


@dataclass(frozen=True)
class Days:
    """The dated values of check-ins, all in days but `least_percent` and `least_asked`."""

    first_week: int
    first_month: int
    second_month: int
    before_leaving: int
    to_answer: int
    least_asked: int
    least_percent: int
    silence: int


def days_of(rows: ParameterSet, on: date) -> Days:
    """What counts on a day."""
    names = (
        *("first_week_days", "first_month_days", "second_month_days", "before_leaving_days"),
        *("answer_days", "least_asked", "least_percent", "silence_days"),
    )
    return Days(*(int(in_force(rows.values[f"check_ins.{name}"], on).value) for name in names))


def list_due(started_on: date, last_day: date, days: Days) -> tuple[tuple[Moment, date], ...]:
    """Each moment with its day, the first one first.

    `last_day` is that of the permit. What would fall on the day of leaving or later is not asked;
    neither is the last one where the job is shorter than the days before it.
    """
    leaving = last_day - timedelta(days=days.before_leaving)
    after = {
        Moment.FIRST_WEEK: days.first_week,
        Moment.FIRST_MONTH: days.first_month,
        Moment.SECOND_MONTH: days.second_month,
    }
    due = [(moment, started_on + timedelta(days=number)) for moment, number in after.items()]
    due = [(moment, day) for moment, day in due if day < leaving]
    return (*due, (Moment.LEAVING, leaving)) if leaving > started_on else tuple(due)


def due_now(
    started_on: date, last_day: date, days: Days, today: date, asked: Collection[Moment]
) -> Moment | None:
    """What is asked today; None where nothing is, or it was asked already."""
    due = [
        moment
        for moment, day in list_due(started_on, last_day, days)
        if day <= today <= day + LATEST and moment not in asked
    ]
    return due[-1] if due else None


QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "paid": ("yes", "not-due", "late", "less"),
    "rest": ("yes", "no"),
    "document": ("no", "yes"),
    "free": ("yes", "cannot-leave", "guarded", "phone-taken"),
    "living": ("yes", "bad", "untended"),
    "safe": ("no", "threatened", "harassed", "hurt"),
}
"""The six questions in their order, each with what may be answered; the first is the good one."""

GOOD: Mapping[str, frozenset[str]] = {
    name: frozenset(codes[:2] if name == "paid" else codes[:1]) for name, codes in QUESTIONS.items()
}
"""Answers that nothing follows from."""

SIGNS: Mapping[tuple[str, str], Indicator] = {
    ("paid", "late"): Indicator.WITHHOLDING_OF_WAGES,
    ("paid", "less"): Indicator.WITHHOLDING_OF_WAGES,
    ("rest", "no"): Indicator.EXCESSIVE_OVERTIME,
    ("document", "yes"): Indicator.RETENTION_OF_DOCUMENTS,
    ("free", "cannot-leave"): Indicator.RESTRICTION_OF_MOVEMENT,
    ("free", "guarded"): Indicator.RESTRICTION_OF_MOVEMENT,
    ("free", "phone-taken"): Indicator.ISOLATION,
    ("living", "bad"): Indicator.ABUSIVE_CONDITIONS,
    ("living", "untended"): Indicator.ABUSIVE_CONDITIONS,
    ("safe", "threatened"): Indicator.INTIMIDATION,
    ("safe", "harassed"): Indicator.VIOLENCE,
    ("safe", "hurt"): Indicator.VIOLENCE,
}
"""Which indicator of forced labour (ILO) an answer is a sign of; a sign proves no crime."""

AT_ONCE = frozenset(
    {("living", "untended")}
    | {(name, code) for name in ("document", "free", "safe") for code in QUESTIONS[name][1:]}
)
"""Answers that tell of danger to life or liberty (R33, R35, R36; who is ill and alone)."""


@dataclass(frozen=True)
class CheckInAnswers:
    """One code a question, None where it was left out; `act`: SETRASS may act on all of it."""

    paid: str | None = None
    rest: str | None = None
    document: str | None = None
    free: str | None = None
    living: str | None = None
    safe: str | None = None
    act: bool = False

    @property
    def given(self) -> frozenset[tuple[str, str]]:
        """Each question that was answered, with its code."""
        told = ((one.name, getattr(self, one.name)) for one in fields(self) if one.name != "act")
        return frozenset((name, code) for name, code in told if code)

    @property
    def wrong(self) -> frozenset[tuple[str, str]]:
        """What is not well."""
        return frozenset(one for one in self.given if one[1] not in GOOD[one[0]])

    @property
    def in_danger(self) -> bool:
        """Whether anything tells of danger to life or liberty."""
        return not AT_ONCE.isdisjoint(self.given)


def read_answers(given: Mapping[str, str], *, act: bool) -> CheckInAnswers:
    """The answers by code; Invalid with every code that no question knows, or with none at all."""
    said = {name: code for name, code in given.items() if code}
    faults = [
        Fault("choice-unknown", name)
        for name, code in said.items()
        if code not in QUESTIONS.get(name, ())
    ]
    if not said:
        faults.append(Fault("survey-empty", next(iter(QUESTIONS))))
    if faults:
        raise Invalid(faults)
    return CheckInAnswers(**said, act=act)


@dataclass(frozen=True)
class CheckIn:
    """One worker asked once; `closes_at` is the instant from which the link is dead.

    `employer` is None in the pool of a department, until a farm's register knows where the worker
    is: `farm`, and whose it is. `findings` are those of the answers, as they were found. `by` is
    the official who wrote the answers down by telephone.
    """

    id: UUID
    authorisation: UUID
    application: UUID
    worker: PersonId
    employer: UUID | None
    programme: str
    moment: Moment
    asked_at: datetime
    closes_at: datetime
    answers: CheckInAnswers | None = None
    answered_at: datetime | None = None
    way: Way | None = None
    by: PersonId | None = None
    findings: tuple[RuleFinding, ...] = ()
    farm: UUID | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it may be answered."""
        return self.answers is None and now < self.closes_at


def answered(
    asked: CheckIn, answers: CheckInAnswers, now: datetime, way: Way, by: PersonId | None = None
) -> CheckIn:
    """The check-in with its answers; Conflict where it has some, or the link is dead.

    The first answers stand: who takes the phone away later cannot unsay an alarm.
    """
    if asked.answers is not None:
        raise Conflict("check-in-answered")
    if now >= asked.closes_at:
        raise Conflict("check-in-closed")
    return replace(asked, answers=answers, answered_at=now, way=way, by=by)


def facts_of(answers: CheckInAnswers) -> CheckInFacts:
    """The answers as R33 to R36 read them; a question left out tells nothing."""
    paid, free, safe = answers.paid, answers.free, answers.safe
    return CheckInFacts(
        document_held=_says(answers.document, "yes"),
        cannot_leave=_says(free, "cannot-leave"),
        guarded=_says(free, "guarded"),
        phone_taken=_says(free, "phone-taken"),
        violence=_says(safe, "hurt"),
        harassment=_says(safe, "harassed"),
        threatened=_says(safe, "threatened"),
        told_unpaid=_says(paid, "late"),
        told_less=_says(paid, "less"),
    )


def _says(answer: str | None, code: str) -> bool | None:
    return None if answer is None else answer == code


ONE_BY_ONE = (RuleId.R33, RuleId.R34, RuleId.R35, RuleId.R36)


def judge_answers(
    answers: CheckInAnswers, parameters: Parameters, on: date, pay: WageFacts | None = None
) -> tuple[RuleFinding, ...]:
    """What R33 to R36 find; a question left out accuses nobody and is no finding.

    `pay` is what the last payslip tells: R34 finds by it too, whatever the worker says.
    """
    facts = check_in_facts(facts_of(answers), pay)
    found = (CATALOGUE[one](facts, parameters, on) for one in ONE_BY_ONE)
    return tuple(one for one in found if one is not None and one.code != UNKNOWN)


def reports_of(worker: str, answers: CheckInAnswers, on: date) -> tuple[Report, ...]:
    """The signs in the answers, by a token of the worker."""
    signs = {SIGNS[one] for one in answers.wrong}
    return tuple(Report(worker, sign, on) for sign in sorted(signs))


def judge_pattern(
    reports: Sequence[Report], worker: str, parameters: Parameters, on: date
) -> tuple[RuleFinding | None, tuple[RuleFinding, ...]]:
    """R37: several signs of this worker, and each sign that several workers of the farm told.

    `reports` are all of the farm, those of this worker among them.
    """
    rule = CATALOGUE[RuleId.R37]
    own = rule(FarmFacts(tuple(one for one in reports if one.worker == worker)), parameters, on)
    by_sign = (tuple(one for one in reports if one.indicator is sign) for sign in Indicator)
    shared = (rule(FarmFacts(some), parameters, on) for some in by_sign)
    return own, tuple(one for one in shared if one is not None)


@dataclass(frozen=True)
class Rate:
    """How many of a farm were asked in a week and how many answered; the week by its Monday."""

    week: date
    asked: int
    answered: int


def is_told(rate: Rate, days: Days) -> bool:
    """Whether a rate is told: one of fewer people could point at one of them."""
    return rate.asked >= days.least_asked


def is_silent(asked: int, answered: int, days: Days) -> bool:
    """Whether a farm's silence is a sign: enough were asked, and few answered.

    `asked` are those whose time to answer is over, or who answered.
    """
    return asked >= days.least_asked and answered * 100 < asked * days.least_percent
