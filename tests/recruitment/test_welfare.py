"""What is due beside wages goes one way, step by step, and nothing impossible is written down."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from uuid import uuid4

import pytest

from permits.errors import Conflict
from permits.people import PersonId
from recruitment.welfare import (
    MOVES,
    WelfareAction,
    WelfareClaim,
    WelfareKind,
    WelfareStatus,
    WelfareStep,
    find_faults,
    find_step_faults,
    move,
)
from tests.welfare import told

NOW, TODAY = datetime(2026, 11, 24, 15, tzinfo=UTC), date(2026, 11, 24)
WORKER = PersonId(uuid4())
CLAIM = WelfareClaim(uuid4(), uuid4(), WORKER, told(date(2026, 11, 20)), NOW, WORKER)


@pytest.mark.feature("W26")
def test_every_pair_of_status_and_action_moves_or_is_refused() -> None:
    for status, action in product(WelfareStatus, WelfareAction):
        claim = replace(CLAIM, status=status)
        if (status, action) in MOVES:
            assert move(claim, action) is MOVES[status, action]
        else:
            with pytest.raises(Conflict, match="no-such-welfare-move"):
                move(claim, action)


@pytest.mark.feature("W26")
def test_what_is_wrong_is_told_at_once_by_field() -> None:
    bad = replace(
        told(TODAY + timedelta(days=1), WelfareKind.DEATH),
        words=" ",
        amount=Decimal("-1.005"),
        currency="XXX",
    )
    found = {(one.field, one.code) for one in find_faults(bad, TODAY, by_worker=True)}
    assert found == {
        ("happened_on", "date-in-future"),
        ("words", "missing"),
        ("amount", "amount-not-positive"),
        ("currency", "not-an-option"),
        ("kind", "not-an-option"),
    }
    of_office = find_faults(told(TODAY, WelfareKind.DEATH), TODAY, by_worker=False)
    assert [(one.field, one.code) for one in of_office] == [("teller", "missing")]
    assert find_faults(told(TODAY), TODAY, by_worker=True) == []
    wanted = {
        WelfareAction.SEND: {"ower", "name"},
        WelfareAction.ACCEPT: {"amount"},
        WelfareAction.REFUSE: {"words", "next_words"},
        WelfareAction.PAY: set(),
    }
    for action, fields in wanted.items():
        faults = find_step_faults(WelfareStep(action, TODAY, NOW), CLAIM, TODAY)
        assert {one.field for one in faults} == fields
    early = WelfareStep(WelfareAction.PAY, date(2026, 11, 19), NOW)
    assert [one.code for one in find_step_faults(early, CLAIM, TODAY)] == ["before-it-happened"]
