"""The joint outcome of the agencies, whose turn it is, and what a decision must say."""

import itertools

import pytest

from permits.applications import Action
from permits.approvals import (
    GROUNDS_OF,
    NOTE_LIMIT,
    RETURN_REASONS,
    Ground,
    Opinion,
    find_faults,
    outcome,
    settling,
    whose_turn,
)
from permits.people import Agency
from tests.permits.cases import BOTH, decision

SETRASS, INM = Agency.SETRASS, Agency.INM
A, T, R = Opinion.APPROVE, Opinion.RETURN, Opinion.REFUSE

# What SETRASS said, what INM said, what it amounts to, who is next (in order / side by side).
TABLE = [
    (None, None, None, (SETRASS,), (SETRASS, INM)),
    (A, None, None, (INM,), (INM,)),
    (None, A, None, (SETRASS,), (SETRASS,)),
    (A, A, Action.APPROVE, (), ()),
    (T, None, Action.RETURN, (), ()),
    (None, T, Action.RETURN, (), ()),
    (T, A, Action.RETURN, (), ()),
    (A, T, Action.RETURN, (), ()),
    (T, T, Action.RETURN, (), ()),
    (R, None, Action.REFUSE, (), ()),
    (None, R, Action.REFUSE, (), ()),
    (R, A, Action.REFUSE, (), ()),
    (A, R, Action.REFUSE, (), ()),
    (R, T, Action.REFUSE, (), ()),
    (T, R, Action.REFUSE, (), ()),
    (R, R, Action.REFUSE, (), ()),
]


def test_the_table_is_whole() -> None:
    every = list(itertools.product([None, *Opinion], repeat=2))
    assert sorted(map(str, every)) == sorted(str((row[0], row[1])) for row in TABLE)


@pytest.mark.feature("O2", "N13")
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(("setrass", "inm", "expected", "in_order", "side_by_side"), TABLE)
def test_outcome_of_a_round(
    setrass: Opinion | None,
    inm: Opinion | None,
    expected: Action | None,
    in_order: tuple[Agency, ...],
    side_by_side: tuple[Agency, ...],
    backwards: bool,
) -> None:
    taken = [decision(a, o) for a, o in ((SETRASS, setrass), (INM, inm)) if o]
    if backwards:  # the order in which the decisions came is of no account
        taken.reverse()
    assert outcome(taken, BOTH) is expected
    assert whose_turn(taken, BOTH, sequential=True) == in_order
    assert whose_turn(taken, BOTH, sequential=False) == side_by_side


@pytest.mark.feature("O2")
@pytest.mark.parametrize(("setrass", "inm", "expected", "in_order", "side_by_side"), TABLE)
def test_a_sealed_round_waits_for_every_agency(
    setrass: Opinion | None,
    inm: Opinion | None,
    expected: Action | None,
    in_order: tuple[Agency, ...],
    side_by_side: tuple[Agency, ...],
) -> None:
    taken = [decision(a, o) for a, o in ((SETRASS, setrass), (INM, inm)) if o]
    missing = tuple(a for a, o in ((SETRASS, setrass), (INM, inm)) if o is None)
    assert outcome(taken, BOTH, sealed=True) is (None if missing else expected)
    assert whose_turn(taken, BOTH, sequential=False, sealed=True) == missing
    settled = settling(taken, expected) if expected else ()
    assert {d.agency for d in settled} == {
        a for a, o in ((SETRASS, setrass), (INM, inm)) if expected and o == expected.value
    }


def test_the_order_is_that_of_the_programme() -> None:
    assert whose_turn([], (INM, SETRASS), sequential=True) == (INM,)
    assert whose_turn([decision(INM)], (INM, SETRASS), sequential=True) == (SETRASS,)


def test_one_agency_suffices_only_where_only_one_is_required() -> None:
    assert outcome([decision(SETRASS)], (SETRASS,)) is Action.APPROVE
    assert outcome([decision(INM)], (SETRASS,)) is None
    assert outcome([decision(SETRASS), decision(INM)], (SETRASS,)) is Action.APPROVE


def test_where_nobody_is_required_nothing_is_approved() -> None:
    assert outcome([], ()) is None
    assert outcome([decision(SETRASS)], ()) is None


L, M, D = (Ground.DUPLICATE,), (Ground.OVERSTAY,), (Ground.DATA_DIFFER,)
FAULTS = [
    (SETRASS, A, (), "", []),
    (INM, A, (), "una nota", []),
    (SETRASS, R, L, "", []),
    (INM, R, M, "", []),
    (INM, R, (Ground.OVERSTAY, Ground.ALERT), "", []),
    (SETRASS, T, D, "¿Su apellido?", []),
    (INM, T, (*D, Ground.DOCUMENT_EXPIRED), "¿Su apellido?", []),
    (SETRASS, T, (), "¿Su apellido?", [("reasons-missing", "grounds")]),
    (SETRASS, A, D, "", [("reasons-only-with-return", "grounds")]),
    (SETRASS, R, (*L, *D), "", [("reasons-only-with-return", "grounds")]),
    (INM, R, D, "", [("grounds-missing", "grounds"), ("reasons-only-with-return", "grounds")]),
    (SETRASS, R, (), "", [("grounds-missing", "grounds")]),
    (SETRASS, A, L, "", [("grounds-only-with-refusal", "grounds")]),
    (SETRASS, R, M, "", [("grounds-of-other-agency", "grounds")]),
    (INM, R, L, "", [("grounds-of-other-agency", "grounds")]),
    (INM, R, (*M, *L), "", [("grounds-of-other-agency", "grounds")]),
    (INM, T, D, "", [("question-missing", "note")]),
    (INM, T, D, " \n\t", [("question-missing", "note")]),
    (INM, A, (), "x" * NOTE_LIMIT, []),
    (INM, A, (), "x" * (NOTE_LIMIT + 1), [("too-long", "note")]),
    (INM, A, (), "nota\x00", [("wrong-shape", "note")]),
    (
        INM,
        T,
        L,
        "",
        [
            ("reasons-missing", "grounds"),
            ("grounds-only-with-refusal", "grounds"),
            ("grounds-of-other-agency", "grounds"),
            ("question-missing", "note"),
        ],
    ),
]


@pytest.mark.feature("O8", "O9")
@pytest.mark.parametrize(("agency", "opinion", "grounds", "note", "expected"), FAULTS)
def test_every_fault_of_a_decision_at_once(
    agency: Agency,
    opinion: Opinion,
    grounds: tuple[Ground, ...],
    note: str,
    expected: list[tuple[str, str]],
) -> None:
    faults = find_faults(agency, opinion, grounds, note)
    assert [(fault.code, fault.field) for fault in faults] == expected


def test_every_ground_belongs_to_exactly_one_agency() -> None:
    told = [ground for grounds in GROUNDS_OF.values() for ground in grounds]
    assert sorted([*told, *RETURN_REASONS]) == sorted(Ground)
