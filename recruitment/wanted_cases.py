"""Which case a worker's answers ask for, why officials may act, and what they may read of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from recruitment.check_ins import AT_ONCE, CheckInAnswers
from recruitment.ethics.rules import Effect, RuleFinding, RuleId


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
    the danger is told by; with the worker's word they read all that is not well.
    """
    wrong = tuple(sorted(answers.wrong))
    several = any(one.rule is RuleId.R37 for one in findings)
    if answers.in_danger or several:
        read = wrong if answers.act or several else tuple(o for o in wrong if o in AT_ONCE)
        return Wanted(_grade(answers, findings), Ground.EX_OFFICIO, read)
    if wrong and answers.act:
        return Wanted(_grade(answers, findings), Ground.CONSENT, wrong)
    return None


def _grade(answers: CheckInAnswers, findings: Sequence[RuleFinding]) -> Grade:
    effects = {effect for one in findings for effect in one.effects}
    if Effect.OPEN_CASE_S1 in effects or answers.living == "untended":
        return Grade.S1
    return Grade.S2 if Effect.OPEN_CASE_S2 in effects else Grade.S3
