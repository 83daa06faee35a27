"""The order of visits: each sign has its points and is shown; nothing else makes the sum."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from recruitment.ethics.words import HousingItem
from recruitment.housing import HousingInspection, Shortcoming
from recruitment.inspection_plan import FarmSigns, Score, Sign, points_of, score
from tests.recruitment.ethics.table import parameters

pytestmark = pytest.mark.feature("E10")

TODAY, OLDEST = date(2026, 11, 28), timedelta(days=243)
POINTS = {sign: 2**place for place, sign in enumerate(Sign)}
SEEN = HousingInspection(UUID(int=1), UUID(int=2), TODAY - OLDEST, 20, 2, 2)
LATE = replace(SEEN, shortcomings=(Shortcoming(HousingItem.COOKING),), mend_by=TODAY)
QUIET = FarmSigns(20, SEEN)


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        (QUIET, set()),
        (FarmSigns(0), set()),
        (FarmSigns(1), {Sign.NEVER_INSPECTED}),
        (replace(QUIET, last=replace(SEEN, on=SEEN.on - timedelta(days=1))), {Sign.INSPECTION_OLD}),
        (replace(QUIET, last=LATE), set()),
        (
            replace(QUIET, last=replace(LATE, mend_by=TODAY - timedelta(days=1))),
            {Sign.MENDING_OVERDUE},
        ),
        (replace(QUIET, patterns=1, measures=2), {Sign.PATTERN, Sign.MEASURE}),
        (replace(QUIET, overdue=1), {Sign.PLAN_OVERDUE}),
        (replace(QUIET, silent=True, children=1), {Sign.SILENT, Sign.CHILDREN}),
    ],
)
def test_each_sign_has_its_points_and_is_shown(signs: FarmSigns, found: set[Sign]) -> None:
    got = score(signs, POINTS, TODAY, OLDEST)
    assert {sign for sign, _ in got.parts} == found
    assert got.total == sum(POINTS[sign] for sign in found)


def test_the_greatest_part_comes_first_and_a_sign_of_no_points_is_none() -> None:
    signs = replace(QUIET, patterns=1, silent=True, children=1)
    points = {**POINTS, Sign.PATTERN: 0}
    assert score(signs, points, TODAY, OLDEST) == Score(
        POINTS[Sign.CHILDREN] + POINTS[Sign.SILENT],
        ((Sign.CHILDREN, POINTS[Sign.CHILDREN]), (Sign.SILENT, POINTS[Sign.SILENT])),
    )


def test_the_file_has_points_for_every_sign() -> None:
    assert set(points_of(parameters().rows, TODAY)) == set(Sign)
