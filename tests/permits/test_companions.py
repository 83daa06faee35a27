"""Who travels along: what may be told of them, when, and of how many."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from permits.applications import Status
from permits.companions import (
    MOST_COMPANIONS,
    Companion,
    CompanionId,
    Relation,
    check_companions,
    find_faults,
)
from permits.errors import Conflict, Fault
from tests.permits.cases import CASE, NOW, WORKER

TODAY = date(2026, 11, 23)
CHILD = Companion(
    CompanionId(UUID(int=7)),
    CASE,
    WORKER.person,
    Relation.CHILD,
    "José Ñamendí",
    date(2018, 5, 4),
    NOW,
)


@pytest.mark.feature("W24")
def test_a_child_needs_no_document() -> None:
    assert find_faults(CHILD, TODAY) == []
    assert find_faults(replace(CHILD, document="AB123456"), TODAY) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"full_name": ""}, Fault("missing", "full_name")),
        ({"full_name": "a" * 121}, Fault("too-long", "full_name", {"limit": 120})),
        ({"full_name": "R2 D2"}, Fault("name-characters", "full_name")),
        ({"date_of_birth": date(2026, 11, 24)}, Fault("date-in-future", "date_of_birth")),
        ({"date_of_birth": date(1915, 11, 23)}, Fault("date-too-old", "date_of_birth")),
        (
            {"date_of_birth": date(2008, 11, 23)},
            Fault("child-of-age", "date_of_birth", {"limit": 18}),
        ),
        ({"document": "A1"}, Fault("wrong-shape", "document")),
        ({"document": "A1#444"}, Fault("wrong-shape", "document")),
    ],
)
def test_what_is_wrong_is_told_by_field(changes: dict[str, object], fault: Fault) -> None:
    assert find_faults(replace(CHILD, **changes), TODAY) == [fault]  # type: ignore[arg-type]


def test_all_faults_are_told_at_once() -> None:
    wrong = replace(CHILD, full_name="", date_of_birth=date(2030, 1, 1), document="?")
    assert [f.field for f in find_faults(wrong, TODAY)] == [
        "full_name",
        "date_of_birth",
        "document",
    ]


@pytest.mark.parametrize(("day", "minor"), [(date(2036, 5, 3), True), (date(2036, 5, 4), False)])
def test_nobody_is_a_minor_from_the_eighteenth_birthday_on(day: date, minor: bool) -> None:
    assert CHILD.is_minor(day) is minor


@pytest.mark.parametrize("status", Status)
def test_companions_are_told_until_the_application_is_over(status: Status) -> None:
    if status in {Status.REFUSED, Status.LAPSED, Status.WITHDRAWN}:
        with pytest.raises(Conflict, match="application-over"):
            check_companions(status, 0)
    else:
        check_companions(status, MOST_COMPANIONS - 1)
        with pytest.raises(Conflict, match="too-many-companions"):
            check_companions(status, MOST_COMPANIONS)
