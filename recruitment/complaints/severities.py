"""How grave a complaint seems from what it is about and what was answered; a person decides it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from recruitment.complaints.words import Category, DangerSign, Flag, Severity
from recruitment.ethics.words import Indicator

OF_CATEGORY: Mapping[Category, Severity] = {
    **dict.fromkeys(
        (
            Category.CHILD_LABOUR,
            Category.MOVEMENT,
            Category.ISOLATION,
            Category.VIOLENCE,
            Category.SEXUAL_HARASSMENT,
            Category.TRAFFICKING,
        ),
        Severity.S1,
    ),
    **dict.fromkeys(
        (
            Category.WAGE_UNPAID,
            Category.WAGE_UNDER_MINIMUM,
            Category.PIECE_COUNT,
            Category.FEE_CHARGED,
            Category.DEBT,
            Category.DOCUMENT_RETAINED,
            Category.CONTRACT_CHANGED,
            Category.HOUSING,
            Category.ACCIDENT,
            Category.PESTICIDE,
            Category.HEALTH_DENIED,
            Category.THREATS,
            Category.RETALIATION,
            Category.DISCRIMINATION,
            Category.OFFICIAL_MISCONDUCT,
            Category.RECRUITER_FRAUD,
        ),
        Severity.S2,
    ),
    **dict.fromkeys(
        (
            Category.DEDUCTION,
            Category.HOURS,
            Category.REST,
            Category.WATER_FOOD,
            Category.TRANSPORT,
            Category.DATA_PRIVACY,
            Category.OTHER,
        ),
        Severity.S3,
    ),
    Category.PERMIT_DELAY: Severity.S4,
}
"""Domain.md 3.3; what is not known to be less is S3."""

OF_SIGN: Mapping[DangerSign, Severity] = {
    DangerSign.IN_DANGER_NOW: Severity.S1,
    DangerSign.CANNOT_LEAVE: Severity.S1,
    DangerSign.CHILD_WORKING: Severity.S1,
    DangerSign.DOCUMENT_HELD: Severity.S2,
    DangerSign.THREATENED: Severity.S2,
    DangerSign.OFFICIAL_INVOLVED: Severity.S2,
}

FLAGS_OF_SIGN: Mapping[DangerSign, Flag] = {
    DangerSign.CHILD_WORKING: Flag.MINOR_INVOLVED,
    DangerSign.LEAVING_SOON: Flag.DEPARTURE_SOON,
    DangerSign.NEEDS_INTERPRETER: Flag.INTERPRETER_NEEDED,
    DangerSign.OFFICIAL_INVOLVED: Flag.OFFICIAL_ACCUSED,
    DangerSign.THREATENED: Flag.RETALIATION_RISK,
}

FLAGS_OF_CATEGORY: Mapping[Category, Flag] = {
    Category.CHILD_LABOUR: Flag.MINOR_INVOLVED,
    Category.OFFICIAL_MISCONDUCT: Flag.OFFICIAL_ACCUSED,
    Category.RETALIATION: Flag.RETALIATION_RISK,
}

INDICATORS: Mapping[Category, frozenset[Indicator]] = {
    Category.WAGE_UNPAID: frozenset({Indicator.WITHHOLDING_OF_WAGES}),
    Category.WAGE_UNDER_MINIMUM: frozenset({Indicator.WITHHOLDING_OF_WAGES}),
    Category.DEDUCTION: frozenset({Indicator.WITHHOLDING_OF_WAGES}),
    Category.PIECE_COUNT: frozenset({Indicator.WITHHOLDING_OF_WAGES, Indicator.DECEPTION}),
    Category.DEBT: frozenset({Indicator.DEBT_BONDAGE}),
    Category.DOCUMENT_RETAINED: frozenset({Indicator.RETENTION_OF_DOCUMENTS}),
    Category.CONTRACT_CHANGED: frozenset({Indicator.DECEPTION}),
    Category.RECRUITER_FRAUD: frozenset({Indicator.DECEPTION}),
    Category.HOURS: frozenset({Indicator.EXCESSIVE_OVERTIME}),
    Category.REST: frozenset({Indicator.EXCESSIVE_OVERTIME}),
    Category.HOUSING: frozenset({Indicator.ABUSIVE_CONDITIONS}),
    Category.WATER_FOOD: frozenset({Indicator.ABUSIVE_CONDITIONS}),
    Category.ACCIDENT: frozenset({Indicator.ABUSIVE_CONDITIONS}),
    Category.PESTICIDE: frozenset({Indicator.ABUSIVE_CONDITIONS}),
    Category.MOVEMENT: frozenset({Indicator.RESTRICTION_OF_MOVEMENT}),
    Category.ISOLATION: frozenset({Indicator.ISOLATION}),
    Category.VIOLENCE: frozenset({Indicator.VIOLENCE}),
    Category.SEXUAL_HARASSMENT: frozenset({Indicator.VIOLENCE}),
    Category.THREATS: frozenset({Indicator.INTIMIDATION}),
    Category.RETALIATION: frozenset({Indicator.INTIMIDATION}),
}
"""The indicators of forced labour that a category speaks of (ILO 2012; domain.md 3.2).

An indicator confirms no crime: it asks for a protective look.
"""


@dataclass(frozen=True)
class Proposal:
    """What the rules propose; `reasons` are codes of categories and signs that led there."""

    severity: Severity
    flags: frozenset[Flag]
    reasons: tuple[str, ...]


def propose(categories: Collection[Category], signs: Collection[DangerSign] = ()) -> Proposal:
    """The gravest of all that was said; a held document with threats is S1 (domain.md 3.3).

    Nothing said at all is S3: a person reads it before anybody knows that it is less.
    """
    found = [(OF_CATEGORY[one], one.value) for one in categories]
    found += [(OF_SIGN[one], one.value) for one in signs if one in OF_SIGN]
    if _held_with_threats(categories, signs):
        found.append((Severity.S1, "held-with-threats"))
    severity = min((one for one, _ in found), default=Severity.S3)
    reasons = sorted({code for one, code in found if one is severity})
    flags = {FLAGS_OF_SIGN[one] for one in signs if one in FLAGS_OF_SIGN}
    flags |= {FLAGS_OF_CATEGORY[one] for one in categories if one in FLAGS_OF_CATEGORY}
    return Proposal(severity, frozenset(flags), tuple(reasons))


def indicators_of(categories: Collection[Category]) -> frozenset[Indicator]:
    """Every indicator of forced labour that these categories speak of."""
    return frozenset().union(*(INDICATORS.get(one, frozenset()) for one in categories))


def _held_with_threats(categories: Collection[Category], signs: Collection[DangerSign]) -> bool:
    held = Category.DOCUMENT_RETAINED in categories or DangerSign.DOCUMENT_HELD in signs
    threatened = Category.THREATS in categories or DangerSign.THREATENED in signs
    return held and threatened
