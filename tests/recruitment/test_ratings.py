"""What workers say of an employer is told in steps that point at nobody."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from permits.errors import Conflict, Invalid
from recruitment.check_ins import CheckInAnswers
from recruitment.ratings import (
    EmployerReply,
    Line,
    Stay,
    Tally,
    Word,
    check_reply,
    lines_of,
    stay_of,
)

GOOD = dict.fromkeys(("promised", "paid", "money", "treated"), Word.GOOD)


def said(stay: Stay) -> str:
    return " ".join(f"{name}:{word}" for name, word in stay.items() if word != "silent")


@pytest.mark.feature("N5")
def test_a_stay_speaks_once_and_its_bad_word_outweighs() -> None:
    assert said(stay_of(GOOD, [])) == "promised:good paid:good money:good treated:good"
    assert said(stay_of({}, [])) == ""
    unpaid = CheckInAnswers(paid="late", living="yes")
    assert said(stay_of(GOOD, [unpaid])).split()[1] == "paid:bad"
    assert said(stay_of({}, [unpaid, CheckInAnswers(paid="yes")])) == "paid:bad living:good"
    assert said(stay_of({}, [CheckInAnswers(paid="not-due")])) == ""
    assert said(stay_of({}, [CheckInAnswers(rest="yes", free="guarded")])) == "treated:bad"
    assert said(stay_of({"money": Word.BAD}, [])) == "money:bad"


def stays(good: int = 0, bad: int = 0, silent: int = 0) -> list[Stay]:
    words = [Word.GOOD] * good + [Word.BAD] * bad + [Word.SILENT] * silent
    return [stay_of({"paid": one}, []) for one in words]


def told(*steps: list[Stay]) -> tuple[Line, ...]:
    tally = Tally()
    for step in steps:
        tally = tally.adding(step)
    return lines_of(tally.told)


@pytest.mark.feature("N5")
def test_counts_are_told_from_five_and_a_bad_word_hides_among_others() -> None:
    assert told(stays(good=4, silent=1)) == ()
    assert told(stays(good=5)) == (Line("paid", 5, 0),)
    assert told(stays(good=5, bad=1)) == ()
    assert told(stays(good=5, bad=5)) == (Line("paid", 5, 5),)
    # Everybody who worked there said so: told nobody until others were silent or content.
    assert told(stays(bad=8)) == ()
    assert told(stays(bad=8, silent=4)) == ()
    assert told(stays(bad=8, silent=5)) == (Line("paid", 0, 8),)
    assert told(stays(silent=9)) == ()


@pytest.mark.feature("N5")
def test_two_looks_differ_by_nobody() -> None:
    first = stays(good=6)
    for more in (stays(bad=1, silent=4), stays(good=4, silent=1), stays(good=1, silent=30)):
        assert told(first, more) == (Line("paid", 6, 0),)
    three, two = stays(good=3, silent=2), stays(good=2, silent=3)
    assert told(first, three, two) == (Line("paid", 11, 0),)


@pytest.mark.feature("N5")
def test_who_makes_a_step_full_is_not_known() -> None:
    # Fourteen stays tell nothing yet: an employer who looks each day knows whose word was lacking.
    waiting = stays(bad=4, silent=10)
    assert told(waiting) == ()
    with pytest.raises(ValueError, match="five and more"):
        told(waiting, stays(bad=1))
    assert told(waiting, stays(bad=1, silent=5)) == (Line("paid", 0, 5),)
    # Of nine bad words five at least are new: were there no others, all would be known.
    assert told(waiting, stays(bad=5)) == ()
    assert told(waiting, stays(bad=5), stays(silent=5)) == (Line("paid", 0, 9),)


@pytest.mark.feature("N5")
def test_an_employer_answers_once_where_something_is_told() -> None:
    lines = told(stays(good=5))
    check_reply(lines, None, "Gracias a todos.")
    with pytest.raises(Conflict, match="rating-empty"):
        check_reply((), None, "Gracias.")
    before = EmployerReply(UUID(int=1), "Ya dije.", datetime(2026, 12, 1, tzinfo=UTC))
    with pytest.raises(Conflict, match="rating-answered"):
        check_reply(lines, before, "Otra cosa.")
    for words, code in ((" ", "missing"), ("a" * 501, "too-long")):
        with pytest.raises(Invalid) as wrong:
            check_reply(lines, None, words)
        assert [one.code for one in wrong.value.faults] == [code]
