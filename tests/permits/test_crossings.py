"""What is wrong with a crossing as sent, and what a person should look at."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from permits.crossings import (
    CLOCK_TOLERANCE,
    OLDEST,
    Anomaly,
    Background,
    Crossing,
    CrossingId,
    Direction,
    Passage,
    find_anomalies,
    find_faults,
)
from tests.permits.cases import NOW, person

ENTRY, EXIT = Direction.ENTRY, Direction.EXIT
POSTS = {"HN-GT-1"}
SENT = Crossing(
    CrossingId(UUID(int=1)),
    "K3M-9QF2-7XW-P4R",
    ENTRY,
    "HN-GT-1",
    "device",
    person(1),
    NOW,
    "green",
    "ok",
    offline=False,
)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("crossing", "expected"),
    [
        (SENT, []),
        (replace(SENT, post="HN-GT-9"), ["unknown-post"]),
        (replace(SENT, post=""), ["unknown-post"]),
        (replace(SENT, device_time=NOW + CLOCK_TOLERANCE), []),
        (replace(SENT, device_time=NOW + CLOCK_TOLERANCE + SECOND), ["device-time-in-future"]),
        (replace(SENT, device_time=NOW - OLDEST), []),
        (replace(SENT, device_time=NOW - OLDEST - SECOND), ["device-time-too-old"]),
        (replace(SENT, number=""), ["permit-number-malformed"]),
        (replace(SENT, number="x" * 40), []),
        (replace(SENT, number="x" * 41), ["permit-number-malformed"]),
        (
            replace(SENT, post="x", number="", device_time=NOW + timedelta(days=1)),
            ["unknown-post", "device-time-in-future", "permit-number-malformed"],
        ),
    ],
)
@pytest.mark.feature("B5")
def test_faults(crossing: Crossing, expected: list[str]) -> None:
    assert [fault.code for fault in find_faults(crossing, POSTS, NOW)] == expected


FLORIDO_AT_SIX = Passage(ENTRY, "HN-GT-1", NOW - timedelta(hours=2))
LEFT_AT_SIX = replace(FLORIDO_AT_SIX, direction=EXIT)
FAR = replace(LEFT_AT_SIX, post="HN-GT-3")
WAY = timedelta(hours=2, minutes=10)


@pytest.mark.parametrize(
    ("changed", "known", "expected"),
    [
        ({}, Background(), ()),
        ({}, Background(FLORIDO_AT_SIX), (Anomaly.ENTRY_WITHOUT_EXIT,)),
        ({}, Background(LEFT_AT_SIX), ()),
        ({"direction": EXIT}, Background(), (Anomaly.EXIT_WITHOUT_ENTRY,)),
        ({"direction": EXIT}, Background(FLORIDO_AT_SIX), ()),
        ({"direction": EXIT}, Background(LEFT_AT_SIX), (Anomaly.EXIT_WITHOUT_ENTRY,)),
        ({"verdict": "red"}, Background(), (Anomaly.NOT_GREEN,)),
        ({"verdict": "amber"}, Background(LEFT_AT_SIX), (Anomaly.NOT_GREEN,)),
        (
            {"verdict": ""},
            Background(FLORIDO_AT_SIX),
            (Anomaly.ENTRY_WITHOUT_EXIT, Anomaly.NOT_GREEN),
        ),
        # Two hours and the clocks' tolerance are as long as the way: nobody was too fast.
        ({}, Background(FAR, WAY), ()),
        ({}, Background(FAR, WAY + SECOND), (Anomaly.FASTER_THAN_TRAVEL,)),
        ({}, Background(LEFT_AT_SIX, WAY + SECOND), ()),  # the same post
        ({}, Background(LEFT_AT_SIX, ended_at=NOW + SECOND), ()),
        ({}, Background(LEFT_AT_SIX, ended_at=NOW), (Anomaly.AFTER_REVOCATION,)),
    ],
)
@pytest.mark.feature("B5")
def test_anomalies(
    changed: dict[str, Any], known: Background, expected: tuple[Anomaly, ...]
) -> None:
    assert find_anomalies(replace(SENT, **changed), known) == expected
