"""What is wrong with a crossing as sent, and what a person should look at."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from permits.crossings import (
    CLOCK_TOLERANCE,
    OLDEST,
    Anomaly,
    Crossing,
    CrossingId,
    Direction,
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


@pytest.mark.parametrize(
    ("direction", "earlier", "verdict", "expected"),
    [
        (ENTRY, [], "green", ()),
        (ENTRY, [ENTRY], "green", (Anomaly.ENTRY_WITHOUT_EXIT,)),
        (ENTRY, [ENTRY, EXIT], "green", ()),
        (EXIT, [], "green", (Anomaly.EXIT_WITHOUT_ENTRY,)),
        (EXIT, [ENTRY], "green", ()),
        (EXIT, [ENTRY, EXIT], "green", (Anomaly.EXIT_WITHOUT_ENTRY,)),
        (ENTRY, [], "red", (Anomaly.NOT_GREEN,)),
        (EXIT, [ENTRY], "amber", (Anomaly.NOT_GREEN,)),
        (ENTRY, [ENTRY], "", (Anomaly.ENTRY_WITHOUT_EXIT, Anomaly.NOT_GREEN)),
    ],
)
@pytest.mark.feature("B5")
def test_anomalies(
    direction: Direction, earlier: list[Direction], verdict: str, expected: tuple[Anomaly, ...]
) -> None:
    crossing = replace(SENT, direction=direction, verdict=verdict)
    assert find_anomalies(crossing, earlier) == expected
