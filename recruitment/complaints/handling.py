"""Who may do what with a complaint: the handlers, and never one who has a part in it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, DomainError, Fault, Forbidden
from permits.people import Actor, Permission, PersonId
from recruitment.complaints.moves import (
    KEPT,
    OF_COMPLAINANT,
    OF_TIME,
    UNDER_WAY,
    Action,
    State,
    check_move,
    list_moves,
)
from recruitment.complaints.words import Flag, Severity, Status


@dataclass(frozen=True)
class Ties:
    """What ties an official to a complaint.

    `handler` is who works on it now. `found_by` wrote the finding that waits or was approved;
    `judged` is everybody who ever found, approved or closed. `recused` said that they, or their
    unit, have a part in it, or another said so of them; `approved` had a part in the permit that
    it is about. `free`: who holds it handles no complaints any more, or the office has no
    supervisor, so any handler may take it.
    """

    handler: PersonId | None = None
    found_by: PersonId | None = None
    judged: frozenset[PersonId] = field(default_factory=frozenset)
    recused: frozenset[PersonId] = field(default_factory=frozenset)
    approved: frozenset[PersonId] = field(default_factory=frozenset)
    free: bool = True

    @property
    def out(self) -> frozenset[PersonId]:
        """Who has a part in it, and neither reads it nor is told of it."""
        return self.recused | self.approved


ANOTHER: frozenset[Action] = frozenset({Action.APPROVE_FINDING, Action.RETURN_FINDING})
"""Another person than who wrote the finding."""

REVIEWING: frozenset[Action] = frozenset({Action.GRANT_APPEAL, Action.UPHOLD})
"""Another person than who found, approved or closed."""


def check_handle(actor: Actor, ties: Ties) -> None:
    """A handler without a part in it; Forbidden("has-a-part") for who has one."""
    if not actor.can(Permission.COMPLAINT_HANDLE):
        raise Forbidden("not-permitted", permission=Permission.COMPLAINT_HANDLE.value)
    if actor.person in ties.out:
        raise Forbidden("has-a-part")


def check_act(actor: Actor, ties: Ties, state: State, action: Action, on: date) -> None:
    """Whether this person may do this now.

    Forbidden("has-a-part"), ("own-finding") for agreeing to oneself, ("reviewed-by-another");
    Conflict("held-by-other") where a colleague works on it; Conflict where the state has no room.
    """
    check_handle(actor, ties)
    if action in ANOTHER and actor.person == ties.found_by:
        raise Forbidden("own-finding")
    if action in REVIEWING and actor.person in ties.judged:
        raise Forbidden("reviewed-by-another")
    if action not in ANOTHER | REVIEWING | {Action.SCREEN} and ties.handler != actor.person:
        raise Conflict("not-your-case" if ties.handler is None else "held-by-other")
    check_move(state, action, on)


def next_actions(actor: Actor, ties: Ties, state: State, on: date) -> tuple[Action, ...]:
    """Everything that this person may do now; one list for buttons, links and the gate."""
    shown = [one for one in list_moves(state, on) if one not in OF_TIME | OF_COMPLAINANT]
    return tuple(one for one in shown if _passes(actor, ties, state, one, on))


def may_take(actor: Actor, ties: Ties, state: State) -> bool:
    """Whether this handler may take it over now: its content is there and they have no part in it.

    One that is over too, for it may be appealed against or opened again. From a colleague only a
    supervisor takes it, or whoever comes first where there is danger (S1) and the case runs.
    """
    try:
        check_handle(actor, ties)
    except DomainError:
        return False
    if ties.handler == actor.person or state.status not in KEPT:
        return False
    danger = state.severity is Severity.S1 and state.status in UNDER_WAY
    free = ties.handler is None or ties.free or danger
    return free or actor.can(Permission.COMPLAINT_SUPERVISE)


def check_assign(actor: Actor, ties: Ties, state: State, to: PersonId) -> None:
    """A supervisor without a part in it gives a case whose content is there to such a handler.

    One that is over too: its appeal waits for somebody. Forbidden for anybody else;
    Conflict("assigned-has-a-part"), or where it is shredded.
    """
    if not actor.can(Permission.COMPLAINT_SUPERVISE):
        raise Forbidden("not-permitted", permission=Permission.COMPLAINT_SUPERVISE.value)
    check_handle(actor, ties)
    if to in ties.out:
        raise Conflict("assigned-has-a-part")
    if state.status not in KEPT:
        raise Conflict("no-such-complaint-move", status=state.status.value, action="assign")


def may_exclude(actor: Actor, ties: Ties) -> bool:
    """Whether this person may say that another has a part in it: its handler, or a supervisor.

    A handler may say it of the supervisor too, so that nobody hides behind the office's head.
    """
    try:
        check_handle(actor, ties)
    except DomainError:
        return False
    return ties.handler == actor.person or actor.can(Permission.COMPLAINT_SUPERVISE)


def _passes(actor: Actor, ties: Ties, state: State, action: Action, on: date) -> bool:
    try:
        check_act(actor, ties, state, action, on)
    except DomainError:
        return False
    return True


class Deed(StrEnum):
    """What is done in a case beside its moves; it stands among its steps."""

    TAKE = "take"
    RECUSE = "recuse"
    ASSIGN = "assign"
    EXCLUDE = "exclude"
    CONTACT = "contact"
    ANSWER = "answer"
    PROTECT = "protect"
    DEPARTURE = "departure"
    PLACE = "place"
    HAND_OVER = "hand-over"
    REJUDGE = "rejudge"
    POWER = "power-of-attorney"


NEEDS_WORDS = frozenset(
    {
        *(Action.ASK, Action.TAKE_BACK, Action.REFER_OUT, Action.REQUEST_INSPECTION),
        *(Action.RECEIVE_RESULT, Action.FIND, Action.RETURN_FINDING, Action.CLOSE_RESOLVED),
        *(Action.CLOSE_NO_ACTION, Action.WITHDRAW, Action.APPEAL, Action.GRANT_APPEAL),
        *(Action.UPHOLD, Action.REOPEN),
    }
)
"""Moves that say why, in the case; those of ASK go to the complainant."""

JUDGED_ANEW = frozenset(
    {
        *(Status.OPEN, Status.INVESTIGATION, Status.AWAITING_AGENCY),
        *(Status.FINDING, Status.REMEDY, Status.REVIEW),
    }
)
"""Accepted once, and under way: what is learnt later changes how it is judged."""

_STAYING = frozenset({Flag.PROTECTION, Flag.OFFICIAL_ACCUSED, Flag.DEPARTURE_SOON})
"""Marks that a judgement does not take away: two follow from acts of their own, and the office of
an accused official does not clear itself."""


def check_holds(
    actor: Actor,
    ties: Ties,
    state: State,
    deed: Deed,
    statuses: Collection[Status] = UNDER_WAY,
) -> None:
    """A deed beside the moves is its handler's, in these statuses.

    Forbidden("has-a-part"); Conflict("no-such-complaint-move"), ("not-your-case"),
    ("held-by-other").
    """
    check_handle(actor, ties)
    if state.status not in statuses:
        raise Conflict("no-such-complaint-move", status=state.status.value, action=deed.value)
    if ties.handler != actor.person:
        raise Conflict("held-by-other" if ties.handler else "not-your-case")


def flags_judged_anew(before: frozenset[Flag], said: frozenset[Flag]) -> frozenset[Flag]:
    """What is marked now, and what stays marked whatever was said."""
    return said | (before & _STAYING)


TELLING = frozenset(
    {
        *(Action.CLOSE_RESOLVED, Action.CLOSE_NO_ACTION, Action.UPHOLD),
        *(Action.GRANT_APPEAL, Action.REFER_OUT),
    }
)
"""Decisions of which the complainant reads the reason, in words written for them (UNGP 31)."""

CLOSING = frozenset(
    {
        *(Action.CLOSE_RESOLVED, Action.CLOSE_NO_ACTION, Action.UPHOLD),
        *(Action.WITHDRAW, Action.REFER_OUT),
    }
)
"""Moves after which the case is over for now, and somebody asks three times for retaliation."""

JUDGING = CLOSING | {Action.FIND, Action.APPROVE_FINDING, Action.GRANT_APPEAL}
"""Who made one of these decides no appeal of the case; a granted appeal finds anew."""


class CoercionCheck(StrEnum):
    """What must be true before a withdrawal counts (domain.md 3.5); all of it."""

    SPOKE_ALONE = "spoke-alone"
    NO_PRESSURE = "no-pressure"
    KNOWS_IT_STAYS_OPEN = "knows-it-may-return"


def find_withdrawal_faults(checked: Collection[CoercionCheck]) -> list[Fault]:
    """A withdrawal without each of the checks is no withdrawal."""
    missing = set(CoercionCheck) - set(checked)
    return [Fault("coercion-check-missing", "checked")] if missing else []


def reference_of(complaint: UUID) -> str:
    """How people name a case aloud: `Q-` and eight characters of its id, which tell no order."""
    letters = complaint.hex[:8].upper()
    return f"Q-{letters[:4]}-{letters[4:]}"


def read_reference(typed: str) -> str | None:
    """The beginning of a case's id in hex, of its name as somebody typed it or began to.

    Blanks, dashes, small letters and a missing `Q` are forgiven; None for fewer than four letters,
    for more than the name has, and for what is no such name.
    """
    letters = "".join(one for one in typed.lower() if one not in " -.\u00a0").removeprefix("q")
    known = set(letters) <= set("0123456789abcdef")
    return letters if known and 4 <= len(letters) <= 8 else None
