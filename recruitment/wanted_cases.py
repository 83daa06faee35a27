"""Which case a worker's answers ask for, why officials may act, and what they may read of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from recruitment.check_ins import AT_ONCE, SIGNS, CheckInAnswers
from recruitment.complaints.words import Category, DangerSign
from recruitment.ethics.rules import Effect, RuleFinding, RuleId
from recruitment.ethics.words import Indicator


class Grade(StrEnum):
    """How grave a case is (domain 3.3): life and liberty, a grave breach, a breach."""

    S1 = "s1"
    S2 = "s2"
    S3 = "s3"


class Ground(StrEnum):
    """Why officials may act: danger to life or liberty, or because the worker asks for it."""

    EX_OFFICIO = "ex-officio"
    CONSENT = "consent"


@dataclass(frozen=True)
class Wanted:
    """A case that is to be opened: how grave, why it may be, and what officials read of it."""

    grade: Grade
    ground: Ground
    told: tuple[tuple[str, str], ...] = ()


def want_case(answers: CheckInAnswers, findings: Sequence[RuleFinding]) -> Wanted | None:
    """The case that the answers of one worker ask for; None where nobody may or need act.

    In danger, or with several signs together (R37), it is opened at once, and officials read what
    the danger is told by; with the worker's word they read all that is not well, and what the
    payslips tell (R34).
    """
    wrong = tuple(sorted(answers.wrong))
    short_paid = any(is_counted(one) for one in findings)
    several = any(one.rule is RuleId.R37 for one in findings)
    if answers.in_danger or several:
        read = wrong if answers.act or several else tuple(o for o in wrong if o in AT_ONCE)
        return Wanted(_grade(answers, findings), Ground.EX_OFFICIO, read)
    if (wrong or short_paid) and answers.act:
        return Wanted(_grade(answers, findings), Ground.CONSENT, wrong)
    return None


COUNTED = frozenset({"unpaid", "paid-less", "paid-otherwise"})
"""What R34 finds in a payslip."""


def is_counted(finding: RuleFinding) -> bool:
    """Whether R34 found it in a payslip: it rests on no answer of the worker."""
    return finding.rule is RuleId.R34 and finding.code in COUNTED


def _grade(answers: CheckInAnswers, findings: Sequence[RuleFinding]) -> Grade:
    effects = {effect for one in findings for effect in one.effects}
    if Effect.OPEN_CASE_S1 in effects or answers.living == "untended":
        return Grade.S1
    return Grade.S2 if Effect.OPEN_CASE_S2 in effects else Grade.S3


def signs_in(finding: RuleFinding) -> tuple[Indicator, ...]:
    """The signs that a finding of R37 names, where several workers told of them."""
    named = str(finding.facts.get("indicators", ""))
    return tuple(Indicator(one) for one in named.split(", ") if one)


C = Category
ABOUT: Mapping[tuple[str, str], Category] = {
    ("paid", "late"): C.WAGE_UNPAID,
    ("paid", "less"): C.WAGE_UNPAID,
    ("rest", "no"): C.REST,
    ("document", "yes"): C.DOCUMENT_RETAINED,
    ("free", "cannot-leave"): C.MOVEMENT,
    ("free", "guarded"): C.MOVEMENT,
    ("free", "phone-taken"): C.ISOLATION,
    ("living", "bad"): C.HOUSING,
    ("living", "untended"): C.HEALTH_DENIED,
    ("safe", "threatened"): C.THREATS,
    ("safe", "harassed"): C.SEXUAL_HARASSMENT,
    ("safe", "hurt"): C.VIOLENCE,
}
"""What a complaint is about that an answer asks for (domain 3.2)."""

DANGERS: Mapping[tuple[str, str], DangerSign] = {
    ("document", "yes"): DangerSign.DOCUMENT_HELD,
    ("free", "cannot-leave"): DangerSign.CANNOT_LEAVE,
    ("free", "guarded"): DangerSign.CANNOT_LEAVE,
    ("safe", "threatened"): DangerSign.THREATENED,
}


def categories_of(wanted: Wanted, findings: Sequence[RuleFinding]) -> tuple[Category, ...]:
    """What the complaint is about: by the answers, or by the sign that several of a farm told."""
    named = {sign for one in findings for sign in signs_in(one)}
    about = {ABOUT[one] for one in wanted.told}
    about |= {ABOUT[one] for one, sign in SIGNS.items() if sign in named}
    about |= {Category.WAGE_UNPAID for one in findings if is_counted(one)}
    return tuple(sorted(about))


def dangers_of(wanted: Wanted) -> frozenset[DangerSign]:
    """The signs of danger in it; the gravest cases are proposed as what they are."""
    now = {DangerSign.IN_DANGER_NOW} if wanted.grade is Grade.S1 else set()
    return frozenset(now | {DANGERS[one] for one in wanted.told if one in DANGERS})
