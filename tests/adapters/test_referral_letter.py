"""The letter of a hand-over on paper: its symbol is read, and its address has no false hyphen."""

import pytest

from tests import papers
from tests.papers import read_symbols, words_of
from tests.referred import printed_referral


@pytest.mark.feature("H5")
def test_a_plain_printer_s_letter_is_read_by_camera_and_by_hand() -> None:
    printer, made = papers.prints(), printed_referral()
    letter = printer.referral_paper(made, "es")
    [page] = printer.pictures(letter, 150)
    assert read_symbols(page) == [made.check]
    assert made.link.removeprefix("https://") in words_of(printer.pdf(letter))
