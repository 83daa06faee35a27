"""Whom the office tells, and who gives a case to whom: nobody who has a part in it."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from permits.errors import Conflict, Forbidden
from permits.people import Actor, PersonId, Role
from recruitment.complaints.handling import (
    Ties,
    check_assign,
    may_exclude,
    may_take,
)
from recruitment.complaints.moves import State
from recruitment.complaints.telling import (
    Hand,
    is_heard_by_nobody,
    is_told_daily,
    rings_outside,
    told_of_breach,
    told_of_danger,
    told_of_leavers,
)
from recruitment.complaints.words import Severity, Status

ANA, BEA, CIRO, HEAD = (PersonId(UUID(int=n)) for n in (1, 2, 3, 9))
OFFICE = (Hand(ANA, on_duty=True), Hand(BEA), Hand(CIRO, on_duty=True), Hand(HEAD, supervises=True))
OPEN = State(Status.OPEN, Severity.S2)


def people(hands: Sequence[Hand]) -> list[int]:
    return [one.person.int for one in hands]


@pytest.mark.feature("H4")
@pytest.mark.parametrize(
    ("ties", "nth", "breached", "told"),
    [
        (Ties(), 1, False, [1, 3]),
        (Ties(), 2, False, [1, 3, 9]),
        (Ties(), 5, True, [1, 2, 3, 9]),
        (Ties(recused=frozenset({ANA})), 1, False, [3]),
        (Ties(recused=frozenset({ANA, CIRO})), 1, False, [2, 9]),  # nobody of the list is left
        (Ties(recused=frozenset({HEAD})), 5, True, [1, 2, 3]),
    ],
)
def test_danger_goes_to_the_duty_list_then_up_then_to_everybody(
    ties: Ties, nth: int, breached: bool, told: list[int]
) -> None:
    assert people(told_of_danger(OFFICE, ties, nth, breached=breached)) == told


@pytest.mark.feature("H4")
@pytest.mark.parametrize(
    ("ties", "told"),
    [
        (Ties(), [9]),
        (Ties(handler=BEA), [2, 9]),
        (Ties(handler=BEA, recused=frozenset({HEAD})), [1, 2, 3]),  # no supervisor may know
        (Ties(handler=HEAD), [9]),
    ],
)
def test_a_breach_goes_to_supervisors_and_who_holds_the_case(ties: Ties, told: list[int]) -> None:
    assert people(told_of_breach(OFFICE, ties)) == told


def test_each_hears_daily_of_their_own_and_of_what_nobody_holds() -> None:
    def daily(ties: Ties, *, breached: bool = False) -> list[int]:
        told = (one for one in OFFICE if is_told_daily(one, OFFICE, ties, breached=breached))
        return [one.person.int for one in told]

    assert daily(Ties(handler=BEA)) == [2]
    assert daily(Ties(handler=BEA), breached=True) == [2, 9]
    assert daily(Ties()) == [1, 2, 3, 9]
    assert daily(Ties(handler=PersonId(UUID(int=77)))) == [1, 2, 3, 9]  # who held it is gone
    assert daily(Ties(recused=frozenset({HEAD}))) == [1, 2, 3]


def handler(person: PersonId, role: Role = Role.COMPLAINT_HANDLER) -> Actor:
    return Actor(person, role)


@pytest.mark.feature("H1", "D1")
def test_a_colleagues_case_is_taken_by_the_supervisor_alone_unless_there_is_danger() -> None:
    held = Ties(handler=BEA, free=False)
    head = handler(HEAD, Role.COMPLAINT_SUPERVISOR)
    assert not may_take(handler(ANA), held, OPEN)
    assert may_take(handler(ANA), held, State(Status.OPEN, Severity.S1))
    assert may_take(handler(ANA), Ties(handler=BEA), OPEN)  # she is gone, or nobody supervises
    assert may_take(head, held, OPEN)
    assert not may_take(head, Ties(BEA, recused=frozenset({HEAD})), OPEN)
    assert may_take(head, held, State(Status.WITHDRAWN, Severity.S2))
    assert not may_take(head, held, State(Status.ANONYMISED, Severity.S2))


@pytest.mark.feature("H1", "D1")
def test_conflict_rules_hold_for_the_supervisor_too() -> None:
    head, ties = handler(HEAD, Role.COMPLAINT_SUPERVISOR), Ties(handler=BEA, free=False)
    check_assign(head, ties, OPEN, ANA)
    for refused, code, of, at in (
        (Forbidden, "not-permitted", (handler(ANA), ties), OPEN),
        (Forbidden, "has-a-part", (head, Ties(BEA, recused=frozenset({HEAD}))), OPEN),
        (Conflict, "assigned-has-a-part", (head, Ties(BEA, recused=frozenset({ANA}))), OPEN),
        (Conflict, "no-such-complaint-move", (head, ties), State(Status.ANONYMISED)),
    ):
        with pytest.raises(refused, match=code):
            check_assign(*of, at, ANA)
    assert may_exclude(handler(BEA), ties)  # the supervisor too may be kept out
    assert may_exclude(head, ties)
    assert not may_exclude(handler(ANA), ties)
    assert not may_exclude(head, Ties(BEA, recused=frozenset({HEAD})))


def test_an_institution_outside_hears_at_once_each_hour_and_then_each_day() -> None:
    rung = [now for now in range(1, 400) if rings_outside(now - 1, now)]
    assert rung[:3] == [1, 5, 9]
    assert rung[23:] == [93, 192, 288, 384]
    assert rings_outside(2, 6), "a worker that slept passes nothing over"
    assert not rings_outside(2, 4)


def test_nobody_hears_where_everybody_has_a_part() -> None:
    one, other = PersonId(UUID(int=1)), PersonId(UUID(int=2))
    hands = [Hand(one), Hand(other, supervises=True)]
    assert not is_heard_by_nobody(hands, Ties(recused=frozenset({one})))
    assert is_heard_by_nobody(hands, Ties(recused=frozenset({one, other})))
    assert is_heard_by_nobody([], Ties())


@pytest.mark.feature("H2")
def test_a_key_that_a_leaver_kept_is_told_to_supervisors_and_without_one_to_all() -> None:
    assert people(told_of_leavers(OFFICE)) == [9]
    assert people(told_of_leavers(OFFICE[:3])) == [1, 2, 3]
