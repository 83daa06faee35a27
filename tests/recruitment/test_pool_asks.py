"""Questions to the pool: what is told of it, how many may be asked, and until when."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from permits.errors import Conflict, Invalid
from permits.people import PersonId
from recruitment.pool_asks import (
    MOST_A_DAY,
    AskStatus,
    Counted,
    PoolAsk,
    check_answer,
    check_number,
    count,
    free_places,
    told_waiting,
)

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.feature("E9")


def ask(status: AskStatus = AskStatus.ASKED, until: date = TODAY) -> PoolAsk:
    at = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    answered = None if status is AskStatus.ASKED else at
    return PoolAsk(
        UUID(int=1),
        UUID(int=2),
        UUID(int=3),
        PersonId(UUID(int=4)),
        at,
        until,
        status,
        answered,
    )


def test_nobody_is_counted_one_by_one_and_a_question_holds_a_place() -> None:
    assert [told_waiting(n) for n in (0, 4, 5, 9, 10)] == [0, 0, 5, 5, 10]
    late = ask(until=date(2026, 11, 23))
    counted = count([ask(), ask(AskStatus.ACCEPTED), ask(AskStatus.DECLINED), late, late], TODAY)
    assert counted == Counted(waiting=1, accepted=1, declined=1, unanswered=2)
    assert count([ask(AskStatus.ENDED)], TODAY) == Counted(ended=1)
    # Who said yes is named: the place is not counted twice.
    assert free_places(4, 1, counted) == 2
    assert free_places(1, 1, counted) == 0


@pytest.mark.parametrize(("number", "free", "today"), [(0, 5, 0), (6, 5, 0), (2, 99, 49)])
def test_a_number_that_may_not_be_asked(number: int, free: int, today: int) -> None:
    with pytest.raises(Invalid):
        check_number(number, free, today)


def test_where_nothing_is_free_nobody_is_asked() -> None:
    check_number(5, 5, 0)
    check_number(1, 99, MOST_A_DAY - 1)
    for free, today in ((0, 0), (9, MOST_A_DAY)):
        with pytest.raises(Conflict, match="no-place-to-ask"):
            check_number(1, free, today)


def test_an_answer_comes_once_and_in_time() -> None:
    check_answer(ask(), TODAY)
    with pytest.raises(Conflict, match="ask-answered"):
        check_answer(ask(AskStatus.DECLINED), TODAY)
    with pytest.raises(Conflict, match="ask-over"):
        check_answer(ask(until=date(2026, 11, 23)), TODAY)
