"""Entries and exits at the border, as an agent saw them; the time of the device is kept as told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.errors import Fault
from permits.minors import Minor, find_faults_of_minors
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
    """One passage; `id` is given by the device, so that sending it twice records it once.

    `minors` came along, each with a parent: one without is a `minors.ChildAlert` and no crossing.
    """

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
    minors: tuple[Minor, ...] = ()


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
    return faults + find_faults_of_minors(crossing.minors)


class Anomaly(StrEnum):
    """What a person should look at; an anomaly never refuses a crossing that happened."""

    ENTRY_WITHOUT_EXIT = "entry-without-exit"
    EXIT_WITHOUT_ENTRY = "exit-without-entry"
    NOT_GREEN = "crossed-without-green-verdict"
    FASTER_THAN_TRAVEL = "two-posts-faster-than-travel"
    AFTER_REVOCATION = "seen-after-revocation"
    MINOR_WITHOUT_PASSPORT = "minor-without-passport"


@dataclass(frozen=True)
class Passage:
    """What is known of an earlier crossing with the same permit."""

    direction: Direction
    post: str
    device_time: datetime


@dataclass(frozen=True)
class Background:
    """What a crossing is held against, as far as it is known.

    `last` is the crossing before it with the same permit. `shortest_way` is the least time that
    anybody needs from that one's post to this one's (`permits.travel`). `ended_at` is the instant
    from which the permit counted no more, because somebody revoked or replaced it.
    """

    last: Passage | None = None
    shortest_way: timedelta = timedelta()
    ended_at: datetime | None = None


def find_anomalies(crossing: Crossing, known: Background) -> tuple[Anomaly, ...]:
    """Hold a crossing against what is known, as domain.md 4.5-5 lists it.

    The devices' own times are compared, so that what was written down without a network and
    arrives days later is judged by when it happened. A clock that is off by the tolerance makes
    nobody faster than travel.
    """
    last = known.last
    entry = crossing.direction is Direction.ENTRY
    inside = last is not None and last.direction is Direction.ENTRY
    elsewhere = last is not None and last.post != crossing.post
    since_last = crossing.device_time - last.device_time if last else timedelta.max
    ended = known.ended_at is not None and crossing.device_time >= known.ended_at
    checks = (
        (entry and inside, Anomaly.ENTRY_WITHOUT_EXIT),
        (not entry and not inside, Anomaly.EXIT_WITHOUT_ENTRY),
        (crossing.verdict != "green", Anomaly.NOT_GREEN),
        (
            elsewhere and since_last + 2 * CLOCK_TOLERANCE < known.shortest_way,
            Anomaly.FASTER_THAN_TRAVEL,
        ),
        (ended, Anomaly.AFTER_REVOCATION),
        (not all(one.passport for one in crossing.minors), Anomaly.MINOR_WITHOUT_PASSPORT),
    )
    return tuple(anomaly for holds, anomaly in checks if holds)
