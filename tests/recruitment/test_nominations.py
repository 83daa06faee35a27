"""Naming workers: numbers as people type them, and no more promises than places."""

import pytest

from permits.errors import Fault, Invalid
from permits.identity_documents import IdentityKind
from recruitment.nominations import check_places, read_numbers

COFFEE = (IdentityKind.GT_DPI, IdentityKind.PASSPORT)
ONE, OTHER = "1234567892004", "9000014882004"


@pytest.mark.feature("E6")
@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        (ONE, [ONE]),
        ("1234 56789 2004", [ONE]),
        ("\n 1234-56789-2004 \r\n\r\n", [ONE]),
        (f"{OTHER}\n{ONE}", [OTHER, ONE]),
        (f"{ONE}\n1234 56789 2004\n{ONE}", [ONE]),
        ("ab12345", ["AB12345"]),
    ],
)
def test_numbers_are_read_one_a_line_each_once(typed: str, numbers: list[str]) -> None:
    assert read_numbers(typed, COFFEE) == numbers


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault("missing", "numbers")),
        (" \n\t\n", Fault("missing", "numbers")),
        (
            f"{ONE}\n\n1234567802004\nJuana Pérez\n{OTHER}",
            Fault("named-numbers-wrong", "numbers", {"lines": "3, 4"}),
        ),
        (f"{ONE} {OTHER}", Fault("named-numbers-wrong", "numbers", {"lines": "1"})),
    ],
)
def test_what_holds_no_number_names_its_lines(typed: str, fault: Fault) -> None:
    with pytest.raises(Invalid) as error:
        read_numbers(typed, COFFEE)
    assert error.value.faults == (fault,)


def test_a_number_of_a_document_that_the_programme_does_not_take_is_wrong() -> None:
    assert read_numbers("0801-1990-12345", [IdentityKind.HN_DNI]) == ["0801199012345"]
    with pytest.raises(Invalid):
        read_numbers("0801-1990-12345", COFFEE)


def test_nobody_promises_more_places_than_there_are() -> None:
    check_places(20, 20)
    with pytest.raises(Invalid) as error:
        check_places(20, 21)
    assert error.value.faults == (Fault("more-named-than-places", "numbers", {"places": 20}),)
