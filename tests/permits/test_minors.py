"""A minor crosses with a parent or not at all; one without is an alert."""

from dataclasses import replace
from uuid import UUID

import pytest

from permits.crossings import Anomaly, Background, find_anomalies, find_faults
from permits.minors import MOST_MINORS, AlertId, ChildAlert, Minor, find_faults_of_alert
from tests.permits.cases import NOW, person
from tests.permits.test_crossings import POSTS, SENT

WHOLE = Minor(passport=True, parent=True)
NO_PASSPORT = Minor(passport=False, parent=True)
ALONE = Minor(passport=True, parent=False)
ALERT = ChildAlert(
    AlertId(UUID(int=2)), "HN-GT-1", "entry", "device", person(1), NOW, (WHOLE, ALONE)
)


@pytest.mark.feature("B9")
@pytest.mark.parametrize(
    ("minors", "faults"),
    [
        ((), []),
        ((WHOLE, NO_PASSPORT), []),
        ((WHOLE, ALONE), ["minor-without-parent"]),
        ((Minor(passport=False, parent=False),), ["minor-without-parent"]),
        ((WHOLE,) * MOST_MINORS, []),
        ((WHOLE,) * (MOST_MINORS + 1), ["too-many-minors"]),
    ],
)
def test_a_crossing_takes_minors_with_a_parent_alone(
    minors: tuple[Minor, ...], faults: list[str]
) -> None:
    found = find_faults(replace(SENT, minors=minors), POSTS, NOW)
    assert [fault.code for fault in found] == faults


def test_a_missing_passport_is_for_somebody_to_look_at() -> None:
    known = Background()
    for minors, marked in (((WHOLE,), False), ((WHOLE, NO_PASSPORT), True), ((), False)):
        found = find_anomalies(replace(SENT, minors=minors), known)
        assert (Anomaly.MINOR_WITHOUT_PASSPORT in found) is marked


@pytest.mark.feature("B9")
@pytest.mark.parametrize(
    ("alert", "faults"),
    [
        (ALERT, []),
        (replace(ALERT, number="15NR9NK9R1C2"), []),
        (replace(ALERT, minors=(WHOLE,)), ["no-minor-alone"]),
        (replace(ALERT, minors=()), ["no-minor-alone"]),
        (replace(ALERT, minors=(ALONE,) * 13), ["too-many-minors"]),
        (
            replace(ALERT, post="HN-GT-9", number=""),
            ["unknown-post", "permit-number-malformed"],
        ),
        (replace(ALERT, device_time=NOW.replace(year=1970)), []),
    ],
)
def test_an_alert_needs_a_minor_without_a_parent_and_no_right_clock(
    alert: ChildAlert, faults: list[str]
) -> None:
    assert [fault.code for fault in find_faults_of_alert(alert, POSTS)] == faults


def test_how_many_are_alone() -> None:
    assert [ALERT.alone, replace(ALERT, minors=(ALONE, ALONE)).alone] == [1, 2]
