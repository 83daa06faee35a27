"""The machine-readable zone: ICAO's specimens, misread characters, centuries, long numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.errors import Invalid
from permits.identity_documents import IdentityDocument, IdentityKind
from permits.mrz import check_digit, check_mrz, same_name, transliterate

ON = date(2012, 1, 1)
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<\n"
    "7408122F1204159UTO<<<<<<<<<<<6\n"
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<\n"
)


@pytest.mark.parametrize(
    ("text", "digit"),
    [("L898902C3", 6), ("740812", 2), ("120415", 9), ("ZE184226B<<<<<", 1), ("<" * 14, 0)],
)
def test_the_check_digits_of_the_standard(text: str, digit: int) -> None:
    assert check_digit(text) == digit


@pytest.mark.parametrize(("zone", "number"), [(TD3, "L898902C3"), (TD1, "D23145890")])
def test_the_specimens_of_the_standard(zone: str, number: str) -> None:
    assert check_mrz(zone, ON) == IdentityDocument(
        kind=IdentityKind.PASSPORT,
        number=number,
        country="UTO",
        birth_year=1974,
        surnames="ERIKSSON",
        given_names="ANNA MARIA",
        date_of_birth=date(1974, 8, 12),
        sex="F",
        nationality="UTO",
        expires_on=date(2012, 4, 15),
    )


def codes(zone: str, on: date = ON) -> list[str]:
    return [warning.code for warning in check_mrz(zone, on).warnings]


@pytest.mark.parametrize(
    ("was", "becomes", "warnings"),
    [
        ("L898902C36", "L8989O2C36", ["mrz-number-check", "mrz-composite-check"]),
        ("7408122", "7408123", ["mrz-birth-check", "mrz-composite-check"]),
        ("1204159", "1204150", ["mrz-expiry-check", "mrz-composite-check"]),
        ("B<<<<<10", "B<<<<<20", ["mrz-personal-number-check", "mrz-composite-check"]),
        ("B<<<<<10", "B<<<<<11", ["mrz-composite-check"]),
        ("7408122", "7413122", ["mrz-birth-check", "mrz-composite-check", "mrz-birth-date"]),
        ("120415", "120230", ["mrz-expiry-check", "mrz-composite-check", "mrz-expiry-date"]),
        ("740812", "74O812", ["mrz-birth-check", "mrz-composite-check", "mrz-birth-date"]),
    ],
)
def test_what_was_misread_is_a_warning(was: str, becomes: str, warnings: list[str]) -> None:
    assert codes(TD3.replace(was, becomes)) == warnings


@pytest.mark.parametrize(
    ("zone", "code"),
    [
        ("", "mrz-shape"),
        (TD3[:60], "mrz-shape"),
        (TD3.replace("\n", "X\n"), "mrz-shape"),
        (TD1.replace("I<UTO", "I<U*O"), "mrz-characters"),
        (TD3.replace("P<UTO", "V<UTO"), "mrz-kind"),
    ],
)
def test_what_is_no_zone_is_refused(zone: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_mrz(zone, ON)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_the_day_after_expiry_it_is_expired() -> None:
    assert codes(TD3, date(2012, 4, 15)) == []
    assert codes(TD3, date(2012, 4, 16)) == ["mrz-expired"]


@pytest.mark.parametrize(
    ("birth", "on", "born"),
    [
        ("260101", date(2026, 1, 1), date(2026, 1, 1)),
        ("260102", date(2026, 1, 1), date(1926, 1, 2)),
        ("080901", date(2026, 11, 23), date(2008, 9, 1)),
        ("000229", date(2026, 1, 1), date(2000, 2, 29)),
    ],
)
def test_the_century_of_a_birth(birth: str, on: date, born: date) -> None:
    assert check_mrz(TD3.replace("740812", birth), on).date_of_birth == born


def test_the_century_of_an_expiry() -> None:
    assert check_mrz(TD3.replace("120415", "310415"), date(2026, 1, 1)).expires_on == date(
        2031, 4, 15
    )
    assert check_mrz(TD3.replace("120415", "020415"), date(2098, 1, 1)).expires_on == date(
        2102, 4, 15
    )


def test_a_long_number_of_a_card_goes_on_in_the_optional_field() -> None:
    # The specimen of ICAO 9303-5: D23145890734, check digit 9.
    card = TD1.replace("D231458907<<<<<<<<<<<<<<<", "D23145890<7349<<<<<<<<<<<")
    read = check_mrz(card, ON)
    assert read.number == "D23145890734"
    assert "mrz-number-check" not in [warning.code for warning in read.warnings]


def test_a_guatemalan_card_is_a_dpi() -> None:
    assert check_mrz(TD1.replace("I<UTO", "IDGTM"), ON).kind is IdentityKind.GT_DPI
    assert check_mrz(TD1.replace("I<UTO", "IDHND"), ON).kind is IdentityKind.HN_DNI


@given(st.integers(0, 87), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"))
def test_a_changed_character_never_breaks_the_reader(at: int, character: str) -> None:
    flat = TD3.replace("\n", "")
    changed = flat[:at] + character + flat[at + 1 :]
    zone = f"{changed[:44]}\n{changed[44:]}"
    if changed[0] in "PIAC":
        assert check_mrz(zone, ON).kind is IdentityKind.PASSPORT
    else:
        with pytest.raises(Invalid):
            check_mrz(zone, ON)


@pytest.mark.parametrize(
    ("typed", "read", "same"),
    [
        ("Núñez Peña", "NUNEZ PENA", True),
        ("Núñez Peña", "NUNXXEZ PENXXA", True),
        ("de la Cruz-López", "DE LA CRUZ LOPEZ", True),
        ("Hernández Interiano", "HERNANDEZ INTER", True),
        ("Hernández Interiano", "HERNANDEZ", True),
        ("Hernández", "HERNANDEZ INTERIANO", False),
        ("Interiano Hernández", "HERNANDEZ INTERIANO", False),
        ("Pérez", "", False),
        ("", "PEREZ", False),
    ],
)
def test_a_name_typed_and_a_name_read(typed: str, read: str, same: bool) -> None:
    assert same_name(typed, read) is same


def test_transliteration_keeps_letters_only() -> None:
    assert transliterate("  O'Higgins  Ñandú-Ixtz’ul ") == "OHIGGINS NANDU IXTZUL"
