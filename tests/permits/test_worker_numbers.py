"""A worker's number: what may be typed, every slip that is found, and which are one person's."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits import worker_numbers
from permits.errors import Conflict
from permits.people import SYSTEM
from permits.worker_numbers import Join, JoinId, NumberGround, find_join, find_parting, life_of

numbers = st.integers(0, worker_numbers.CHANCES - 1).map(worker_numbers.make)
DAY = datetime(2026, 11, 23, tzinfo=UTC)


def join(number: str, leads_to: str) -> Join:
    return Join(JoinId(uuid4()), number, leads_to, NumberGround.RECOGNISED, SYSTEM.person, DAY)


def test_it_is_read_however_it_was_written() -> None:
    number = worker_numbers.make(382_139_075)
    assert (number, worker_numbers.show(number)) == ("4821390759", "T-482-139-0759")
    for typed in ("4821390759", "T-482-139-0759", "t 482 139 0759", "482.139.0759"):
        assert worker_numbers.read(typed) == number
    for typed in ("", "T", "482139075", "4821390758", "0821390759", "٤821390759", "48213907593"):
        assert worker_numbers.read(typed) is None


@given(numbers, st.integers(0, 9), st.integers(0, 9))
def test_every_wrong_digit_and_every_swap_of_neighbours_is_found(
    number: str, at: int, digit: int
) -> None:
    wrong = f"{number[:at]}{digit}{number[at + 1 :]}"
    assert worker_numbers.is_number(wrong) == (wrong == number)
    swapped = f"{number[:at]}{number[at : at + 2][::-1]}{number[at + 2 :]}"
    assert worker_numbers.is_number(swapped) == (swapped == number)


@pytest.mark.parametrize("chance", [-1, worker_numbers.CHANCES])
def test_a_chance_out_of_range_is_refused(chance: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        worker_numbers.make(chance)


def test_the_younger_life_leads_to_the_older() -> None:
    given_at = {name: DAY + timedelta(days=at) for at, name in enumerate("abcd")}
    assert find_join("b", "a", (), given_at) == ("b", "a")
    standing = [join("c", "b")]
    assert find_join("c", "a", standing, given_at) == ("b", "a")
    both = [*standing, join("b", "a")]
    assert [life_of(one, both) for one in "abcd"] == ["a", "a", "a", "d"]
    with pytest.raises(Conflict, match="already-one-person"):
        find_join("c", "a", both, given_at)


def test_what_is_undone_parts_the_two() -> None:
    chain = [join("c", "b"), join("b", "a"), join("d", "a")]
    for one, other in (("c", "a"), ("a", "c"), ("c", "d"), ("d", "c"), ("b", "d"), ("c", "b")):
        undone = find_parting(one, other, chain)
        left = [each for each in chain if each is not undone]
        assert life_of(one, left) != life_of(other, left), (one, other)
    assert find_parting("a", "a", chain) is None
    with pytest.raises(Conflict, match="not-one-person"):
        find_parting("a", "z", chain)
