"""Standing follows from facts on a day; the gravest counts, and every reason is told."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from permits.errors import Invalid
from recruitment.standings import (
    GRAVEST_FIRST,
    REASON_CODES,
    WEIGHS,
    Many,
    Measure,
    MeasureKind,
    Standing,
    StandingFacts,
    check_measure,
    standing_of,
)

DAY = date(2026, 12, 1)


def measure(kind: str, **changed: Any) -> Measure:  # noqa: ANN401
    return replace(
        Measure(UUID(int=1), MeasureKind(kind), "DGIT-1-2026", date(2026, 11, 1)), **changed
    )


SETTLED = measure("serious-complaint", settled_on=DAY)


@pytest.mark.feature("E10")
@pytest.mark.parametrize(
    ("facts", "standing", "reasons"),
    [
        ({}, "good", []),
        ({"tax_active": None, "licensed": None}, "good", []),
        ({"tax_active": True, "licensed": True}, "good", []),
        ({"tax_active": False}, "suspended", ["tax-inactive"]),
        ({"licensed": False}, "suspended", ["not-licensed"]),
        ({"licensed": False, "licence_suspended": True}, "suspended", ["licence-suspended"]),
        ({"reports": 1}, "watched", ["reported"]),
        ({"measures": (SETTLED,) * 4}, "good", []),
        ({"measures": (SETTLED,) * 5}, "watched", ["many-complaints"]),
        ({"short_paid": 4}, "good", []),
        ({"short_paid": 5}, "watched", ["short-paid"]),
        ({"barred_since": date(2026, 11, 2)}, "barred", ["barred"]),
        ({"measures": (measure("fine"),)}, "suspended", ["fine"]),
        ({"measures": (measure("fine", settled_on=DAY),)}, "good", []),
        ({"measures": (measure("fine", settled_on=date(2026, 12, 2)),)}, "suspended", ["fine"]),
        ({"measures": (measure("serious-complaint"),)}, "watched", ["serious-complaint"]),
        ({"measures": (measure("grave-complaint"),)}, "suspended", ["grave-complaint"]),
        ({"measures": (measure("suspension", ends_on=DAY),)}, "suspended", ["suspension"]),
        ({"measures": (measure("suspension", ends_on=date(2026, 11, 30)),)}, "good", []),
        ({"measures": (measure("bar", starts_on=date(2026, 12, 2)),)}, "good", []),
        (
            {"reports": 2, "measures": (measure("serious-complaint"), measure("bar"))},
            "barred",
            ["bar", "serious-complaint", "reported"],
        ),
    ],
)
def test_a_standing(facts: dict[str, Any], standing: str, reasons: list[str]) -> None:
    found = standing_of(StandingFacts(**facts), DAY, Many(complaints=5, short_paid=5))
    assert (found.standing.value, [one.code for one in found.reasons]) == (standing, reasons)


def test_every_kind_weighs_and_has_a_code() -> None:
    assert set(WEIGHS) == set(MeasureKind)
    assert {kind.value for kind in MeasureKind} <= REASON_CODES
    assert set(GRAVEST_FIRST) == set(Standing)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reference": "  "}, "missing"),
        ({"reference": "x" * 81}, "too-long"),
        ({"ends_on": date(2026, 10, 31)}, "ends-before-it-begins"),
    ],
)
def test_a_measure_stands_on_an_act(changed: dict[str, Any], code: str) -> None:
    check_measure(measure("fine", ends_on=date(2026, 11, 1)))
    with pytest.raises(Invalid) as refused:
        check_measure(measure("fine", **changed))
    assert [fault.code for fault in refused.value.faults] == [code]
