"""Two applications side by side: what is the same, alike, different, and whose they may be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.duplicates import Match, compare, days_alike, is_one_slip, may_be_one_person
from permits.submissions import Answers

MARIA = Answers(
    document_kind="gt-dpi",
    document_number="9000000012004",
    given_names="María Ángela",
    surnames="Gutiérrez Ñamendí",
    date_of_birth=date(1994, 3, 7),
    nationality="GTM",
    phone="+50255512345",
)

pytestmark = pytest.mark.feature("O6")


def matches(theirs: Answers) -> dict[str, Match]:
    return {one.field: one.match for one in compare(MARIA, theirs)}


def test_accents_case_and_a_slip_are_alike_and_no_more() -> None:
    typed = replace(MARIA, given_names="MARIA ANGELA", surnames="Gutierres Namendi")
    found = matches(typed)
    assert (found["given_names"], found["surnames"]) == (Match.ALIKE, Match.ALIKE)
    assert found["document_number"] is Match.SAME
    assert matches(replace(MARIA, surnames="Gómez Ñamendí"))["surnames"] is Match.DIFFERENT
    assert matches(replace(MARIA, surnames="Gutiérrez"))["surnames"] is Match.ALIKE


@pytest.mark.parametrize(
    ("born", "match"),
    [
        (date(1994, 3, 7), Match.SAME),
        (date(1994, 7, 3), Match.ALIKE),  # day and month changed places
        (date(1994, 3, 1), Match.ALIKE),  # a seven is read as a one
        (date(1984, 3, 7), Match.ALIKE),
        (date(1986, 3, 7), Match.DIFFERENT),
        (None, Match.UNKNOWN),
    ],
)
def test_days_of_birth(born: date | None, match: Match) -> None:
    assert matches(replace(MARIA, date_of_birth=born))["date_of_birth"] is match


def test_one_document_is_one_person_whatever_else_is_said() -> None:
    other = Answers(document_number=MARIA.document_number, given_names="José", surnames="Paz")
    assert may_be_one_person(MARIA, other)


def test_a_namesake_of_another_age_is_somebody_else() -> None:
    other = replace(MARIA, document_number="9000000022004", date_of_birth=date(1970, 1, 2))
    assert not may_be_one_person(MARIA, other)
    assert may_be_one_person(MARIA, replace(other, date_of_birth=date(1994, 3, 7)))
    assert not may_be_one_person(MARIA, replace(other, date_of_birth=None))


def test_nothing_said_is_never_the_same() -> None:
    assert set(matches(Answers()).values()) == {Match.UNKNOWN}
    assert not may_be_one_person(Answers(), Answers())


WORDS = st.text("abcñ", max_size=6)


@given(WORDS, WORDS)
def test_a_slip_has_no_direction(one: str, other: str) -> None:
    assert is_one_slip(one, other) == is_one_slip(other, one)


@given(WORDS, st.integers(0, 6), st.sampled_from("abcñ"))
def test_each_single_slip_is_one(word: str, at: int, letter: str) -> None:
    at = min(at, len(word))
    assert is_one_slip(word, word)
    assert is_one_slip(word, word[:at] + letter + word[at:])
    assert is_one_slip(word, word[:at] + word[at + 1 :])
    assert is_one_slip(word, word[:at] + letter + word[at + 1 :])
    assert is_one_slip(word, word[:at] + word[at : at + 2][::-1] + word[at + 2 :])


@pytest.mark.parametrize(("one", "other"), [("abc", "a"), ("abcd", "badc"), ("abc", "cba")])
def test_two_slips_are_two(one: str, other: str) -> None:
    assert not is_one_slip(one, other)


def test_the_days_that_are_alike_are_those_that_the_comparison_calls_so() -> None:
    born = date(1999, 12, 11)
    near, mine = days_alike(born), Answers(date_of_birth=born)
    walked = [date(1999, 1, 1) + timedelta(days=at) for at in range(2 * 365)]
    alike = {
        day
        for day in walked
        for one in compare(mine, Answers(date_of_birth=day))
        if one.field == "date_of_birth" and one.match in {Match.SAME, Match.ALIKE}
    }
    assert alike == near & set(walked)
    assert {date(1999, 11, 12), date(1989, 12, 11), date(1999, 12, 10)} <= near
