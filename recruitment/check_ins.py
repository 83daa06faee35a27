"""Check-ins during the job (N4): six questions, and what answers lead to.

An answer is its worker's. What tells of danger to life or liberty is acted on at once, whoever
asks for it; everything else only where its worker asks for it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault, Invalid
from permits.people import PersonId
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.facts import CheckInFacts, FarmFacts, Report
from recruitment.ethics.parameters import Parameters
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


def together(said: Sequence[CheckInAnswers]) -> CheckInAnswers:
    """What was said at one check-in as one answer: what was added is never milder than before."""
    every: dict[str, str] = {}
    for one in said:
        every |= dict(one.given)
    return CheckInAnswers(**every, act=any(one.act for one in said))


@dataclass(frozen=True)
class Added:
    """What was told after the first answers, signed in or by telephone: what is graver, alone."""

    answers: CheckInAnswers
    at: datetime
    way: Way
    by: PersonId | None = None


@dataclass(frozen=True)
class CheckIn:
    """One worker asked once; `closes_at` is the instant from which the link is dead.

    `employer` is None in the pool of a department, until a farm's register knows where the worker
    is: `farm`, and whose it is. `findings` are those of the answers, as they were found. `by` is
    the official who wrote the answers down by telephone. `answers` are the first ones; what was
    told after them is `added`.
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
    added: tuple[Added, ...] = ()

    @property
    def said(self) -> tuple[CheckInAnswers, ...]:
        """The first answers, and each that was added."""
        return (*((self.answers,) if self.answers else ()), *(one.answers for one in self.added))

    @property
    def told(self) -> CheckInAnswers:
        """All of it together."""
        return together(self.said)

    def may_add(self, now: datetime) -> bool:
        """Whether more may be told: who answered by the link may have been anybody."""
        return self.way is Way.LINK and now < self.closes_at

    def is_open(self, now: datetime) -> bool:
        """Whether it may be answered."""
        return self.answers is None and now < self.closes_at


def answered(
    asked: CheckIn, answers: CheckInAnswers, now: datetime, way: Way, by: PersonId | None = None
) -> CheckIn:
    """The check-in with its answers; Conflict where it has some, or the link is dead.

    The first answers stand: who takes the phone away later cannot unsay an alarm. Nor does who had
    it first silence anybody: after answers by the link the worker, signed in or by telephone, adds
    what is graver.
    """
    first = asked.answers is None
    graver = answers if first else _graver(asked.told, answers)
    if graver is None or (not first and (way is Way.LINK or asked.way is not Way.LINK)):
        raise Conflict("check-in-answered")
    if now >= asked.closes_at:
        raise Conflict("check-in-closed")
    if not first:
        return replace(asked, added=(*asked.added, Added(graver, now, way, by)))
    return replace(asked, answers=answers, answered_at=now, way=way, by=by)


def _graver(told: CheckInAnswers, more: CheckInAnswers) -> CheckInAnswers | None:
    """What is not well in it and no milder than what was told; None where nothing is new.

    Leave to act on what was told already is new too.
    """
    new = {
        name: code
        for name, code in more.wrong - told.given
        if _weight(name, code) >= _weight(name, getattr(told, name))
    }
    if not new and not (more.act and not told.act and told.wrong):
        return None
    return CheckInAnswers(**new, act=more.act)


def _weight(name: str, code: str | None) -> int:
    if code is None or code in GOOD[name]:
        return 0
    return 2 if (name, code) in AT_ONCE else 1


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


def signs_of(worker: str, said: Collection[CheckInAnswers], on: date) -> tuple[Report, ...]:
    """The signs in all that was said at one check-in, each once."""
    return tuple(dict.fromkeys(sign for one in said for sign in reports_of(worker, one, on)))


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
