"""What of a complainant's waits for the office, until when, and who hears of retaliation."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from permits.people import PersonId
from recruitment.complaints.handling import Ties
from recruitment.complaints.moves import Action, State, check_move, list_moves
from recruitment.complaints.telling import Hand
from recruitment.complaints.waiting import (
    Asked,
    Waiting,
    appealed_on,
    find_waiting,
    told_of_retaliation,
)
from recruitment.complaints.words import Request, Severity, Status

DAY = date(2026, 12, 30)
CLOSED_ON = DAY - timedelta(days=30)
NEXT = DAY + timedelta(days=1)
SAYS, APPEALS, SUFFERS = (
    Asked(DAY, one, answered=False) for one in (None, Request.APPEAL, Request.REPORT_RETALIATION)
)
ANSWERED = Asked(DAY, Request.REPORT_RETALIATION, answered=True)
CLOSED = Status.CLOSED_NO_ACTION

pytestmark = pytest.mark.feature("H4", "C3")


@pytest.mark.parametrize(
    ("status", "said", "cared_on", "before", "waits"),
    [
        (CLOSED, [APPEALS], None, NEXT, {Waiting.APPEAL: DAY}),
        (CLOSED, [APPEALS], None, DAY, {}),  # of today nothing leaves
        (CLOSED, [Asked(DAY, Request.APPEAL, answered=True)], None, NEXT, {Waiting.APPEAL: DAY}),
        (CLOSED, [Asked(CLOSED_ON - timedelta(1), Request.APPEAL, answered=False)], None, NEXT, {}),
        (Status.CLOSED_UPHELD, [APPEALS], None, NEXT, {}),
        (Status.REVIEW, [APPEALS], None, NEXT, {}),
        (Status.OPEN, [SUFFERS, SAYS], None, NEXT, {w: DAY for w in Waiting if w != "appeal"}),
        (Status.OPEN, [SUFFERS], DAY, NEXT, {Waiting.RETALIATION: DAY}),
        (Status.OPEN, [SUFFERS], NEXT, NEXT + timedelta(1), {}),
        (Status.WITHDRAWN, [ANSWERED], None, NEXT, {}),
        (Status.OPEN, [SAYS], None, DAY + timedelta(7), {Waiting.MESSAGE: DAY}),
        (Status.OPEN, [SAYS], None, DAY + timedelta(8), {}),
    ],
)
def test_what_somebody_wrote_waits_until_it_is_taken_up(
    status: Status, said: list[Asked], cared_on: date, before: date, waits: dict[Waiting, date]
) -> None:
    found = find_waiting(status, CLOSED_ON, said, cared_on, before)
    assert list(found.items()) == list(waits.items())


def test_the_term_of_an_appeal_counts_to_the_day_on_which_it_was_asked_for() -> None:
    asked = appealed_on(CLOSED, CLOSED_ON, [APPEALS, Asked(NEXT, Request.APPEAL, answered=False)])
    assert asked == DAY
    late = DAY + timedelta(days=60)
    state = State(CLOSED, Severity.S2, closed_on=CLOSED_ON, appealed_on=asked)
    assert check_move(state, Action.APPEAL, late) is Status.REVIEW
    never = State(CLOSED, Severity.S2, closed_on=CLOSED_ON)
    assert Action.APPEAL not in list_moves(never, NEXT)
    assert appealed_on(Status.OPEN, None, [APPEALS]) is None


def test_retaliation_is_told_to_who_is_on_duty_supervises_or_holds_the_case() -> None:
    duty, head, holder, other = (PersonId(UUID(int=n)) for n in range(1, 5))
    hands = [Hand(duty, on_duty=True), Hand(head, supervises=True), Hand(holder), Hand(other)]
    told = told_of_retaliation(hands, Ties(holder))
    assert [one.person for one in told] == [duty, head, holder]
    told = told_of_retaliation(hands[2:], Ties(holder, recused=frozenset({holder})))
    assert [one.person for one in told] == [other]
