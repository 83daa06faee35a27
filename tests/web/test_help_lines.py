"""Whoever works abroad reads whom to call there, and on every page Honduras' own lines stay."""

import re

import pytest

from permits.help_lines import lines_for
from tests import outside
from tests.web.faces import show

CHECK_IN = '{% from "check_ins/parts.html" import help with context %}{{ help(groups) }}'
COMPLAINT = (
    '{% from "complaints/parts.html" import elsewhere with context %}{{ elsewhere(groups) }}'
)
LINES = outside.reference().help_lines


def numbers(source: str, country: str | None, code: str = "es") -> list[str]:
    groups = lines_for(LINES, country)
    page = show("{% set groups = page.groups %}" + source, Shown(groups), code=code)
    return re.findall(r'href="tel:([^"]+)"', page)


class Shown:
    """A context with lines."""

    def __init__(self, groups: object) -> None:
        self.groups = groups


@pytest.mark.feature("N4")
def test_a_check_in_tells_the_lines_of_the_country_of_work_first() -> None:
    own = numbers(CHECK_IN, "HND")
    assert own[0] == "911"
    assert numbers(CHECK_IN, "CAN")[:2] == ["18666", "911"]
    assert numbers(CHECK_IN, None) == ["911", "18666", "112", *own[1:]]


@pytest.mark.feature("N4", "H1")
def test_the_pages_of_a_case_fold_the_lines_of_every_country() -> None:
    assert numbers(COMPLAINT, None) == ["18666", "112"]
    text = show("{% set groups = page.groups %}" + COMPLAINT, Shown(lines_for(LINES, None)))
    assert "911. Si le tienen a la fuerza: 145." in text
    english = Shown(lines_for(LINES, None))
    assert "Ill-treated" in show("{% set groups = page.groups %}" + COMPLAINT, english, code="en")
