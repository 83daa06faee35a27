"""Entries and exits at the border, as an agent saw them; the time of the device is kept as told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.errors import Fault
from permits.people import PersonId

CrossingId = NewType("CrossingId", UUID)


class Direction(StrEnum):
    """Seen from Honduras."""

    ENTRY = "entry"
    EXIT = "exit"


class Outcome(StrEnum):
    """What became of one crossing that was sent."""

    RECORDED = "recorded"
    ALREADY_RECORDED = "already-recorded"
    REFUSED = "refused"


@dataclass(frozen=True)
class Crossing:
    """One passage; `id` is given by the device, so that sending it twice records it once."""

    id: CrossingId
    number: str
    direction: Direction
    post: str
    device: str
    agent: PersonId
    device_time: datetime
    verdict: str
    reason: str
    offline: bool
    list_issued_at: datetime | None = None


BATCH_LIMIT = 500
"""Crossings in one request."""

OLDEST = timedelta(days=90)
"""A crossing older than a whole CA-4 stay is a wrong clock, not a late report."""

CLOCK_TOLERANCE = timedelta(minutes=5)


def find_faults(crossing: Crossing, posts: Collection[str], received_at: datetime) -> list[Fault]:
    """What is wrong with one crossing as sent; a faulty one is refused, the others are kept."""
    faults = []
    if crossing.post not in posts:
        faults.append(Fault("unknown-post", "post"))
    if crossing.device_time > received_at + CLOCK_TOLERANCE:
        faults.append(Fault("device-time-in-future", "device_time"))
    if crossing.device_time < received_at - OLDEST:
        faults.append(Fault("device-time-too-old", "device_time"))
    if not 1 <= len(crossing.number) <= 40:
        faults.append(Fault("permit-number-malformed", "number"))
    return faults


class Anomaly(StrEnum):
    """What a person should look at; an anomaly never refuses a crossing that happened."""

    ENTRY_WITHOUT_EXIT = "entry-without-exit"
    EXIT_WITHOUT_ENTRY = "exit-without-entry"
    NOT_GREEN = "crossed-without-green-verdict"


def find_anomalies(crossing: Crossing, earlier: Sequence[Direction]) -> tuple[Anomaly, ...]:
    """Compare a crossing with the directions of the same permit before it, oldest first."""
    anomalies = []
    last = earlier[-1] if earlier else None
    if crossing.direction is Direction.ENTRY and last is Direction.ENTRY:
        anomalies.append(Anomaly.ENTRY_WITHOUT_EXIT)
    if crossing.direction is Direction.EXIT and last is not Direction.ENTRY:
        anomalies.append(Anomaly.EXIT_WITHOUT_ENTRY)
    if crossing.verdict != "green":
        anomalies.append(Anomaly.NOT_GREEN)
    return tuple(anomalies)
