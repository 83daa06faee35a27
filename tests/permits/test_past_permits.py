"""Older registers: every fault by row and column, and whose a permit was only where it is sure."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from permits.answer_checks import Choices, Setting
from permits.errors import Conflict
from permits.past_permits import (
    UNDO_FOR,
    Import,
    Standing,
    check_settle,
    check_undo,
    find_person,
)
from permits.past_rows import ReadRegister, Span, name_of, read_register
from permits.people import PersonId
from permits.sheet_rows import Row
from permits.submissions import Answers
from tests import outside
from tests.builders import NOW
from tests.crew_lists import cui
from tests.registers import numbered, permit

TODAY = date(2026, 11, 23)
SETTING = Setting(outside.reference().programmes["coffee-hn-gt"], Choices({}, ()), TODAY)
SPAN = Span(date(2021, 11, 23), TODAY)
ONE, TWO = (PersonId(UUID(int=at)) for at in (1, 2))


def read(*rows: list[str]) -> ReadRegister:
    given = [Row(at, tuple(cells)) for at, cells in numbered(rows)]
    return read_register(given, SETTING, SPAN)


def codes(found: ReadRegister) -> list[tuple[int, str, str]]:
    return [(one.row, one.fault.field, one.fault.code) for one in found.faults]


@pytest.mark.feature("D9")
def test_a_good_row_is_a_past_permit() -> None:
    (found,) = read(permit()).permits
    assert (found.person.document_number, found.person.document_kind) == ("1234567892004", "gt-dpi")
    assert (found.starts_on, found.ends_on) == (date(2024, 11, 1), date(2025, 2, 28))
    assert (found.left_on, found.number) == (date(2025, 2, 20), "SET-2024-17")
    (bare,) = read(permit(document_number="", left_on="", permit_number="")).permits
    assert (bare.person.document_kind, bare.left_on, bare.number) == (None, None, "")


@pytest.mark.feature("D9")
@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"document_number": "1234567802004"}, "document_number", "cui-check-digit"),
        ({"document_number": "", "date_of_birth": ""}, "document_number", "past-nobody"),
        ({"given_names": ""}, "given_names", "missing"),
        ({"given_names": "<b>"}, "given_names", "name-characters"),
        ({"employer": "x" * 81}, "employer", "too-long"),
        ({"starts_on": "ayer"}, "starts_on", "crew-date"),
        ({"ends_on": "01/10/2024"}, "ends_on", "past-ends-before"),
        ({"ends_on": "23/11/2026"}, "ends_on", "past-not-over"),
        ({"starts_on": "01/11/2020", "ends_on": "22/11/2021"}, "ends_on", "past-too-old"),
        ({"left_on": "31/10/2024"}, "left_on", "past-left-wrong"),
        ({"left_on": "24/11/2026"}, "left_on", "past-left-wrong"),
        ({"date_of_birth": "02/11/2024"}, "date_of_birth", "past-born-after"),
    ],
)
def test_every_fault_names_row_and_column(changed: dict[str, str], field: str, code: str) -> None:
    found = read(permit(), permit(**{"document_number": cui(2), **changed}))
    assert codes(found) == [(3, field, code)]
    assert [one.row for one in found.permits] == [2]


def test_a_permit_stands_in_a_register_once_and_a_person_may_have_many() -> None:
    later = permit(starts_on="01/11/2025", ends_on="28/02/2026", left_on="")
    assert codes(read(permit(), later)) == []
    assert codes(read(permit(), permit(employer="FINCA el roble"))) == [(3, "", "past-row-twice")]
    first, second = read(permit(), later).permits
    assert name_of(first, "a") != name_of(second, "a") != name_of(second, "b")


def person(**changed: object) -> Answers:
    (found,) = read(permit()).permits
    return replace(found.person, **changed)  # type: ignore[arg-type]


@pytest.mark.feature("D9")
def test_a_permit_is_matched_only_where_one_person_is_meant_and_certainly() -> None:
    said = person()
    alike = person(given_names="Maria Angela", surnames="Gutierres Ñamendi")
    other = person(document_number=cui(3), given_names="Bartola")
    assert find_person(said, [(ONE, alike), (ONE, said), (TWO, other)]) == (Standing.MATCHED, ONE)
    assert find_person(person(date_of_birth=None), [(ONE, said)]) == (Standing.MATCHED, ONE)
    unsure = {
        "two people": [(ONE, said), (TWO, alike)],
        "another name": [(ONE, person(given_names="Bartola", surnames="Caal"))],
        "another birth": [(ONE, person(date_of_birth=date(1990, 1, 1)))],
        "no document": [(ONE, person(document_number=None))],
        "another document": [(ONE, person(document_number=cui(4)))],
    }
    for why, others in unsure.items():
        assert find_person(said, others) == (Standing.UNSURE, None), why
    assert find_person(said, [(TWO, other)]) == (Standing.ALONE, None)
    assert find_person(said, []) == (Standing.ALONE, None)


def test_a_whole_import_may_be_undone_for_a_while_and_once() -> None:
    made = Import(UUID(int=1), "coffee-hn-gt", "2024", 1, ONE, NOW)
    check_undo(made, NOW + UNDO_FOR - timedelta(seconds=1))
    refused: list[tuple[datetime, Import, str]] = [
        (NOW + UNDO_FOR, made, "import-too-old"),
        (NOW, replace(made, undone_at=NOW), "import-undone"),
    ]
    for now, found, code in refused:
        with pytest.raises(Conflict) as caught:
            check_undo(found, now)
        assert caught.value.code == code


def test_nobody_decides_what_changed_or_was_not_compared() -> None:
    check_settle(Standing.MATCHED, Standing.MATCHED)
    for standing, code in ((Standing.WAITING, "past-waiting"), (Standing.ALONE, "past-settled")):
        with pytest.raises(Conflict) as caught:
            check_settle(standing, Standing.UNSURE)
        assert caught.value.code == code
