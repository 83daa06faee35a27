"""Every sequence of acts by everybody, until no new state appears: never a permit too many."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

import pytest

from permits.applications import Action, Status
from permits.approvals import Decision, Opinion
from permits.people import Actor, Agency
from tests.permits.cases import BOTH, WORKER
from tests.proofs import record
from tests.properties.state_machine import (
    CONTENTS,
    DIGESTS,
    THIRD,
    Law,
    State,
    commands,
    step,
)

IN_ORDER, SIDE_BY_SIDE = Law(sequential=True), Law(sequential=False)
LABOUR_ALONE = Law(required=(Agency.SETRASS,))
OF_THREE = Law(required=(*BOTH, THIRD))
ENTRY_ALONE = Law(required=(Agency.INM,), sequential=False)


def faults_of(state: State, asked: Sequence[Agency]) -> list[str]:
    """What must never be true of a state; written without the law's own functions."""
    approvals = [d for d in state.taken if d.opinion is Opinion.APPROVE]
    agencies = sorted(d.agency for d in state.taken)
    officials = {d.official for d in state.taken}
    checks = {
        "an agency decided twice": len(agencies) == len(set(agencies)),
        "somebody decided twice": len(officials) == len(state.taken),
        "the worker decided": WORKER.person not in officials,
        "a decision on other content": {d.digest for d in state.taken} <= {state.digest},
        "a decision of another round": {d.round for d in state.taken} <= {state.round},
        "approved without each": state.status is not Status.APPROVED
        or sorted(d.agency for d in approvals) == sorted(asked),
        "decided by who is not asked": {d.agency for d in state.taken} <= set(asked),
        "a right beside a refusal": not state.granted or len(approvals) == len(state.taken),
        "a right without an approved case": not state.granted or state.status is Status.APPROVED,
        "a right to other content": not state.granted
        or state.granted == (state.round, state.digest),
        "the content changed behind the right": not state.granted
        or DIGESTS[state.content] == state.digest,
        "approved, and no right": state.status is not Status.APPROVED or bool(state.granted),
        "a carrier without a right": state.carrier is None or bool(state.granted),
    }
    return [fault for fault, holds in checks.items() if not holds]


def explore(law: Law, until: str = "") -> tuple[set[State], int, dict[str, str]]:
    """Breadth first from the empty draft: all states, the transitions, and the first faults.

    `until` ends the walk at a fault that is looked for.
    """
    acts = list(commands())
    seen, waiting, transitions = {State()}, deque([State()]), 0
    faults: dict[str, str] = {}
    while waiting and until not in faults:
        state = waiting.popleft()
        for name, command in acts:
            after = step(state, command, law)
            if after is None:
                continue
            transitions += 1
            for fault in faults_of(after, law.required):
                faults.setdefault(fault, name)
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return seen, transitions, faults


@pytest.mark.promise("P2")
@pytest.mark.asvs("2.3.5")
@pytest.mark.feature("O1", "O2")
@pytest.mark.parametrize(
    ("law", "name"),
    [
        (IN_ORDER, "in-order"),
        (SIDE_BY_SIDE, "side-by-side"),
        (LABOUR_ALONE, "labour-alone"),
        (ENTRY_ALONE, "entry-alone"),
        (OF_THREE, "of-three"),
    ],
)
def test_no_state_that_can_be_reached_has_a_permit_too_many(law: Law, name: str) -> None:
    states, transitions, faults = explore(law)
    assert faults == {}
    # The walk went everywhere: each status, each kind of carrier, both contents approved.
    assert {state.status for state in states} == set(Status)
    assert {state.carrier.value for state in states if state.carrier} == {
        "pending",
        "issued",
        "revoked",
    }
    assert {s.digest for s in states if s.granted} == {DIGESTS[content] for content in CONTENTS}
    record(
        f"exploration-{name}",
        "every sequence of acts by eleven people, until no new state appears; no permit too many",
        transitions,
        states=len(states),
        transitions=transitions,
        violations=0,
    )


@pytest.mark.parametrize("law", [IN_ORDER, SIDE_BY_SIDE, LABOUR_ALONE])
def test_no_case_is_stuck(law: Law) -> None:
    """From each state from which anything may still follow, some end can be reached."""
    states, _, _ = explore(law)
    acts = [command for _, command in commands()]
    ends = {Status.APPROVED, Status.REFUSED, Status.LAPSED, Status.WITHDRAWN}
    leads = {s: {a for c in acts if (a := step(s, c, law)) is not None} for s in states}
    good = {state for state in states if state.status in ends}
    while grown := {s for s in states - good if leads[s] & good}:
        good |= grown
    assert good == states
    approvable = {state for state in states if state.status is Status.APPROVED}
    while grown := {s for s in states - approvable if leads[s] & approvable}:
        approvable |= grown
    assert {s.status for s in states - approvable} == ends - {Status.APPROVED}


def _anybody(actor: Actor, *_: object, **__: object) -> Agency:
    """A gate that forgets everything but the agency."""
    return actor.agency or Agency.SETRASS


def _one_is_enough(decisions: Sequence[Decision], required: object) -> Action | None:
    approved = [d for d in decisions if d.opinion is Opinion.APPROVE]
    return Action.APPROVE if approved else None


def _unchecked(*_: object) -> None:
    """A check that is left out."""


@pytest.mark.promise("P2")
@pytest.mark.parametrize(
    ("broken", "found"),
    [
        (replace(SIDE_BY_SIDE, check_decide=_anybody, clear=_unchecked), "the worker decided"),
        (replace(SIDE_BY_SIDE, check_decide=_anybody, clear=_unchecked), "somebody decided twice"),
        (replace(IN_ORDER, outcome=_one_is_enough, clear=_unchecked), "approved without each"),
        (replace(IN_ORDER, remembers=True, clear=_unchecked), "approved without each"),
        (replace(IN_ORDER, check_edit=_unchecked), "the content changed behind the right"),
        (
            replace(LABOUR_ALONE, check_decide=_anybody, clear=_unchecked),
            "decided by who is not asked",
        ),
    ],
)
def test_a_broken_law_is_found_out(broken: Law, found: str) -> None:
    _, _, faults = explore(broken, until=found)
    assert found in faults


@pytest.mark.promise("P2")
@pytest.mark.parametrize(
    "broken",
    [
        replace(IN_ORDER, outcome=_one_is_enough),
        replace(IN_ORDER, remembers=True),
    ],
)
def test_the_clearance_stops_alone_what_the_checks_before_it_let_pass(broken: Law) -> None:
    _, _, faults = explore(broken)
    assert faults == {}
