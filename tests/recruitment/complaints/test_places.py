"""A farm in a complaint: looked for by enough letters, and in clear where it names nobody."""

from uuid import UUID

import pytest

from recruitment.complaints.handling import read_reference
from recruitment.complaints.places import Place, find_place_faults, read_name

OWNER, OTHER = UUID(int=1), UUID(int=2)


def place(people: int = 5) -> Place:
    return Place(UUID(int=3), "El Cedral", "", OWNER, "Café Ana", people)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("  Él Cedrál ", "el cedral"), ("Ana ", None), ("", None), ("....", "....")],
)
def test_a_name_is_looked_for_by_four_letters(typed: str, found: str | None) -> None:
    assert read_name(typed) == found


@pytest.mark.parametrize(
    ("found", "employer", "codes"),
    [
        (place(), OWNER, []),
        (place(), None, []),
        (place(), OTHER, ["farm-of-another"]),
        (place(4), OWNER, ["farm-too-small"]),
        (None, OWNER, ["not-an-option"]),
    ],
)
def test_a_handler_names_a_farm_of_that_employer_and_of_five_people(
    found: Place | None, employer: UUID | None, codes: list[str]
) -> None:
    assert [one.code for one in find_place_faults(found, employer)] == codes


def test_a_farm_that_stands_in_clear_may_stay_when_its_people_leave() -> None:
    assert find_place_faults(place(4), OWNER, stands=True) == []


def test_a_place_is_told_without_gaps() -> None:
    assert place().text == "El Cedral · Café Ana"


@pytest.mark.feature("H3")
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("Q-6448-1A8E", "64481a8e"),
        ("q 6448 1a8e", "64481a8e"),
        ("6448", "6448"),
        ("Q-644", None),
        ("Q-6448-1A8E-9", None),
        ("Finca", None),
        ("", None),
    ],
)
def test_a_case_s_number_is_read_as_it_is_said_or_begun(typed: str, number: str | None) -> None:
    assert read_reference(typed) == number
