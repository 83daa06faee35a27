"""A zone is found among what a machine read, its fillers and lookalikes mended, or not at all."""

from datetime import date

import pytest

from permits.mrz import check_digit, check_mrz
from permits.zone_guesses import find_zone
from tests.zones import td3

pytestmark = pytest.mark.feature("W5")

TODAY = date(2026, 11, 23)
PASSPORT = td3("GUTIERREZ NAMENDI", "MARIA ANGELA").strip()
FIRST, SECOND = PASSPORT.splitlines()


def td1() -> str:
    """The three lines of a Guatemalan card."""
    number, birth, expiry = "123456789", "940327", "310131"
    head = f"I<GTM{number}{check_digit(number)}{'2004':<15}".replace(" ", "<")
    middle = f"{birth}{check_digit(birth)}F{expiry}{check_digit(expiry)}GTM{'<' * 11}"
    composite = head[5:30] + middle[:7] + middle[8:15] + middle[18:29]
    names = "GUTIERREZ<NAMENDI<<MARIA".ljust(30, "<")
    return f"{head}\n{middle}{check_digit(composite)}\n{names}"


CARD = td1()
PAGE = ["REPUBLICA DE GUATEMALA", "PASAPORTE", "Apellidos / Surname", "GUTIÉRREZ ÑAMENDÍ"]


def test_the_samples_hold() -> None:
    assert check_mrz(PASSPORT, TODAY).warnings == check_mrz(CARD, TODAY).warnings == ()


@pytest.mark.parametrize("zone", [PASSPORT, CARD])
def test_a_zone_is_found_below_the_rest_of_the_page(zone: str) -> None:
    assert find_zone([*PAGE, *zone.splitlines()], TODAY) == zone
    assert find_zone([*zone.splitlines(), "Firma"], TODAY) == zone


@pytest.mark.parametrize(
    "read",
    [
        [FIRST.rstrip("<"), SECOND],
        [FIRST.rstrip("<") + "<<<", SECOND],
        [FIRST + "<<<<", SECOND],
        [FIRST.replace("<<", "«"), SECOND],
        [FIRST.replace("<", " < "), SECOND.lower()],
        [FIRST.replace("GUTIERREZ", "GUT1ERRE2"), SECOND],
        [FIRST, SECOND.replace("9403", "94O3")],
        [FIRST, SECOND.replace("GTM", "6TM")],
        [FIRST, SECOND.replace("<" * 14, "<" * 9)],
    ],
)
def test_miscounted_fillers_and_lookalikes_are_mended(read: list[str]) -> None:
    assert find_zone([*PAGE, *read], TODAY) == PASSPORT


def test_what_is_misread_beyond_that_is_left_to_a_person() -> None:
    wrong = SECOND.replace("A12345678", "A12845678")
    guess = find_zone([FIRST, wrong], TODAY)
    assert guess == f"{FIRST}\n{wrong}"
    assert {one.code for one in check_mrz(guess, TODAY).warnings} == {
        "mrz-number-check",
        "mrz-composite-check",
    }


@pytest.mark.parametrize(
    "lines",
    [
        [],
        PAGE,
        [FIRST],
        [SECOND, FIRST],
        [FIRST, SECOND[::-1]],
        [FIRST, SECOND.replace("A12345678", "A12845678").replace("940327", "950327")],
        ["P<" * 22, "<" * 44],
    ],
)
def test_other_lines_are_no_zone(lines: list[str]) -> None:
    assert find_zone(lines, TODAY) == ""
