"""Numbers of identity documents: what passes, what is refused, what a person must look at."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.errors import Invalid
from permits.identity_documents import (
    GT_MUNICIPALITIES,
    HN_MUNICIPALITIES,
    IdentityDocument,
    IdentityKind,
    check_cui,
    check_dni,
    check_document,
    check_dui,
    check_passport,
    check_rtn,
    cui_remainder,
    group,
    normalise,
)

JOCOTAN, PETATAN = "1234567892004", "1234567891333"


def faults_of(check: Callable[..., object], *args: object, **named: object) -> list[str]:
    with pytest.raises(Invalid) as refused:
        check(*args, **named)
    return [fault.code for fault in refused.value.faults]


def test_the_tables_have_every_municipality() -> None:
    assert (len(GT_MUNICIPALITIES), sum(GT_MUNICIPALITIES.values())) == (22, 340)
    assert GT_MUNICIPALITIES["13"] == 33
    assert (len(HN_MUNICIPALITIES), sum(HN_MUNICIPALITIES.values())) == (18, 298)


@pytest.mark.feature("W1")
@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("1234567892004", "2004"),
        ("1234 56789 2004", "2004"),
        ("1234-56789-2004", "2004"),
        ("  1234\u00a056789\u20112004\n", "2004"),
        ("１２３４５６７８９２００４", "2004"),
        ("1234567891333", "1333"),  # Petatán: the 33rd of Huehuetenango
    ],
)
def test_a_good_cui(text: str, municipality: str) -> None:
    number = "123456789" + municipality
    assert check_cui(text) == IdentityDocument(
        IdentityKind.GT_DPI, number, "GTM", municipality[:2], municipality
    )


@pytest.mark.feature("W1")
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["cui-missing"]),
        (" - ", ["cui-missing"]),
        ("123456789200", ["cui-length"]),
        ("12345678920044", ["cui-length"]),
        ("12345678920O4", ["cui-characters"]),
        ("1234S", ["cui-characters", "cui-length"]),
        ("١٢٣٤٥٦٧٨٩٢٠٠٤", ["cui-characters"]),  # Arabic-Indic digits are not on a DPI
        ("1234567800101", ["cui-check-digit"]),
        ("1234567892304", ["cui-department"]),
        ("1234567890004", ["cui-department"]),
        ("1234567892000", ["cui-municipality"]),
        ("1234567802304", ["cui-department", "cui-check-digit"]),
    ],
)
def test_a_bad_cui_tells_every_fault(text: str, codes: list[str]) -> None:
    assert faults_of(check_cui, text) == codes


def test_a_municipality_above_the_count_is_only_a_warning() -> None:
    assert [w.code for w in check_cui("1234567891334").warnings] == ["cui-municipality-unknown"]
    assert check_cui(PETATAN).warnings == ()


def test_an_official_who_saw_the_card_turns_the_check_digit_into_a_warning() -> None:
    seen = check_cui("1234567800101", confirmed=True)
    assert [w.code for w in seen.warnings] == ["cui-check-digit"]
    assert faults_of(check_cui, "1234567802304", confirmed=True) == ["cui-department"]


def test_a_serial_with_remainder_ten_has_no_cui() -> None:
    assert cui_remainder("00000006") == 10
    for digit in "0123456789":
        assert faults_of(check_cui, f"00000006{digit}2004") == ["cui-check-digit"]


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.integers(0, 7), st.integers(1, 9))
def test_any_single_wrong_digit_of_the_serial_is_caught(serial: str, at: int, shift: int) -> None:
    remainder = cui_remainder(serial)
    if remainder == 10:
        return
    check_cui(f"{serial}{remainder}2004")
    wrong = serial[:at] + str((int(serial[at]) + shift) % 10) + serial[at + 1 :]
    assert faults_of(check_cui, f"{wrong}{remainder}2004") == ["cui-check-digit"]


def outcome_of(check: Callable[[], IdentityDocument]) -> IdentityDocument | list[str]:
    try:
        return check()
    except Invalid as refused:
        return [fault.code for fault in refused.faults]


@given(st.text(max_size=30), st.sampled_from(IdentityKind))
def test_any_text_is_a_document_or_has_faults(text: str, kind: IdentityKind) -> None:
    outcome = outcome_of(lambda: check_document(kind, text))
    if isinstance(outcome, list):
        assert outcome != []
    else:
        assert outcome.number == normalise(text)


BORN = date(1990, 5, 1)


@pytest.mark.feature("W1")
@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("0801-1990-12345", []),
        ("0801199012345", []),
        ("0423 1990 00001", []),
        ("0424-1990-12345", ["dni-municipality-unknown"]),
        ("0801-1991-12345", ["dni-birth-year-differs"]),
        ("1812-2005-00001", ["dni-municipality-unknown", "dni-birth-year-differs"]),
    ],
)
def test_a_good_dni(text: str, warnings: list[str]) -> None:
    dni = check_dni(text, BORN)
    assert [w.code for w in dni.warnings] == warnings
    assert (dni.country, dni.municipality, dni.birth_year) == (
        "HND",
        dni.number[:4],
        int(dni.number[4:8]),
    )


@pytest.mark.feature("W1")
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["dni-missing"]),
        ("0801-1990-1234", ["dni-length"]),
        ("0801-199O-12345", ["dni-characters"]),
        ("1901-1990-12345", ["dni-department"]),
        ("0001-1990-12345", ["dni-department"]),
        ("0800-1990-12345", ["dni-municipality"]),
        ("0801-1899-12345", ["dni-birth-year"]),
        ("0801-2100-12345", ["dni-birth-year"]),
        ("1901-1899-12345", ["dni-department", "dni-birth-year"]),
    ],
)
def test_a_bad_dni_tells_every_fault(text: str, codes: list[str]) -> None:
    assert faults_of(check_dni, text) == codes


def test_without_a_date_of_birth_the_year_is_only_read() -> None:
    assert check_dni("0801-1990-12345").warnings == ()


@pytest.mark.feature("W1")
@pytest.mark.parametrize("text", ["00016297-5", "000162975", "0001 6297 5", "12345678-4"])
def test_a_good_dui(text: str) -> None:
    dui = check_dui(text)
    assert (dui.kind, dui.country, dui.number) == (IdentityKind.SV_DUI, "SLV", normalise(text))
    assert dui.warnings == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["dui-missing"]),
        ("00016297", ["dui-length"]),
        ("0001629X-5", ["dui-characters"]),
        ("00016297-6", ["dui-check-digit"]),
        ("0801-1990-12345", ["dui-length"]),
    ],
)
def test_a_bad_dui_tells_every_fault(text: str, codes: list[str]) -> None:
    assert faults_of(check_dui, text) == codes


def test_an_official_who_saw_the_card_takes_its_number() -> None:
    dui = check_dui("00016297-6", confirmed=True)
    assert [warning.code for warning in dui.warnings] == ["dui-check-digit"]
    assert group(IdentityKind.SV_DUI, dui.number) == "00016297-6"


@given(st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_one_check_digit_of_ten_is_right(serial: str) -> None:
    good = [d for d in "0123456789" if not faults_of_or_none(f"{serial}{d}")]
    assert len(good) == 1


def faults_of_or_none(text: str) -> list[str]:
    outcome = outcome_of(lambda: check_dui(text))
    return outcome if isinstance(outcome, list) else []


@pytest.mark.parametrize("text", ["", "12345", "AB12345678", "AB-12*45", "ÑB12345"])
def test_a_passport_number_is_six_to_nine_letters_and_digits(text: str) -> None:
    assert faults_of(check_passport, text) == ["passport-number"]


def test_a_good_passport_number() -> None:
    assert check_passport(" l898902c3 ").number == "L898902C3"


def test_the_tax_number() -> None:
    assert check_rtn("0801-1990-123456") == "08011990123456"
    assert faults_of(check_rtn, "0801199012345") == ["rtn-length"]
    assert faults_of(check_rtn, "") == ["rtn-missing"]


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        (IdentityKind.GT_DPI, JOCOTAN, "1234 56789 2004"),
        (IdentityKind.HN_DNI, "0801199012345", "0801-1990-12345"),
        (IdentityKind.PASSPORT, "L898902C3", "L898902C3"),
        (IdentityKind.GT_DPI, "123", "123"),
    ],
)
def test_grouped_as_printed(kind: IdentityKind, number: str, shown: str) -> None:
    assert group(kind, number) == shown
    assert normalise(shown) == number
