"""What another agency needs: every table of law and of words has a line for each."""

from collections.abc import Mapping

import pytest

from app.web.wording.names import AGENCY, AGENCY_LOOKS, AGENCY_SHORT
from app.web.wording.prints import LETTER
from permits import approvals, revocations
from permits.approvals import RETURN_REASONS, Ground, takes_places
from permits.pathway import way_of
from permits.people import AGENCY_OF, ROLE_PERMISSIONS, SUPERVISOR_OF, Agency, Permission
from permits.programme_rules import STEP_OF, PathwayStep

S, M = Agency.SETRASS, Agency.INM
STEPS = PathwayStep


@pytest.mark.parametrize(
    "lines",
    [
        approvals.GROUNDS_OF,
        revocations.GROUNDS_OF,
        SUPERVISOR_OF,
        STEP_OF,
        AGENCY,
        AGENCY_LOOKS,
        AGENCY_SHORT,
        {one: LETTER[f"the_{one}"] for one in Agency},
    ],
)
def test_each_agency_has_a_line_of_its_own(lines: Mapping[Agency, object]) -> None:
    assert set(lines) == set(Agency)
    assert len(set(lines.values())) == len(Agency)


def test_each_agency_has_grounds_and_people_who_decide_and_who_judge() -> None:
    assert frozenset(Ground) - RETURN_REASONS == frozenset().union(*approvals.GROUNDS_OF.values())
    for permission in (Permission.APPLICATION_DECIDE, Permission.APPEAL_DECIDE):
        may = {role for role, given in ROLE_PERMISSIONS.items() if permission in given}
        assert {AGENCY_OF[role] for role in may} == set(Agency)


@pytest.mark.parametrize(("asked", "by"), [((S, M), S), ((M, S), S), ((S,), S), ((M,), M)])
def test_labour_takes_the_places_or_else_the_first(asked: tuple[Agency, ...], by: Agency) -> None:
    assert takes_places(asked) is by


@pytest.mark.parametrize(
    ("shown", "asked", "way"),
    [
        ("labour migration", (S, M), "labour migration"),
        # Side by side a programme may show them in its own order.
        ("migration labour", (S, M), "migration labour"),
        ("labour", (S, M), "labour migration"),
        ("migration", (M, S), "migration labour"),
        ("labour migration", (M,), "migration"),
    ],
)
def test_the_way_of_a_case_has_the_steps_of_those_who_decide_on_it(
    shown: str, asked: tuple[Agency, ...], way: str
) -> None:
    def whole(agencies: str) -> tuple[PathwayStep, ...]:
        middle = [PathwayStep(step) for step in agencies.split()]
        return (STEPS.ORIENTATION, STEPS.APPLICATION, *middle, STEPS.PERMIT, STEPS.WORK)

    assert way_of(whole(shown), asked) == whole(way)
