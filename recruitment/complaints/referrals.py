"""To whom a complaint is handed over, and how far that has come: open until the target confirms."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from permits.deadlines import WorkingCalendar
from permits.errors import Conflict, Fault, Forbidden, Hidden
from permits.people import Actor, Agency, Permission
from recruitment.complaints.words import Category, Flag, ReferralTarget

FOLLOW_UP_WORKING_DAYS = 5
"""After which who handed over asks whether it arrived (proposed)."""


class Channel(StrEnum):
    """How it is handed over."""

    EMAIL = "email"
    WEBHOOK = "webhook"
    LETTER = "letter"


class ReferralState(StrEnum):
    """How far it is; `sent` until somebody there says that they have it."""

    SENT = "sent"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REPORTED = "reported"


class ReferralAction(StrEnum):
    """What is done about it, by the target or in its name by the handler who rang."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    REPORT = "report"


class Report(StrEnum):
    """What a target says that it did; a code and no words, which would tell of the case in clear.

    It may be said again as the case goes on there; the last one counts.
    """

    ATTENDED = "attended"
    """It speaks with the person."""
    PROTECTED = "protected"
    INVESTIGATING = "investigating"
    RETURNED_HOME = "returned-home"
    NOT_FOUND = "not-found"
    """It looked for the person and did not find them."""
    CLOSED = "closed"


MOVES: Mapping[tuple[ReferralState, ReferralAction], ReferralState] = {
    (ReferralState.SENT, ReferralAction.CONFIRM): ReferralState.CONFIRMED,
    (ReferralState.SENT, ReferralAction.DECLINE): ReferralState.DECLINED,
    (ReferralState.CONFIRMED, ReferralAction.REPORT): ReferralState.REPORTED,
    (ReferralState.REPORTED, ReferralAction.REPORT): ReferralState.REPORTED,
}

TAKEN = frozenset({ReferralState.CONFIRMED, ReferralState.REPORTED})
"""The target has it."""

OUTSIDE = frozenset(
    {
        ReferralTarget.CICESCT,
        ReferralTarget.SENAF,
        ReferralTarget.PUBLIC_PROSECUTOR,
        ReferralTarget.CONADEH,
        ReferralTarget.CONSULATE_GT,
        ReferralTarget.MINTRAB_GT,
    }
)
"""Outside the two agencies that approve permits."""

INDEPENDENT = frozenset({ReferralTarget.PUBLIC_PROSECUTOR, ReferralTarget.CONADEH})
"""Who may look into an official of the two agencies (domain.md 3.6-4)."""

ABROAD_OF = {
    ReferralTarget.CONSULATE_GT: "GTM",
    ReferralTarget.MINTRAB_GT: "GTM",
}
"""The country whose authorities confirm and report for a target themselves."""

CONSULATES = frozenset({ReferralTarget.CONSULATE_GT})
"""For whom a consulate speaks; for every other one of its country the partner authority."""

_INSPECTION = (
    Category.WAGE_UNPAID,
    Category.WAGE_UNDER_MINIMUM,
    Category.DEDUCTION,
    Category.PIECE_COUNT,
    Category.CONTRACT_CHANGED,
    Category.HOURS,
    Category.REST,
    Category.HOUSING,
    Category.WATER_FOOD,
    Category.TRANSPORT,
    Category.ACCIDENT,
    Category.PESTICIDE,
    Category.HEALTH_DENIED,
    Category.DISCRIMINATION,
    Category.RETALIATION,
    Category.FEE_CHARGED,
)

OF_CATEGORY: Mapping[Category, tuple[ReferralTarget, ...]] = {
    **dict.fromkeys(_INSPECTION, (ReferralTarget.LABOUR_INSPECTION,)),
    Category.DEBT: (ReferralTarget.CICESCT, ReferralTarget.LABOUR_INSPECTION),
    Category.DOCUMENT_RETAINED: (ReferralTarget.CICESCT, ReferralTarget.LABOUR_INSPECTION),
    Category.CHILD_LABOUR: (ReferralTarget.SENAF, ReferralTarget.LABOUR_INSPECTION),
    Category.MOVEMENT: (ReferralTarget.CICESCT, ReferralTarget.PUBLIC_PROSECUTOR),
    Category.ISOLATION: (ReferralTarget.CICESCT,),
    Category.VIOLENCE: (ReferralTarget.PUBLIC_PROSECUTOR, ReferralTarget.CICESCT),
    Category.SEXUAL_HARASSMENT: (ReferralTarget.PUBLIC_PROSECUTOR, ReferralTarget.ASSISTANCE),
    Category.THREATS: (ReferralTarget.CICESCT, ReferralTarget.PUBLIC_PROSECUTOR),
    Category.TRAFFICKING: (ReferralTarget.CICESCT, ReferralTarget.PUBLIC_PROSECUTOR),
    Category.OFFICIAL_MISCONDUCT: (ReferralTarget.CONADEH, ReferralTarget.PUBLIC_PROSECUTOR),
    Category.RECRUITER_FRAUD: (ReferralTarget.MINTRAB_GT, ReferralTarget.CONSULATE_GT),
    Category.DATA_PRIVACY: (ReferralTarget.CONADEH,),
    Category.PERMIT_DELAY: (),
    Category.OTHER: (),
}
"""Proposed first, in this order (domain.md 3.4); a person chooses."""

OF_HOME = frozenset(
    {
        Category.OFFICIAL_MISCONDUCT,
        Category.RECRUITER_FRAUD,
        Category.DATA_PRIVACY,
        Category.PERMIT_DELAY,
        Category.OTHER,
    }
)
"""What the authorities of the country of work cannot help with by themselves; all else they can."""


@dataclass(frozen=True)
class Referral:
    """A hand-over: to whom, how, and until when the target is waited for.

    `number` is the file number that the target gave, "" before, and `report` what it said last
    that it did; nothing of the content.
    """

    id: UUID
    complaint: UUID
    target: ReferralTarget
    channel: Channel
    state: ReferralState
    sent_on: date
    follow_up_on: date
    version: int = 1
    confirmed_on: date | None = None
    number: str = ""
    report: Report | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody there has said anything yet."""
        return self.state is ReferralState.SENT


def propose_targets(
    categories: Collection[Category], flags: Collection[Flag] = (), *, abroad: bool = False
) -> tuple[ReferralTarget, ...]:
    """Who should hear of it: those of the flags first, then of each category; nobody twice.

    Where the work is `abroad`, the authorities and the consulate there come before those at home:
    these inspect nothing beyond the border (domain.md 3.4). A minor is always told to SENAF. Where
    an official is accused only independent ones are left, with SENAF for a child (domain.md 3.6-4
    and 3.6-9).
    """
    found = [ReferralTarget.SENAF] if Flag.MINOR_INVOLVED in flags else []
    if Flag.OFFICIAL_ACCUSED in flags:
        found += sorted(INDEPENDENT)
    if Flag.CRIMINAL_REFERRAL in flags:
        found.append(ReferralTarget.PUBLIC_PROSECUTOR)
    if abroad and not OF_HOME.issuperset(categories):
        found.append(ReferralTarget.ABROAD)
    for one in Category:
        if one in categories:
            found += OF_CATEGORY[one]
    if Flag.OFFICIAL_ACCUSED in flags:
        found = [one for one in found if one in {*INDEPENDENT, ReferralTarget.SENAF}]
    return tuple(dict.fromkeys(found))


def move_referral(state: ReferralState, action: ReferralAction) -> ReferralState:
    """The state after; Conflict("no-such-referral-move") where the table has none."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise Conflict("no-such-referral-move", status=state.value, action=action.value) from None


def is_answered(
    referral: Referral, action: ReferralAction, number: str, report: Report | None = None
) -> bool:
    """Whether the target said this already: it is sent again."""
    ends = {after for (_, one), after in MOVES.items() if one is action}
    return referral.state in ends and number in {"", referral.number} and report is referral.report


def find_report_faults(action: ReferralAction, report: Report | None) -> list[Fault]:
    """Who reports says what was done; who confirms or declines has nothing to report yet."""
    if action is ReferralAction.REPORT and report is None:
        return [Fault("missing", "report")]
    if action is not ReferralAction.REPORT and report is not None:
        return [Fault("not-an-option", "report")]
    return []


def check_confirm(actor: Actor, target: ReferralTarget) -> None:
    """A consulate speaks for itself, a partner authority for the others of its own country.

    Forbidden("not-permitted"); Hidden for a hand-over to anybody else.
    """
    if not actor.can(Permission.COMPLAINT_CONFIRM):
        raise Forbidden("not-permitted", permission=Permission.COMPLAINT_CONFIRM.value)
    if target not in targets_of(actor):
        raise Hidden("no-such-referral")


def targets_of(actor: Actor) -> tuple[ReferralTarget, ...]:
    """The targets that an authority speaks for."""
    consular = actor.agency is Agency.CONSULATE
    return tuple(
        one
        for one, country in ABROAD_OF.items()
        if country == actor.country and (one in CONSULATES) is consular
    )


def follow_up(sent_on: date, calendar: WorkingCalendar) -> date:
    """The day on which a silent target is asked again."""
    return calendar.add_working_days(sent_on, FOLLOW_UP_WORKING_DAYS)
