"""Whose help lines somebody is shown, by the country where they are."""

import pytest

from permits.help_lines import HelpLine, lines_for


def line(country: str, phone: str = "112") -> HelpLine:
    return HelpLine(country.lower(), country, "Peligro", "Danger", phone)


KNOWN = {one: (line(one),) for one in ("HND", "ESP", "CAN")}


@pytest.mark.feature("N4")
@pytest.mark.parametrize(
    ("country", "shown"),
    [
        ("CAN", ["CAN", "HND"]),  # those of where they are come first
        ("HND", ["HND"]),
        ("DEU", ["HND", "CAN", "ESP"]),  # a country without lines of its own
        (None, ["HND", "CAN", "ESP"]),
        ("", ["HND", "CAN", "ESP"]),
    ],
)
def test_the_lines_of_where_somebody_is_come_first(country: str | None, shown: list[str]) -> None:
    assert [one.country for one in lines_for(KNOWN, country)] == shown


def test_without_any_line_there_is_none_and_no_error() -> None:
    assert lines_for({}, "CAN") == ()
    assert [one.country for one in lines_for({"CAN": KNOWN["CAN"]}, None)] == ["CAN"]


@pytest.mark.parametrize(
    ("phone", "link"),
    [("145", "tel:145"), ("1-866-602-9448", "tel:18666029448"), ("+504 22-33", "tel:+5042233")],
)
def test_a_number_is_called_as_it_is_dialled(phone: str, link: str) -> None:
    assert line("CAN", phone).link == link
