"""Rows of a crew list: what is read, and every fault by row and column."""

from collections.abc import Sequence
from datetime import date

import pytest

from permits.answer_checks import Choices, Setting
from permits.crew_rows import HOUSEHOLD, NAMES, Column, Lists, ReadList, read_list
from permits.crews import MOST_PEOPLE
from permits.sheet_rows import Cell, Odd, Row
from permits.submissions import Sex
from tests import outside
from tests.crew_lists import cui

COFFEE = outside.reference().programmes["coffee-hn-gt"]
PLACES = {"2004": "Jocotán", "1201": "San Lorenzo", "1703": "San Lorenzo", "1601": "Cobán"}
LANGUAGES = {"spa": "Español", "caa": "Ch'orti'"}
SETTING = Setting(COFFEE, Choices({"GTM": PLACES}, LANGUAGES), date(2026, 11, 23))
EMPLOYERS = "+50499990000"
HEAD: tuple[Cell, ...] = tuple(NAMES[column][0] for column in Column)
GOOD: tuple[Cell, ...] = (
    *(cui(1), "María Ángela", "Gutiérrez Ñamendí", "27/03/1994", "Mujer", "jocotan"),
    *("5551 2345", "Español, Ch'orti'", "español"),
)


def phone(text: str) -> str | None:
    digits = "".join(sign for sign in text if sign.isdigit())
    return f"+502{digits}" if len(digits) == 8 else f"+{digits}" if len(digits) == 11 else None


LISTS = Lists(PLACES, LANGUAGES, phone, frozenset({EMPLOYERS}))


def read(*rows: Sequence[Cell], head: Sequence[Cell] = HEAD) -> ReadList:
    numbered = [Row(at, tuple(cells)) for at, cells in enumerate((head, *rows), start=1)]
    return read_list(numbered, SETTING, LISTS)


def with_(column: Column, cell: Cell, number: int = 1) -> tuple[Cell, ...]:
    cells = [cui(number), *GOOD[1:]]
    cells[list(Column).index(column)] = cell
    return tuple(cells)


def codes(read_: ReadList) -> list[tuple[int, str, str]]:
    return [(one.row, one.fault.field, one.fault.code) for one in read_.faults]


@pytest.mark.feature("N14")
def test_a_good_row_becomes_answers() -> None:
    found = read(GOOD)
    assert (codes(found), found.rows, len(found.people)) == ([], 1, 1)
    said = found.people[0].answers
    assert (said.document_number, said.full_name) == (cui(1), "María Ángela Gutiérrez Ñamendí")
    assert (said.date_of_birth, said.sex) == (date(1994, 3, 27), Sex.FEMALE)
    assert (said.municipality, said.phone) == ("2004", "+50255512345")
    assert (said.languages_spoken, said.nationality) == (("spa", "caa"), "GTM")
    assert said.consent is None  # nobody consents for another


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        (Column.NUMBER, "", "missing"),
        (Column.NUMBER, "1234567802004", "cui-check-digit"),
        (Column.NUMBER, "12345", "cui-length"),
        (Column.NUMBER, Odd.FORMULA, "crew-formula"),
        (Column.SURNAMES, Odd.ERROR, "crew-error"),
        (Column.GIVEN_NAMES, "R2D2", "name-characters"),
        (Column.BORN, "31/02/1990", "crew-date"),
        (Column.BORN, "marzo", "crew-date"),
        (Column.BORN, "2010-03-27", "underage"),
        (Column.BORN, "2030-03-27", "date-in-future"),
        (Column.SEX, "no", "crew-sex"),
        (Column.MUNICIPALITY, "Atlántida", "crew-place"),
        (Column.MUNICIPALITY, "San Lorenzo", "crew-place-twice"),
        (Column.PHONE, "12", "phone-malformed"),
        (Column.PHONE, EMPLOYERS, "crew-phone-of-employer"),
        (Column.LANGUAGES, "klingon", "crew-language"),
        (Column.READS, "klingon", "crew-language"),
    ],
)
def test_each_fault_names_its_row_and_column(column: Column, cell: Cell, code: str) -> None:
    found = read(with_(Column.NUMBER, cui(2), 2), with_(column, cell, 3))
    assert (3, column.value, code) in codes(found)
    assert [person.row for person in found.people] == [2]


@pytest.mark.parametrize("written", ["27/03/1994", "27-3-1994", "1994-03-27", "1994-03-27 00:00"])
def test_days_are_read_as_people_and_spreadsheets_write_them(written: str) -> None:
    assert read(with_(Column.BORN, written)).people[0].answers.date_of_birth == date(1994, 3, 27)


@pytest.mark.parametrize(("cell", "reads"), [("", None), ("no", ()), ("Español", ("spa",))])
def test_who_reads_may_be_left_out(cell: str, reads: tuple[str, ...] | None) -> None:
    assert read(with_(Column.READS, cell)).people[0].answers.languages_read == reads
    assert codes(read(GOOD[:-1], head=HEAD[:-1])) == []


def test_a_place_of_two_names_is_told_by_its_code() -> None:
    found = read(with_(Column.MUNICIPALITY, "San Lorenzo"))
    assert found.faults[0].fault.facts == {"codes": "1201, 1703"}
    assert read(with_(Column.MUNICIPALITY, "1703")).people[0].answers.municipality == "1703"


def test_the_same_row_and_the_same_person_twice_are_told() -> None:
    again = with_(Column.GIVEN_NAMES, "Otra", 1)
    found = read(GOOD, again, with_(Column.NUMBER, cui(9)))
    assert codes(found) == [
        (3, "document_number", "crew-row-twice"),
        (4, "given_names", "crew-person-twice"),
    ]
    assert [one.fault.facts for one in found.faults] == [{"first": 2}, {"first": 2}]


def test_a_phone_that_a_whole_crew_shares_is_nobodys_own() -> None:
    rows = [with_(Column.GIVEN_NAMES, f"Ana {chr(65 + at)}", at + 1) for at in range(HOUSEHOLD + 1)]
    assert codes(read(*rows)) == [(HOUSEHOLD + 2, "phone", "crew-phone-shared")]
    assert codes(read(*rows[:-1])) == []


def test_columns_are_known_in_both_languages_and_in_any_order() -> None:
    english = [NAMES[column][1].upper() for column in reversed(Column)]
    assert codes(read(tuple(reversed(GOOD)), head=english)) == []
    assert codes(read((*GOOD, "mi nota"), head=[*HEAD, "Notas"])) == []


def test_a_list_that_cannot_be_read_is_refused_whole() -> None:
    assert codes(read(GOOD[:-2], head=HEAD[:-2])) == [
        (0, "languages_spoken", "crew-column-missing")
    ]
    assert codes(read((*GOOD, "x"), head=(*HEAD, "DPI"))) == [
        (0, "document_number", "crew-column-twice")
    ]
    assert codes(read()) == [(0, "", "crew-empty")]
    assert codes(read_list([], SETTING, LISTS)) == [(0, "", "crew-empty")]
    many = read(*(GOOD for _ in range(MOST_PEOPLE + 1)))
    assert (codes(many), many.people) == ([(0, "", "crew-too-long")], ())


def test_empty_lines_are_passed_over_and_numbers_stay_those_of_the_program() -> None:
    empty: tuple[Cell, ...] = ("",) * len(GOOD)
    assert [person.row for person in read(empty, GOOD, empty).people] == [3]
