"""What may be answered, field by field, and what is still missing; all faults at once."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from permits.answer_checks import (
    CHECKS,
    CONSENT_VERSION,
    FULL_NAME_LIMIT,
    NAME_LIMIT,
    REQUIRED,
    Choices,
    Setting,
    find_faults,
    find_missing,
)
from permits.credentials import MAX_NAME
from permits.submissions import Answers, DocumentKind, Sex
from tests import outside

TODAY = date(2026, 11, 23)
COFFEE = outside.reference().programmes["coffee-hn-gt"]
CHOICES = Choices({"GTM": {"2004": "Jocotán"}, "HND": {"0404": "Copán"}}, {"spa": "", "caa": ""})
SETTING = Setting(COFFEE, CHOICES, TODAY)
GOOD = Answers(
    document_kind="gt-dpi",
    document_number="1234567892004",
    given_names="María Ángela",
    surnames="Gutiérrez Ñamendí",
    date_of_birth=date(1994, 3, 27),
    sex=Sex.FEMALE,
    nationality="GTM",
    municipality="2004",
    phone="+50255512345",
    languages_spoken=("spa", "caa"),
    vacancy="vacancy",
    brings_documents=True,
    brings_photo=True,
    consent=CONSENT_VERSION,
)

TABLE: dict[str, list[tuple[Any, str]]] = {
    "document_kind": [
        ("gt-dpi", ""),
        ("passport", ""),
        ("hn-dni", "unknown-value"),
        ("", "unknown-value"),
    ],
    "document_number": [
        ("1234567892004", ""),
        ("1234567802004", "cui-check-digit"),
        ("123456789200", "cui-length"),
        ("12345678920O4", "cui-characters"),
    ],
    "given_names": [
        ("José", ""),
        ("Ana-María d’Ángelo Jr.", ""),
        ("Q'anil", ""),
        ("Ixchꞌel", ""),
        ("Ana\u0301", ""),
        ("x" * NAME_LIMIT, ""),
        ("x" * (NAME_LIMIT + 1), "too-long"),
        ("", "missing"),
        ("   ", "missing"),
        ("Ana2", "name-characters"),
        ("Ana\n", "name-characters"),
        ("Ana\x00", "name-characters"),
        ("<b>", "name-characters"),
        ("-", "name-characters"),
        ("'’. ", "name-characters"),
    ],
    "date_of_birth": [
        (date(1994, 3, 27), ""),
        (date(2008, 11, 23), ""),
        (date(2008, 11, 24), "underage"),
        (TODAY, "underage"),
        (date(2026, 11, 24), "date-in-future"),
        (date(1915, 11, 24), ""),
        (date(1915, 11, 23), "date-too-old"),
    ],
    "sex": [(sex, "") for sex in Sex] + [("x", "unknown-value")],
    "nationality": [("GTM", ""), ("HND", "unknown-value"), ("", "unknown-value")],
    "municipality": [("2004", ""), ("0404", ""), ("9999", "unknown-value")],
    "phone": [
        ("+50255512345", ""),
        ("+12345678", ""),
        ("+123456789012345", ""),
        ("+1234567890123456", "phone-malformed"),
        ("+1234567", "phone-malformed"),
        ("50255512345", "phone-malformed"),
        ("+05025551234", "phone-malformed"),
        ("+50255512345\n", "phone-malformed"),
        ("+502 5551 2345", "phone-malformed"),
        ("+٥٠٢٥٥٥١٢٣٤٥", "phone-malformed"),
    ],
    "languages_spoken": [(("spa",), ""), (("spa", "xxx"), "unknown-value"), ((), "")],
    "languages_read": [((), ""), (("caa",), ""), (("xxx",), "unknown-value")],
    "consent": [(CONSENT_VERSION, ""), ("2020-01", "unknown-value")],
}
TABLE["surnames"] = TABLE["given_names"]
ROWS = [(field, value, code) for field, rows in TABLE.items() for value, code in rows]


def test_the_table_has_every_check() -> None:
    assert set(TABLE) == set(CHECKS)


@pytest.mark.asvs("2.2.1")
@pytest.mark.feature("W1")
@pytest.mark.parametrize(("field", "value", "code"), ROWS)
def test_each_answer(field: str, value: object, code: str) -> None:
    faults = find_faults({field}, dataclasses.replace(GOOD, **{field: value}), SETTING)  # type: ignore[arg-type]
    assert [fault.code for fault in faults] == ([code] if code else [])
    assert {fault.field for fault in faults} <= {field}


@pytest.mark.parametrize("field", sorted(CHECKS))
def test_an_answer_that_was_not_given_is_not_looked_at(field: str) -> None:
    unanswered: Any = {field: None}
    assert find_faults({field}, dataclasses.replace(GOOD, **unanswered), SETTING) == []


def test_faults_of_other_fields_stay_silent() -> None:
    wrong = dataclasses.replace(GOOD, phone="no", sex="x")  # type: ignore[arg-type]
    assert [fault.field for fault in find_faults({"phone"}, wrong, SETTING)] == ["phone"]


def test_all_faults_at_once() -> None:
    wrong = dataclasses.replace(
        GOOD, phone="no", given_names="1", date_of_birth=date(2015, 1, 1), municipality="9999"
    )
    faults = find_faults(list(CHECKS), wrong, SETTING)
    assert {(fault.code, fault.field) for fault in faults} == {
        ("phone-malformed", "phone"),
        ("name-characters", "given_names"),
        ("underage", "date_of_birth"),
        ("unknown-value", "municipality"),
    }


def test_a_name_that_a_permit_cannot_carry_is_told_at_once() -> None:
    # Else the second agency would meet it, when the credential is prepared.
    assert FULL_NAME_LIMIT == MAX_NAME
    fits = dataclasses.replace(GOOD, given_names="x" * 60, surnames="y" * 59)
    assert find_faults({"surnames"}, fits, SETTING) == []
    long = dataclasses.replace(fits, surnames="y" * 60)
    assert [(f.code, f.field) for f in find_faults({"surnames"}, long, SETTING)] == [
        ("too-long", "surnames")
    ]


@pytest.mark.feature("W1")
def test_an_empty_form_tells_everything_that_is_missing() -> None:
    missing = find_missing(Answers(), set(), SETTING)
    assert [(fault.code, fault.field) for fault in missing] == [
        *(("missing", name) for name in REQUIRED),
        ("document-missing", "documents"),
        ("photo-missing", "photo"),
    ]


@pytest.mark.parametrize("name", REQUIRED)
def test_each_required_answer_is_missed(name: str) -> None:
    empty: Any = () if name == "languages_spoken" else None
    missing = find_missing(dataclasses.replace(GOOD, **{name: empty}), set(), SETTING)
    assert [(fault.code, fault.field) for fault in missing] == [("missing", name)]


FRONT, BACK, PHOTO = DocumentKind.IDENTITY_FRONT, DocumentKind.IDENTITY_BACK, DocumentKind.PHOTO


@pytest.mark.feature("W5", "W6")
@pytest.mark.parametrize(
    ("files", "brings_documents", "brings_photo", "expected"),
    [
        (set(), True, True, []),
        ({FRONT, BACK, PHOTO}, False, False, []),
        ({FRONT, BACK}, False, True, []),
        ({PHOTO}, True, False, []),
        ({FRONT, PHOTO}, False, False, ["document-missing"]),
        ({FRONT, BACK}, False, False, ["photo-missing"]),
        (set(), False, False, ["document-missing", "photo-missing"]),
    ],
)
def test_files_are_there_or_brought_along(
    files: set[DocumentKind], brings_documents: bool, brings_photo: bool, expected: list[str]
) -> None:
    answers = dataclasses.replace(
        GOOD, brings_documents=brings_documents, brings_photo=brings_photo
    )
    assert [fault.code for fault in find_missing(answers, files, SETTING)] == expected


def test_wrong_answers_stop_the_sending_too() -> None:
    wrong = dataclasses.replace(GOOD, phone="no", consent=None)
    codes = [(fault.code, fault.field) for fault in find_missing(wrong, set(), SETTING)]
    assert codes == [("missing", "consent"), ("phone-malformed", "phone")]
