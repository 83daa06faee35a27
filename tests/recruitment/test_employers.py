"""Employers as registered, and when one may hire."""

from dataclasses import replace
from uuid import UUID

import pytest

from permits.wages import EmployerSize
from recruitment.employers import Employer, EmployerId, Standing, find_faults, is_abroad, may_hire

EMPLOYER = Employer(
    id=EmployerId(UUID(int=7)),
    name="Finca La Peña",
    tax_number="04041990123456",
    size=EmployerSize.TO_10,
    department="HN-CP",
    municipality="0404",
    phone="+50499990000",
)


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({}, []),
        ({"tax_number": None}, []),
        ({"phone": None, "email": "finca@example.org"}, []),
        ({"name": " "}, [("missing", "name")]),
        ({"name": "x" * 120}, []),
        ({"name": "x" * 121}, [("too-long", "name")]),
        ({"municipality": ""}, [("missing", "municipality")]),
        ({"phone": None}, [("missing", "phone")]),
        ({"tax_number": "0404199012345"}, [("rtn-length", "tax_number")]),
        ({"tax_number": ""}, [("rtn-missing", "tax_number")]),
        ({"department": "CA-QC", "municipality": "", "tax_number": "BN 123"}, []),
        (
            {"name": "", "phone": None, "tax_number": "X"},
            [
                ("missing", "name"),
                ("missing", "phone"),
                ("rtn-characters", "tax_number"),
                ("rtn-length", "tax_number"),
            ],
        ),
    ],
)
def test_an_employer(changed: dict[str, object], faults: list[tuple[str, str]]) -> None:
    employer = replace(EMPLOYER, **changed)  # type: ignore[arg-type]
    assert [(fault.code, fault.field) for fault in find_faults(employer)] == faults


@pytest.mark.parametrize(
    ("standing", "may"),
    [
        (Standing.GOOD, True),
        (Standing.WATCHED, True),
        (Standing.SUSPENDED, False),
        (Standing.BARRED, False),
    ],
)
def test_a_suspension_and_a_bar_stop_hiring(standing: Standing, may: bool) -> None:
    assert may_hire(replace(EMPLOYER, standing=standing)) is may


@pytest.mark.feature("H5")
def test_work_is_abroad_only_where_somebody_said_so() -> None:
    assert [is_abroad(one) for one in ("HN-CP", "", "ES-H", "CA-ON")] == [False, False, True, True]
