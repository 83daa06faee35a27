"""The checks on an offer: dates, hiring and wage, each at its edge."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from permits.eligibility import EligibilityFacts
from permits.findings import Severity
from permits.offer_checks import FINDING_CODES
from permits.programme_files import read
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit
from tests.permits.test_eligibility import BLOCK, FACTS, OFFER, ON, WARN, found
from tests.permits.test_programmes import given_mapping


def with_offer(**changed: object) -> EligibilityFacts:
    return replace(FACTS, offer=replace(OFFER, **changed))  # type: ignore[arg-type]


OFFERS: list[tuple[dict[str, object], list[tuple[str, Severity]]]] = [
    ({"ends_on": date(2026, 11, 30)}, [("offer-dates-reversed", BLOCK)]),
    ({"starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 22)}, [("offer-over", BLOCK)]),
    ({"starts_on": date(2026, 11, 1), "ends_on": ON}, []),
    (
        {"starts_on": date(2027, 4, 1), "ends_on": date(2027, 5, 1)},
        [("outside-season", WARN)],
    ),
    ({"ends_on": date(2027, 2, 28)}, []),  # 90 days
    ({"ends_on": date(2027, 3, 1)}, [("stay-needs-permit", BLOCK)]),
    (
        {"starts_on": date(2026, 10, 1), "ends_on": date(2027, 3, 30)},
        [("stay-too-long", BLOCK), ("stay-needs-permit", BLOCK)],
    ),
    (
        {"employer": "", "employer_name": ""},
        [("pool-not-admitted", BLOCK), ("employer-to-attach", Severity.INFO)],
    ),
    ({"hiring": Hiring.OPEN}, [("hiring-not-admitted", BLOCK)]),
    ({"wage": Decimal("301.77")}, []),
    ({"wage": Decimal("301.76")}, [("wage-below-minimum", WARN)]),
    ({"wage": Decimal("9053"), "unit": WageUnit.MONTH}, []),
    ({"wage": Decimal("9052.99"), "unit": WageUnit.MONTH}, [("wage-below-minimum", WARN)]),
    ({"currency": "GTQ"}, [("wage-not-comparable", WARN)]),
    ({"employer_size": EmployerSize.TO_50}, [("minimum-wage-row-missing", WARN)]),
    (
        {"employer_size": EmployerSize.TO_50, "wage": Decimal("300")},
        [("wage-below-minimum", WARN)],
    ),
    (
        {"unit": WageUnit.LATA, "unit_kg": Decimal("15.9"), "wage": Decimal("60")},
        [],
    ),
    (
        {"unit": WageUnit.LATA, "unit_kg": Decimal("15.9"), "wage": Decimal("59")},
        [("piece-rate-below-minimum", WARN)],
    ),
    (
        {
            "unit": WageUnit.LATA,
            "unit_kg": Decimal("15.9"),
            "wage": Decimal("59"),
            "tops_up": True,
        },
        [("piece-rate-topped-up", WARN)],
    ),
    ({"unit": WageUnit.LATA, "unit_kg": None}, [("wage-not-comparable", WARN)]),
]


@pytest.mark.asvs("2.2.3")
@pytest.mark.parametrize(("changed", "expected"), OFFERS)
def test_the_offer(changed: dict[str, object], expected: list[tuple[str, Severity]]) -> None:
    assert [(code, severity) for code, severity, _ in found(with_offer(**changed))] == expected


def test_a_special_stay_permit_covers_the_days_beyond_ninety_only() -> None:
    beyond = replace(with_offer(ends_on=date(2027, 3, 1)), special_stay=True)
    assert found(beyond) == []


def test_no_table_of_minimum_wages_is_no_pass() -> None:
    assert found(replace(FACTS, minimum_wages=())) == [("wage-not-comparable", WARN, "vacancy")]


ABROAD = read(
    {key: value for key, value in given_mapping().items() if key not in ("season", "wage_sector")}
    | {"hiring": ["open"], "destination": "CAN"}
)


def test_abroad_the_wage_and_the_season_are_another_law_and_a_roster_waits_for_nobody() -> None:
    facts = replace(
        with_offer(
            hiring=Hiring.OPEN,
            currency="CAD",
            starts_on=date(2027, 6, 1),
            ends_on=date(2027, 6, 30),
        ),
        employer_accepts=None,
    )
    assert found(facts, ABROAD) == []


def test_every_code_of_this_room_is_shown_by_a_case() -> None:
    shown = {code for _, expected in OFFERS for code, _ in expected}
    assert shown | {"employer-refused", "employer-acceptance-pending"} == FINDING_CODES
