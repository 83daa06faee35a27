"""What a contract lacks once the minimum wage was raised above it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from permits.wages import EmployerSize, MinimumWage, WageUnit
from recruitment.payslip_checks import Agreed
from recruitment.wage_shortfalls import counts_from, find_shortfall
from tests.papers import OFFER

ROW = MinimumWage(
    "agriculture",
    EmployerSize.TO_10,
    Decimal("10600.00"),
    date(2026, 10, 1),
    None,
    "Acuerdo nuevo",
    derived=False,
)  # 353.333… a day
DAY = replace(OFFER, wage=Decimal(350), unit=WageUnit.DAY, hours_per_day=Decimal(8))


@pytest.mark.feature("E4")
@pytest.mark.parametrize(
    ("changed", "row", "lacking"),
    [
        ({}, ROW, "3.34"),
        ({"wage": Decimal("353.34")}, ROW, None),
        ({"wage": Decimal("353.33")}, ROW, "0.01"),
        ({"tops_up": True}, ROW, None),
        ({"currency": "USD"}, ROW, None),
        ({}, None, None),
        ({"unit": WageUnit.LATA, "unit_kg": Decimal(13), "wage": Decimal(60)}, ROW, None),
        ({"unit": WageUnit.LATA, "unit_kg": Decimal(13), "wage": Decimal(30)}, ROW, "122.58"),
        ({"unit": WageUnit.LATA, "unit_kg": None, "wage": Decimal(1)}, ROW, None),
    ],
)
def test_what_is_lacking_a_day_is_enough_to_the_cent(
    changed: dict[str, object], row: MinimumWage | None, lacking: str | None
) -> None:
    agreed = Agreed(replace(DAY, **changed), row)  # type: ignore[arg-type]
    found = find_shortfall(agreed, 100)
    assert (str(found.lacking) if found else None) == lacking
    if found is not None:
        assert found.earned + found.lacking >= ROW.per_day_hnl
        assert found.source == "Acuerdo nuevo"


def test_the_difference_is_owed_from_the_table_or_from_the_work() -> None:
    assert counts_from(date(2026, 10, 1), date(2026, 9, 1)) == date(2026, 10, 1)
    assert counts_from(date(2026, 10, 1), date(2026, 11, 1)) == date(2026, 11, 1)
