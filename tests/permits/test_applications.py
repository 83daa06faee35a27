"""The moves of an application, pair by pair, and the digest of what is decided on."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.applications import (
    EDITABLE,
    MOVES,
    OPEN,
    Action,
    Status,
    digest,
    move,
    moved,
    risks_deemed_grant,
)
from permits.errors import Conflict
from tests.permits.cases import SETRASS, application

# Written out once more, so that a change of the table is a change of two places.
LEADS = {
    "draft": {"submit": "under-review", "withdraw": "withdrawn"},
    "under-review": {
        "approve": "approved",
        "refuse": "refused",
        "return": "returned",
        "withdraw": "withdrawn",
        "ask": "asked",
        "bar": "returned",
    },
    "asked": {
        "answer": "under-review",
        "withdraw": "withdrawn",
        "lapse": "lapsed",
        "bar": "returned",
    },
    "returned": {"submit": "under-review", "withdraw": "withdrawn", "lapse": "lapsed"},
    "approved": {},
    "refused": {"reopen": "under-review"},
    "lapsed": {"reinstate": "returned"},
    "withdrawn": {},
}


@pytest.mark.asvs("2.3.1")
@pytest.mark.feature("O1")
@pytest.mark.parametrize("status", list(Status))
def test_only_the_listed_moves_exist(status: Status) -> None:
    for action in Action:
        check_move(status, action)


def check_move(status: Status, action: Action) -> None:
    """One cell of the table: it leads where the table says, or nowhere."""
    after = LEADS[status.value].get(action.value)
    if after is not None:
        assert move(status, action) is Status(after)
        return
    with pytest.raises(Conflict) as refused:
        move(status, action)
    assert refused.value.code == "no-such-move"
    assert refused.value.facts == {"status": status.value, "action": action.value}


@pytest.mark.parametrize(("status", "action"), list(MOVES))
def test_whatever_happens_to_a_case_nobody_holds_it_any_more(
    status: Status, action: Action
) -> None:
    held = application(status, held_by=SETRASS.person)
    after = moved(held, action)
    assert after.status is MOVES[status, action]
    assert (after.held_by, after.held_by_name, after.held_since) == (None, "", None)


def test_every_status_is_in_the_table_and_the_final_ones_lead_nowhere() -> None:
    assert set(LEADS) == {status.value for status in Status}
    coming_back = {Action.REOPEN, Action.REINSTATE}
    leading = {status for status, action in MOVES if action not in coming_back}
    assert leading == OPEN
    assert set(MOVES.values()) == set(Status) - {Status.DRAFT}


def test_what_the_worker_may_edit_is_what_the_worker_may_submit() -> None:
    assert {status for status, action in MOVES if action is Action.SUBMIT} == EDITABLE


def test_the_digest_is_that_of_the_canonical_text() -> None:
    content = {"ñ": ["á", 1, True, None], "a": {"c": (2, "x"), "b": ""}}
    text = '{"a":{"b":"","c":[2,"x"]},"ñ":["á",1,true,null]}'
    assert digest(content) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.promise("P4")
@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        Decimal(1),
        date(2026, 1, 1),
        b"x",
        {"x"},
        [1.5],
        {"deep": [{"er": 0.1}]},
        {1: "x"},
        {"x": {None: "y"}},
        object(),
    ],
)
def test_what_could_be_written_in_two_ways_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        digest({"value": value})


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from("abcd"), _PLAIN))
def test_the_order_of_keys_changes_nothing(content: dict[str, object]) -> None:
    assert digest(dict(reversed(content.items()))) == digest(content)


@pytest.mark.promise("P4")
@given(
    st.dictionaries(st.sampled_from("ab"), _PLAIN), st.dictionaries(st.sampled_from("ab"), _PLAIN)
)
def test_two_contents_have_two_digests(one: dict[str, object], other: dict[str, object]) -> None:
    # repr tells True from 1, which == does not, and the digest must.
    assert (digest(one) == digest(other)) == (_typed(one) == _typed(other))


def _typed(value: object) -> object:
    if isinstance(value, dict):
        return ("map", sorted((key, _typed(inner)) for key, inner in value.items()))
    if isinstance(value, list | tuple):
        return ("list", [_typed(inner) for inner in value])
    return (type(value).__name__, value if value is not None else 0)


@pytest.mark.feature("O5")
@pytest.mark.parametrize("pauses", [True, False])
@pytest.mark.parametrize("status", list(Status))
def test_a_case_may_count_as_granted_from_the_end_of_its_last_day_while_its_clock_runs(
    status: Status, *, pauses: bool
) -> None:
    due = datetime(2026, 11, 24, 6, tzinfo=UTC)
    tick = timedelta(microseconds=1)
    running = {"under-review"} | (set() if pauses else {"asked", "returned"})
    runs = status.value in running
    instants = (due - tick, due, due + tick)
    risks = [risks_deemed_grant(status, due, at, pauses=pauses) for at in instants]
    assert risks == [False, runs, runs]
    assert not risks_deemed_grant(status, None, due, pauses=pauses)


@pytest.mark.feature("O5")
@pytest.mark.parametrize("status", [Status.ASKED, Status.RETURNED])
def test_what_is_asked_after_the_end_undoes_no_risk(status: Status) -> None:
    due = datetime(2026, 11, 24, 6, tzinfo=UTC)
    tick, later = timedelta(microseconds=1), due + timedelta(days=9)
    asked = (due - tick, due, due + tick)
    risks = [
        risks_deemed_grant(status, due, later, pauses=True, paused_at=instant) for instant in asked
    ]
    assert risks == [False, True, True]
    assert not risks_deemed_grant(Status.APPROVED, due, later, pauses=True, paused_at=later)
