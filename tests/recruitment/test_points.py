"""Points as they are copied from a telephone's map."""

from decimal import Decimal

import pytest

from permits.errors import Invalid
from recruitment.points import read_point


@pytest.mark.feature("E1")
@pytest.mark.parametrize(
    "text",
    ["14.84, -89.15", "14.84 89.15", "(14.840000, -89.150000)", "14,84; -89,15", "14.84°N 89.15°W"],
)
def test_a_point(text: str) -> None:
    assert read_point(text) == (Decimal("14.84"), Decimal("-89.15"))


@pytest.mark.parametrize("text", ["", "14.84", "14.84, -89.15, 3", "95, 10", "a, b", "14.8 190"])
def test_no_point(text: str) -> None:
    with pytest.raises(Invalid):
        read_point(text)


def test_signs_and_letters_count() -> None:
    assert read_point("14.8S 89E") == (Decimal("-14.8"), Decimal(89))
