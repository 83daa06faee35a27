"""One offer has one canonical form, and nothing of it is lost on the way to storage and back."""

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.applications import digest
from permits.offers import Offer, from_mapping, to_mapping
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit

OFFER = Offer(
    vacancy="5b0e2c1e-0000-4000-8000-000000000001",
    employer="5b0e2c1e-0000-4000-8000-000000000002",
    employer_name="Finca La Peña",
    employer_size=EmployerSize.TO_10,
    hiring=Hiring.NAMED,
    department="HN-CP",
    municipality="0404",
    title="Corte de café",
    occupation="9211",
    starts_on=date(2026, 12, 1),
    ends_on=date(2027, 2, 15),
    wage=Decimal("55"),
    currency="HNL",
    unit=WageUnit.LATA,
    unit_kg=Decimal("15.90"),
    hours_per_day=Decimal(8),
    days_per_week=6,
    housing=True,
    transport=True,
    food=False,
)


def test_the_canonical_form() -> None:
    assert to_mapping(OFFER) == {
        "vacancy": "5b0e2c1e-0000-4000-8000-000000000001",
        "employer": "5b0e2c1e-0000-4000-8000-000000000002",
        "employer_name": "Finca La Peña",
        "employer_size": "1-10",
        "hiring": "named",
        "department": "HN-CP",
        "municipality": "0404",
        "title": "Corte de café",
        "occupation": "9211",
        "starts_on": "2026-12-01",
        "ends_on": "2027-02-15",
        "wage": "55.00",
        "currency": "HNL",
        "unit": "lata",
        "unit_kg": "15.9",
        "hours_per_day": "8",
        "days_per_week": 6,
        "housing": True,
        "transport": True,
        "food": False,
        "tops_up": False,
        "contract_sha256": None,
    }


def test_it_comes_back_from_json() -> None:
    assert from_mapping(json.loads(json.dumps(to_mapping(OFFER)))) == OFFER
    by_day = replace(OFFER, unit=WageUnit.DAY, unit_kg=None, contract_sha256="ab" * 32)
    assert from_mapping(to_mapping(by_day)) == by_day


OTHER = {
    "vacancy": "x",
    "employer": "x",
    "employer_name": "x",
    "employer_size": EmployerSize.OVER_150,
    "hiring": Hiring.OPEN,
    "department": "HN-OC",
    "municipality": "1401",
    "title": "x",
    "occupation": "6112",
    "starts_on": date(2026, 12, 2),
    "ends_on": date(2027, 2, 16),
    "wage": Decimal("55.01"),
    "currency": "GTQ",
    "unit": WageUnit.GALON,
    "unit_kg": Decimal("15.91"),
    "hours_per_day": Decimal("8.5"),
    "days_per_week": 5,
    "housing": False,
    "transport": False,
    "food": True,
    "tops_up": True,
    "contract_sha256": "00" * 32,
}


@pytest.mark.parametrize("field", [field.name for field in fields(Offer)])
def test_every_term_is_part_of_the_digest(field: str) -> None:
    changed = replace(OFFER, **{field: OTHER[field]})  # type: ignore[arg-type]
    assert digest(to_mapping(changed)) != digest(to_mapping(OFFER))


@given(st.integers(0, 4))
def test_idle_zeros_change_nothing(zeros: int) -> None:
    tail = "0" * zeros
    written = replace(
        OFFER,
        wage=Decimal(f"55.{tail}"),
        unit_kg=Decimal(f"15.9{tail}"),
        hours_per_day=Decimal("8.0"),
    )
    assert to_mapping(written) == to_mapping(OFFER)


@pytest.mark.parametrize("wage", ["55.001", "NaN", "Infinity"])
def test_money_with_no_exact_form_is_refused(wage: str) -> None:
    with pytest.raises(ValueError, match="two decimals"):
        to_mapping(replace(OFFER, wage=Decimal(wage)))


def test_a_weight_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not a number"):
        to_mapping(replace(OFFER, unit_kg=Decimal("NaN")))


def test_an_unknown_or_missing_key_is_an_error() -> None:
    with pytest.raises(TypeError):
        from_mapping(to_mapping(OFFER) | {"colour": "red"})
    with pytest.raises(TypeError):
        from_mapping({k: v for k, v in to_mapping(OFFER).items() if k != "employer"})


def test_days_count_both_ends() -> None:
    assert replace(OFFER, ends_on=OFFER.starts_on).days == 1
    assert OFFER.days == 77
