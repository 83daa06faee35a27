"""Permit numbers: what a person may type, and every slip that is found."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits import permit_numbers
from permits.permit_numbers import ALPHABET

PATH = Path(__file__).parents[1] / "vectors" / "permit_numbers.json"

numbers = st.integers(0, permit_numbers.CHANCES - 1).map(permit_numbers.make)


@pytest.mark.parametrize("case", json.loads(PATH.read_text("utf-8")), ids=lambda c: c["typed"])
def test_shared_case(case: dict[str, Any]) -> None:
    assert permit_numbers.read(case["typed"]) == case["number"]


@given(numbers, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_every_wrong_character_is_found(number: str, at: int, character: str) -> None:
    wrong = number[:at] + character + number[at + 1 :]

    assert permit_numbers.is_number(wrong) == (wrong == number)


@given(numbers, st.integers(0, 10), st.integers(1, 11))
def test_every_two_that_changed_places_are_found(number: str, first: int, second: int) -> None:
    places = list(number)
    places[first], places[second] = places[second], places[first]
    swapped = "".join(places)

    assert permit_numbers.is_number(swapped) == (swapped == number)


def test_no_two_chances_give_one_number() -> None:
    chances = [0, 1, 30, 31, 961, permit_numbers.CHANCES - 1]

    assert len({permit_numbers.make(chance) for chance in chances}) == len(chances)


@pytest.mark.parametrize("chance", [-1, permit_numbers.CHANCES])
def test_a_chance_out_of_range_is_refused(chance: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        permit_numbers.make(chance)
