"""What is asked of who holds a receipt, however they write it."""

from datetime import date

import pytest

from permits.tracking import Claim, fits, read_ending, read_receipt

pytestmark = pytest.mark.feature("W10")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-1234-5678", "2026-1234-5678"),
        (" 2026 1234 5678 ", "2026-1234-5678"),
        ("202612345678", "2026-1234-5678"),
        ("2026-1234-5678-k7q", "2026-1234-5678-K7Q"),
        ("2026–1234–5678", "2026-1234-5678"),
        ("2026", "2026"),
        ("", ""),
    ],
)
def test_a_receipt_is_read_however_it_was_typed(written: str, kept: str) -> None:
    assert read_receipt(written) == kept


@pytest.mark.parametrize(
    ("written", "ending"),
    [("2345", "2345"), ("+502 5551 2345", "2345"), (" 23 45", "2345"), ("345", ""), ("dos", "")],
)
def test_an_ending_is_four_digits(written: str, ending: str) -> None:
    assert read_ending(written) == ending


BORN = date(1994, 3, 27)


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        (Claim("2345"), True),
        (Claim(born=BORN), True),
        (Claim("2345", BORN), True),
        (Claim("2346"), False),
        (Claim("2345", date(1994, 3, 28)), False),
        (Claim("2346", BORN), False),
        (Claim(), False),
    ],
)
def test_all_that_is_claimed_must_be_so(claim: Claim, right: bool) -> None:
    assert fits(claim, "+50255512345", "1994-03-27") is right
    assert not fits(claim, "", "")
