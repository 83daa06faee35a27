"""Vacancies: when one may be named, what keeps it from being published, every move."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from uuid import UUID

import pytest

from permits.errors import Conflict
from permits.programme_files import read
from permits.programmes import Hiring
from permits.wages import WageUnit
from recruitment.employers import EmployerId, Standing
from recruitment.vacancies import (
    VACANCY_MOVES,
    Vacancy,
    VacancyAction,
    VacancyId,
    VacancyStatus,
    find_faults,
    is_open_on,
    move_vacancy,
    places_left,
)
from tests.permits.test_programmes import given_mapping
from tests.recruitment.test_employers import EMPLOYER

PROGRAMME = read(given_mapping())
VACANCY = Vacancy(
    id=VacancyId(UUID(int=8)),
    programme="coffee-hn-gt",
    employer=EMPLOYER.id,
    status=VacancyStatus.OPEN,
    hiring=Hiring.ON_ACCEPTANCE,
    title="Corte de café",
    occupation="9211",
    department="HN-CP",
    municipality="0404",
    starts_on=date(2026, 12, 1),
    ends_on=date(2027, 2, 15),
    places=20,
    wage=Decimal("60"),
    currency="HNL",
    unit=WageUnit.LATA,
    unit_kg=Decimal("15.9"),
    hours_per_day=Decimal(8),
    days_per_week=6,
    housing=True,
    transport=True,
    food=False,
)


@pytest.mark.parametrize(
    ("status", "day", "is_open"),
    [
        (VacancyStatus.OPEN, date(2026, 11, 1), True),
        (VacancyStatus.OPEN, date(2027, 2, 15), True),
        (VacancyStatus.OPEN, date(2027, 2, 16), False),
        (VacancyStatus.DRAFT, date(2026, 12, 1), False),
        (VacancyStatus.CLOSED, date(2026, 12, 1), False),
    ],
)
def test_when_it_may_be_named(status: VacancyStatus, day: date, is_open: bool) -> None:
    assert is_open_on(replace(VACANCY, status=status), day) is is_open


@pytest.mark.parametrize(("taken", "left"), [(0, 20), (19, 1), (20, 0), (21, 0)])
def test_the_places_left(taken: int, left: int) -> None:
    assert places_left(VACANCY, taken) == left


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({}, []),
        ({"unit": WageUnit.DAY, "unit_kg": None}, []),
        ({"title": " "}, [("missing", "title")]),
        ({"programme": "twap-canada"}, [("other-programme", "programme")]),
        ({"employer": EmployerId(UUID(int=9))}, [("other-employer", "employer")]),
        ({"hiring": Hiring.OPEN}, [("hiring-not-admitted", "hiring")]),
        ({"ends_on": date(2026, 12, 1)}, []),
        ({"ends_on": date(2026, 11, 30)}, [("dates-reversed", "ends_on")]),
        ({"places": 0}, [("out-of-range", "places")]),
        ({"wage": Decimal(0)}, [("out-of-range", "wage")]),
        ({"wage": Decimal("NaN")}, [("out-of-range", "wage")]),
        ({"unit_kg": None}, [("missing", "unit_kg")]),
        ({"unit_kg": Decimal(0)}, [("missing", "unit_kg")]),
        ({"hours_per_day": Decimal(12)}, []),
        ({"hours_per_day": Decimal("12.5")}, [("out-of-range", "hours_per_day")]),
        ({"hours_per_day": Decimal(0)}, [("out-of-range", "hours_per_day")]),
        ({"days_per_week": 7}, [("out-of-range", "days_per_week")]),
        ({"days_per_week": 0}, [("out-of-range", "days_per_week")]),
        (
            {"title": "", "places": -1, "unit_kg": None},
            [("missing", "title"), ("out-of-range", "places"), ("missing", "unit_kg")],
        ),
    ],
)
def test_what_keeps_it_from_being_published(
    changed: dict[str, object], faults: list[tuple[str, str]]
) -> None:
    vacancy = replace(VACANCY, **changed)  # type: ignore[arg-type]
    found = find_faults(vacancy, EMPLOYER, PROGRAMME)
    assert [(fault.code, fault.field) for fault in found] == faults


def test_a_suspended_employer_publishes_nothing() -> None:
    suspended = replace(EMPLOYER, standing=Standing.SUSPENDED)
    assert [f.code for f in find_faults(VACANCY, suspended, PROGRAMME)] == ["employer-suspended"]


@pytest.mark.parametrize(("status", "action"), list(product(VacancyStatus, VacancyAction)))
def test_every_pair_of_status_and_action(status: VacancyStatus, action: VacancyAction) -> None:
    if (status, action) in VACANCY_MOVES:
        assert move_vacancy(status, action) is VACANCY_MOVES[status, action]
        return
    with pytest.raises(Conflict) as refused:
        move_vacancy(status, action)
    assert refused.value.code == "no-such-vacancy-move"


def test_nothing_becomes_a_draft_again() -> None:
    assert VacancyStatus.DRAFT not in VACANCY_MOVES.values()
