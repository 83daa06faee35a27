"""What this actor may do with this case now: one list for buttons, links and the gate."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial

from permits import policies
from permits.applications import MOVES, Action, Application
from permits.approvals import Opinion
from permits.errors import DomainError
from permits.people import Actor, Permission
from permits.policies import Turn


class NextAction(StrEnum):
    """A thing to do, in the order in which pages show it."""

    EDIT = "edit"
    SUBMIT = "submit"
    ANSWER = "answer"
    ASK = "ask"
    RECOMMEND = "recommend"
    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"
    HOLD = "hold"
    RELEASE = "release"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"


DECIDING = frozenset({NextAction.APPROVE, NextAction.RETURN, NextAction.REFUSE})

_MOVE_OF: Mapping[NextAction, Action] = {
    NextAction.SUBMIT: Action.SUBMIT,
    NextAction.ANSWER: Action.ANSWER,
    NextAction.ASK: Action.ASK,
    NextAction.APPROVE: Action.APPROVE,
    NextAction.RETURN: Action.RETURN,
    NextAction.REFUSE: Action.REFUSE,
    NextAction.WITHDRAW: Action.WITHDRAW,
    NextAction.REINSTATE: Action.REINSTATE,
}


def next_actions(
    actor: Actor, turn: Turn, *, may_reinstate: bool = False
) -> tuple[NextAction, ...]:
    """Every act that would be accepted now, in the order of `NextAction`.

    `may_reinstate`: a lapsed case may be taken up again today (`answer_terms.check_reinstate`).
    """
    application = turn.application
    own = partial(policies.check_own, actor, application)
    hold = partial(policies.check_hold, actor, application, turn.ties)

    checks: Mapping[NextAction, Callable[[], object]] = {
        NextAction.EDIT: partial(policies.check_edit, actor, application),
        NextAction.SUBMIT: own,
        NextAction.ANSWER: own,
        NextAction.ASK: partial(policies.check_ask, actor, turn),
        NextAction.RECOMMEND: partial(policies.check_recommend, actor, turn),
        NextAction.APPROVE: partial(policies.check_decide, actor, turn, Opinion.APPROVE),
        NextAction.RETURN: partial(policies.check_decide, actor, turn, Opinion.RETURN),
        NextAction.REFUSE: partial(policies.check_decide, actor, turn, Opinion.REFUSE),
        NextAction.HOLD: hold,
        NextAction.RELEASE: hold,
        NextAction.WITHDRAW: own,
        NextAction.REINSTATE: own,
    }
    acts = [act for act in NextAction if act is not NextAction.REINSTATE or may_reinstate]
    return tuple(act for act in acts if _fits(act, application, actor) and _passes(checks[act]))


def next_step(actor: Actor, turn: Turn) -> NextAction | None:
    """The one act that a list of cases offers an official: what the case wants of them next.

    RECOMMEND or APPROVE (they decide, whichever way) where the tables allow it now. HOLD where they
    will recommend or decide later and nobody has taken it: to prepare before their agency's turn.
    None where nothing is theirs to do, as where they advised themselves or a colleague has it.
    """
    deeds = {
        NextAction.RECOMMEND: partial(policies.check_recommend, actor, turn),
        NextAction.APPROVE: partial(policies.check_decide, actor, turn, Opinion.APPROVE),
    }
    for act, check in deeds.items():
        if _passes(check):
            return act
    application = turn.application
    hold = partial(policies.check_hold, actor, application, turn.ties)
    free = application.held_by is None and _may_prepare(actor, turn)
    return NextAction.HOLD if free and _passes(hold) else None


def _may_prepare(actor: Actor, turn: Turn) -> bool:
    """Whether what their agency has still to say of the round may come from this official."""
    agency, ties = actor.agency, turn.ties
    works = actor.can(Permission.APPLICATION_RECOMMEND) or actor.can(Permission.APPLICATION_DECIDE)
    asked = agency in turn.required and agency not in {one.agency for one in turn.taken}
    advised = actor.person in {one.official for one in turn.advice.given}
    spoken = advised or actor.person in {one.official for one in turn.taken}
    return works and asked and not (spoken or ties.decided_before or ties.looked_again)


def _fits(act: NextAction, application: Application, actor: Actor) -> bool:
    """Whether the state has room for the act; the person is asked separately."""
    if act is NextAction.HOLD:
        return application.held_by != actor.person
    if act is NextAction.RELEASE:
        return application.held_by == actor.person
    return act not in _MOVE_OF or (application.status, _MOVE_OF[act]) in MOVES


def _passes(check: Callable[[], object]) -> bool:
    try:
        check()
    except DomainError:
        return False
    return True
