"""Every move of a complaint, what holds it back, and who may make it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest

from permits.errors import Conflict, DomainError, Forbidden
from permits.people import Actor, PersonId, Role
from recruitment.complaints.handling import Ties, check_act, may_take, next_actions
from recruitment.complaints.moves import (
    MOVES,
    OVER,
    UNDER_WAY,
    Action,
    State,
    check_move,
    list_moves,
    move,
    severity_on_reopening,
)
from recruitment.complaints.words import Flag, Outcome, Severity, Status

DAY = date(2026, 12, 30)
CLOSED_ON = DAY - timedelta(days=30)
ME, OTHER, THIRD = (Actor(PersonId(UUID(int=n)), Role.COMPLAINT_HANDLER) for n in (11, 12, 13))
MINE = Ties(handler=ME.person)

READY = State(
    Status.RECEIVED,
    Severity.S2,
    frozenset(),
    Outcome.SUBSTANTIATED,
    approved=True,
    planned=1,
    verified=1,
    handed_outside=True,
    closed_on=CLOSED_ON,
)
"""A state in which nothing but the table holds a move back, save where one excludes another."""

EXPECTED = """
received: screen
triage: accept ask refer-out withdraw
awaiting-complainant: reply stop-waiting withdraw
open: investigate withdraw
investigation: request-inspection find withdraw
awaiting-agency: receive-result
finding: approve-finding return-finding plan-remedy close-no-action
remedy: close-resolved
review: grant-appeal uphold
referred-out: take-back reopen anonymise
closed-resolved: appeal reopen anonymise
closed-no-action: appeal reopen anonymise
closed-upheld: reopen anonymise
withdrawn: reopen anonymise
anonymised:
"""


@pytest.mark.feature("H1", "H3")
def test_every_pair_of_status_and_action_moves_as_the_table_of_the_domain_says() -> None:
    lines = (line.partition(":") for line in EXPECTED.strip().splitlines())
    expected = {name: set(actions.split()) for name, _, actions in lines}
    assert set(expected) == {one.value for one in Status}
    for status, action in product(Status, Action):
        if action.value in expected[status.value]:
            assert move(status, action) is MOVES[status, action]
            continue
        with pytest.raises(Conflict) as refused:
            move(status, action)
        assert refused.value.code == "no-such-complaint-move"


def test_every_status_is_reached_from_the_first_and_what_is_over_stays_readable() -> None:
    reached, waiting = {Status.RECEIVED}, [Status.RECEIVED]
    while waiting:
        now = waiting.pop()
        after = {to for (status, _), to in MOVES.items() if status is now}
        waiting += sorted(after - reached)
        reached |= after
    assert reached == set(Status)
    assert set(Status) == OVER | UNDER_WAY
    assert not OVER & UNDER_WAY


OBSTACLES = [
    (Status.TRIAGE, Action.ACCEPT, {"severity": None}, "severity-missing"),
    (Status.TRIAGE, Action.REFER_OUT, {"handed_outside": False}, "referral-unconfirmed"),
    (Status.TRIAGE, Action.WITHDRAW, {"severity": Severity.S1}, "continues-ex-officio"),
    (
        Status.OPEN,
        Action.INVESTIGATE,
        {"flags": frozenset({Flag.OFFICIAL_ACCUSED}), "handed_outside": False},
        "goes-outside",
    ),
    (
        Status.INVESTIGATION,
        Action.FIND,
        {"flags": frozenset({Flag.OFFICIAL_ACCUSED}), "handed_outside": False},
        "goes-outside",
    ),
    (Status.FINDING, Action.APPROVE_FINDING, {}, "finding-approved"),
    (Status.FINDING, Action.RETURN_FINDING, {}, "finding-approved"),
    (Status.FINDING, Action.PLAN_REMEDY, {"approved": False}, "finding-not-approved"),
    (Status.FINDING, Action.PLAN_REMEDY, {"outcome": Outcome.UNDETERMINED}, "nothing-upheld"),
    (Status.FINDING, Action.CLOSE_NO_ACTION, {"approved": False}, "finding-not-approved"),
    (Status.FINDING, Action.CLOSE_NO_ACTION, {"outcome": Outcome.PARTLY}, "upheld-needs-remedy"),
    (Status.REMEDY, Action.CLOSE_RESOLVED, {"planned": 0, "verified": 0}, "remedy-unverified"),
    (Status.REMEDY, Action.CLOSE_RESOLVED, {"planned": 2}, "remedy-unverified"),
    (Status.REMEDY, Action.CLOSE_RESOLVED, {"waiting": True}, "referral-unconfirmed"),
    (
        Status.FINDING,
        Action.CLOSE_NO_ACTION,
        {"outcome": Outcome.UNDETERMINED, "waiting": True},
        "referral-unconfirmed",
    ),
    (Status.REVIEW, Action.UPHOLD, {"waiting": True}, "referral-unconfirmed"),
    (
        Status.CLOSED_RESOLVED,
        Action.APPEAL,
        {"closed_on": CLOSED_ON - timedelta(days=1)},
        "appeal-too-late",
    ),
    (Status.WITHDRAWN, Action.ANONYMISE, {}, "kept-still"),
]


@pytest.mark.parametrize(("status", "action", "changes", "code"), OBSTACLES)
def test_what_holds_a_move_back_is_told(
    status: Status, action: Action, changes: dict[str, object], code: str
) -> None:
    state = replace(READY, status=status, **changes)  # type: ignore[arg-type]
    with pytest.raises(Conflict) as refused:
        check_move(state, action, DAY)
    assert refused.value.code == code
    assert action not in list_moves(state, DAY)


HELD_IN_READY = {
    *((Status.FINDING, one) for one in (Action.APPROVE_FINDING, Action.RETURN_FINDING)),
    (Status.FINDING, Action.CLOSE_NO_ACTION),
    *((status, one) for status, one in MOVES if one is Action.ANONYMISE),
}


def test_who_withdraws_is_not_held_by_an_authority_that_is_silent() -> None:
    state = replace(READY, status=Status.OPEN, waiting=True)
    assert check_move(state, Action.WITHDRAW, DAY) is Status.WITHDRAWN


@pytest.mark.parametrize(("status", "action"), sorted(set(MOVES) - HELD_IN_READY))
def test_what_is_ready_moves(status: Status, action: Action) -> None:
    assert check_move(replace(READY, status=status), action, DAY) is MOVES[status, action]


def test_content_goes_two_years_after_the_closing_and_not_a_day_before() -> None:
    day = CLOSED_ON + timedelta(days=731)
    state = replace(READY, status=Status.WITHDRAWN)
    assert check_move(state, Action.ANONYMISE, day) is Status.ANONYMISED
    assert Action.ANONYMISE not in list_moves(state, day - timedelta(days=1))


FINDING = replace(READY, status=Status.FINDING, approved=False)
REVIEW = replace(READY, status=Status.REVIEW)
PEOPLE = [
    (ME, Ties(), READY, Action.SCREEN, ""),
    (ME, MINE, FINDING, Action.PLAN_REMEDY, "finding-not-approved"),
    (ME, Ties(ME.person, found_by=ME.person), FINDING, Action.APPROVE_FINDING, "own-finding"),
    (OTHER, Ties(ME.person, found_by=ME.person), FINDING, Action.APPROVE_FINDING, ""),
    (OTHER, Ties(ME.person, found_by=ME.person), FINDING, Action.RETURN_FINDING, ""),
    (OTHER, MINE, replace(READY, status=Status.OPEN), Action.INVESTIGATE, "held-by-other"),
    (OTHER, Ties(), replace(READY, status=Status.OPEN), Action.INVESTIGATE, "not-your-case"),
    (ME, Ties(judged=frozenset({ME.person})), REVIEW, Action.UPHOLD, "reviewed-by-another"),
    (ME, Ties(judged=frozenset({ME.person})), REVIEW, Action.GRANT_APPEAL, "reviewed-by-another"),
    (OTHER, Ties(judged=frozenset({ME.person})), REVIEW, Action.GRANT_APPEAL, ""),
    (ME, Ties(recused=frozenset({ME.person})), READY, Action.SCREEN, "has-a-part"),
    (ME, Ties(approved=frozenset({ME.person})), READY, Action.SCREEN, "has-a-part"),
    (Actor(ME.person, Role.ADMINISTRATOR), Ties(), READY, Action.SCREEN, "not-permitted"),
    (Actor(ME.person, Role.SETRASS_SUPERVISOR), Ties(), READY, Action.SCREEN, "not-permitted"),
]


@pytest.mark.feature("H1")
@pytest.mark.parametrize(("actor", "ties", "state", "action", "code"), PEOPLE)
def test_nobody_judges_what_they_have_a_part_in(
    actor: Actor, ties: Ties, state: State, action: Action, code: str
) -> None:
    if not code:
        check_act(actor, ties, state, action, DAY)
        assert action in next_actions(actor, ties, state, DAY)
        return
    with pytest.raises((Forbidden, Conflict)) as refused:
        check_act(actor, ties, state, action, DAY)
    assert isinstance(refused.value, DomainError)
    assert refused.value.code == code
    assert action not in next_actions(actor, ties, state, DAY)


def test_a_case_is_taken_over_while_it_is_kept_and_by_nobody_with_a_part() -> None:
    assert may_take(OTHER, MINE, READY)
    assert not may_take(ME, MINE, READY)
    assert not may_take(OTHER, replace(MINE, recused=frozenset({OTHER.person})), READY)
    over = replace(READY, status=Status.CLOSED_NO_ACTION)  # somebody may appeal against it
    assert may_take(THIRD, MINE, over)
    assert may_take(THIRD, Ties(free=False), over)
    colleague = replace(MINE, free=False)
    assert not may_take(THIRD, colleague, replace(over, severity=Severity.S1))
    assert may_take(THIRD, colleague, replace(READY, severity=Severity.S1))
    assert not may_take(THIRD, MINE, replace(READY, status=Status.ANONYMISED))


def test_retaliation_makes_a_case_grave_again() -> None:
    found = [severity_on_reopening(one) for one in (*Severity, None)]
    assert found == [Severity.S1, Severity.S2, Severity.S2, Severity.S2, Severity.S2]
