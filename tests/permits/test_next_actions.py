"""What is offered: the table of role, status and decisions; and never what would be refused."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits import policies
from permits.applications import Action, Application, Status, move
from permits.approvals import Decision, Opinion
from permits.errors import DomainError
from permits.next_actions import DECIDING, NextAction, next_actions
from permits.people import Actor, Agency, PersonId, Role
from permits.policies import Turn
from permits.recommendations import Advice
from tests.permits.cases import (
    BOTH,
    INM,
    OTHER_WORKER,
    SETRASS,
    SETRASS_TOO,
    WORKER,
    application,
    decision,
    recommendation,
    stand_in,
)

MINE = "edit submit withdraw"
FULL = "ask approve return refuse hold"
LABOUR = [decision(Agency.SETRASS)]
MIGRATION = [decision(Agency.INM)]


def offered(
    actor: Actor,
    case: Application,
    taken: Sequence[Decision] = (),
    *,
    sequential: bool = True,
) -> str:
    return " ".join(next_actions(actor, Turn(case, taken, BOTH, sequential)))


WORKERS = {
    Status.DRAFT: MINE,
    Status.UNDER_REVIEW: "withdraw",
    Status.ASKED: "answer withdraw",
    Status.RETURNED: MINE,
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_in_each_status_before_anybody_decided(role: Role) -> None:
    for status in Status:
        assert offered(stand_in(role), application(status)) == expected_of(role, status), status


def expected_of(role: Role, status: Status) -> str:
    """What the table of moves offers to this role."""
    expected = ""
    if role is Role.WORKER:
        expected = WORKERS.get(status, "")
    elif role is Role.SETRASS_OFFICER and status is Status.UNDER_REVIEW:
        expected = FULL
    elif role is Role.INM_OFFICER and status is Status.UNDER_REVIEW:
        expected = "hold"  # not its turn yet
    elif role is Role.INM_SECOND_LOOK:
        expected = ""  # its desk is another
    elif role is Role.SETRASS_ANALYST and status is Status.UNDER_REVIEW:
        expected = "ask hold"
    elif stand_in(role).agency is not None and status is Status.UNDER_REVIEW:
        expected = "hold"  # analysts prepare and supervisors take over; neither decides
    return expected


@pytest.mark.parametrize("status", list(Status))
def test_nothing_is_offered_on_the_application_of_another(status: Status) -> None:
    assert offered(OTHER_WORKER, application(status)) == ""


@pytest.mark.feature("O3", "O4")
@pytest.mark.parametrize(
    ("actor", "taken", "holder", "in_order", "side_by_side"),
    [
        (SETRASS, [], None, FULL, FULL),
        (INM, [], None, "hold", FULL),
        (SETRASS, LABOUR, None, "hold", "hold"),
        (SETRASS_TOO, LABOUR, None, "hold", "hold"),
        (INM, LABOUR, None, FULL, FULL),
        (SETRASS, MIGRATION, None, FULL, FULL),
        (
            SETRASS,
            [],
            SETRASS,
            "ask approve return refuse release",
            "ask approve return refuse release",
        ),
        (SETRASS, [], SETRASS_TOO, "hold", "hold"),
        (
            INM,
            LABOUR,
            INM,
            "ask approve return refuse release",
            "ask approve return refuse release",
        ),
        (INM, LABOUR, SETRASS, "hold", "hold"),
        (WORKER, LABOUR, INM, "withdraw", "withdraw"),
        (Actor(WORKER.person, Role.INM_OFFICER), LABOUR, None, "", ""),
        (Actor(SETRASS.person, Role.INM_OFFICER), LABOUR, None, "hold", "hold"),
    ],
)
def test_who_decided_and_who_holds(
    actor: Actor,
    taken: Sequence[Decision],
    holder: Actor | None,
    in_order: str,
    side_by_side: str,
) -> None:
    case = application(held_by=holder.person if holder else None)
    assert offered(actor, case, taken, sequential=True) == in_order
    assert offered(actor, case, taken, sequential=False) == side_by_side


MOVES_WITH = {
    NextAction.SUBMIT: Action.SUBMIT,
    NextAction.WITHDRAW: Action.WITHDRAW,
    NextAction.REINSTATE: Action.REINSTATE,
    NextAction.ANSWER: Action.ANSWER,
    NextAction.ASK: Action.ASK,
    NextAction.APPROVE: Action.APPROVE,
    NextAction.RETURN: Action.RETURN,
    NextAction.REFUSE: Action.REFUSE,
}


def gate(act: NextAction, actor: Actor, turn: Turn) -> bool:
    """Whether a service would accept the act: its checks, then its move, as written there."""
    case = turn.application
    try:
        if act in DECIDING:
            opinion = Opinion(act.value)
            policies.check_decide(actor, turn, opinion)
        elif act is NextAction.RECOMMEND:
            policies.check_recommend(actor, turn)
        elif act is NextAction.ASK:
            policies.check_ask(actor, turn)
        elif act in {NextAction.HOLD, NextAction.RELEASE}:
            policies.check_hold(actor, case)
        elif act is NextAction.EDIT:
            policies.check_edit(actor, case)
        else:
            policies.check_own(actor, case)
        if act in MOVES_WITH:
            move(case.status, MOVES_WITH[act])
    except DomainError:
        return False
    if act is NextAction.HOLD:  # taking what one holds would change nothing
        return case.held_by != actor.person
    return act is not NextAction.RELEASE or case.held_by == actor.person


ACTORS = st.builds(
    Actor,
    st.sampled_from([WORKER.person, SETRASS.person, INM.person, OTHER_WORKER.person]),
    st.sampled_from(list(Role)),
)
HOLDERS: st.SearchStrategy[PersonId | None] = st.sampled_from([None, SETRASS.person, INM.person])
CASES = st.builds(
    lambda status, holder: application(status, held_by=holder),
    st.sampled_from(list(Status)),
    HOLDERS,
)
TAKEN = st.lists(
    st.builds(decision, st.sampled_from(BOTH), st.sampled_from(list(Opinion))),
    max_size=2,
    unique_by=lambda taken: taken.agency,
)
ADVICE = st.builds(
    lambda wanted, given: Advice(wanted, given),
    st.sampled_from([(), (Agency.SETRASS,), BOTH]),
    st.sampled_from([(), (recommendation(SETRASS),), (recommendation(INM),)]),
)


@pytest.mark.asvs("2.3.1")
@given(ACTORS, CASES, TAKEN, st.booleans(), st.booleans(), ADVICE)
def test_an_act_is_offered_if_and_only_if_the_gate_accepts_it(
    actor: Actor,
    case: Application,
    taken: list[Decision],
    sequential: bool,
    again: bool,
    advice: Advice,
) -> None:
    acts = [act for act in NextAction if again or act is not NextAction.REINSTATE]
    turn = Turn(case, taken, BOTH, sequential, advice=advice)
    accepted = tuple(act for act in acts if gate(act, actor, turn))
    told = next_actions(actor, turn, may_reinstate=again)
    assert told == accepted
